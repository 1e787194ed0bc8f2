package finnish

import (
	"slices"
	"strings"
)

// plain drops what a headword has beside its letters at either end.
func plain(word string) string {
	return strings.Trim(word, " -.,;:!?()\"'")
}

// The cost of a part of a compound: each part, and what makes it doubtful.
const (
	partCost    = 10
	shortCost   = 6  // three letters
	tinyCost    = 30 // two letters
	adverbCost  = 4
	pluralCost  = 3
	unknownCost = 40 // not a word, before a hyphen
	mostParts   = 6
)

// way is the cheapest way to cut the beginning of a word into parts.
type way struct {
	cost   int    // 0: none
	from   int    // where the last part begins
	parts  int    // how many
	bounds uint64 // of the last part, which may be a compound itself
}

// cutUp finds the cheapest way to read the beginning of a word, up to each
// byte, as parts before a head. Hyphens end parts.
func (x *Lexicon) cutUp(word string, ways []way) {
	ways[0] = way{cost: 1}
	for i, begin := 1, 0; i < len(word)-2; i++ { // what ends in a hyphen is a part, known or not
		if word[i] == '-' {
			ways[i+1] = way{cost: ways[begin].cost + unknownCost, from: begin, parts: ways[begin].parts + 1}
			begin = i + 1
		}
	}
	for i := 0; i < len(word)-2; i++ {
		if ways[i].cost == 0 || ways[i].parts >= mostParts {
			continue
		}
		if word[i] == '-' && i > 0 {
			reach(ways, i, i+1, 0, 0)
			continue
		}
		h := uint32(hashStart)
		for j := i; j < len(word)-1; j++ {
			if h = (h ^ uint32(word[j])) * hashPrime; !x.begun(h) {
				break
			}
			for n := x.first(h); n >= 0; n = x.entries[n].next {
				e := &x.entries[n]
				if e.hash == h && e.root == word[i:j+1] {
					x.extend(e, word, i, j+1, ways)
				}
			}
		}
	}
}

// extend marks where the entry's part that begins at i may end.
func (x *Lexicon) extend(e *entry, word string, i, j int, ways []way) {
	rest := word[j:]
	own := costOfOrigin[e.origin]
	for _, t := range x.patterns[e.pattern] {
		if !strings.HasPrefix(rest, t.text) {
			continue
		}
		end := j + len(t.text)
		after := word[end:]
		if t.slots&(nominative|compoundStem) != 0 {
			reach(ways, i, end, partCost+own, e.bounds)
		}
		if t.slots&wholeWord != 0 {
			reach(ways, i, end, partCost+adverbCost+own, e.bounds)
		}
		if t.slots&weak != 0 && strings.HasPrefix(after, "n") {
			reach(ways, i, end+1, partCost+own, e.bounds)
		}
		if t.slots&verbStrong != 0 && strings.HasPrefix(after, "mis") {
			reach(ways, i, end+3, partCost+own, e.bounds)
		}
		if t.slots&genitiveTen != 0 && strings.HasPrefix(after, "ten") {
			reach(ways, i, end+3, partCost+pluralCost+own, e.bounds)
		}
		if t.slots&genitiveEn != 0 && strings.HasPrefix(after, "en") {
			reach(ways, i, end+2, partCost+pluralCost+own, e.bounds)
		}
		if t.slots&genitiveDen != 0 && strings.HasPrefix(after, "den") {
			reach(ways, i, end+3, partCost+pluralCost+own, e.bounds)
		}
	}
}

// reach notes that a part may end at byte end at some cost.
func reach(ways []way, from, end, cost int, bounds uint64) {
	if end >= len(ways) {
		return
	}
	switch end - from {
	case 1:
		if cost > 0 {
			return
		}
	case 2:
		cost += tinyCost
	case 3:
		cost += shortCost
	}
	if total := ways[from].cost + cost; ways[end].cost == 0 || total < ways[end].cost {
		ways[end] = way{total, from, ways[from].parts + 1, bounds}
	}
}

