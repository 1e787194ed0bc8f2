package intents

import (
	"cmp"
	"slices"
	"strings"
)

// scan finds the entities of one message. What comes first takes its words
// from what comes later: digits of a phone number are no postal code.
type scan struct {
	text       string
	tokens     []token
	lexicon    *lexicon
	vocabulary *vocabulary
	lang       string
	hint       Hint
	marks      []marking // by token
	matches    []match   // what the words mean, token by token
	ends       []int     // where a token's matches end
	taken      []bool    // by token
	found      []Entity
	number     int // the first one said in letters, 0 without one
}

func newScan(text, lang string, tokens []token, l *lexicon, v *vocabulary, h Hint) *scan {
	s := &scan{
		text: text, lang: lang, tokens: tokens, lexicon: l, vocabulary: v, hint: h,
		marks: markings(tokens), taken: make([]bool, len(tokens)), found: make([]Entity, 0, 4),
		matches: make([]match, 0, len(tokens)), ends: make([]int, len(tokens)),
	}
	for i := range tokens {
		s.matches = tokens[i].said.at(tokens[i:], s.matches)
		s.matches = tokens[i].catalogue.at(tokens[i:], s.matches)
		s.ends[i] = len(s.matches)
	}
	return s
}

// markings returns the markings of the message's words as the intent is told by
// them. Where no word was cut up they are those by which things are named.
func (s *scan) markings(told []token) []marking {
	if len(told) == len(s.tokens) {
		return s.marks
	}
	return markings(told)
}

// at returns what the words from the i-th on mean by a list, and how many
// words that takes; 0 when they mean nothing.
func (s *scan) at(l list, i int) (meaning string, n int) {
	if i < 0 || i >= len(s.tokens) {
		return "", 0
	}
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	for _, m := range s.matches[from:s.ends[i]] {
		if m.list == l {
			return m.meaning, int(m.words)
		}
	}
	return "", 0
}

// read returns the entities in the order said.
func (s *scan) read() []Entity {
	s.emails()
	if s.digits() >= orderDigits {
		s.trackings()
		s.orderNumbers()
		s.phones()
	}
	s.spokenPhones()
	s.addresses()
	s.prices()
	s.sizes()
	s.measures()
	s.dates()
	s.postalCodes()
	s.refs()
	s.birthdays()
	s.quantities()
	s.colours()
	s.materials()
	s.audiences()
	s.deliveries()
	s.products()
	s.features()
	s.places()
	s.people()
	s.deny()
	slices.SortStableFunc(s.found, func(a, b Entity) int { return cmp.Compare(a.Start, b.Start) })
	return s.found
}

func (s *scan) digits() int {
	n := 0
	for i := range len(s.text) {
		if s.text[i] >= '0' && s.text[i] <= '9' {
			n++
		}
	}
	return n
}

// add notes an entity in the tokens from i up to j, and takes them.
func (s *scan) add(kind, value string, i, j int) {
	s.addSpan(kind, value, s.tokens[i].Start, s.tokens[j-1].End)
}

// addSpan notes an entity between two byte offsets, and takes the tokens there.
func (s *scan) addSpan(kind, value string, start, end int) {
	s.found = append(s.found, Entity{Kind: kind, Value: value, Text: s.text[start:end], Start: start, End: end})
	s.take(start, end)
}

func (s *scan) take(start, end int) {
	for i, t := range s.tokens {
		if t.Start < end && t.End > start {
			s.taken[i] = true
		}
	}
}

// free reports whether the i-th token is there and not taken.
func (s *scan) free(i int) bool { return i >= 0 && i < len(s.tokens) && !s.taken[i] }

// is returns how many words from the i-th on are a marker of this kind.
func (s *scan) is(kind marker, i int) int {
	if i < 0 || i >= len(s.marks) {
		return 0
	}
	return int(s.marks[i][kind])
}

// longestMarker is how many words a marker may have.
const longestMarker = 4

// after reports whether a marker of this kind stands right before the i-th
// word, or with one filler between.
func (s *scan) after(kind marker, i int) bool {
	for back := 1; back <= longestMarker+1; back++ {
		n := s.is(kind, i-back)
		if n == back || n > 0 && n == back-1 && s.is(filler, i-1) == 1 {
			return true
		}
	}
	return false
}

// sign returns what stands in the text between the i-th token and the next one,
// spaces away.
func (s *scan) sign(i int) string {
	end := len(s.text)
	if i+1 < len(s.tokens) {
		end = s.tokens[i+1].Start
	}
	return strings.TrimSpace(s.text[min(s.tokens[i].End, end):end])
}

// deny marks what the customer does not want: "en halua sinistä", "muita värejä
// kuin musta", "ei M vaan L", "postiin en halua". A question denies nothing:
// "eikö teillä ole sinistä?".
func (s *scan) deny() {
	for k := range s.found {
		e := &s.found[k]
		switch e.Kind {
		case Email, Phone, OrderNo, Tracking, PostalCode, Name, PriceMax, PriceMin, Feature:
			continue
		}
		if e.Value == RefNone {
			continue
		}
		i := s.tokenAt(e.Start)
		e.Negated = s.denied(i) || s.deniedAfter(s.tokenAt(e.End)) ||
			k > 0 && s.found[k-1].Negated && s.found[k-1].Kind == e.Kind && s.is(choice, i-1) > 0 ||
			e.Kind == Material && s.shunned(i)
	}
}

// denied reports whether what is said before the i-th word denies it.
func (s *scan) denied(i int) bool {
	if s.after(besides, i) || s.lacked(i) {
		return true
	}
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		if s.is(negation, j) > 0 {
			return strings.IndexByte(s.sign(j), ',') < 0 && !s.asked(i) || s.contrasted(i)
		}
		if s.is(wanting, j) == 0 && !s.contrasted(i) || s.is(contrast, j) > 0 {
			return false
		}
	}
	return false
}

// lacked reports whether "ilman" stands before the i-th word. Swedish "utan" is
// "vaan" after a negation.
func (s *scan) lacked(i int) bool {
	if s.is(without, i-1) == 0 {
		return false
	}
	for j := i - 2; j >= 0 && s.is(contrast, i-1) > 0; j-- {
		if s.is(negation, j) > 0 {
			return false
		}
	}
	return true
}

// contrasted reports whether "vaan" and the like follow within the clause: then
// whatever stands between a negation and the i-th word, the word is denied.
func (s *scan) contrasted(i int) bool {
	for j := i + 1; j < len(s.tokens) && j <= i+4; j++ {
		if s.is(contrast, j) > 0 {
			return true
		}
		if strings.ContainsAny(s.sign(j), ".?!") {
			return false
		}
	}
	return false
}

// deniedAfter reports whether the words from the i-th on deny what was just
// said: "sinistä en halua".
func (s *scan) deniedAfter(i int) bool {
	return i > 0 && s.is(negation, i) > 0 && s.sign(i-1) == "" && s.is(wanting, i+1) > 0 && i+2 >= len(s.tokens) && !s.asked(i)
}

// asked reports whether the sentence of the i-th token ends in a question mark.
func (s *scan) asked(i int) bool {
	rest := s.text[s.tokens[i].End:]
	end := strings.IndexAny(rest, ".?!\n")
	return end >= 0 && rest[end] == '?'
}
