package intents

import (
	"math"
	"slices"
	"strings"

	"tiski/intents/finnish"
)

// What a bot needs to be sure of, as probabilities; chosen on held-out messages.
const (
	understood  = 0.20 // the best intent, to act at all
	alone       = 0.40 // an intent of a part of the message
	aside       = 0.65 // the same of a statement in a message that asks something, and before "mutta"
	barely      = 0.70 // the same of one word, and of a question that only a comma begins
	familiar    = 0.57 // share of the words and their pieces that are known, by weight
	searchLikes = 0.55 // below this a description of goods is a search
)

// act fills in what a bot would act on, and puts what the words themselves show
// above what the examples suggest.
func (m *Model) act(r *Reading, ts []token, known float64, s *scan) {
	r.Acted = []string{OutOfScope}
	if len(ts) == 0 {
		r.Intents = []Intent{{OutOfScope, 1}}
		return
	}
	switch said := s.gist(); {
	case s.onlyAnswers():
		r.raise(OutOfScope)
		return
	case said != sentence && s.answers():
		return
	case said == thingsOnly && s.has(OrderNo):
		r.raise(OrderStatus)
	case said == thingsOnly:
		return
	case said == goodsOnly && s.onlyDelivery():
		r.raise(DeliveryOptions)
		r.Entities = slices.DeleteFunc(r.Entities, func(e Entity) bool { return e.Kind == Category })
	case said == goodsOnly && (r.Intents[0].P < searchLikes || s.describes() > 0 || r.Intents[0].Name == OutOfScope):
		r.raise(ProductSearch)
	case s.describes() >= 2 && s.names() && r.Intents[0].P < searchLikes && slices.Contains(shopping, r.Intents[0].Name):
		r.raise(ProductSearch)
	case known < familiar:
		r.raise(OutOfScope)
	}
	m.choose(r, ts, s)
	if r.Intents[0].P < understood {
		return
	}
	r.Acted = m.acted(r, ts, s)
}

// shopping are the intents that a description of goods is taken for by mistake.
var shopping = []string{OutOfScope, ProductDetails, ProductAvailability, Recommend, OrderPlace, PriceDiscount, Feedback}

// chance returns the probability of an intent.
func (r *Reading) chance(name string) float64 {
	for _, i := range r.Intents {
		if i.Name == name {
			return i.P
		}
	}
	return 0
}

// raise puts an intent first.
func (r *Reading) raise(name string) {
	const sure = 0.9
	raised := []Intent{{name, max(r.chance(name), sure)}}
	rest := 1 - raised[0].P
	for _, i := range r.Intents {
		if i.Name != name && i.P*rest >= leastP {
			raised = append(raised, Intent{i.Name, i.P * rest})
		}
	}
	r.Intents = raised
}

// A side of "palautus vai vaihto", or what comes after "vaan", is told by itself
// when it is this sure.
const sureSide = 0.5

// longestChoice is how many words a choice between two topics may have.
const longestChoice = 5

// choose makes both sides of "palautus vai vaihto" as likely as they are by
// themselves, and takes "en palauta vaan vaihdan" for what comes after "vaan".
func (m *Model) choose(r *Reading, ts []token, s *scan) {
	marks := s.markings(ts)
	for i, denied := 0, false; i < len(ts)-1; i++ {
		if denied && marks[i][contrast] > 0 && marks[i][yet] == 0 {
			if wanted := m.rank(m.classifier.message(ts[i+1:]), r.Lang); wanted[0].P >= sureSide && !social(wanted[0].Name) {
				r.Intents = wanted
			}
			return
		}
		denied = denied || marks[i][negation] > 0
	}
	if len(ts) > longestChoice {
		return
	}
	for i := 1; i < len(ts)-1; i++ {
		if marks[i][choice] == 0 {
			continue
		}
		one := m.rank(m.classifier.message(ts[:i]), r.Lang)
		other := m.rank(m.classifier.message(ts[i+1:]), r.Lang)
		if one[0].P < sureSide || other[0].P < sureSide || one[0].Name == other[0].Name || social(one[0].Name) || social(other[0].Name) {
			continue
		}
		if one[0].P < other[0].P {
			one, other = other, one
		}
		r.Intents = []Intent{{one[0].Name, one[0].P / 2}, {other[0].Name, other[0].P / 2}}
		return
	}
}

// acted reads the parts of a message one by one. An intent of a part counts when
// it is sure in the part.
func (m *Model) acted(r *Reading, ts []token, s *scan) []string {
	top := r.Intents[0].Name
	asks := strings.Contains(s.text, "?")
	var acted []string
	clauses := s.clauses(ts)
	for _, c := range clauses {
		if len(clauses) == 1 {
			break
		}
		best := r.likeliest(m.rank(m.classifier.message(c.tokens), r.Lang))
		need := alone
		switch {
		case c.comma || len(c.tokens) == 1:
			need = barely
		case asks && !c.asks, c.but:
			need = aside
		}
		if best.P >= need && !slices.Contains(acted, best.Name) {
			acted = append(acted, best.Name)
		}
	}
	business := slices.DeleteFunc(acted, social)
	if !slices.Contains(business, top) && !social(top) && (len(business) == 0 || r.Intents[0].P >= aside) {
		business = append(business, top)
	}
	if len(business) > 0 {
		return business
	}
	return []string{top}
}

// social reports whether an intent wants nothing of the shop.
func social(name string) bool {
	return name == Greeting || name == ThanksBye || name == OutOfScope
}

