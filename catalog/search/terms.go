package search

import (
	"strings"
	"unicode"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// reader finds the terms by which words are indexed and looked up.
type reader struct {
	analyse func(word string) []finnish.Analysis
}

// terms are those of one word.
type terms struct {
	whole     []key    // of the word itself, the surest first, each once
	heads     []string // of what a compound ends with, the longest first
	modifiers []string // and of what comes before its head
	attribute bool     // it tells what things are like or made of, not what they are
	guess     bool     // no lexicon knows the word as it is written
	plain     bool     // a lexicon knows it as one word, that of no owner
	tells     bool     // and as what somebody does or did
	body      string   // the word, when its parts are not known: then they are all its ends and beginnings
}

// key is a term and how surely it stands for the word, up to 1.
type key struct {
	term string
	sure float32
	as   role // whole or material
}

// nextBest is how sure a headword is beside the next likelier one.
const nextBest = 0.95

// read returns the terms of a lower-case word. A word of an unknown language
// has those of all languages.
func (r *reader) read(lang, word string) terms {
	t := terms{whole: []key{{language.Fold(word), 1, whole}}}
	if digits := numbers[word]; digits != "" {
		t.add(digits, 1, whole)
	}
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return t
	}
	if inFinnish(lang) {
		r.finnish(&t, word)
	}
	for _, other := range []string{language.Swedish, language.English} {
		if lang != other && lang != "" {
			continue
		}
		stem := language.Fold(language.Stem(other, word))
		t.add(stem, 1, whole)
		if lang == other {
			t.ends(t.whole[0].term, shortestHead)
			if stem != t.whole[0].term {
				t.ends(stem, shortestHead)
			}
		}
	}
	return t
}

// base returns the terms of a word in running text: those by which any form of
// it is found, but none of its parts.
func (r *reader) base(lang, word string) []key {
	t := terms{}
	switch {
	case strings.ContainsFunc(word, unicode.IsDigit) || lang == "":
		t.add(language.Fold(word), 1, whole)
	case lang == language.Finnish:
		lemma := r.analyse(word)[0].Lemma
		t.add(language.Fold(lemma), 1, whole)
		r.material(&t, lemma, 1)
	default:
		t.add(language.Fold(language.Stem(lang, word)), 1, whole)
	}
	return t.whole
}

func (t *terms) add(term string, sure float32, as role) {
	for _, k := range t.whole {
		if k.term == term {
			return
		}
	}
	t.whole = append(t.whole, key{term, sure, as})
}

// finnish adds the headwords of a Finnish word, what it is made of, and the
// parts of the likeliest compound.
func (r *reader) finnish(t *terms, word string) {
	sure := float32(1)
	for i, a := range r.analyse(word) {
		t.guess = t.guess || a.Guess
		t.add(language.Fold(a.Lemma), sure, whole)
		made := r.material(t, a.Lemma, sure)
		if i == 0 {
			t.plain = !a.Guess && len(a.Parts) <= 1 && a.Form.Owner == finnish.NoPerson
			t.tells = t.plain && a.Form.Verb != finnish.NoVerb && a.Form.Verb <= finnish.Potential
			t.attribute = made || a.Form.Verb == finnish.PresentParticiple || a.Form.Verb == finnish.PastParticiple
		}
		switch {
		case i > 0 || made:
		case len(a.Parts) > 1:
			r.parts(t, a)
		case a.Guess:
			t.ends(language.Fold(a.Lemma), shortestHead)
		default:
			t.ends(language.Fold(a.Lemma), shortestHead+1)
		}
		sure *= nextBest
	}
}

// material adds what a thing is made of: villa of villainen, puu of puinen.
func (r *reader) material(t *terms, lemma string, sure float32) bool {
	body, ok := strings.CutSuffix(lemma, "inen")
	if !ok || len(body) < 2 {
		return false
	}
	for _, noun := range []string{body, body + "i", body + body[len(body)-1:]} {
		if a := r.analyse(noun)[0]; !a.Guess && a.Lemma == noun {
			t.add(language.Fold(noun), sure, material)
			return true
		}
	}
	return false
}

// parts adds what a compound ends with and what it begins with, by headwords:
// of satiinipussilakanasetti the setti, the lakanasetti, satiini, pussilakana
// and the like.
func (r *reader) parts(t *terms, a finnish.Analysis) {
	ends := a.Lemma
	for i, part := range a.Parts[:len(a.Parts)-1] {
		rest, ok := strings.CutPrefix(ends, part)
		if ends = strings.TrimPrefix(rest, "-"); !ok || ends == "" {
			return
		}
		t.heads = append(t.heads, language.Fold(ends))
		first := ""
		for _, last := range a.Parts[i : len(a.Parts)-1] {
			t.modifiers = append(t.modifiers, language.Fold(first+r.lemma(last)))
			first += last
		}
	}
	if a := r.analyse(ends)[0]; len(a.Parts) > 1 { // a head that is listed by itself
		r.parts(t, a)
	} else if head := r.headOf(ends); head != "" {
		t.heads = append(t.heads, language.Fold(head))
	}
}

// headOf is the longest headword that a word which is listed in one part ends with: puikko
// of pyöröpuikko.
func (r *reader) headOf(word string) string {
	for i := shortestModifier; i < len(word)-shortestHead; i++ {
		if a := r.analyse(word[i:])[0]; !a.Guess && a.Lemma == word[i:] && len(a.Parts) == 1 {
			return word[i:]
		}
	}
	return ""
}

// lemma returns the headword of a compound's part: itself, if it may be, since
// seinä is seldom a fish in the essive.
func (r *reader) lemma(part string) string {
	all := r.analyse(part)
	for _, a := range all {
		if a.Lemma == part {
			return part
		}
	}
	return all[0].Lemma
}

// The shortest end of a word that may be a head, and what it may stand behind,
// in bytes. What is a byte shorter may stand behind a byte more, when it begins
// with a consonant.
const (
	shortestHead     = 4
	shortestModifier = 3
)

// ends takes every end of a word of which no parts are known for one that may be
// a head, skor of vinterskor, and what it begins with for a modifier. What is no
// word will not be asked for.
func (t *terms) ends(word string, shortest int) {
	t.body = t.whole[0].term
	for i := shortestModifier + shortest - shortestHead; i <= len(word)-shortest; i++ {
		t.heads = append(t.heads, word[i:])
	}
	for i := shortest; i <= len(word)-shortestModifier; i++ {
		t.modifiers = append(t.modifiers, word[:i])
	}
	if i := len(word) - shortestHead + 1; shortest == shortestHead && i > shortestModifier && !strings.ContainsRune("aeiouy", rune(word[i])) {
		t.heads = append(t.heads, word[i:])
	}
}

// inFinnish reports whether a word may be Finnish.
func inFinnish(lang string) bool { return lang == language.Finnish || lang == "" }
