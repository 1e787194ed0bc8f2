package persona

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tiski/intents"
)

// Kind is what sort of evidence something is.
type Kind string

// The kinds of evidence.
const (
	Word      Kind = "word"
	Phrase    Kind = "phrase"
	Statement Kind = "statement"
	Asked     Kind = "asked"    // an intent or a sign
	Shelf     Kind = "shelf"    // a category that was looked at
	Chosen    Kind = "chosen"   // one of several products shown
	Bought    Kind = "bought"   // a product
	Returned  Kind = "returned" // a product
	Answered  Kind = "answered" // a value, in a quiz
)

// Evidence is what one input tells of a customer.
type Evidence struct {
	At      time.Time // in the shop's time zone
	Channel string
	Words   []string       // of a message: lower case, å ä ö without dots
	Kinds   []intents.Kind // as the message is written, by the lines of [Set.Lines]
	Signs   []string       // intents and signs
	Shelf   string         // id of the category searched
	Gift    bool           // says that it is for somebody else
	Self    bool           // says that it is for themselves

	Chosen   string   // id of the product taken
	Among    []string // ids of those shown with it
	Bought   []string // ids of products ordered
	Returned []string // ids of products sent back
	Answers  []string // values that quiz answers stand for
}

// What evidence weighs, in logarithms of odds. What words, phrases, questions and
// writing weigh was fitted to talks of customers of known kinds, by logistic
// regression over sums of them, each writer's by those of the others; a stronger
// piece or a longer message weighs no less for what is said beside it.
const (
	wordWeight      = 1.3  // said by chance by many, meant by most
	phraseWeight    = 1.5  // several words together are seldom chance
	heardTwice      = 0.9  // times words and phrases of a message that is also weighed as it is written
	statementWeight = 3.5  // who says it should not have to say it twice: ordinary messages do not speak against it
	askedWeight     = 1.2  // a question is meant
	shelfWeight     = 0.2  // most shelves have customers of all kinds
	chosenWeight    = 1.2  // times how much better the chosen fits than those beside it: some 0.3
	boughtWeight    = 1.0  // the same against ordinary goods: a cheap thing is bought by all
	returnedWeight  = -1.0 // it was not what they value, or only the wrong size
	answerWeight    = 1.5  // a quiz was answered on purpose, from few choices
	writtenWeight   = 0.50 // times the learnt odds against ordinary customers: the messages of one writer say the same in part
	leastWritten    = -2   // of those odds: an ordinary message speaks only so much against anybody
	fewWords        = 3    // fewer speak for somebody by their share of these only: "ok", "koko 38" are everybody's
	habitWeight     = 0.25 // hour and channel: habits of crowds, once in a conversation
	mostAtOnce      = 3.5  // of one message that states nothing
)

// How belief moves.
const (
	priorUnknown = 0.5
	fade         = 0.97                // of what is believed is left after a message without evidence
	halfLife     = 14 * 24 * time.Hour // after which half of it is left without any
	lead         = 0.40                // probability a persona needs before it is used
	margin       = 0.35                // and how far ahead of all others it must be
	keep         = 0.25                // under which the one in use is used no more
	most         = 6.0                 // that is believed of a persona, so that a change of mind is seen
	doubt        = -2.5                // to which messages lessen it at most: who asks plain things for long may still turn out to be somebody
	errand       = 12 * time.Hour      // pause after which a gift is another day's
	keepReasons  = 8
)

// prior is the logarithm of the odds of one of n personas against none.
func prior(n int) float64 { return priors[min(n, MaxPersonas)] }

var priors = func() (p [MaxPersonas + 1]float64) {
	for n := 1; n < len(p); n++ {
		p[n] = math.Log((1 - priorUnknown) / priorUnknown / float64(n))
	}
	return p
}()

// Learn returns what is believed after an input. b is not changed.
func Learn(b Belief, set Set, e Evidence) Belief {
	if len(set.all) == 0 {
		return b
	}
	w := weighing{set: set, before: b.Reasons}
	w.hear(e)
	w.watch(e)
	next := Belief{Used: b.Used, Gift: b.Gift && !e.Self && len(e.Bought) == 0, Learnt: e.At}
	if !b.Learnt.IsZero() && e.At.Sub(b.Learnt) > errand {
		next.Gift = false
	}
	next.Gift = next.Gift || e.Gift
	left := 1.0
	if len(e.Words) > 0 {
		left = fade
	}
	if away := e.At.Sub(b.Learnt); !b.Learnt.IsZero() && away > time.Hour {
		left *= math.Exp2(-float64(away) / float64(halfLife))
	}
	next.Leans = make([]Lean, 0, len(set.all))
	for i := range set.all {
		p := &set.all[i]
		if p.ID == Neutral {
			continue
		}
		l := Lean{For: p.ID}
		if b.Leans == nil {
			l.Own = p.habits(e)
		} else if was := b.lean(p.ID, len(next.Leans)); was != nil {
			l.Own, l.Gift = was.Own*left, was.Gift*left
		}
		if !next.Gift {
			l.Gift = 0
			l.Own = moved(l.Own, w.own[i]+w.goods[i])
		} else {
			l.Own, l.Gift = moved(l.Own, w.own[i]), moved(l.Gift, w.goods[i])
		}
		next.Leans = append(next.Leans, l)
	}
	next.Reasons = w.reasons()
	next.Used = next.choose(func(id string) bool { return w.confirms(id, b.leaning(id)) })
	return next
}

