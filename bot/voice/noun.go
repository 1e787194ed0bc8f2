package voice

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/catalog"
	"tiski/intents/finnish"
)

// noun is what the goods of a category are called in Finnish, after titles that
// do not tell: "Halti Tunturi -takki".
type noun struct {
	text string // "" when the category does not tell either
	work bool   // titles are names of works: books, games
}

// works are the nouns of goods that have names of their own making, which do
// not tell what they are.
var works = []string{"kirja", "romaani", "sarjakuva", "peli", "elokuva", "levy"}

// pairs are the nouns of goods that are sold in twos.
var pairs = []string{
	"avokas", "hansikas", "hanska", "jalkine", "kenkä", "korvakoru", "kuuloke", "käsine", "lapanen", "lenkkari", "luistin",
	"nilkkuri", "rukkanen", "saapas", "sandaali", "sukka", "suksi", "tohveli", "tossu", "verho",
}

// nounsOf finds the noun of each category by its Finnish name, or of the nearest
// one above it that has such a noun: "Takit" is takki, "Kengät" are kengät, of
// "Teltat ja majoittuminen" nothing can be told.
func nounsOf(categories []catalog.Category, lexicon *finnish.Lexicon) map[string]noun {
	own := map[string]noun{}
	parents := map[string]string{}
	for i := range categories {
		c := &categories[i]
		own[c.ID], parents[c.ID] = nounOf(c.Name["fi"], lexicon), c.Parent
	}
	all := map[string]noun{}
	for id := range own {
		for at, steps := id, 0; at != "" && steps < len(own); at, steps = parents[at], steps+1 {
			if own[at].text != "" && (at == id || own[at].work) {
				all[id] = own[at]
				break
			}
		}
	}
	return all
}

func nounOf(name string, lexicon *finnish.Lexicon) noun {
	var heads []string
	for part := range strings.SplitSeq(strings.ReplaceAll(strings.ToLower(name), ",", " ja "), " ja ") {
		words := strings.Fields(part)
		if len(words) == 0 {
			return noun{}
		}
		word := words[len(words)-1]
		a := lexicon.Analyse(word)[0]
		if a.Guess || a.Form.Case != finnish.Nominative || !strings.HasSuffix(word, "t") {
			return noun{}
		}
		head := a.Head()
		if len(words) > 0 && slices.Contains(pairs, head) {
			head = word
		} else if !slices.Contains(works, head) {
			head = a.Lemma
		}
		heads = append(heads, head)
	}
	same := len(slices.Compact(slices.Clone(heads))) == 1
	if !same {
		return noun{}
	}
	return noun{heads[0], slices.Contains(works, heads[0])}
}

// tellsNoun tells whether a title says after a hyphen what the thing is, though
// it may be a work: "Majakkasaari-lautapeli".
func tellsNoun(title string) bool {
	for rest := title; ; {
		_, after, ok := strings.Cut(rest, "-")
		if !ok {
			return false
		}
		if first, _ := utf8.DecodeRuneInString(after); unicode.IsLower(first) {
			return true
		}
		rest = after
	}
}
