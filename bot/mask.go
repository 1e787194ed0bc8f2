package bot

import (
	"regexp"
	"strconv"
	"strings"

	"tiski/bot/dialogue"
)

// Nobody needs a card number or a personal identity code in a chat; they are
// masked before anything is stored or read.
var (
	hetu    = regexp.MustCompile(`\b\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y]\b`)
	spaced  = regexp.MustCompile(`\b(\d{6})[\s\p{Zs}]{0,2}[-+\p{Pd}][\s\p{Zs}]{0,2}(\d{3})([0-9A-FHJ-NPR-Ya-fhj-npr-y])\b`)
	grouped = regexp.MustCompile(`\d+(?:[ -]\d+)*`)
	quads   = regexp.MustCompile(`\b(?:\d{4}[\s\p{Zs}\p{Pd}./]{1,3}){3}\d{1,4}(?:[\s\p{Zs}\p{Pd}./]{1,3}\d{1,3})?\b`)
	group   = regexp.MustCompile(`\d+`)
)

// fewestDigits are those of an identity code that ends in a letter.
const fewestDigits = 9

// masked is an input in whose words nothing is left that nobody needs, whoever
// wrote them.
func masked(what dialogue.Input) dialogue.Input {
	switch in := what.(type) {
	case dialogue.Said:
		hidden := Mask(in.Text)
		in.Text, in.Masked = hidden, hidden != in.Text
		return in
	case dialogue.Tapped:
		in.Label = Mask(in.Label)
		return in
	case dialogue.StaffSaid:
		in.Text = Mask(in.Text)
		return in
	case dialogue.HandedBack:
		in.Note = Mask(in.Note)
		return in
	}
	return what
}

// Mask hides the digits of card numbers and Finnish personal identity codes. A code with
// spaces or another dash is one when its check character is right, a number with points,
// slashes or line breaks when it stands in fours, as on a card.
func Mask(text string) string {
	digits := 0
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			digits++
		}
	}
	if digits < fewestDigits {
		return text
	}
	text = hetu.ReplaceAllString(text, "******-****")
	text = spaced.ReplaceAllStringFunc(text, maskSpaced)
	text = grouped.ReplaceAllStringFunc(text, maskCards)
	return quads.ReplaceAllStringFunc(text, maskCards)
}

// checkCharacters of a personal identity code, by its nine digits modulo 31 (the Digital
// and Population Data Services Agency's "The personal identity code").
const checkCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY"

func maskSpaced(code string) string {
	parts := spaced.FindStringSubmatch(code)
	number, err := strconv.Atoi(parts[1] + parts[2])
	if err != nil || strings.ToUpper(parts[3]) != checkCharacters[number%31:number%31+1] {
		return code
	}
	return "******-****"
}

// maskCards hides the card numbers in groups of digits. A number may be all of
// a group or several; the year and code written after it look like more of it.
func maskCards(digits string) string {
	groups := group.FindAllStringIndex(digits, -1)
	masked := []byte(digits)
	for i := 0; i < len(groups); i++ {
		for j := i; j < len(groups) && groups[j][1]-groups[i][0] <= 4*longestCard; j++ {
			if from, to := groups[i][0], groups[j][1]; isCard(digits[from:to]) {
				copy(masked[from:to], group.ReplaceAllFunc(masked[from:to], stars))
				i = j
				break
			}
		}
	}
	return string(masked)
}

func stars(digits []byte) []byte {
	for i := range digits {
		digits[i] = '*'
	}
	return digits
}

const shortestCard, longestCard = 13, 19 // digits

// isCard reports whether digits in groups have the length, the beginning and
// the check digit (Luhn) of a payment card, ISO/IEC 7812-1. Numbers in 358 are
// taken for Finnish telephone numbers.
func isCard(s string) bool {
	if s[0] < '2' || s[0] > '6' || s[:min(3, len(s))] == "358" {
		return false
	}
	sum, n := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		d := int(s[i] - '0')
		if n%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		n++
	}
	return n >= shortestCard && n <= longestCard && sum%10 == 0
}
