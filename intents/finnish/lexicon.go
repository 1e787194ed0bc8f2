package finnish

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// lexicon/*.txt: the words of the language of shopping with their classes. A
// line is a headword, a blank and its Kotus class with the letter of its
// gradation: "kenkä 10G". Classes of one spelling stand with a slash between.
// Of a headword of several words ("eau de toilette") the last inflects and is
// the one known. Lines that begin with # are comments.
//
//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// Lexicon is a set of Finnish headwords and how they inflect. It never
// changes: With makes another.
type Lexicon struct {
	entries  []entry
	heads    []int32  // by hash of the root: the last entry with it, or -1
	begins   []uint64 // by hash: a bit for each beginning of a root
	patterns [][]stem
	numbers  map[string]uint16 // of patterns
}

// entry is a headword in one of its classes.
type entry struct {
	root    string // what all its forms begin with
	lemma   string
	bounds  uint64 // bit i: a part of the compound ends before byte i of the lemma
	hash    uint32 // of the root
	next    int32  // the entry before it with a root of the same place, or -1
	pattern uint16
	origin  origin

	adjective bool // agrees with the noun that it stands before
}

// origin says how well a headword is known.
type origin uint8

const (
	listed  origin = iota // with its class
	guessed               // with a class told by its ending
	named                 // with its class, as the name of a place, a person or a brand
)

// newLexicon makes an empty lexicon with room for some headwords.
func newLexicon(size int) *Lexicon {
	x := &Lexicon{entries: make([]entry, 0, size), numbers: map[string]uint16{}}
	x.rehash(size)
	return x
}

// rehash makes room in the table of roots.
func (x *Lexicon) rehash(size int) {
	n := 1 << 10
	for n < 2*size {
		n *= 2
	}
	x.heads = make([]int32, n)
	for i := range x.heads {
		x.heads[i] = -1
	}
	x.begins = make([]uint64, n/4)
	for i := range x.entries {
		x.link(i)
	}
}

func (x *Lexicon) link(i int) {
	e := &x.entries[i]
	place := e.hash & uint32(len(x.heads)-1)
	e.next = x.heads[place]
	x.heads[place] = int32(i)
	h := uint32(hashStart)
	for j := range len(e.root) {
		h = (h ^ uint32(e.root[j])) * hashPrime
		x.begins[h>>6&uint32(len(x.begins)-1)] |= 1 << (h & 63)
	}
}

// begun reports whether a root may begin so; when not, none does.
func (x *Lexicon) begun(hash uint32) bool {
	return x.begins[hash>>6&uint32(len(x.begins)-1)]&(1<<(hash&63)) != 0
}

// put adds an entry. Hyphens always end parts.
func (x *Lexicon) put(e entry) {
	for i := 1; i < len(e.lemma)-1; i++ {
		if e.lemma[i] == '-' {
			e.bounds |= 1 << (i + 1)
		}
	}
	e.hash = hashOf(e.root)
	x.entries = append(x.entries, e)
	if len(x.entries) > len(x.heads) {
		x.rehash(2 * len(x.entries))
		return
	}
	x.link(len(x.entries) - 1)
}

const (
	hashStart = 2166136261
	hashPrime = 16777619
)

func hashOf(root string) uint32 {
	h := uint32(hashStart)
	for i := range len(root) {
		h = (h ^ uint32(root[i])) * hashPrime
	}
	return h
}

// add adds a headword in a class, unless it stands there already or the class
// does not fit it.
func (x *Lexicon) add(word string, c class, from origin) {
	s := stemsOf(word, c)
	if s == nil {
		return
	}
	root, tails := s.pattern()
	if root == "" { // yö, öitä
		for _, one := range s {
			x.put(entry{root: one.text, lemma: word, pattern: x.numberOf([]stem{{"", one.slots}}), origin: from})
		}
		return
	}
	if from != guessed || !x.holds(root, word, x.numberOf(tails)) {
		x.put(entry{root: root, lemma: word, pattern: x.numberOf(tails), origin: from})
	}
}

// holds tells whether an entry of this lemma and pattern stands there.
func (x *Lexicon) holds(root, lemma string, pattern uint16) bool {
	for i := x.first(hashOf(root)); i >= 0; i = x.entries[i].next {
		e := &x.entries[i]
		if e.lemma == lemma && e.pattern == pattern {
			return true
		}
	}
	return false
}

func (x *Lexicon) first(hash uint32) int32 {
	return x.heads[hash&uint32(len(x.heads)-1)]
}

// numberOf returns the number of a pattern, a new one when nobody has had it.
func (x *Lexicon) numberOf(tails []stem) uint16 {
	key := make([]byte, 0, 128)
	for _, t := range tails {
		key = append(key, t.text...)
		key = strconv.AppendUint(append(key, ' '), uint64(t.slots), 36)
		key = append(key, ' ')
	}
	if n, ok := x.numbers[string(key)]; ok {
		return n
	}
	n := uint16(len(x.patterns))
	x.patterns = append(x.patterns, slices.Clone(tails))
	x.numbers[string(key)] = n
	return n
}

