package catalog

import (
	"errors"
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

// ParseMicros reads an amount such as 15, 15.5 and 15,936255, in millionths.
func ParseMicros(s string) (int64, error) {
	if !decimal.MatchString(s) {
		return 0, fmt.Errorf("%q is no amount", s)
	}
	whole, part, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	micros, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no amount", s)
	}
	return micros, nil
}

// ParseCents reads an amount likewise, rounded to the cent, halves up.
func ParseCents(s string) (Cents, error) {
	micros, err := ParseMicros(s)
	return Cents(micros+5000) / 10_000, err
}

// ParsePrice reads what a source outside asks for goods, to which so much VAT is
// added, tenths of a percent.
func ParsePrice(s string, tenths int) (Cents, error) {
	if s == "" {
		return 0, errors.New("price is missing")
	}
	micros, err := ParseMicros(s)
	price := Gross(micros, tenths)
	if err != nil || price == 0 || price > Dearest {
		return 0, fmt.Errorf("price %q is not a price", s)
	}
	return price, nil
}

// WebAddress returns an http or https address, or "".
func WebAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// Decimal writes an amount as programs read it: 1990 is "19.90".
func (c Cents) Decimal() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}
