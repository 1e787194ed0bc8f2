package intents

import (
	"regexp"
	"strings"
)

// trackingShapes are the codes of parcels, upper case without spaces and
// hyphens: of Posti in Finland, of the world's posts (S10), of Matkahuolto and
// of PostNord. Codes of digits alone are told only beside a word for them.
var trackingShapes = regexp.MustCompile(`^(?:JJFI\d{8,20}|[A-Z]{2}\d{9}[A-Z]{2}|MH\d[0-9A-Z]{7,23}|\d{11}[A-Z]{2}|00\d{16,18})$`)

// leastDigits is how many digits every code has.
const leastDigits = 8

// longestCode is how many words a code written with spaces may have.
const longestCode = 8

// trackings finds the codes of parcels, also in groups: "RR 123 456 785 FI".
func (s *scan) trackings() {
	if s.digits() < leastDigits {
		return
	}
	for i := 0; i < len(s.tokens); i++ {
		if !s.free(i) {
			continue
		}
		code, n := s.trackingAt(i)
		if n > 0 {
			s.add(Tracking, code, i, i+n)
			i += n - 1
		}
	}
}

// trackingAt reads a code in the words from the i-th on, and how many it took,
// the most words first.
func (s *scan) trackingAt(i int) (code string, n int) {
	var b strings.Builder
	end := i
	for end < len(s.tokens) && end-i < longestCode && s.free(end) && ascii(s.tokens[end].Text) {
		if end > i && strings.Trim(s.sign(end-1), "-") != "" {
			break
		}
		end++
	}
	for ; end > i; end-- {
		b.Reset()
		for _, t := range s.tokens[i:end] {
			b.WriteString(strings.ToUpper(strings.ReplaceAll(t.Text, "-", "")))
		}
		code := b.String()
		if trackingShapes.MatchString(code) && s10(code) && s.oneCode(i, end) {
			return code, end - i
		}
	}
	if t := s.tokens[i].Text; len(t) >= 10 && len(t) <= 20 && digitsOnly(t) && (s.after(aboutTracking, i) || s.hint.Pending == Tracking) {
		return t, 1
	}
	return "", 0
}

// oneCode reports whether the words from the i-th up to the end-th may be one
// code: "12345678901 ja" is a number and a word.
func (s *scan) oneCode(i, end int) bool {
	last := s.tokens[end-1]
	return !digitsOnly(s.tokens[i].Text) || digitsOnly(last.Text) || s.tokens[end-2].End == last.Start || last.capital(s.text)
}

// s10Weights weigh the eight digits of an S10 code.
var s10Weights = [8]int{8, 6, 4, 2, 3, 5, 9, 7}

// s10 reports whether the check digit of a code in the form of UPU's S10 is
// right; a code of another form has none.
func s10(code string) bool {
	if len(code) != 13 || digitsOnly(code[:2]) || code[:2] == "JJ" || code[:2] == "MH" {
		return true
	}
	sum := 0
	for i, w := range s10Weights {
		sum += w * int(code[2+i]-'0')
	}
	check := 11 - sum%11
	switch check {
	case 10:
		check = 0
	case 11:
		check = 5
	}
	return int(code[10]-'0') == check
}

func digitsOnly(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
