package finnish

import (
	"strings"
	"unicode/utf8"
)

// grade is a letter of consonant gradation as the word list of the Institute
// for the Languages of Finland (Kotus) has them, 'A' to 'M'; 0 is none.
type grade byte

// grades has the strong and the weak grade of each letter.
var grades = map[grade][2]string{
	'A': {"kk", "k"},
	'B': {"pp", "p"},
	'C': {"tt", "t"},
	'D': {"k", ""},
	'E': {"p", "v"},
	'F': {"t", "d"},
	'G': {"nk", "ng"},
	'H': {"mp", "mm"},
	'I': {"lt", "ll"},
	'J': {"nt", "nn"},
	'K': {"rt", "rr"},
	'L': {"k", "j"},
	'M': {"k", "v"},
}

// weaken turns a stem that ends in a vowel from the strong to the weak grade:
// kenkä, G: kengä. A stem without the strong consonants stays as it is.
func (g grade) weaken(stem string) string {
	pair, ok := grades[g]
	if !ok {
		return stem
	}
	end := len(stem) - lastSize(stem)
	before, found := strings.CutSuffix(stem[:end], pair[0])
	if !found {
		return stem
	}
	vowel := stem[end:]
	if g != 'D' {
		return before + pair[1] + vowel
	}
	switch { // aika: ajan, poika: pojan, vaaka: vaa'an
	case strings.HasSuffix(stem, "aika") && !strings.HasSuffix(stem, "taika"), strings.HasSuffix(stem, "poika"):
		return strings.TrimSuffix(before, "i") + "j" + vowel
	case endsLong(before) && strings.HasSuffix(before, vowel):
		return before + "'" + vowel
	}
	return before + vowel
}

// strengthen turns a stem from the weak to the strong grade; consonants may
// follow its last vowel: tarve, E: tarpe; keitin, C: keittin; säie, D: säike.
func (g grade) strengthen(stem string) string {
	pair, ok := grades[g]
	if !ok {
		return stem
	}
	i := lastVowel(stem)
	if i < 0 {
		return stem
	}
	before, found := strings.CutSuffix(stem[:i], pair[1])
	if !found {
		return stem
	}
	return before + pair[0] + stem[i:]
}

const vowels = "aeiouyäöåéü"

func isVowel(r rune) bool { return strings.ContainsRune(vowels, r) }

// lastVowel returns where the last vowel of a word begins, or -1.
func lastVowel(word string) int { return strings.LastIndexAny(word, vowels) }

// lastSize is the number of bytes of the last letter.
func lastSize(word string) int {
	_, n := utf8.DecodeLastRuneInString(word)
	return n
}

// last returns the last letter of a word.
func last(word string) string { return word[len(word)-lastSize(word):] }

// chop drops the last n letters of a word.
func chop(word string, n int) string {
	for range n {
		word = word[:len(word)-lastSize(word)]
	}
	return word
}

// endsLong tells whether a word ends in two vowels.
func endsLong(word string) bool {
	r, n := utf8.DecodeLastRuneInString(word)
	s, _ := utf8.DecodeLastRuneInString(word[:len(word)-n])
	return isVowel(r) && isVowel(s)
}

// front tells whether a word takes front vowels in its endings: its last of
// a, o, u, ä, ö and y is one of the latter, or it has none of them.
func front(word string) bool {
	if body, ok := strings.CutSuffix(word, "y"); ok && strings.ContainsAny(body, "aou") {
		word = body // body, bodya: a native word has no such vowels together
	}
	i := strings.LastIndexAny(word, "aouåäöy")
	return i < 0 || !strings.ContainsAny(word[i:i+1], "aou") && !strings.HasPrefix(word[i:], "å")
}

// harmonic gives an ending written with back vowels the vowels of a word.
func harmonic(word, ending string) string {
	if !front(word) {
		return ending
	}
	return fronted(ending)
}

var fronting = strings.NewReplacer("a", "ä", "o", "ö", "u", "y")

func fronted(ending string) string { return fronting.Replace(ending) }
