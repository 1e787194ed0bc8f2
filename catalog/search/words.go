package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/intents/language"
)

// longestWord is the longest word that is looked for, in bytes.
const longestWord = 100

// words cuts a text into words; of "t-paita" come also its parts.
func words(text string) []string {
	tokens := language.Tokens(text)
	list := make([]string, 0, len(tokens))
	for _, t := range tokens {
		list = parted(list, t.Text)
	}
	return list
}

// parted adds a word and its parts.
func parted(list []string, word string) []string {
	if len(word) > longestWord {
		return list
	}
	list = append(list, word)
	if strings.Contains(word, "-") {
		for part := range strings.SplitSeq(word, "-") {
			if utf8.RuneCountInString(part) >= 3 {
				list = append(list, part)
			}
		}
	}
	return list
}

// eachWord cuts running text into lower-case words, which are gone after yield. It
// returns the room it needed.
func eachWord(text string, room []byte, yield func(word []byte)) []byte {
	room = room[:0]
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			room = append(room, byte(r))
		case 'A' <= r && r <= 'Z':
			room = append(room, byte(r)+'a'-'A')
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			room = utf8.AppendRune(room, unicode.ToLower(r))
		default:
			if len(room) > 0 && len(room) <= longestWord {
				yield(room)
			}
			room = room[:0]
		}
	}
	if len(room) > 0 && len(room) <= longestWord {
		yield(room)
	}
	return room
}

// title is the name of a product or a shelf, split into what it is, the name of the
// model, and what is said beside it: a Finnish genitive before a common noun
// ("repun sadesuoja"), whom it is for ("kumisaappaat lapsille"), or all that
// follows a preposition ("regnskydd till ryggsäck").
type title struct{ heads, models, beside []string }

// split takes another name.
func (t *title) split(lang, name string) {
	t.heads, t.models, t.beside = t.heads[:0], t.models[:0], t.beside[:0]
	list := language.Tokens(name)
	part := &t.heads
	for i, word := range list {
		first, _ := utf8.DecodeRuneInString(name[word.Start:])
		switch {
		case part == &t.beside && lang != language.Finnish: // after a preposition
		case lang != language.Finnish && prepositions[word.Text]:
			part = &t.beside
			continue
		case lang == language.Finnish && (strings.HasSuffix(word.Text, "lle") || i+1 < len(list) && genitive(word.Text, name[list[i+1].Start:])):
			part = &t.beside
		case i > 0 && unicode.IsUpper(first):
			part = &t.models
			if noun := nounOf(name[word.Start:word.End]); noun != "" { // "Karhu U-lukko"
				t.heads = append(t.heads, noun)
			}
		default:
			part = &t.heads
		}
		*part = parted(*part, word.Text)
	}
}

// nounOf is the common noun that a word written large ends in after a hyphen, "lukko" of "U-lukko"; "" without one.
func nounOf(word string) string {
	noun := word[strings.LastIndexByte(word, '-')+1:]
	if first, _ := utf8.DecodeRuneInString(noun); len(noun) == len(word) || !unicode.IsLower(first) || len(noun) < shortestMaterial {
		return ""
	}
	return noun
}

func genitive(word, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	return strings.HasSuffix(word, "n") && !strings.HasSuffix(word, "nen") && unicode.IsLower(first)
}

// and joins the names of shelves: "reput ja laukut".
var and = map[string]bool{"ja": true, "och": true, "and": true}

var prepositions = map[string]bool{"för": true, "till": true, "med": true, "for": true, "of": true, "with": true}

// numbers are written as digits where goods are told apart by them, and said
// as words: "kahden hengen teltta".
var numbers = map[string]string{
	"yhden": "1", "yhdelle": "1", "kaksi": "2", "kahden": "2", "kahdelle": "2", "kolme": "3", "kolmen": "3", "kolmelle": "3",
	"neljä": "4", "neljän": "4", "neljälle": "4", "viisi": "5", "viiden": "5", "viidelle": "5", "kuusi": "6", "kuuden": "6",
	"två": "2", "tre": "3", "fyra": "4", "fem": "5", "sex": "6", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
}