// bounds returns where the parts before byte end begin, as bits.
func boundsOf(ways []way, end int) uint64 {
	var bits uint64
	for end > 0 {
		w := ways[end]
		bits |= 1<<end | w.bounds<<w.from
		end = w.from
	}
	return bits
}

// joinCompound adds a headword as a compound of words that the lexicon knows,
// inflecting as its last part; false when it finds no such parts.
func (x *Lexicon) joinCompound(word string) bool {
	var room [longestWord + 1]way
	ways := room[:len(word)+1]
	x.cutUp(word, ways)
	best, cost := 0, 1<<30
	for i := 2; i < len(word)-1; i++ {
		if ways[i].cost == 0 || word[i]&0xC0 == 0x80 {
			continue
		}
		for _, n := range x.headwords(word[i:], nil) {
			c := ways[i].cost + partCost + costOfOrigin[x.entries[n].origin]
			if x.patterns[x.entries[n].pattern][0].slots&wholeWord != 0 {
				c += 2 * adverbCost
			}
			if x.entries[n].slots(x)&verbSlots != 0 {
				c += verbHeadCost
			}
			if short := len(word) - i; short <= 3 {
				c += shortCost
				if short == 2 {
					c += tinyCost
				}
			}
			if c < cost {
				best, cost = i, c
			}
		}
	}
	if best == 0 {
		return x.joinPlural(word, ways) || x.joinDoing(word, ways)
	}
	bounds := boundsOf(ways, best)
	for _, n := range x.headwords(word[best:], nil) {
		e := x.entries[n]
		x.put(entry{
			root: word[:best+len(e.root)], lemma: word, pattern: e.pattern, origin: e.origin, adjective: e.adjective,
			bounds: bounds | e.bounds<<best,
		})
	}
	return true
}

const verbHeadCost = 8

// joinPlural adds a compound whose head is the plural of a headword:
// silmä|lasit.
func (x *Lexicon) joinPlural(word string, ways []way) bool {
	best, heads := x.cheapest(word, ways, Form{Case: Nominative, Plural: true})
	for _, c := range heads {
		e := x.entries[c.entry]
		var s stems
		for _, t := range x.patterns[e.pattern] {
			s.add(t.slots, word[:best]+e.root+t.text)
		}
		root, tails := s.plurals(word).pattern()
		x.put(entry{root: root, lemma: word, pattern: x.numberOf(tails), bounds: boundsOf(ways, best) | e.bounds<<best, origin: e.origin})
	}
	return len(heads) > 0
}

// joinDoing adds a compound whose head is made of a verb: työn|jakaminen.
func (x *Lexicon) joinDoing(word string, ways []way) bool {
	best, heads := x.cheapest(word, ways, Form{Verb: Doing, Case: Nominative})
	if len(heads) == 0 {
		return false
	}
	root, tails := stemsOf(word, class{number: 38}).pattern()
	x.put(entry{root: root, lemma: word, pattern: x.numberOf(tails), bounds: boundsOf(ways, best)})
	return true
}

// cheapest returns where the head begins of the cheapest way to read a word
// as parts and a head in one form, and what heads there are.
func (x *Lexicon) cheapest(word string, ways []way, f Form) (int, []candidate) {
	var some [mostCandidates]candidate
	cuts := []tail{{end: len(word), after: bare}}
	best, cost := 0, 1<<30
	unfit := func(c candidate) bool { return c.form != f }
	for i := 2; i < len(word)-1; i++ {
		if ways[i].cost == 0 || ways[i].cost >= cost || word[i]&0xC0 == 0x80 {
			continue
		}
		if len(slices.DeleteFunc(x.match(word, i, cuts, some[:0]), unfit)) > 0 {
			best, cost = i, ways[i].cost
		}
	}
	if best == 0 {
		return 0, nil
	}
	return best, slices.DeleteFunc(x.match(word, best, cuts, some[:0]), unfit)
}

