package language

import (
	"embed"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// words/<lang>.txt: words by which a language is known.
//
//go:embed words
var wordFiles embed.FS

// How sure Detect must be, in units of log-likelihood.
const (
	enough   = 2.5  // lead that a language needs to be taken over the prior
	enoughAt = 0.5  // the same when there is no prior, over Finnish
	perWord  = 3.0  // at most this much comes from one word's letters
	known    = 3.0  // a word of the list, shared evenly by the languages that have it
	reads    = 2000 // bytes of a text that are looked at
)

// Detect tells the language of a text: one of [Codes]. Prior is the language
// of the conversation so far, or "": words that say little ("ok", "42") leave it
// as it is, a clear sentence does not. With no prior the doubt is for Finnish.
func Detect(text, prior string) string {
	if len(text) > reads {
		text = text[:reads]
	}
	t := table()
	var score [3]float64
	for _, token := range Tokens(text) {
		t.add(&score, token.Text)
	}
	lead, at := enough, -1
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

// letters knows the words of the lists and how often letters follow each other
// in them.
type letters struct {
	words map[string][]int // word -> languages that have it, as indexes of Codes
	grams [3]map[string]float64
	total [3]float64
}

var table = sync.OnceValue(func() *letters {
	t := &letters{words: map[string][]int{}}
	for i, code := range Codes {
		t.grams[i] = map[string]float64{}
		file, err := wordFiles.ReadFile("words/" + code + ".txt")
		if err != nil {
			panic(err) // embedded above
		}
		seen := map[string]bool{}
		for line := range strings.Lines(string(file)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			for _, word := range strings.Fields(line) {
				if seen[word] {
					continue
				}
				seen[word] = true
				t.words[word] = append(t.words[word], i)
				eachGram(word, func(g string) {
					t.grams[i][g]++
					t.total[i]++
				})
			}
		}
	}
	return t
})

func (t *letters) add(score *[3]float64, word string) {
	if r, _ := utf8.DecodeRuneInString(word); !unicode.IsLetter(r) || strings.Contains(word, "@") {
		return
	}
	if langs := t.words[word]; langs != nil {
		if len(langs) < len(Codes) {
			for _, i := range langs {
				score[i] += known / float64(len(langs))
			}
		}
		return
	}
	var like [3]float64
	n := 0.0
	eachGram(word, func(g string) {
		n++
		for i := range like {
			like[i] += math.Log((t.grams[i][g] + 0.3) / (t.total[i] + 600))
		}
	})
	if n < 3 {
		return
	}
	top := max(like[0], like[1], like[2])
	for i := range like {
		score[i] += max(like[i]-top, -perWord) * 0.8
	}
}

// eachGram calls f with the pieces of three letters of a word, its borders
// counted in.
func eachGram(word string, f func(string)) {
	marked := "^" + word + "$"
	var starts [3]int
	n := 0
	for i := range marked {
		if n >= 3 {
			f(marked[starts[n%3]:i])
		}
		starts[n%3] = i
		n++
	}
	if n >= 3 {
		f(marked[starts[n%3]:])
	}
}
