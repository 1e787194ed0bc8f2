package intents

import (
	"maps"
	"math"
	"slices"

	"tiski/intents/language"
)

// alike is how alike a message and a known question must be: the cosine of
// their words weighed by rarity.
const alike = 0.62

// leastShared is how much of what tells a question from others a message must say of it,
// so that the few words it may share with any are not enough.
const leastShared = 0.5

// theSame is how alike they must be for the message to want what the question
// wants even when its own words do not suggest that, and suggested the
// probability at which they do.
const (
	theSame   = 0.8
	suggested = 0.02
)

// questions are the questions that have a fixed answer, by language.
type questions map[string]*asked

type asked struct {
	words map[string]*word // by lemma
	rare  float64          // the weight of a lemma that no question has
	all   []way
	known []known
}

// known is a question that can be asked in a language.
type known struct {
	*Question
	ways float64 // to ask it
}

// word is a lemma of questions.
type word struct {
	weight float64 // the square of its rarity among the questions
	ways   []int   // those that have it
}

// way is one way to ask a question.
type way struct {
	question int     // of those known
	length   float64 // of its lemmas as a vector of their rarity
}

func newQuestions(all []Question, cutters map[string]*cutter) questions {
	q := questions{}
	for _, lang := range language.Codes {
		a := &asked{words: map[string]*word{}}
		for i := range all {
			ways := 0
			for _, text := range all[i].Ways {
				if language.Detect(text, lang) != lang {
					continue
				}
				for _, lemma := range lemmas(cutters[lang].words(text)) {
					w := a.words[lemma]
					if w == nil {
						w = &word{}
						a.words[lemma] = w
					}
					w.ways = append(w.ways, len(a.all))
				}
				a.all = append(a.all, way{question: len(a.known)})
				ways++
			}
			if ways > 0 {
				a.known = append(a.known, known{&all[i], float64(ways)})
			}
		}
		n := float64(len(a.all) + 1)
		square := func(count float64) float64 { return math.Pow(math.Log(1+n/count), 2) }
		a.rare = square(1)
		for _, lemma := range slices.Sorted(maps.Keys(a.words)) { // in one order, as sums depend on it
			w := a.words[lemma]
			w.weight = square(float64(len(w.ways)))
			for _, i := range w.ways {
				a.all[i].length += w.weight
			}
		}
		for i := range a.all {
			a.all[i].length = math.Sqrt(a.all[i].length)
		}
		q[lang] = a
	}
	return q
}

// lemmas are what is said in words, each once: a number says nothing of the
// question.
func lemmas(ts []token) []string {
	all := make([]string, 0, len(ts))
	for _, t := range ts {
		if t.lemma != anyNumber {
			all = append(all, t.lemma)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// like returns the question that the lemmas of a message are most like, or nil, and
// how alike they are.
func (q questions) like(lang string, words []string) (*Question, float64) {
	a := q[lang]
	if len(a.all) == 0 || len(words) == 0 {
		return nil, 0
	}
	var room [512]float64                                      // most shops have fewer
	shared := append(room[:0], make([]float64, len(a.all))...) // the weight of what each way has of the message
	var length float64
	for _, lemma := range words {
		w := a.words[lemma]
		if w == nil {
			length += a.rare
			continue
		}
		length += w.weight
		for _, i := range w.ways {
			shared[i] += w.weight
		}
	}
	length = math.Sqrt(length)
	best := alike
	var found *Question
	for i, weight := range shared {
		if weight < leastShared*a.all[i].length*a.all[i].length || weight == 0 {
			continue
		}
		if like := weight / (length * a.all[i].length); like > best {
			best, found = like, a.known[a.all[i].question].Question
		}
	}
	return found, best
}

// told are the intents that a shop tells of, whatever goods and orders are talked about.
var told = []string{AccountLoyalty, DeliveryCost, DeliveryOptions, DeliveryTime, GiftCard, PaymentMethods, PriceDiscount, Privacy, ReturnPolicy, StoreInfo}

// What likeliest needs to be sure of, chosen by leaving out in turn each way that the demo
// shop knows.
const (
	leastAhead  = 1.5 // logarithm of how much likelier the question is than what else is said with its intent
	aheadOfNext = 1.5 // the same of any other question
	telling     = 0.7 // share of the ways with some word of the message that are to ask this question
	unknownWays = 4   // to ask any question, beside those that are known
)

// likeliest returns the question that a message of some lemmas asks in its own words, or nil:
// naive Bayes, between the ways to ask each question of the intents acted on and the examples
// of the intent (McCallum and Nigam, A Comparison of Event Models for Naive Bayes Text
// Classification, 1998; of the words that are said alone).
func (q questions) likeliest(lang string, words, acted []string, examples usages) *Question {
	a := q[lang]
	if len(a.known) == 0 || !slices.ContainsFunc(acted, func(intent string) bool { return slices.Contains(told, intent) }) {
		return nil
	}
	ahead, tells := make([]float64, len(a.known)), make([]bool, len(a.known))
	for _, lemma := range words {
		w := a.words[lemma]
		if w == nil {
			continue
		}
		for first, at := 0, 0; first < len(w.ways); first = at {
			k := a.all[w.ways[first]].question
			for at < len(w.ways) && a.all[w.ways[at]].question == k {
				at++
			}
			ways, intent := float64(at-first), a.known[k].Intent
			if u := examples[lang][intent]; u != nil && slices.Contains(acted, intent) && slices.Contains(told, intent) {
				ahead[k] += math.Log(1 + ways/(unknownWays*u.share(lemma)))
				tells[k] = tells[k] || ways >= telling*float64(len(w.ways))
			}
		}
	}
	for k := range ahead {
		if tells[k] {
			ahead[k] -= float64(len(words)) * math.Log(1+a.known[k].ways/unknownWays)
		} else {
			ahead[k] = 0
		}
	}
	best := slices.Max(ahead)
	found := slices.Index(ahead, best)
	ahead[found] = 0
	if best < leastAhead || best-slices.Max(ahead) < aheadOfNext {
		return nil
	}
	return a.known[found].Question
}
