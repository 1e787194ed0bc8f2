package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes words comparable that people write differently: lower case,
// accents and the dots of ä, ö and å away, "Kengät" and "kengat" alike. Bytes
// that are no UTF-8 become U+FFFD.
func Fold(text string) string {
	if plain(text) {
		return strings.ToLower(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(unicode.ToLower(r))
			continue
		}
		r = unicode.ToLower(r)
		switch r {
		case 'ä', 'å', 'á', 'à':
			b.WriteByte('a')
		case 'ö', 'ø', 'ó':
			b.WriteByte('o')
		case 'é', 'è':
			b.WriteByte('e')
		case 'ü':
			b.WriteByte('u')
		case 'æ':
			b.WriteString("ae")
		default:
			for _, d := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, d) {
					b.WriteRune(d)
				}
			}
		}
	}
	return b.String()
}

func plain(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
