package finnish

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Title is the title of a thing that is sold.
type Title struct {
	Text  string
	Brand string // "" when it is not known

	// Noun is what such things are, singular or plural: "takki", "kengät"; ""
	// when that is not known, and they are called "tuote".
	Noun string
	// Work says that the title names a book, a game or the like, and inflects
	// with the noun whatever it says.
	Work bool
}

// Phrase is a name or a title ready to be inflected. It may be shared.
type Phrase struct {
	lexicon *Lexicon
	text    string
	words   []string    // of the text, and the noun when that inflects
	turned  []inflected // those that take the case
	turns   uint64      // bit i: word i takes the case
	plural  bool        // in all its forms: housut
	pair    bool        // two things: aurinkolasit ja kotelo
}

// mostTurning bounds the words of a title among which its head is.
const mostTurning = 60

// Inflect puts a headword or a name into a case and number: "Musta villapipo"
// in the genitive is "Mustan villapipon". Adjectives before the head agree with
// it; what follows it ("140 cm") stays. A name that ends in a number or in
// single letters takes its ending after a colon: "iPhone 15:n". Only the Case
// and Plural of the form count. Inflect of an empty text is empty.
func (x *Lexicon) Inflect(text string, f Form) string { return x.Name(text).In(f) }

// Name is a name to be inflected as [Lexicon.Inflect] does.
func (x *Lexicon) Name(text string) Phrase {
	p := Phrase{lexicon: x, text: text, words: strings.Fields(text)}
	if len(p.words) > 0 && !p.head(Title{}) {
		p.turn(min(len(p.words), mostTurning) - 1)
	}
	p.find()
	return p
}

// find looks up the words that take the case.
func (p *Phrase) find() {
	for i := range p.words {
		if p.turns>>i&1 != 0 {
			p.turned = append(p.turned, p.lexicon.inflected(p.words[i]))
		}
	}
}

// Phrase finds the words of a title that inflect. A title that does not tell
// what the thing is inflects with a noun after it: "Halti Tunturi -takin".
func (x *Lexicon) Phrase(t Title) Phrase {
	p := Phrase{lexicon: x, text: t.Text, words: strings.Fields(t.Text)}
	if len(p.words) == 0 {
		return p
	}
	if !t.Work && p.head(t) {
		p.find()
		return p
	}
	noun := "-" + strings.ToLower(cmp.Or(t.Noun, "tuote"))
	switch {
	case len(p.words) == 1:
		p.words[0] += noun
	case len(p.words) < mostTurning:
		p.words = append(p.words, noun)
	default:
		p.words = []string{t.Text, noun}
	}
	p.turn(len(p.words) - 1)
	p.find()
	return p
}

// turn makes a word the head of the phrase.
func (p *Phrase) turn(head int) {
	p.turns |= 1 << head
	p.plural = p.lexicon.many(p.words[head])
}

// head finds the word that tells what the thing is, and marks it and the
// adjectives that agree with it; false when there is none. It is what begins
// with a hyphen, else the last noun before the name of the model, a size, or
// what is said with a case: "Emaloitu valurautapata Hauduke", "Hoitoaine
// hiuksille".
func (p *Phrase) head(t Title) bool {
	words := p.words[:min(len(p.words), mostTurning)]
	if len(words) == 1 {
		p.turn(0)
		return true
	}
	from := 0
	if begin := strings.Fields(t.Brand); len(begin) < len(words) && slices.EqualFunc(begin, words[:len(begin)], strings.EqualFold) {
		from = len(begin)
	}
	if i := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "-") && len(word) > 1 }); i >= 0 {
		from = i
	}
	head, end := -1, from
	var adjectives []int
	for i, word := range words[from:] {
		i += from
		first, _ := utf8.DecodeRuneInString(word)
		if head >= 0 && !unicode.IsLower(first) || i > from && !unicode.IsLetter(first) {
			break
		}
		end++
		kind := p.lexicon.kind(word)
		if kind == noun && i > 0 && t.Noun != "" && unicode.IsUpper(first) && !p.lexicon.sameHead(word, t.Noun) {
			kind = unknown // the name of a model: Halti Tunturi
		}
		if kind == unknown && i > from && unicode.IsLower(first) && !oblique(word) {
			kind = noun
		}
		switch {
		case kind == noun && p.pair:
			p.turn(head)
			head = i
		case kind == noun:
			head = i
		case kind == adjective:
			adjectives = append(adjectives, i)
		}
		if strings.HasPrefix(word, "-") && kind != adjective {
			head = i
			break
		}
		p.pair = head >= 0 && (word == "ja" || word == "sekä")
		if head >= 0 && kind == other && !p.pair || strings.HasSuffix(word, ",") || strings.HasSuffix(word, ":") {
			break
		}
	}
	if head < 0 && end == from+1 && strings.ContainsAny(words[from][len(words[from])-1:], ",:") {
		head = from // a lone word
	}
	if n := len(adjectives); head < 0 && n > 0 && adjectives[n-1] == end-1 && words[end-1] == strings.ToLower(words[end-1]) {
		head = end - 1 // tyynynpäällinen
	}
	if head < 0 {
		return false
	}
	p.pair = p.turns != 0
	p.turn(head)
	for _, i := range adjectives {
		if p.lexicon.many(words[i]) == p.plural {
			p.turns |= 1 << i
		}
	}
	return true
}

