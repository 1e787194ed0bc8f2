package finnish

import "strings"

// longestWord bounds the bytes of a word that is analysed; longer ones are
// not words of any language.
const longestWord = 64

// candidate is one way in which an entry makes a word.
type candidate struct {
	entry int32
	start int // byte of the word where the entry's part begins
	cost  int
	form  Form
}

// tail is a way to cut possessor and clitic off a word.
type tail struct {
	end    int // of the word without them
	owner  Person
	after  after // what the ending must bear
	clitic Clitic
}

// clitics by their text, told with back vowels.
var clitics = []struct {
	text string
	set  Clitic
}{
	{"kin", Kin}, {"kaan", Kaan}, {"ko", Ko}, {"han", Han}, {"pa", Pa},
	{"kohan", Ko | Han}, {"pahan", Pa | Han}, {"kos", Ko | S}, {"pas", Pa | S}, {"kinko", Kin | Ko}, {"kinhan", Kin | Han}, {"kaanko", Kaan | Ko},
	{"kään", Kaan}, {"kö", Ko}, {"hän", Han}, {"pä", Pa},
	{"köhän", Ko | Han}, {"pähän", Pa | Han}, {"kös", Ko | S}, {"päs", Pa | S}, {"kinkö", Kin | Ko}, {"kinhän", Kin | Han}, {"käänkö", Kaan | Ko},
}

// owners by their text.
var owners = []struct {
	text  string
	owner Person
}{
	{"ni", First}, {"si", Second}, {"nsa", Third}, {"nsä", Third}, {"mme", FirstPlural}, {"nne", SecondPlural},
}

// shortestBody is the fewest bytes that are left of a word without clitics.
const shortestBody = 2

// tails gathers the ways to cut possessor and clitic off a word.
func tails(word string, all []tail) []tail {
	all = ownersOf(word, 0, append(all, tail{end: len(word), after: bare}))
	if len(word) < 4 {
		return all
	}
	for _, c := range clitics {
		if body, ok := without(word, c.text); ok {
			all = ownersOf(body, c.set, append(all, tail{end: len(body), after: bare, clitic: c.set}))
		}
	}
	return all
}

// without cuts an end off a word, of which shortestBody is left. Most words do not
// have it, which their last bytes show.
func without(word, end string) (string, bool) {
	n := len(word) - len(end)
	if n < shortestBody || word[len(word)-1] != end[len(end)-1] || word[n:] != end {
		return word, false
	}
	return word[:n], true
}

func ownersOf(word string, set Clitic, all []tail) []tail {
	for _, o := range owners {
		if body, ok := without(word, o.text); ok {
			all = append(all, tail{end: len(body), owner: o.owner, after: owned, clitic: set})
		}
	}
	if body, ok := without(word, "n"); ok && len(body) > 3 {
		for _, v := range [...]string{"a", "e", "ä"} {
			if b, ok := without(body, v); ok && strings.HasSuffix(b, v) {
				all = append(all, tail{end: len(b), owner: Third, after: ownVn, clitic: set})
			}
		}
	}
	return all
}

// match gathers the entries that make word[start:] with one of the tails.
func (x *Lexicon) match(word string, start int, cuts []tail, found []candidate) []candidate {
	table := endings()
	h := uint32(hashStart)
	for j := start; j < len(word); j++ {
		if h = (h ^ uint32(word[j])) * hashPrime; !x.begun(h) {
			break
		}
		for n := x.first(h); n >= 0; n = x.entries[n].next {
			e := &x.entries[n]
			if e.hash != h || e.root != word[start:j+1] {
				continue
			}
			rest := word[j+1:]
			for _, t := range x.patterns[e.pattern] {
				if !strings.HasPrefix(rest, t.text) {
					continue
				}
				from := j + 1 + len(t.text)
				for _, c := range cuts {
					if c.end < from || c.end-from > longestEnding {
						continue
					}
					for _, end := range table[word[from:c.end]] {
						if end.slots&t.slots != 0 && end.after&c.after != 0 && len(found) < cap(found) {
							f := end.form
							f.Clitic = c.clitic
							if c.owner != NoPerson {
								f.Owner = c.owner
							}
							found = append(found, candidate{entry: n, start: start, form: f, cost: costOf(f) + costOfOrigin[e.origin]})
						}
					}
				}
			}
		}
	}
	return found
}

// The most candidates looked at, analyses told and parts told of a word.
const (
	mostCandidates = 48
	mostAnalyses   = 4
)

// answer holds what Analyse returns, so that it is one piece of memory.
type answer struct {
	analyses [mostAnalyses]Analysis
	parts    [mostAnalyses + mostParts + 2]string
}

// Analyse returns the ways to understand a lower-cased word, the likeliest
// first; there is always one. Bytes beyond longestWord are not looked at.
func (x *Lexicon) Analyse(word string) []Analysis { return x.analyse(word, true) }

// AnalyseWritten is Analyse for words of the written language, as in a
// catalogue: it takes none for a spoken form, nor for one without its dots, which
// makes it many times quicker with names that no lexicon knows.
func (x *Lexicon) AnalyseWritten(word string) []Analysis { return x.analyse(word, false) }

