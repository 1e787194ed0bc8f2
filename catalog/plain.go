package catalog

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what sources outside tell; longer texts are cut.
const (
	MaxTitle       = 150  // characters
	MaxDescription = 5000 // characters
	Dearest        = Cents(1_000_000_00)
)

var (
	tag   = regexp.MustCompile(`<[/!a-zA-Z][^>]*>`)
	space = regexp.MustCompile(`\s+`)
)

// Plain takes mark-up out of a text.
func Plain(s string) string {
	s = tag.ReplaceAllString(html.UnescapeString(s), " ")
	return strings.TrimSpace(space.ReplaceAllString(strings.ToValidUTF8(s, "\uFFFD"), " "))
}

// Clip cuts a text after so many characters.
func Clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

var decimal = regexp.MustCompile(`^\d{1,9}(?:[.,]\d{1,6})?$`)

// ParseCents reads an amount such as 15, 15.5 and 15,00. More than two decimals
// are rounded to the cent, halves up.
func ParseCents(s string) (Cents, error) {
	if !decimal.MatchString(s) {
		return 0, fmt.Errorf("%q is no amount", s)
	}
	euros, part, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	millis, err := strconv.ParseInt(euros+(part + "000")[:3], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no amount", s)
	}
	return Cents(millis+5) / 10, nil
}

// Decimal writes an amount as programs read it: 1990 is "19.90".
func (c Cents) Decimal() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}