// kind is what a word is in a title.
type kind int

const (
	unknown   kind = iota
	noun           // in the nominative
	adjective      // in the nominative, also a participle
	other          // in another case, or not inflected at all
)

// kind tells what a word of a title is.
func (x *Lexicon) kind(word string) kind {
	word = strings.ToLower(plain(word))
	best := x.Analyse(word)[0]
	n := x.nominal(word)
	listed := len(x.headwords(word, nil)) > 0
	switch {
	case best.Form.Case == Nominative && (best.Form.Verb == PresentParticiple || best.Form.Verb == PastParticiple),
		(best.Form.Verb != NoVerb || best.Guess) && participle(word) != nil, n.adjective:
		return adjective
	case !listed && best.Form.Case == Genitive:
		return other
	case !listed && (strings.HasSuffix(word, "inen") || strings.HasSuffix(word, "iset")):
		return adjective
	case n.stems != nil && n.listed:
		return noun
	case best.Guess || n.stems != nil:
		return unknown
	}
	return other
}

// sameHead tells whether a title's word is a kind of what a noun says:
// nahkatakki is a takki.
func (x *Lexicon) sameHead(word, noun string) bool {
	a, b := x.Analyse(strings.ToLower(plain(word)))[0], x.Analyse(noun)[0]
	return a.Head() == b.Head()
}

// oblique tells whether an unknown word looks as if it stood in a local case.
func oblique(word string) bool {
	return slices.ContainsFunc([]string{"lla", "llä", "lle", "lta", "ltä", "ssa", "ssä", "sta", "stä"}, func(ending string) bool {
		return strings.HasSuffix(word, ending)
	})
}

// many tells whether a word stands in the nominative plural.
func (x *Lexicon) many(word string) bool {
	word = strings.ToLower(plain(word))
	if !strings.HasSuffix(word, "t") {
		return false
	}
	return cmp.Or(x.nominal(word).stems.many(), participle(word).many(), foreign(word).many())
}

// In returns the phrase in a case and number, of which only the Case and Plural
// of the form count. Of a phrase in the plural all forms are plural.
func (p Phrase) In(f Form) string {
	f = Form{Case: f.Case, Plural: f.Plural}
	if f.Case == NoCase || f == (Form{Case: Nominative}) {
		return p.text
	}
	f.Plural = f.Plural || p.plural
	if f.Case == Nominative && p.plural {
		return strings.Join(p.words, " ")
	}
	words := slices.Clone(p.words)
	turned := p.turned
	for i := range words {
		if p.turns>>i&1 != 0 {
			words[i] = turned[0].in(f)
			turned = turned[1:]
		}
	}
	return strings.Join(words, " ")
}

// Plural tells whether the phrase is in the plural: housut, talvikengät.
func (p Phrase) Plural() bool { return p.plural }

// Object returns the phrase as what something is done to as a whole: "Poistin
// makuupussin", "Poistin housut".
func (p Phrase) Object() string {
	if p.plural {
		return p.In(Form{Case: Nominative, Plural: true})
	}
	return p.In(Form{Case: Genitive})
}

// Count tells a number of things: "yksi makuupussi", "kaksi makuupussia", and of
// a phrase in the plural "yhdet housut", "kahdet housut". Numbers over ten, and
// nought, are written in digits, with the sign × before what has no singular.
func (p Phrase) Count(n int) string {
	number := strconv.Itoa(n)
	words := numerals
	if p.plural {
		words = pluralNumerals
	}
	if spelt := n >= 1 && n <= len(words); spelt && !p.pair {
		number = words[n-1]
	} else if p.plural || p.pair {
		return number + " × " + p.text
	}
	switch {
	case p.plural:
		return number + " " + p.In(Form{Case: Nominative, Plural: true})
	case n == 1:
		return number + " " + p.text
	}
	return number + " " + p.In(Form{Case: Partitive})
}

// numerals and pluralNumerals are the numbers from one on.
var (
	numerals       = []string{"yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen"}
	pluralNumerals = []string{"yhdet", "kahdet", "kolmet", "neljät", "viidet", "kuudet", "seitsemät", "kahdeksat", "yhdeksät", "kymmenet"}
)