// moved is a leaning after more evidence, within its limits and in three
// decimals, which is what its document keeps.
func moved(leaning, by float64) float64 {
	least := min(leaning, doubt)
	return math.Round(max(least, min(most, leaning+by))*1000) / 1000
}

// habits are the weak signs of when and where somebody writes.
func (p *Persona) habits(e Evidence) float64 {
	sum := 0.0
	if slices.Contains(p.Hours, e.At.Hour()) {
		sum += habitWeight
	}
	if slices.Contains(p.Channels, e.Channel) {
		sum += habitWeight
	}
	return sum
}

// choose is the persona to use from now on; one that is not ready is not taken
// into use yet.
func (b Belief) choose(ready func(id string) bool) string {
	best, second, used := -1, 0.0, 0.0
	var p [MaxPersonas]float64
	sum := 1.0
	for i, l := range b.Leans {
		p[i] = math.Exp(prior(len(b.Leans)) + l.Own + l.Gift)
		sum += p[i]
	}
	for i, l := range b.Leans {
		p[i] /= sum
		if l.For == b.Used {
			used = p[i]
		}
		if best < 0 || p[i] > p[best] {
			if best >= 0 {
				second = p[best]
			}
			best = i
		} else {
			second = max(second, p[i])
		}
	}
	switch {
	case best >= 0 && p[best] >= lead && p[best] >= second+margin && (b.Leans[best].For == b.Used || ready(b.Leans[best].For)):
		return b.Leans[best].For
	case used >= keep:
		return b.Used
	}
	return ""
}

// weighing adds up what an input says for and against each persona: what is
// theirs whomever they buy for, and what is of the goods.
type weighing struct {
	set        Set
	own, goods [MaxPersonas]float64
	stated     [MaxPersonas]bool   // said so themselves
	before     []Reason            // of earlier inputs
	told       [keepReasons]Reason // of this one, the newest last
	tellings   int                 // how many are told
}

// add counts evidence, and notes it as a reason when it speaks for a persona.
func (w *weighing) add(to *[MaxPersonas]float64, i int, weight float64, kind Kind, name string) {
	if weight >= noted {
		w.note(Reason{For: w.set.all[i].ID, Kind: kind, Name: name})
	}
	to[i] += weight
}

// confirms reports whether an input is reason to take a persona into use for
// which so much has spoken before: it says so outright, or speaks for it again,
// since one remark is anybody's.
func (w *weighing) confirms(id string, before float64) bool {
	i := w.set.index(id)
	return w.stated[i] || before >= noted && w.own[i]+w.goods[i] >= noted
}

// note puts a reason last, and leaves the oldest out when there are too many.
func (w *weighing) note(r Reason) {
	told := w.told[:w.tellings]
	at := slices.Index(told, r)
	if at < 0 && len(told) == keepReasons {
		at = 0
	}
	if at < 0 {
		w.tellings++
	} else {
		copy(told[at:], told[at+1:])
	}
	w.told[w.tellings-1] = r
}

// reasons are those of earlier inputs and of this one, each once, the newest last.
func (w *weighing) reasons() []Reason {
	told := w.told[:w.tellings]
	if len(told) == 0 {
		return w.before
	}
	all := make([]Reason, 0, keepReasons)
	left := keepReasons - len(told)
	for i := len(w.before) - 1; i >= 0 && len(all) < left; i-- {
		if !slices.Contains(told, w.before[i]) {
			all = append(all, w.before[i])
		}
	}
	slices.Reverse(all)
	return append(all, told...)
}

// stands reports whether a customer has said, not long ago, to be like a persona.
func (w *weighing) stands(id string) bool {
	said := func(r Reason) bool { return r.Kind == Statement && r.For == id }
	return slices.ContainsFunc(w.before, said) || slices.ContainsFunc(w.told[:w.tellings], said)
}

// noted is how much evidence must weigh to be a reason.
const noted = 0.1

// hear weighs a message: its words, what it asks, the shelf it looks at.
func (w *weighing) hear(e Evidence) {
	var own, goods [MaxPersonas]float64
	w.stated = w.words(e.Words, len(e.Kinds) > 0, &own, &goods)
	w.written(e.Kinds, len(e.Words), &own, &goods)
	for _, name := range e.Signs {
		sign := w.set.signs[name]
		to := &goods
		if sign.ofBuyer {
			to = &own
		}
		for i, strength := range sign.strengths {
			if strength != 0 {
				w.add(to, i, askedWeight*strength, Asked, name)
			}
		}
	}
	for i, likes := range w.set.liked[e.Shelf] {
		if likes {
			w.add(&goods, i, shelfWeight, Shelf, e.Shelf)
		}
	}
	for i := range own {
		share := 1.0
		if all := own[i] + goods[i]; all > mostAtOnce && !w.stated[i] {
			share = mostAtOnce / all
		}
		w.own[i] += own[i] * share
		w.goods[i] += goods[i] * share
	}
}