// With returns a lexicon that also knows these headwords, whose classes are
// told by their endings; a headword may be of several words ("wool mark") or
// foreign. Those it knows stay as they are.
func (x *Lexicon) With(headwords ...string) *Lexicon {
	y := &Lexicon{entries: slices.Clone(x.entries), patterns: slices.Clone(x.patterns), numbers: make(map[string]uint16, len(x.numbers))}
	for k, n := range x.numbers {
		y.numbers[k] = n
	}
	y.rehash(len(y.entries) + 2*len(headwords))
	for _, text := range headwords {
		for word := range strings.FieldsSeq(strings.ToLower(text)) {
			y.join(word)
		}
	}
	return y
}

// join adds a headword of unknown class.
func (x *Lexicon) join(word string) {
	word = plain(word)
	if len(word) < 2 || len(word) > longestWord || x.knows(word) {
		return
	}
	if x.joinCompound(word) {
		return
	}
	if e, at := x.tail(word); e != nil {
		x.put(entry{root: word[:at] + e.root, lemma: word, pattern: e.pattern, origin: e.origin, adjective: e.adjective, bounds: 1<<at | e.bounds<<at})
		return
	}
	for _, c := range guess(word) {
		x.add(word, c, guessed)
	}
}

// knows tells whether a headword stands in the lexicon.
func (x *Lexicon) knows(word string) bool {
	h := uint32(hashStart)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * hashPrime
		for n := x.first(h); n >= 0; n = x.entries[n].next {
			if x.entries[n].lemma == word {
				return true
			}
		}
	}
	return false
}

// base is the built-in lexicon. A test reads its files for mistakes.
var base = sync.OnceValue(func() *Lexicon {
	x, _ := readFiles()
	return x
})

// Base returns the built-in lexicon.
func Base() *Lexicon { return base() }

// readFiles reads the built-in lexicon, and tells each line that is wrong.
func readFiles() (*Lexicon, error) {
	x := newLexicon(1 << 13)
	x.irregular()
	names, err := fs.Glob(lexiconFiles, "lexicon/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list the lexicon: %w", err)
	}
	var wrong []error
	var compounds []string
	for _, name := range names {
		text, err := lexiconFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the lexicon: %w", err)
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			n++
			first := len(x.entries)
			word, compound, err := x.read(line)
			for i := range x.entries[first:] {
				e := &x.entries[first+i]
				e.adjective = strings.HasPrefix(name, adjectiveFile)
				if name == nameFile {
					e.origin = named
				}
			}
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, n, err))
			}
			if compound {
				compounds = append(compounds, word)
			}
		}
	}
	for _, word := range compounds {
		if !x.joinCompound(word) {
			wrong = append(wrong, fmt.Errorf("the lexicon knows no parts of the compound %q", word))
		}
	}
	x.markCompounds()
	return x, errors.Join(wrong...)
}

// adjectiveFile is how the names of the files of adjectives begin; nameFile
// is the file of names.
const (
	adjectiveFile = "lexicon/adjektiivit"
	nameFile      = "lexicon/nimet.txt"
)

// compoundClass stands for the class of a compound's last part.
const compoundClass = "50"

// read adds a line of a file of the lexicon; a compound is left for later,
// when its parts are known.
func (x *Lexicon) read(line string) (word string, compound bool, err error) {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(line, "#") {
		return "", false, nil
	}
	if len(fields) < 2 {
		return "", false, fmt.Errorf("%q is not a headword and its class", strings.TrimSpace(line))
	}
	word = fields[len(fields)-2]
	for one := range strings.SplitSeq(fields[len(fields)-1], "/") {
		if one == compoundClass {
			compound = true
			continue
		}
		c, err := parseClass(one)
		if err != nil {
			return "", false, err
		}
		if stemsOf(word, c) == nil {
			return "", false, fmt.Errorf("%q does not inflect in class %s", word, one)
		}
		x.add(word, c, listed)
	}
	return word, compound, nil
}

// parseClass reads "10", "10G" or "10*G".
func parseClass(text string) (class, error) {
	digits := strings.TrimRight(text, "*ABCDEFGHIJKLM")
	n, err := strconv.Atoi(digits)
	letter := strings.TrimPrefix(text[len(digits):], "*")
	if err != nil || len(letter) > 1 || n < 1 || n > 99 || n > 49 && n < 52 || n > 78 && n < 99 {
		return class{}, fmt.Errorf("%q is no inflection class", text)
	}
	c := class{number: n}
	if letter != "" {
		c.grade = grade(letter[0])
	}
	return c, nil
}
