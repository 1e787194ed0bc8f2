package finnish

import (
	"slices"
	"strings"
)

// spokenEndings turn the end of a spoken word into what may be written; of
// several the likeliest stands first. What they give counts only when the
// lexicon reads it.
var spokenEndings = []struct {
	spoken  string
	written []string
}{
	{"ks", []string{"ko", "kö"}},              // saaks: saako
	{"ksä", []string{"tko", "tkö"}},           // ooksä: oletko
	{"tsä", []string{"tko", "tkö"}},           // voitsä: voitko
	{"ksmä", []string{"ko", "kö"}},            // saanksmä: saanko
	{"kste", []string{"ko", "kö"}},            // puhuttekste: puhutteko
	{"ist", []string{"ista", "istä", "iste"}}, // kassist: kassista
	{"st", []string{"sta", "stä"}},            // talost: talosta
	{"lt", []string{"lta", "ltä"}},            // kaupalt: kaupalta
	{"ll", []string{"lle", "lla", "llä"}},     // kaupall: kaupalla
	{"l", []string{"lle", "lla", "llä"}},      // lapsel: lapselle
	{"uis", []string{"uaisi"}},                // haluis: haluaisi
	{"is", []string{"isi", "issa", "issä"}},   // ostais: ostaisi
	{"s", []string{"ssa", "ssä", "si"}},       // tilas: tilasi, kaupas: kaupassa
	{"ki", []string{"kin"}},                   // minäki: minäkin
	{"kaa", []string{"kaan"}},                 // tuokaa: tuokaan
	{"kää", []string{"kään"}},                 // mitää: mitään
	{"m", []string{"mme"}},                    // otam: otamme
	{"i", []string{"ja", "jä", "in"}},         // tultii: tultiin
	{"u", []string{"ut"}},                     // tilannu: tilannut
	{"y", []string{"yt"}},                     // menny: mennyt
	{"ka", []string{"kaan"}},                  // tuoka: tuokaan
	{"e", []string{"en"}},                     // punane: punainen
	{"a", []string{"an", "aa"}},               // kauppaa: kauppaan
	{"ä", []string{"än"}},                     // tähä: tähän
	{"kaas", []string{"kaa"}},                 // kokeilkaas: kokeilkaa
	{"kääs", []string{"kää"}},                 // menkääs: menkää
	{"isin", []string{"aisin"}},               // haluisin: haluaisin
	{"isitko", []string{"aisitko"}},           // haluisitko: haluaisitko
}

// spokenInside turn what is heard anywhere in a word.
var spokenInside = [][2]string{
	{"ee", "ea"}, {"ee", "eä"}, {"oo", "oa"}, {"ii", "ia"}, {"ii", "iä"}, {"uu", "ua"}, {"yy", "yä"}, {"öö", "öä"}, {"oo", "aa"}, // korkee, haluun
	{"tt", "ts"},            // kattoa, mettä
	{"j", "d"}, {"h", "hd"}, // meijän, kahen
	{"h", "d"}, {"r", "d"}, // saaha, kaheksan
	{"ss", "ts"}, {"ui", "uai"}, {"yi", "yäi"}, {"iis", "itsis"}, {"ii", "itse"}, {"i", "itse"}, // haluisin, tarviin, tarvin
	{"iä", "idä"}, {"ia", "ida"}, {"ua", "uda"}, {"yä", "ydä"}, {"eä", "edä"}, {"aa", "ada"}, {"öä", "ödä"}, // löyän
	{"ii", "ied"}, {"uu", "uod"}, {"yy", "yöd"}, // tiiän, juua, syyä
	{"o", "oi"}, {"ö", "öi"}, {"a", "ai"}, {"ä", "äi"}, {"u", "ui"}, {"e", "ei"}, // punanen, kirjottaa
}

// written yields the changes that make of a spoken word what it may stand for,
// the likeliest first, until yield returns false: word[from:to] becomes with.
func written(word string, yield func(from, to int, with string) bool) {
	for _, r := range spokenEndings {
		body, ok := strings.CutSuffix(word, r.spoken)
		if !ok || len(body) < shortestBody {
			continue
		}
		for _, w := range r.written {
			if !yield(len(body), len(word), w) {
				return
			}
		}
	}
	for _, r := range spokenInside {
		for at := 0; ; {
			i := strings.Index(word[at:], r[0])
			if i < 0 || at+i == 0 && r[0] != "h" {
				break
			}
			i += at
			if !yield(i, i+len(r[0]), r[1]) {
				return
			}
			at = i + 1
			for at < len(word) && word[at]&0xC0 == 0x80 {
				at++
			}
		}
	}
}

// dotted yields the changes that give a word written without the dots of ä and
// ö all of them, or those of its end or its beginning, since compounds have
// parts of either kind.
func dotted(word string, yield func(from, to int, with string) bool) {
	if strings.ContainsAny(word, "äö") || !strings.ContainsAny(word, "ao") {
		return
	}
	if !yield(0, len(word), dots.Replace(word)) {
		return
	}
	for i := 3; i < len(word)-2; i++ {
		if !yield(i, len(word), dots.Replace(word[i:])) || !yield(0, i, dots.Replace(word[:i])) {
			return
		}
	}
}

var dots = strings.NewReplacer("a", "ä", "o", "ö")

// trial reads the words that one may stand for, and keeps what those in the
// likeliest forms are.
type trial struct {
	lexicon *Lexicon
	answer  []Analysis
	cost    int // of the answer
}

// change reads a word, along which the trail was followed, with a change.
func (t *trial) change(word string, along *trail, from, to int, with string) {
	var room [longestWord]byte
	changed := append(append(append(room[:0], word[:from]...), with...), word[to:]...)
	if !t.lexicon.reads(changed, along, from) {
		return
	}
	w := string(changed)
	var cuts [24]tail
	var some [mostCandidates]candidate
	found := t.lexicon.match(w, 0, tails(w, cuts[:0]), some[:0])
	if len(found) == 0 {
		return
	}
	cost := slices.MinFunc(found, func(a, b candidate) int { return a.cost - b.cost }).cost
	switch {
	case t.answer == nil || cost < t.cost:
		t.cost, t.answer = cost, t.lexicon.tell(w, found, nil)
	case cost == t.cost:
		t.answer = joined(t.answer, t.lexicon.tell(w, found, nil))
	}
}

// spoken reads a word that the lexicon does not know as a spoken form of one
// that it does, or as a word whose dots were left out; nil when it is neither.
// Of all words that it may stand for those in the likeliest forms are told.
func (x *Lexicon) spoken(word string) []Analysis {
	t := trial{lexicon: x}
	along := x.follow(word)
	try := func(from, to int, with string) bool {
		t.change(word, along, from, to, with)
		return true
	}
	written(word, try)
	if t.answer == nil {
		dotted(word, try)
	}
	if t.answer == nil { // two things at once: kauheet, punasii
		tries := 0
		written(word, func(from, to int, with string) bool {
			once := word[:from] + with + word[to:]
			along := x.follow(once)
			written(once, func(from, to int, with string) bool {
				if tries++; tries < mostTries {
					t.change(once, along, from, to, with)
				}
				return tries < mostTries
			})
			return tries < mostTries
		})
	}
	return t.answer
}

// joined appends the analyses whose lemmas are new.
func joined(all, more []Analysis) []Analysis {
	for _, a := range more {
		if len(all) < mostAnalyses && !slices.ContainsFunc(all, func(b Analysis) bool { return b.Lemma == a.Lemma }) {
			all = append(all, a)
		}
	}
	return all
}

// mostTries bounds how many words are tried for one that is spoken twice over.
const mostTries = 120
