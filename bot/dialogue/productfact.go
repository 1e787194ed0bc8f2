package dialogue

import (
	"maps"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// factsOfEach tells the facts that are asked for of the few products shown. It
// reports false when none of them tells any, or other goods are asked for.
func (t *turn) factsOfEach(m *said) bool {
	shown := t.shownProducts()
	if len(shown) < 2 || len(shown) > maxFacts || !m.has(cueThis) && t.names(m.sought()) {
		return false
	}
	return t.tellFacts(shown, m)
}

// tellFacts tells the facts that are asked for of each product. It reports false when none
// tells any.
func (t *turn) tellFacts(all []*catalog.Product, m *said) bool {
	for _, p := range all {
		if names := t.factsAsked(p, m); len(names) > 0 {
			t.say(t.factsOf(all, names), t.shownButtons(intents.OrderPlace))
			return true
		}
	}
	return false
}

// factCue is a fact that customers ask for by another word than its name, which is folded.
type factCue struct {
	cue  cue
	fact string
}

var factCues = []factCue{
	{cueRoom, "tilavuus"}, {cueBattery, "kayttoaika"}, {cueCharging, "latausaika"}, {cueDegrees, "lampotila"}, {cueNoise, "melu"},
	{cueAge, "ikasuositus"}, {cueMeasures, "mitat"}, {cuePages, "sivumaara"}, {cueWeight, "paino"},
	{cueWidth, "leveys"}, {cueDepth, "syvyys"}, {cueHeight, "korkeus"}, {cueLength, "pituus"},
}

// factsCalled are the facts that a question asks for by other words than their names. How
// hot something is washed is none.
func (m *said) factsCalled() (facts []string) {
	if !m.asks && !m.has(cueQuestion) {
		return nil
	}
	for _, f := range factCues {
		if m.has(f.cue) && (f.cue != cueDegrees || !m.has(cueCare)) {
			facts = append(facts, f.fact)
		}
	}
	return facts
}

// factsAsked finds the facts of a product that a message asks for, by the beginnings of
// their names in its language or by other words for them.
func (t *turn) factsAsked(p *catalog.Product, m *said) (asked []string) {
	if len(p.Facts) == 0 {
		return nil
	}
	words := slices.DeleteFunc(slices.Clone(m.words), filler.has) // "mitä" asks for no "mitat"
	called := m.factsCalled()
	words = append(words, called...)
	if m.has(cueRoom) && strings.HasSuffix(m.First(intents.Size), " cm") { // "mahtuuko 60 cm väliin"
		words = append(words, "leveys", "mitat")
	}
	for _, name := range slices.Sorted(maps.Keys(p.Facts)) {
		translated := t.w.Shop.Translate("fact", name, m.Lang)
		if slices.ContainsFunc(folded(name), func(key string) bool { return begins(words, key) || endsAs(key, called) }) ||
			translated != name && !slices.ContainsFunc(folded(translated), func(key string) bool { return !begins(words, key) }) {
			asked = append(asked, name)
		}
	}
	return asked
}

// asksFact reports whether a message asks for a fact of the product talked about.
func (t *turn) asksFact(m *said) bool {
	p := t.talkedOf()
	return p != nil && len(t.factsAsked(p, m)) > 0
}

// beyondFacts are the words of a question without those that ask for a fact: what they are
// asked of, "hur mycket väger kupoltältet".
func (t *turn) beyondFacts(text string) string {
	names := t.w.Shop.FactWords(t.Lang)
	return wordsBut(text, func(word string) bool {
		words := folded(word)
		return asksForFact(words) || slices.ContainsFunc(names, func(key string) bool { return begins(words, key) })
	})
}

// asksForFact reports whether one of the words asks for a fact by itself. That something
// goes in may be told of goods, too.
func asksForFact(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		set := cueWords.word(w)
		return slices.ContainsFunc(factCues, func(f factCue) bool { return f.cue != cueRoom && set.has(f.cue) })
	})
}

// endsAs reports whether a compound is one of some facts, "kokonaispaino".
func endsAs(compound string, facts []string) bool {
	return slices.ContainsFunc(facts, func(fact string) bool { return strings.HasSuffix(compound, fact) })
}

// begins reports whether one of some words begins as a key does, which may end otherwise.
func begins(words []string, key string) bool {
	if len(key) > 4 {
		key = key[:len(key)-1]
	}
	return len(key) > 2 && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, key) })
}
