package language

import (
	"embed"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// words/<lang>.txt: words by which a language is known; words/loans.txt: those
// of them that others use, too.
//
//go:embed words
var wordFiles embed.FS

// How sure Detect must be, in units of log-likelihood.
const (
	enough   = 2.5  // lead that a language needs to be taken over the prior
	enoughAt = 0.5  // the same when there is no prior, over Finnish
	perWord  = 3.0  // at most this much comes from one word's letters
	known    = 3.0  // a word of the list, shared evenly by the languages that have it
	named    = 0.25 // share of that which a word with a capital tells: it may be a name
	reads    = 2000 // bytes of a text that are looked at
)

// Detect tells the language of a text: one of [Codes]. Prior is the language
// of the conversation so far, or "": words that say little ("ok", "42") leave it
// as it is, a clear sentence does not. With no prior the doubt is for Finnish.
func Detect(text, prior string) string {
	if len(text) > reads {
		text = text[:reads]
	}
	return DetectTokens(text, Tokens(text), prior, prior == "")
}

// DetectTokens tells the language of a text, as [Detect] does, by the words
// that [Tokens] cut it into. Words that others borrow ("hej", "thanks") count
// when borrowed is true: where a customer begins, they are their own.
func DetectTokens(text string, tokens []Token, prior string, borrowed bool) string {
	score := table().scores(text, tokens, borrowed)
	lead, at := float32(enough), -1
	for i, code := range Codes {
		if code == prior {
			at = i
		}
	}
	if at < 0 {
		lead, at = enoughAt, 0
	}
	best := at
	for i := range Codes {
		if i != at && score[i] > score[at]+lead && (best == at || score[i] > score[best]) {
			best = i
		}
	}
	return Codes[best]
}

// May returns the languages in which [Detect] leaves a conversation where this is said.
func May(text string) []string {
	score := table().scores(text, Tokens(text), false)
	top := max(score[0], score[1], score[2])
	var all []string
	for i, code := range Codes {
		if score[i]+enough >= top {
			all = append(all, code)
		}
	}
	return all
}

// Borrowed reports whether a word, in small letters, is said in other languages
// than its own, too: "tack", "ok", "sorry".
func Borrowed(word string) bool { return table().loans[word] }

// letters knows the words of the lists and how often letters follow each other
// in them.
type letters struct {
	loans map[string]bool
	words map[string][3]bool    // word -> which of Codes have it
	grams map[uint64][3]float32 // three letters -> their log-likelihood in each language
	none  [3]float32            // of three letters that no word has
}

var table = sync.OnceValue(func() *letters {
	t := &letters{loans: map[string]bool{}, words: map[string][3]bool{}, grams: map[uint64][3]float32{}}
	for _, word := range listed("loans") {
		t.loans[word] = true
	}
	var total [3]float32
	folded := map[string][3]bool{}
	for i, code := range Codes {
		for _, word := range listed(code) {
			has := t.words[word]
			if has[i] {
				continue
			}
			has[i] = true
			t.words[word] = has
			without := folded[Fold(word)]
			without[i] = true
			folded[Fold(word)] = without
		}
	}
	for word, has := range folded { // typed without dots
		if _, ok := t.words[word]; !ok {
			t.words[word] = has
		}
	}
	for word, has := range t.words {
		if has == [3]bool{true, true, true} {
			continue
		}
		eachGram(word, func(g uint64) {
			counts := t.grams[g]
			for i, it := range has {
				if it {
					counts[i]++
					total[i]++
				}
			}
			t.grams[g] = counts
		})
	}
	for g, counts := range t.grams {
		for i := range counts {
			counts[i] = likelihood(counts[i], total[i])
		}
		t.grams[g] = counts
	}
	for i := range t.none {
		t.none[i] = likelihood(0, total[i])
	}
	return t
})

// listed returns the words of a list.
func listed(name string) []string {
	file, err := wordFiles.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic(err) // embedded above
	}
	var words []string
	for line := range strings.Lines(string(file)) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.Fields(line)...)
		}
	}
	return words
}

// likelihood returns the logarithm of how likely something is that was seen
// count times of total, a little of it kept for what was never seen.
func likelihood(count, total float32) float32 {
	return float32(math.Log(float64((count + 0.3) / (total + 600))))
}

// scores tells how much speaks for each language of [Codes].
func (t *letters) scores(text string, tokens []Token, borrowed bool) (score [3]float32) {
	for i, token := range tokens {
		if token.Start > reads {
			break
		}
		if !borrowed && t.loans[token.Text] || i > 0 && token.Text == tokens[i-1].Text {
			continue
		}
		t.add(&score, text, token)
	}
	return score
}

// add scores the languages by a word of a text.
func (t *letters) add(score *[3]float32, text string, token Token) {
	word := token.Text
	if r, size := utf8.DecodeRuneInString(word); !unicode.IsLetter(r) || size == len(word) || strings.Contains(word, "@") {
		return
	}
	r, _ := utf8.DecodeRuneInString(text[token.Start:])
	capital := unicode.IsUpper(r)
	if has, ok := t.words[word]; ok {
		sure := float32(known)
		if capital && token.Start > 0 {
			sure *= named
		}
		n := float32(0)
		for _, it := range has {
			if it {
				n++
			}
		}
		for i, it := range has {
			if it && n < 3 {
				score[i] += sure / n
			}
		}
		return
	}
	var like [3]float32
	n := 0
	eachGram(word, func(g uint64) {
		n++
		one, ok := t.grams[g]
		if !ok {
			one = t.none
		}
		for i := range like {
			like[i] += one[i]
		}
	})
	if n < 3 {
		return
	}
	share := float32(0.8)
	if capital {
		share = named
	}
	top := max(like[0], like[1], like[2])
	for i := range like {
		score[i] += max(like[i]-top, -perWord) * share
	}
}

// eachGram calls f with each three letters of a word that follow each other, its
// borders counted in, packed into a number.
func eachGram(word string, f func(uint64)) {
	const border = 1
	var last uint64 = border
	n := 1
	next := func(r uint64) {
		last = last<<21 | r
		if n++; n >= 3 {
			f(last & (1<<63 - 1))
		}
	}
	for _, r := range word {
		next(uint64(r))
	}
	next(border)
}
