package intents

import (
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// token is a word of a message.
type token struct {
	language.Token
	*entry
}

// entry is what is known of a word wherever it stands. It does not change once
// it is made.
type entry struct {
	lang  string           // of the message
	fold  string           // dots and accents away
	lemma string           // in the language of the message
	key   uint64           // of the lemma among features
	parts []string         // lemmas of a compound's parts, and the verb behind a noun
	dots  bool             // its stem has the dots of ä or ö
	word  finnish.Analysis // the likeliest one, of Finnish words
	ideas [2]string        // what it is about; "" when nothing is known
	topic string           // of the first idea, or ""

	// What a model knows besides.
	sum       *tally // of its features
	kind      *tally // of the same, for the kinds of writers
	signs     []sign // markers that begin with it
	said      begun  // phrases of the lexicon that begin with it
	catalogue begun  // those of the catalogue
	counts    bool   // it begins like a number
	goods     bool   // goods are called by it
	head      bool   // goods are some kind of it: "tossut" where huopatossut are sold
	brand     string // as the catalogue writes it, or ""
	proper    string // the proper word of goods that it is, or ""
	meant     string // the word that it is when it is misspelt, or ""
}

// meaningful reports whether a word is a marker, or goods are called by it.
func (e *entry) meaningful() bool {
	return e.goods || e.brand != "" || e.proper != "" || len(e.signs) > 0
}

// cutter cuts texts of one language into tokens, and remembers words that it
// has met. Any number of goroutines may share it.
type cutter struct {
	lang       string
	concepts   *concepts
	lexicon    *finnish.Lexicon // of things, beside the one by which intents are told
	model      *Model           // tells what it knows of a word; nil when nobody asks
	met, named memory
}

func newCutter(lang string, c *concepts, lexicon *finnish.Lexicon) *cutter {
	return &cutter{lang: lang, concepts: c, lexicon: lexicon}
}

// mostRemembered is how many words a memory holds; half of them are forgotten
// at once, those that were not met for the longest time.
const mostRemembered = 16000

// memory holds words by their text, so that frequent ones are analysed once.
type memory struct {
	lock       sync.RWMutex
	words, old map[string]*entry
}

// recall returns a word as it was met before, or as make makes it.
func (m *memory) recall(text string, make func() *entry) *entry {
	m.lock.RLock()
	e, old := m.words[text], m.old[text]
	m.lock.RUnlock()
	if e != nil {
		return e
	}
	if e = old; e == nil {
		e = make()
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.words == nil || len(m.words) >= mostRemembered/2 {
		m.words, m.old = map[string]*entry{}, m.words
	}
	m.words[text] = e
	return e
}

// newCutters makes a cutter for each language that knows no ideas.
func newCutters(lexicon *finnish.Lexicon) map[string]*cutter {
	cutters := map[string]*cutter{}
	for _, lang := range language.Codes {
		cutters[lang] = newCutter(lang, nil, lexicon)
	}
	return cutters
}

// tokens returns the words of a text as the intent is told by them.
func (c *cutter) tokens(text string) []token { return c.tell(language.Tokens(text)) }

// tell returns words as the intent is told by them.
func (c *cutter) tell(cut []language.Token) []token {
	ts := make([]token, len(cut))
	for i, t := range cut {
		ts[i] = c.token(t)
	}
	return ts
}

// words returns the words of a text as things are named by them: "50e" is a
// number and a unit, "m-koko" is a size and a word. A word that the built-in
// lexicon does not know is looked for in the cutter's own.
func (c *cutter) words(text string) []token { return c.things(c.tokens(text)) }

// things returns words that tell has returned as words does.
func (c *cutter) things(told []token) []token {
	ts := make([]token, 0, len(told)+4)
	for _, t := range told {
		for part := range parts(t.Token) {
			if len(part.Text) == len(t.Text) {
				ts = append(ts, c.thing(t))
			} else {
				ts = append(ts, c.thing(c.token(part)))
			}
		}
	}
	return ts
}

// parts yields what a word is cut into as things are named: between digits and
// letters, and at hyphens, which are left out.
func parts(t language.Token) iter.Seq[language.Token] {
	return func(yield func(language.Token) bool) {
		if whole := strings.Contains(t.Text, "@") || firstPart(t.Text) == len(t.Text); whole {
			yield(t)
			return
		}
		for rest := t.Text; rest != ""; {
			n := firstPart(rest)
			part := language.Token{Text: rest[:n], Start: t.Start, End: t.End}
			if len(t.Text) == t.End-t.Start { // else lower case is of another length
				part.Start = t.End - len(rest)
				part.End = part.Start + n
			}
			if rest = rest[n:]; strings.HasPrefix(rest, "-") {
				rest = rest[1:]
			}
			if !yield(part) {
				return
			}
		}
	}
}

// firstPart returns the length of the part of a word before a hyphen or
// between digits and letters; "2xl" is one part.
func firstPart(word string) int {
	digits := word[0] >= '0' && word[0] <= '9'
	for i, r := range word {
		if r == '-' && i > 0 {
			return i
		}
		if digits && unicode.IsLetter(r) && !strings.HasPrefix(word[i:], "xl") && !strings.HasPrefix(word[i:], "xs") {
			return i
		}
	}
	return len(word)
}

// token returns a word as the intent is told by it.
func (c *cutter) token(cut language.Token) token {
	return token{cut, c.met.recall(cut.Text, func() *entry {
		e := &entry{lang: c.lang, fold: language.Fold(cut.Text), word: analysis(finnish.Base(), cut.Text, c.lang)}
		e.lemma, e.parts, e.dots = stems(finnish.Base(), cut.Text, c.lang, e.word)
		e.key = hash(seed(aWord), e.lemma)
		if c.concepts != nil {
			e.ideas[0], e.ideas[1], e.topic = c.concepts.of(e.fold)
		}
		if c.model != nil {
			e.sum = c.model.classifier.word(e)
			if learnt := c.model.kinds[c.lang]; learnt != nil {
				e.kind = learnt.classifier.word(e)
			}
			c.model.learnEntry(e)
		}
		return e
	})}
}

// thing returns a word as things are named by it.
func (c *cutter) thing(t token) token {
	if !t.word.Guess {
		return t
	}
	return token{t.Token, c.named.recall(t.Text, func() *entry {
		e := *t.entry
		e.word = analysis(c.lexicon, t.Text, c.lang)
		e.lemma, e.parts, e.dots = stems(c.lexicon, t.Text, c.lang, e.word)
		if c.model != nil {
			c.model.learnEntry(&e)
		}
		return &e
	})}
}

// number returns the value of a token of at most six digits, else -1.
func (t token) number() int {
	if t.Text == "" || len(t.Text) > 6 {
		return -1
	}
	n := 0
	for i := range len(t.Text) {
		if t.Text[i] < '0' || t.Text[i] > '9' {
			return -1
		}
		n = 10*n + int(t.Text[i]-'0')
	}
	return n
}

// letters reports whether the token begins with a letter.
func (t token) letters() bool {
	r, _ := utf8.DecodeRuneInString(t.Text)
	return unicode.IsLetter(r)
}

// code reports whether a token is of letters and digits: "m6x40".
func (t token) code() bool {
	return t.letters() && strings.ContainsAny(t.Text, "0123456789")
}

// capital reports whether the token begins with a capital in the message.
func (t token) capital(text string) bool { return capital(text, t.Token) }

func capital(text string, t language.Token) bool {
	r, _ := utf8.DecodeRuneInString(text[t.Start:])
	return unicode.IsUpper(r)
}
