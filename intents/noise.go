package intents

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// Noise writes messages as hurried thumbs do: one word of five has a slip, half
// of the messages have no dots on their letters, and Finnish is written as it is
// spoken. Models learn from such copies of their examples. It is not for use by
// several goroutines at once.
type Noise struct {
	chance *rand.Rand
}

// NewNoise makes a Noise. The same seed makes the same slips.
func NewNoise(seed uint64) *Noise {
	return &Noise{rand.New(rand.NewPCG(seed, 0))}
}

// How often one of so many is changed.
const (
	wordsASlip     = 5 // words to a slip
	messagesBare   = 2 // messages to one without dots
	messagesSpoken = 2 // messages to one that is spoken
	wordsSpoken    = 2 // of a spoken message, words to one written as it is said
	shortestSlip   = 4 // letters of a word that is mistyped
)

// Line returns a noisy copy of a message of this language.
func (n *Noise) Line(text, lang string) string {
	bare, spoken := n.oneOf(messagesBare), n.oneOf(messagesSpoken)
	words := strings.Fields(text)
	for i, w := range words {
		if spoken && lang == language.Finnish && n.oneOf(wordsSpoken) {
			w = n.spoken(w)
		}
		if n.oneOf(wordsASlip) {
			w = n.slip(w)
		}
		if bare {
			w = withoutDots.Replace(w)
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}

func (n *Noise) oneOf(all int) bool { return n.chance.IntN(all) == 0 }

var withoutDots = strings.NewReplacer("ä", "a", "ö", "o", "å", "a", "Ä", "A", "Ö", "O", "Å", "A")

// beside are the letters beside each on the keyboard.
var beside = map[rune]string{
	'q': "wa", 'w': "qeas", 'e': "wrsd", 'r': "etdf", 't': "ryfg", 'y': "tugh", 'u': "yihj", 'i': "uojk", 'o': "ipkl", 'p': "oöl",
	'a': "qwsz", 's': "awedxz", 'd': "serfcx", 'f': "drtgvc", 'g': "ftyhbv", 'h': "gyujnb", 'j': "huikmn", 'k': "jiolm", 'l': "kopö",
	'z': "asx", 'x': "zsdc", 'c': "xdfv", 'v': "cfgb", 'b': "vghn", 'n': "bhjm", 'm': "njk", 'å': "pöä", 'ö': "lpåä", 'ä': "öå",
}

// slip returns a word with two letters swapped, one left out, one doubled or
// one beside the right one struck. Short words and those with other signs than
// letters stay as they are.
func (n *Noise) slip(word string) string {
	rs := []rune(word)
	for len(rs) > 0 && strings.ContainsRune(".,?!", rs[len(rs)-1]) {
		rs = rs[:len(rs)-1]
	}
	end := word[len(string(rs)):]
	if len(rs) < shortestSlip {
		return word
	}
	for _, r := range rs {
		if !unicode.IsLetter(r) {
			return word
		}
	}
	i := n.chance.IntN(len(rs) - 1)
	switch n.chance.IntN(4) {
	case 0:
		rs[i], rs[i+1] = rs[i+1], rs[i]
	case 1:
		rs = append(rs[:i], rs[i+1:]...)
	case 2:
		rs = append(rs[:i+1], rs[i:]...)
	default:
		near := []rune(beside[unicode.ToLower(rs[i])])
		if len(near) == 0 {
			return word
		}
		rs[i] = near[n.chance.IntN(len(near))]
	}
	return string(rs) + end
}

// saying turns the end of a written word into what is said.
var saying = []struct{ written, said string }{
	{"uaisin", "uisin"}, {"isitko", "isitsä"}, {"inen", "nen"}, {"isen", "sen"}, {"ista", "ist"}, {"istä", "ist"},
	{"ssa", "s"}, {"ssä", "s"}, {"lla", "l"}, {"llä", "l"}, {"lta", "lt"}, {"ltä", "lt"}, {"lle", "l"}, {"sta", "st"}, {"stä", "st"},
	{"nut", "nu"}, {"nyt", "ny"}, {"ksi", "ks"}, {"isi", "is"}, {"nko", "nks"}, {"nkö", "nks"}, {"iko", "iks"}, {"ikö", "iks"},
	{"aan", "aa"}, {"ään", "ää"}, {"een", "ee"}, {"iin", "ii"}, {"kin", "ki"}, {"tko", "tsä"}, {"tkö", "tsä"},
	{"oa", "oo"}, {"ea", "ee"}, {"eä", "ee"}, {"ia", "ii"}, {"iä", "ii"}, {"ua", "uu"}, {"yä", "yy"}, {"uan", "uun"}, {"ean", "een"},
	{"itsen", "iin"}, {"itseen", "ii"},
}

// spokenWithin is what is said in the middle of words.
var spokenWithin = []struct{ written, said string }{
	{"hde", "he"}, {"hda", "ha"}, {"ide", "ie"}, {"idä", "iä"}, {"ida", "ia"}, {"uda", "ua"}, {"öydä", "öyä"}, {"ade", "ae"}, {"ada", "aa"},
	{"ts", "tt"}, {"oitt", "ott"}, {"oita", "ota"}, {"ais", "as"}, {"ois", "os"},
}

// spoken returns a Finnish word as it is said, if that is known to differ.
func (n *Noise) spoken(word string) string {
	if forms := finnish.Spoken(strings.ToLower(word)); len(forms) > 0 {
		return forms[n.chance.IntN(len(forms))]
	}
	for _, r := range saying {
		if body, ok := strings.CutSuffix(word, r.written); ok && utf8.RuneCountInString(body) >= 2 {
			return body + r.said
		}
	}
	for _, r := range spokenWithin {
		if i := strings.Index(word, r.written); i > 0 {
			return word[:i] + r.said + word[i+len(r.written):]
		}
	}
	return word
}