// written weighs how a message of so many words is written against how ordinary
// customers write.
func (w *weighing) written(kinds []intents.Kind, words int, own, goods *[MaxPersonas]float64) {
	plain := slices.IndexFunc(kinds, func(k intents.Kind) bool { return k.Name == Neutral })
	if plain < 0 {
		return
	}
	share := min(1, float64(words)/fewWords)
	best, told := -1, noted
	for j := range kinds {
		k := &kinds[j]
		i := w.set.index(k.Name)
		if i < 0 || j == plain {
			continue
		}
		weight := writtenWeight * max(leastWritten, k.LogP-kinds[plain].LogP)
		if weight > 0 {
			weight *= share
		}
		if weight < 0 && w.stands(k.Name) {
			continue
		}
		to := goods
		if w.set.buyers[i] {
			to = own
		}
		to[i] += weight
		if weight > told && tells(k.Word) {
			best, told = j, weight
		}
	}
	if best >= 0 {
		w.note(Reason{For: kinds[best].Name, Kind: Word, Name: kinds[best].Word})
	}
}

// tells reports whether a word can be quoted as a reason: nobody sees why in "m",
// "joo" or "116".
func tells(word string) bool {
	return utf8.RuneCountInString(word) > 3 && !strings.ContainsAny(word, "0123456789")
}

// ofTheBuyer are signs of who buys, whomever the goods are for.
var ofTheBuyer = []string{SignBrief, SignLong, SignQuick, SignSoon, SignLimit, SignCheaper, SignDiscount}

// words weighs the words and phrases of a message, each once, and tells of
// which personas it states something.
func (w *weighing) words(words []string, read bool, own, goods *[MaxPersonas]float64) (stated [MaxPersonas]bool) {
	var heard [MaxPersonas]int // up to which word a persona's clues have been taken
	var seen [32]*clue
	met := seen[:0]
	for at, word := range words {
		clues := w.set.clues[opening(word)]
		for k := range clues {
			c := &clues[k]
			if heard[c.of] > at || !c.matches(words[at:]) {
				continue
			}
			heard[c.of] = at + len(c.words)
			if slices.Contains(met, c) {
				continue
			}
			if len(met) < cap(met) {
				met = append(met, c)
			}
			to := goods
			if c.kind == Statement || w.set.buyers[c.of] {
				to = own
			}
			stated[c.of] = stated[c.of] || c.kind == Statement
			weight := c.weight
			if read && c.kind != Statement {
				weight *= heardTwice
			}
			w.add(to, c.of, weight, c.kind, c.name)
		}
	}
	return stated
}

// watch weighs what was done.
func (w *weighing) watch(e Evidence) {
	if fits := w.set.fits[e.Chosen]; fits != nil && len(e.Among) > 1 {
		for i := range fits {
			mean := 0.0
			for _, id := range e.Among {
				if other := w.set.fits[id]; other != nil {
					mean += other[i] / float64(len(e.Among))
				}
			}
			w.add(&w.goods, i, chosenWeight*(fits[i]-mean), Chosen, e.Chosen)
		}
	}
	for _, id := range e.Bought {
		for i, fit := range w.set.fits[id] {
			w.add(&w.goods, i, boughtWeight*fit/float64(len(e.Bought)), Bought, id)
		}
	}
	for _, id := range e.Returned {
		for i, fit := range w.set.fits[id] {
			w.add(&w.goods, i, returnedWeight*fit/float64(len(e.Returned)), Returned, id)
		}
	}
	for _, value := range e.Answers {
		for i := range w.set.all {
			if v := w.set.all[i].Values[value]; v > 0 && w.set.all[i].ID != Neutral {
				w.add(&w.own, i, answerWeight*(v-0.5), Answered, value)
			}
		}
	}
}

// clue is a word or a phrase that is evidence of a persona.
type clue struct {
	of     int // index of the persona
	kind   Kind
	name   string // as the shop's file has it
	words  []string
	open   []bool // of each word: it is a beginning
	weight float64
}

// sign is how strongly a sign speaks for each persona.
type sign struct {
	strengths []float64
	ofBuyer   bool
}

func (c *clue) matches(words []string) bool {
	if len(words) < len(c.words) {
		return false
	}
	for i, want := range c.words {
		if words[i] != want && !(c.open[i] && strings.HasPrefix(words[i], want)) {
			return false
		}
	}
	return true
}

// opening is the key of a word among the clues: its first letters.
func opening(word string) (key uint32) {
	for i := range min(len(word), shortestBeginning) {
		key = key<<8 | uint32(word[i])
	}
	return key
}

// shortestBeginning is how many letters a beginning has at least.
const shortestBeginning = 3