func (x *Lexicon) analyse(word string, spoken bool) []Analysis {
	if bare := strings.Trim(word, "-"); bare != "" {
		word = bare
	}
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	if name, ending, ok := strings.Cut(word, ":"); ok && name != "" {
		return []Analysis{{Lemma: name, Parts: []string{name}, Form: colonForm(ending)}}
	}
	if w := Written(word); spoken && w != "" {
		if both := x.either(w, word); both != nil {
			return both
		}
		word = w
	}
	if len(word) >= shortestBody && len(word) <= longestWord {
		var room [24]tail
		cuts := tails(word, room[:0])
		var some [mostCandidates]candidate
		if found := x.match(word, 0, cuts, some[:0]); len(found) > 0 {
			return x.tell(word, found, nil)
		}
		found, cost := x.compound(word, cuts, some[:0])
		if spoken && cost > goodCompound && len(word) <= longestSpoken {
			if said := x.spoken(word); said != nil {
				return said
			}
		}
		if found != nil {
			return found
		}
	}
	stem := word
	if len(word) <= longestWord {
		stem = Stem(word)
	}
	return []Analysis{{Lemma: stem, Parts: []string{word}, Guess: true}}
}

// colonForm tells the form of a name by the ending after its colon: usb:n.
func colonForm(ending string) Form {
	for _, n := range nominalEndings {
		if n.text != "" && (n.text == ending || fronted(n.text) == ending) && n.after&bare != 0 {
			return n.form
		}
	}
	if strings.HasSuffix(ending, "n") {
		return Form{Case: Illative} // cd:hen, 15:een
	}
	return Form{Case: Nominative}
}

// either reads a spoken form as the written word that it stands for, and after
// that as the word that it may be by itself: kattoon, into the roof.
func (x *Lexicon) either(written, word string) []Analysis {
	var all []Analysis
	for _, w := range [...]string{written, word} {
		var room [24]tail
		var some [mostCandidates]candidate
		found := x.match(w, 0, tails(w, room[:0]), some[:0])
		if len(found) == 0 {
			continue
		}
		all = joined(all, x.tell(w, found, nil))
	}
	return all
}

// A compound that costs no more than goodCompound is believed at once; a word
// of more bytes than longestSpoken is not tried as a spoken form.
const (
	goodCompound  = 36
	longestSpoken = 24
)

// compound reads a word as a compound that the lexicon does not list, and
// tells how doubtful that is.
func (x *Lexicon) compound(word string, cuts []tail, some []candidate) ([]Analysis, int) {
	var room [longestWord + 1]way
	ways := room[:len(word)+1]
	x.cutUp(word, ways)
	best, cost := 0, 1<<30
	var heads [mostCandidates]candidate
	for i := 2; i < len(word)-1; i++ {
		if ways[i].cost == 0 || word[i]&0xC0 == 0x80 || word[i] == '-' {
			continue
		}
		for _, c := range x.match(word, i, cuts, heads[:0]) {
			if total := ways[i].cost + partCost + c.cost + x.headCost(c); total < cost {
				best, cost = i, total
			}
		}
	}
	if best == 0 {
		return nil, cost
	}
	found := x.match(word, best, cuts, some)
	n := 0
	for _, c := range found {
		if c.cost += x.headCost(c); ways[best].cost+partCost+c.cost <= cost+2 {
			found[n] = c
			n++
		}
	}
	return x.tell(word, found[:n], ways), cost
}

// headCost tells how unlikely a candidate is as the head of a compound.
func (x *Lexicon) headCost(c candidate) int {
	e := &x.entries[c.entry]
	cost := 0
	if c.form.Verb != NoVerb {
		cost += verbHeadCost
	}
	if c.form.Case == NoCase && c.form.Verb == NoVerb {
		cost += 2 * adverbCost
	}
	switch {
	case len(e.lemma) <= 2:
		cost += tinyCost
	case len(e.lemma) <= 3:
		cost += shortCost
	}
	return cost
}

// tell turns candidates into analyses, the likeliest first, a lemma once.
func (x *Lexicon) tell(word string, found []candidate, ways []way) []Analysis {
	out := &answer{}
	n, parts := 0, 0
	least := 0
	for n < mostAnalyses {
		best := -1
		for i := range found {
			if found[i].entry >= 0 && (best < 0 || found[i].cost < found[best].cost) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		c := found[best]
		if n == 0 {
			least = c.cost
		} else if c.cost > least+margin {
			break
		}
		e := &x.entries[c.entry]
		for i := range found {
			if found[i].entry >= 0 && x.entries[found[i].entry].lemma == e.lemma {
				found[i].entry = -1
			}
		}
		bounds := e.bounds << c.start
		if c.start > 0 {
			bounds |= boundsOf(ways, c.start)
		}
		first := parts
		from := 0
		for i := 1; bounds>>i != 0 && parts < len(out.parts)-(mostAnalyses-n) && i < len(word); i++ {
			if bounds&(1<<i) != 0 {
				if part := strings.Trim(word[from:i], "-"); part != "" {
					out.parts[parts] = part
					parts++
				}
				from = i
			}
		}
		out.parts[parts] = strings.Trim(word[from:], "-")
		parts++
		lemma := e.lemma
		if c.start > 0 {
			lemma = word[:c.start] + lemma
		}
		out.analyses[n] = Analysis{Lemma: lemma, Parts: out.parts[first:parts:parts], Form: c.form}
		n++
	}
	return out.analyses[:n:n]
}

// margin is how much unlikelier than the likeliest an analysis may be.
const margin = 5