// markCompounds finds the parts of the words that are listed with a class of
// their own, though they are compounds: such as inflect just as their heads.
func (x *Lexicon) markCompounds() {
	for i := range x.entries {
		e := &x.entries[i]
		if e.bounds != 0 || len(e.lemma) < shortestMarked || e.origin == guessed || e.slots(x)&(nominative|pluralHead) == 0 {
			continue
		}
		var room [longestWord + 1]way
		ways := room[:len(e.lemma)+1]
		x.cutUp(e.lemma, ways)
		best, cost, pattern := 0, mostMarked, e.pattern
		for j := 3; j <= len(e.lemma)-4; j++ {
			if ways[j].cost == 0 || ways[j].cost >= cost || e.lemma[j]&0xC0 == 0x80 {
				continue
			}
			for _, n := range x.headwords(e.lemma[j:], nil) {
				if head := &x.entries[n]; head.root == e.root[min(j, len(e.root)):] && x.alike(head, e) {
					best, cost, pattern = j, ways[j].cost, head.pattern
				}
			}
		}
		if e.slots(x)&pluralHead != 0 {
			if at, _ := x.cheapest(e.lemma, ways, Form{Case: Nominative, Plural: true}); at > 0 && ways[at].cost < mostMarked {
				best = at
			}
		}
		if best > 0 {
			e.bounds, e.pattern = e.bounds|boundsOf(ways, best), pattern
		}
	}
}

// alike tells whether two entries have the same stems, but for the comparative,
// which depends on the length of the word.
func (x *Lexicon) alike(a, b *entry) bool {
	has := func(stems []stem, one stem) bool {
		return one.slots&^comparative == 0 || slices.ContainsFunc(stems, func(s stem) bool {
			return s.text == one.text && s.slots&^comparative == one.slots&^comparative
		})
	}
	p, q := x.patterns[a.pattern], x.patterns[b.pattern]
	for _, one := range p {
		if !has(q, one) {
			return false
		}
	}
	for _, one := range q {
		if !has(p, one) {
			return false
		}
	}
	return true
}

// The fewest bytes of a word that is looked at by markCompounds, and the cost
// that its parts must stay under.
const (
	shortestMarked = 8
	mostMarked     = 20
)

// slots returns all the endings that an entry takes.
func (e *entry) slots(x *Lexicon) slots {
	var all slots
	for _, t := range x.patterns[e.pattern] {
		all |= t.slots
	}
	return all
}

// headwords appends the entries whose headword a word is.
func (x *Lexicon) headwords(word string, found []int32) []int32 {
	h := uint32(hashStart)
	for j := range len(word) {
		h = (h ^ uint32(word[j])) * hashPrime
		for n := x.first(h); n >= 0; n = x.entries[n].next {
			if e := &x.entries[n]; e.hash == h && e.lemma == word && e.root == word[:j+1] {
				found = append(found, n)
			}
		}
	}
	return found
}

// joinDerived adds a headword that is known to be a compound, though its head
// is no headword by itself: ajan|kohtainen, kuvan|veistäjä.
func (x *Lexicon) joinDerived(word string) bool {
	var room [longestWord + 1]way
	ways := room[:len(word)+1]
	x.cutUp(word, ways)
	best, cost := 0, 1<<30
	for i := 3; i <= len(word)-shortestDerived; i++ {
		if ways[i].cost == 0 || word[i]&0xC0 == 0x80 || word[i] == '-' || syllables(word[i:]) < 2 {
			continue
		}
		if ways[i].cost <= cost {
			best, cost = i, ways[i].cost
		}
	}
	if best == 0 {
		return false
	}
	for _, c := range guess(word[best:]) {
		if s := stemsOf(word[best:], c); s != nil {
			root, tails := s.pattern()
			x.put(entry{root: word[:best] + root, lemma: word, pattern: x.numberOf(tails), bounds: boundsOf(ways, best), origin: guessed})
		}
	}
	return true
}

// shortestDerived is the fewest bytes of a head that is no headword.
const shortestDerived = 5
