package intents

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// token is a word of a message with what it is compared by.
type token struct {
	language.Token
	lang  string           // of the message
	fold  string           // dots and accents away
	lemma string           // in the language of the message
	parts []string         // lemmas of a compound's parts; nil when it is none
	dots  bool             // its stem has the dots of ä or ö
	word  finnish.Analysis // the likeliest one, of Finnish words
	ideas [2]string        // what it is about; "" when nothing is known
}

// cutter cuts texts of one language into tokens, and remembers the words it has met.
type cutter struct {
	lang     string
	concepts *concepts
	lexicon  *finnish.Lexicon // of things, beside the one by which intents are told
	known    map[string]token
}

func newCutter(lang string, c *concepts, lexicon *finnish.Lexicon) *cutter {
	return &cutter{lang, c, lexicon, map[string]token{}}
}

// tokens returns the words of a text as the intent is told by them.
func (c *cutter) tokens(text string) []token {
	cut := language.Tokens(text)
	ts := make([]token, len(cut))
	for i, t := range cut {
		ts[i] = c.token(t)
	}
	return ts
}

// words returns the words of a text as things are named by them: "50e" is a
// number and a unit, "m-koko" is a size and a word. A word that the built-in
// lexicon does not know is looked for in the cutter's own.
func (c *cutter) words(text string) []token {
	cut := language.Tokens(text)
	ts := make([]token, 0, len(cut)+4)
	for _, t := range cut {
		for rest := t.Text; rest != ""; {
			n := len(rest)
			if !strings.Contains(rest, "@") {
				n = firstPart(rest)
			}
			part := language.Token{Text: rest[:n], Start: t.Start, End: t.End}
			if len(t.Text) == t.End-t.Start { // else lower case is of another length
				part.Start = t.End - len(rest)
				part.End = part.Start + n
			}
			if rest = rest[n:]; strings.HasPrefix(rest, "-") {
				rest = rest[1:]
			}
			named := c.token(part)
			if named.word.Guess {
				named.word = analysis(c.lexicon, part.Text, c.lang)
				named.lemma, named.parts, named.dots = stems(c.lexicon, part.Text, c.lang, named.word)
			}
			ts = append(ts, named)
		}
	}
	return ts
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

func (c *cutter) token(t language.Token) token {
	known, ok := c.known[t.Text]
	if !ok {
		known.lang = c.lang
		known.fold = language.Fold(t.Text)
		known.word = analysis(finnish.Base(), t.Text, c.lang)
		known.lemma, known.parts, known.dots = stems(finnish.Base(), t.Text, c.lang, known.word)
		if c.concepts != nil {
			known.ideas[0], known.ideas[1] = c.concepts.of(known.fold)
		}
		c.known[t.Text] = known
	}
	known.Token = t
	return known
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

// capital reports whether the token begins with a capital in the message.
func (t token) capital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text[t.Start:])
	return unicode.IsUpper(r)
}
