package intents

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
)

// mostNames is how many words the name of a person may have.
const mostNames = 4

// people finds the name of a person: after "nimeni on", or when it was asked for.
func (s *scan) people() {
	for i := range s.tokens {
		if n := s.is(aboutName, i); n > 0 {
			first := i + n
			if s.is(filler, first) > 0 && s.tokens[first].Text != "" && !s.tokens[first].capital(s.text) {
				first++
			}
			if end := s.nameFrom(first); end > first && (s.hint.Pending == Name || end-first > 1 || s.tokens[first].capital(s.text)) {
				s.personName(first, end)
				return
			}
		}
	}
	if s.hint.Pending != Name || strings.Contains(s.text, "?") {
		return
	}
	for i := range s.tokens {
		if s.taken[i] || s.is(answer, i) > 0 || s.is(filler, i) > 0 && !s.tokens[i].capital(s.text) {
			continue
		}
		if end := s.nameFrom(i); end > i {
			s.personName(i, end)
		}
		return
	}
}

// nameFrom returns where the name ends that begins with the i-th word; i when
// none does.
func (s *scan) nameFrom(i int) int {
	end := i
	for end < len(s.tokens) && end-i < mostNames && !s.taken[end] && s.mayName(end) {
		end++
		if s.sign(end-1) != "" && s.sign(end-1) != "-" {
			break
		}
	}
	return end
}

// mayName reports whether the i-th word may be part of a person's name: letters
// alone, and without a capital no word that does something else in a sentence.
func (s *scan) mayName(i int) bool {
	t := &s.tokens[i]
	if strings.ContainsFunc(t.Text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' }) {
		return false
	}
	if s.is(negation, i) > 0 || s.is(wanting, i) > 0 || s.is(conjunction, i) > 0 || s.is(answer, i) > 0 {
		return false
	}
	if t.capital(s.text) && strings.ToUpper(s.text) != s.text {
		return true
	}
	return utf8.RuneCountInString(t.Text) > 1 && t.word.Form.Verb == finnish.NoVerb && (t.word.Guess || t.word.Form.Case == finnish.Nominative)
}

func (s *scan) personName(i, j int) {
	start, end := s.tokens[i].Start, s.tokens[j-1].End
	s.name(Name, tidyName(s.text[start:end]), i, j)
}

// tidyName gives every part of a name its capital.
func tidyName(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if strings.ToUpper(name) == name || strings.ToLower(name) == name {
		name = strings.ToLower(name)
	}
	var b strings.Builder
	before := ' '
	for _, r := range name {
		if before == ' ' || before == '-' {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}
