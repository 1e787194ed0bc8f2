package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word, a number, an e-mail address or an emoji of a text. Text is
// in lower case; Start and End are the byte offsets in the text it was cut from.
type Token struct {
	Text       string
	Start, End int
}

// Tokens cuts a text into words. Kept whole are "t-paita", "38,5", "110/116",
// "24.12", "T-100234", "it's" and e-mail addresses; an emoji is a token of its
// own; other signs are none. A range such as "20–30" is two numbers.
func Tokens(text string) []Token {
	tokens := make([]Token, 0, len(text)/5+1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		var end int
		switch {
		case inWord(r):
			if end = mailEnd(text, i); end == 0 {
				end = wordEnd(text, i)
			}
		case unicode.Is(unicode.So, r) && r != utf8.RuneError:
			end = emojiEnd(text, i)
		default:
			i += size
			continue
		}
		tokens = append(tokens, Token{strings.ToLower(text[i:end]), i, end})
		i = end
	}
	return tokens
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) && r != variation
}

// wordEnd returns where the word that begins at i ends.
func wordEnd(text string, i int) int {
	before := utf8.RuneError
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			after, _ := utf8.DecodeRuneInString(text[i+size:])
			if !joins(before, r, after) {
				return i
			}
		}
		before = r
		i += size
	}
	return i
}

// joins reports whether sign stands inside a word rather than between two.
func joins(before, sign, after rune) bool {
	digits := unicode.IsDigit(before) && unicode.IsDigit(after)
	switch sign {
	case ',', '.', '/':
		return digits
	case '-', '\u2010', '\u2011':
		return !digits && inWord(before) && inWord(after)
	case '\'', '’':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	}
	return false
}

// mailEnd returns where the e-mail address that begins at i ends, or 0.
func mailEnd(text string, i int) int {
	at := i
	for at < len(text) && inMail(text[at]) {
		at++
	}
	if at == i || at == len(text) || text[at] != '@' {
		return 0
	}
	end := at + 1
	for end < len(text) && (inMail(text[end]) || text[end] >= utf8.RuneSelf) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r >= utf8.RuneSelf && !unicode.IsLetter(r) {
			break
		}
		end += size
	}
	domain := strings.TrimRight(text[at+1:end], ".-_+%")
	if !strings.Contains(domain, ".") {
		return 0
	}
	return at + 1 + len(domain)
}

func inMail(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '.' || c == '_' || c == '%' || c == '+' || c == '-'
}

const (
	joiner    = '\u200d' // glues emoji into one
	variation = '\ufe0f' // asks for the coloured form
)

// emojiEnd returns where the emoji that begins at i ends, skin and family included.
func emojiEnd(text string, i int) int {
	glued := true
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == joiner:
			glued = true
		case r == variation, r >= 0x1f3fb && r <= 0x1f3ff:
		case glued && unicode.Is(unicode.So, r) && r != utf8.RuneError:
			glued = false
		default:
			return i
		}
		i += size
	}
	return i
}