// likeliest returns the intent of a part in the light of the whole message:
// "ja kauanko se kestää" after a question about delivery asks its time.
func (r *Reading) likeliest(part []Intent) Intent {
	const light = 0.5 // power of the whole's probability
	var best Intent
	var all float64
	for _, i := range part {
		i.P *= math.Pow(max(leastP, r.chance(i.Name)), light)
		all += i.P
		if i.P > best.P {
			best = i
		}
	}
	best.P /= all
	return best
}

// clause is a part of a message that may say something of its own.
type clause struct {
	tokens []token
	asks   bool // ends in a question mark
	comma  bool // begins or ends at a comma alone
	but    bool // "mutta" comes after it
}

// shortestContrast is how many words a part after "mutta" must have: "sama
// mutta sininen" is one wish.
const shortestContrast = 2

// clauses cuts a message at the ends of sentences, at "ja", "och", "and", and
// at commas that a question follows.
func (s *scan) clauses(ts []token) []clause {
	var cs []clause
	marks := s.markings(ts)
	from, comma := 0, false
	for i := range ts {
		last := i+1 == len(ts)
		end := len(s.text)
		if !last {
			end = ts[i+1].Start
		}
		sign := s.text[min(ts[i].End, end):end]
		c := clause{tokens: ts[from : i+1], asks: strings.Contains(sign, "?"), comma: comma}
		next := false // comma of the next clause
		switch {
		case last || strings.ContainsAny(sign, ".?!;\n"):
		case marks[i+1][yet] > 0 && len(ts)-i-2 < shortestContrast:
			continue
		case marks[i+1][conjunction] > 0 && len(ts)-i-1 > int(marks[i+1][conjunction]):
			c.but = marks[i+1][yet] > 0
		case strings.Contains(sign, ",") && i > from && i+2 < len(ts) && ts[i+1].beginsQuestion():
			c.comma, next = true, true
		default:
			continue
		}
		cs = append(cs, c)
		from, comma = i+1, next
	}
	return cs
}

// asking are the ideas of words by which questions begin.
var asking = []string{"where", "how", "when", "why", "which", "howmuch", "can", "have"}

// beginsQuestion reports whether a question may begin with this word.
func (t *token) beginsQuestion() bool {
	return t.word.Form.Clitic&finnish.Ko != 0 || slices.Contains(asking, t.ideas[0]) || slices.Contains(asking, t.ideas[1])
}

// gist says what a message consists of.
type gist int

const (
	sentence   gist = iota
	goodsOnly       // names and properties of goods: "musta talvitakki koko 38"
	thingsOnly      // other entities alone: "00530", "kaksi", "42"
)

func (s *scan) gist() gist {
	goods, rest := 0, 0
	for i := 0; i < len(s.tokens); i++ {
		switch {
		case s.within(i, Foot):
			return sentence // it asks which size that is
		case s.within(i, Color, Audience, Category, Product, Brand, PriceMax, PriceMin), s.tokens[i].goods, s.beforeGoods(i):
			goods++
		case s.taken[i]:
			rest++
		default:
			n := 0
			for _, kind := range []marker{aboutSize, atMost, atLeast, euro, piece, conjunction, choice, aboutOrder, filler, negation, contrast} {
				n = max(n, s.is(kind, i))
			}
			if n == 0 {
				return sentence
			}
			i += n - 1
		}
	}
	switch {
	case goods > 0:
		return goodsOnly
	case rest > 0:
		return thingsOnly
	}
	return sentence
}

// beforeGoods reports whether the i-th token is the beginning of a word that ends, after a
// hyphen, in what goods are called by: "käpy-pipo" is some kind of "pipo".
func (s *scan) beforeGoods(i int) bool {
	for ; i+1 < len(s.tokens) && s.sign(i) == "-"; i++ {
		if s.tokens[i+1].goods {
			return true
		}
	}
	return false
}

// within reports whether the i-th token is part of an entity of these kinds.
func (s *scan) within(i int, kinds ...string) bool {
	for _, e := range s.found {
		if e.Start <= s.tokens[i].Start && s.tokens[i].End <= e.End && slices.Contains(kinds, e.Kind) {
			return true
		}
	}
	return false
}

func (s *scan) has(kind string) bool {
	return slices.ContainsFunc(s.found, func(e Entity) bool { return e.Kind == kind })
}

// onlyAnswers reports whether the message is "joo", "ei kiitos" and the like.
func (s *scan) onlyAnswers() bool {
	for i := 0; i < len(s.tokens); {
		n := s.is(answer, i)
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// onlyDelivery reports whether the message tells nothing but how goods shall come:
// "kotiin vaan" names no shelf of goods for the home.
func (s *scan) onlyDelivery() bool {
	for i := 0; i < len(s.tokens); i++ {
		n := max(s.is(contrast, i), s.is(filler, i), s.is(taking, i))
		if n == 0 && !s.within(i, Delivery) {
			return false
		}
		i += max(n, 1) - 1
	}
	return true
}

// answers reports whether the message holds what was asked for.
func (s *scan) answers() bool { return s.hint.Pending != "" && s.has(s.hint.Pending) }

// describes counts the kinds of properties by which goods are described.
func (s *scan) describes() int {
	n := 0
	for _, kind := range []string{Color, Size, Audience, PriceMax, PriceMin, Category, Brand, Product} {
		if s.has(kind) {
			n++
		}
	}
	return n
}

// names reports whether some goods are named.
func (s *scan) names() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return t.goods })
}
