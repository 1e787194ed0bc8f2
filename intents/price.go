package intents

import (
	"slices"
	"strconv"
	"strings"
)

// near is the part of a sum by which a price may miss it when it is "about" that.
const near = 4

// prices finds what a customer will pay at most or at least, in cents. A sum
// that limits nothing is taken, but it is no entity.
func (s *scan) prices() {
	for i := 0; i < len(s.tokens); i++ {
		cents, n := s.amount(i)
		if n == 0 {
			continue
		}
		if high, end := s.rangeFrom(i, n); end > 0 {
			s.add(PriceMin, strconv.Itoa(cents), i, i+n)
			from := i + n + s.is(conjunction, i+n)
			s.addSpan(PriceMax, strconv.Itoa(high), s.tokens[from].Start, end)
			continue
		}
		last := i + n - 1
		length := s.euroAfter(last)
		if length == 0 && (s.is(otherUnit, last+1) > 0 || strings.HasPrefix(s.sign(last), "%") || s.is(piece, last+1) > 0) {
			continue
		}
		end := s.tokens[last].End + length
		kind := ""
		switch after := s.tokenAt(end); {
		case length > 0 && s.is(about, i-1) > 0:
			s.addSpan(PriceMin, strconv.Itoa(cents-cents/near), s.tokens[i].Start, end)
			s.addSpan(PriceMax, strconv.Itoa(cents+cents/near), s.tokens[i].Start, end)
		case s.after(atMost, i), length > 0 && s.after(having, i), (length > 0 || after+1 == len(s.tokens)) && s.limitAt(atMost, after):
			kind = PriceMax
		case s.after(atLeast, i), length > 0 && s.limitAt(atLeast, after):
			kind = PriceMin
		}
		switch {
		case kind != "":
			s.addSpan(kind, strconv.Itoa(cents), s.tokens[i].Start, end)
		case length > 0:
			s.take(s.tokens[i].Start, end)
		}
		i = last
	}
}

// limitAt reports whether a limit is said after a sum: "80 euroa korkeintaan",
// "50 € tai alle".
func (s *scan) limitAt(kind marker, i int) bool {
	if s.is(choice, i) > 0 {
		i++
	}
	n := s.is(kind, i)
	if n == 0 {
		return false
	}
	_, next := s.amount(i + n)
	return next == 0
}

// rangeFrom reads "20–30 €" and "20 ja 30 euron väliltä" whose first number is
// the n words from the i-th: it returns the upper sum in cents and where it
// ends, or 0, 0.
func (s *scan) rangeFrom(i, n int) (high, end int) {
	next := i + n
	said := s.is(conjunction, next) == 1
	if said {
		next++
	} else {
		switch strings.TrimSpace(strings.TrimPrefix(s.sign(next-1), "€")) {
		case "-", "–", "—":
		default:
			return 0, 0
		}
	}
	high, m := s.amount(next)
	if m == 0 {
		return 0, 0
	}
	last := next + m - 1
	length := s.euroAfter(last)
	end = s.tokens[last].End + length
	if s.is(between, i-1) > 0 || s.is(between, s.tokenAt(end)) > 0 || length > 0 && !said {
		return high, end
	}
	return 0, 0
}

// amount reads a number of euros in the words from the i-th on: the cents and
// how many words it took, 0 when there is no number.
func (s *scan) amount(i int) (cents, n int) {
	if !s.free(i) {
		return 0, 0
	}
	if whole, part, ok := decimals(s.tokens[i].Text); ok {
		n = 1
		if i+1 < len(s.tokens) && part == 0 && whole < 100 && whole > 0 && len(s.tokens[i+1].Text) == 3 && s.sign(i) == "" {
			if thousands := s.tokens[i+1].number(); thousands >= 0 && s.euroAfter(i+1) > 0 {
				return (whole*1000 + thousands) * 100, 2
			}
		}
		return whole*100 + part, n
	}
	cents, n = s.letters(i)
	if s.number == 0 {
		s.number = cents / one
	}
	return cents, n
}

// decimals reads "80", "64,9" and "64.90" as euros and cents.
func decimals(number string) (whole, cents int, ok bool) {
	if number == "" || number[0] < '0' || number[0] > '9' {
		return 0, 0, false
	}
	before, after := number, ""
	if at := strings.IndexAny(number, ".,"); at >= 0 {
		before, after = number[:at], number[at+1:]
	}
	whole = numeral(before)
	if whole < 0 || len(before) > 6 || len(after) > 2 {
		return 0, 0, false
	}
	if after == "" {
		return whole, 0, true
	}
	cents = numeral(after)
	if len(after) == 1 {
		cents *= 10
	}
	return whole, cents, cents >= 0
}

// euroAfter returns how many bytes after the i-th token say that it is euros:
// "€", ",-", " euroa"; 0 when nothing does.
func (s *scan) euroAfter(i int) int {
	from := s.tokens[i].End
	if i+1 < len(s.tokens) && s.tokens[i+1].Start < from {
		return 0
	}
	rest := s.text[from:]
	spaces := len(rest) - len(strings.TrimLeft(rest, " \u00a0"))
	switch rest := rest[spaces:]; {
	case strings.HasPrefix(rest, "€"):
		return spaces + len("€")
	case strings.HasPrefix(rest, ",-"):
		return spaces + len(",-")
	}
	if i+1 < len(s.tokens) && s.tokens[i+1].Start == from+spaces && s.is(euro, i+1) == 1 {
		return s.tokens[i+1].End - from
	}
	return 0
}

// tokenAt returns the number of the first token that begins at an offset or
// after it.
func (s *scan) tokenAt(offset int) int {
	i, _ := slices.BinarySearchFunc(s.tokens, offset, func(t token, at int) int { return t.Start - at })
	return i
}
