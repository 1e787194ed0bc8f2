package finnish

import "strings"

// singularOf returns the singular that a headword in the plural would have in
// a class: "housu" of "housut", "olosuhde" of "olosuhteet"; "" of a headword
// that is no plural.
func singularOf(word string, c class) string {
	stem, ok := strings.CutSuffix(word, "t")
	if !ok || lastVowel(stem) != len(stem)-lastSize(stem) || c.number == 43 || c.number == 44 || c.number == 46 || c.number == 47 {
		return ""
	}
	weaken := func(stem string) string {
		if pair := grades[c.grade]; pair[0] != "" {
			i := lastVowel(stem)
			if before, ok := strings.CutSuffix(stem[:i], pair[0]); ok {
				return before + pair[1] + stem[i:]
			}
		}
		return stem
	}
	cutTo := func(ending, to string) string {
		for _, e := range []string{ending, fronted(ending)} {
			if body, ok := strings.CutSuffix(stem, e); ok {
				return body + to
			}
		}
		return ""
	}
	switch l := last(stem); {
	case c.number <= 4 && !strings.Contains("oöuy", l),
		(c.number == 5 || c.number == 6) && l != "i",
		c.number >= 9 && c.number <= 15 && l != "a" && l != "ä",
		c.number == 8 && (l != "e" || endsLong(stem)):
		return ""
	}
	switch c.number {
	case 7, 23, 24, 25, 26:
		return c.grade.strengthen(cutTo("e", "i"))
	case 27:
		return cutTo("de", "si")
	case 32, 49:
		return weaken(cutTo("e", ""))
	case 33:
		return weaken(cutTo("me", "n"))
	case 38:
		return cutTo("se", "nen")
	case 39:
		return cutTo("kse", "s")
	case 41:
		if endsLong(stem) {
			return weaken(chop(stem, 1)) + "s"
		}
		return ""
	case 48:
		if strings.HasSuffix(stem, "ee") {
			return weaken(chop(stem, 1))
		}
		return ""
	case 22, 28, 29, 30, 31, 34, 35, 36, 37, 40, 42, 45:
		return ""
	case 16:
		return cutTo("mma", "mpi")
	}
	return c.grade.strengthen(stem)
}

// pluralSlots are the endings of the plural.
const pluralSlots = strongPlural | weakPlural | illativePlural | partitivePlA | partitivePlTa | genitiveEn | genitiveDen | genitiveTen

// pluralStems returns the stems of a headword in the plural.
func pluralStems(word, singular string, c class) stems {
	var all stems
	all.nominal(singular, c)
	return all.plurals(word)
}

// plurals returns those of a nominal's stems that its plural takes, which is
// a headword itself.
func (s stems) plurals(word string) stems {
	var many stems
	many.add(pluralHead, word)
	for _, one := range s {
		if one.slots&strong != 0 {
			many.add(strongOfPlural, one.text)
		}
		if one.slots&pluralSlots != 0 {
			many.add(one.slots&pluralSlots, one.text)
		}
		if one.slots&(nominative|compoundStem) != 0 {
			many.add(compoundStem, one.text)
		}
	}
	return many
}
