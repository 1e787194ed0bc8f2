package bot

import (
	"regexp"
	"strings"
	"unicode"
)

// Nobody needs a card number or a personal identity code in a chat; they are
// masked before anything is stored or read.
var (
	cardLike = regexp.MustCompile(`\d(?:[ -]?\d){12,18}`)
	hetu     = regexp.MustCompile(`\b\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y]\b`)
)

// mask hides numbers that pass the card check (Luhn, ISO/IEC 7812-1) and
// Finnish personal identity codes.
func mask(text string) string {
	text = hetu.ReplaceAllString(text, "******-****")
	return cardLike.ReplaceAllStringFunc(text, func(s string) string {
		if !luhn(s) {
			return s
		}
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '*'
			}
			return r
		}, s)
	})
}

func luhn(s string) bool {
	sum, double := 0, false
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		d := int(s[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return sum%10 == 0
}
