package finnish

import (
	_ "embed"
	"strings"
)

// irregular.txt: headwords with forms that no class makes. A line is the
// headword, then "form:meaning" ... ; see its beginning.
//
//go:embed irregular.txt
var irregularText string

// irregular adds the words whose forms no class makes.
func (x *Lexicon) irregular() {
	for line := range strings.Lines(irregularText) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		for _, one := range fields[1:] {
			text, kind, _ := strings.Cut(one, ":")
			x.put(entry{root: text, lemma: fields[0], pattern: x.numberOf([]stem{{"", slotNames[kind]}})})
		}
	}
}

// slotNames are the names of stems in irregular.txt.
var slotNames = map[string]slots{
	"":    wholeWord,
	"nom": nominative,
	"str": strong,
	"wk":  weak,
	"ill": illative,
	"a":   partitiveA,
	"ta":  partitiveTa,
	"pst": strongPlural,
	"pwk": weakPlural,
	"pil": illativePlural,
	"pa":  partitivePlA,
	"pta": partitivePlTa,
	"en":  genitiveEn,
	"den": genitiveDen,
	"ten": genitiveTen,
	"v":   verbWeak,
	"v3":  third,
	"nut": participleN,
	"pre": compoundStem,
}
