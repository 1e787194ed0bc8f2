package finnish

import "strings"

// shapes tell the likely classes of a headword by its ending, the longest
// ending first; of each the likeliest class stands first. The shares that
// decided are those of Finnish at large: of words in -us nine in ten inflect
// as vastaus, of words in -uus nine in ten as kalleus.
var shapes = []shape{
	{"nen", []class{{38, 0}}},
	{"minen", []class{{38, 0}}},
	{"ton", []class{{34, 'C'}}},
	{"mpi", []class{{16, 'H'}}},
	{"in", []class{{33, 0}}},
	{"tin", []class{{33, 'C'}}},
	{"ain", []class{{33, 0}}},
	{"uus", []class{{40, 0}}},
	{"eus", []class{{40, 0}}},
	{"ius", []class{{39, 0}, {40, 0}}},
	{"us", []class{{39, 0}}},
	{"os", []class{{39, 0}}},
	{"es", []class{{39, 0}}},
	{"is", []class{{39, 0}}},
	{"as", []class{{39, 0}, {41, 0}}},
	{"kas", []class{{41, 'A'}, {41, 0}, {39, 0}}},
	{"el", []class{{5, 0}, {6, 0}, {32, 0}}},
	{"it", []class{{5, 0}, {6, 0}}},
	{"ot", []class{{1, 0}, {2, 0}, {3, 0}}},
	{"ut", []class{{1, 0}, {2, 0}, {43, 0}}},
	{"at", []class{{9, 0}, {10, 0}, {12, 0}, {13, 0}}},
	{"eet", []class{{48, 0}}},
	{"set", []class{{38, 0}}},
	{"kset", []class{{39, 0}}},
	{"et", []class{{5, 0}, {7, 0}}},
	{"nut", []class{{47, 0}}},
	{"lut", []class{{47, 0}}},
	{"sut", []class{{47, 0}}},
	{"rut", []class{{47, 0}}},
	{"kko", []class{{4, 'A'}}},
	{"kka", []class{{14, 'A'}, {9, 'A'}, {10, 'A'}}},
	{"ppa", []class{{9, 'B'}, {10, 'B'}}},
	{"io", []class{{3, 0}}},
	{"eo", []class{{3, 0}}},
	{"nto", []class{{1, 'J'}}},
	{"isto", []class{{2, 0}}},
	{"sto", []class{{1, 0}, {2, 0}}},
	{"lu", []class{{1, 0}, {2, 0}}},
	{"ja", []class{{10, 0}}},
	{"ija", []class{{12, 0}, {10, 0}}},
	{"ia", []class{{12, 0}, {15, 0}}},
	{"ea", []class{{15, 0}, {12, 0}}},
	{"la", []class{{12, 0}, {10, 0}, {9, 0}, {11, 0}}},
	{"va", []class{{10, 0}, {9, 0}}},
	{"ma", []class{{10, 0}, {13, 0}, {9, 0}}},
	{"na", []class{{13, 0}, {12, 0}, {10, 0}, {9, 0}, {11, 0}}},
	{"ra", []class{{12, 0}, {10, 0}, {9, 0}, {11, 0}}},
	{"a", []class{{9, 0}, {10, 0}, {13, 0}}},
	{"i", []class{{5, 0}, {6, 0}}},
	{"e", []class{{48, 0}, {8, 0}}},
	{"o", []class{{1, 0}}},
	{"u", []class{{1, 0}}},
	{"y", []class{{1, 0}, {21, 0}}},
	{"é", []class{{21, 0}}},
	{"ee", []class{{20, 0}}},
	{"aa", []class{{17, 0}, {18, 0}}},
	{"oo", []class{{20, 0}, {18, 0}}},
	{"uu", []class{{17, 0}, {20, 0}}},
	{"", []class{{5, 0}, {6, 0}}},
}

// verbShapes tell the classes of a headword that may be a verb.
var verbShapes = []shape{
	{"uttaa", []class{{53, 'C'}}},
	{"ttaa", []class{{53, 'C'}}},
	{"staa", []class{{53, 0}}},
	{"htaa", []class{{53, 'F'}}},
	{"ltaa", []class{{54, 'I'}}},
	{"ntaa", []class{{54, 'J'}}},
	{"rtaa", []class{{54, 'K'}}},
	{"itaa", []class{{54, 'F'}}},
	{"utaa", []class{{54, 'F'}}},
	{"ataa", []class{{54, 'F'}}},
	{"otaa", []class{{54, 'F'}}},
	{"aa", []class{{53, 0}, {56, 0}}},
	{"oida", []class{{62, 0}}},
	{"uida", []class{{62, 0}}},
	{"ida", []class{{62, 0}}},
	{"ella", []class{{67, 0}}},
	{"illa", []class{{67, 0}}},
	{"olla", []class{{67, 0}}},
	{"lla", []class{{67, 0}}},
	{"sta", []class{{66, 0}}},
	{"ita", []class{{69, 0}, {75, 0}}},
	{"ata", []class{{73, 0}}},
	{"ota", []class{{74, 0}, {75, 0}}},
	{"uta", []class{{75, 0}, {74, 0}}},
	{"eta", []class{{72, 0}, {74, 0}}},
	{"ua", []class{{52, 0}}},
	{"oa", []class{{52, 0}}},
	{"ia", []class{{61, 0}}},
	{"ea", []class{{58, 0}}},
}

// shape is an ending of headwords, told with back vowels, and the classes of
// those that have it.
type shape struct {
	ending  string
	classes []class
}

// guess tells the likely classes of a headword, the likeliest first: as a
// nominal and, when it looks like an infinitive, as a verb.
func guess(word string) []class {
	all := shaped(shapes, word, nil)
	if syllables(word) > 1 {
		all = shaped(verbShapes, word, all)
	}
	return all
}

// shaped appends the classes of the longest ending that a headword has, with
// the gradations that its consonants allow.
func shaped(shapes []shape, word string, all []class) []class {
	var best *shape
	for i := range shapes {
		s := &shapes[i]
		if (best == nil || len(s.ending) > len(best.ending)) && (strings.HasSuffix(word, s.ending) || strings.HasSuffix(word, fronted(s.ending))) {
			best = s
		}
	}
	if best == nil {
		return all
	}
	for _, c := range best.classes {
		all = append(append(all, c), graded(word, c)...)
	}
	return all
}

// graded returns a class with the gradations that the consonants of the
// headword allow, when the class itself has none.
func graded(word string, c class) []class {
	if c.grade != 0 {
		return nil
	}
	body, side := turning(word, c)
	var all []class
	for g := grade('A'); g <= 'L'; g++ {
		text := grades[g][side]
		before, ok := strings.CutSuffix(body, text)
		if text == "" || !ok {
			continue
		}
		if len(text) == 1 && (strings.HasSuffix(before, text) || side == 0 && (strings.HasSuffix(before, "s") || strings.HasSuffix(body, "tk"))) {
			continue // kk is no k; st, sp, sk and tk do not turn
		}
		all = append(all, class{c.number, g})
	}
	return all
}

// turning returns a headword up to its consonants that gradation may turn,
// and whether these show their strong (0) or their weak (1) grade.
func turning(word string, c class) (body string, side int) {
	switch {
	case c.number < 32:
		if lastVowel(word) == len(word)-lastSize(word) {
			return chop(word, 1), 0
		}
		return word, 0
	case c.number == 48:
		return chop(word, 1), 1
	case c.number < 50:
		return word[:max(0, lastVowel(word))], 1
	case c.number < 66:
		return chop(word, 2), 0
	}
	body = chop(word, 2)
	return body[:max(0, lastVowel(body))], 1
}
