package intents

import "strconv"

// The most pieces that a bare number and a number in letters may mean.
const (
	mostDigits  = 99
	mostLetters = 12
)

// quantities finds how many pieces are wanted.
func (s *scan) quantities() {
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		number, n := s.tokens[i].number(), 1
		digits := number >= 0
		if !digits {
			var value string
			if value, n = s.lexicon.numbers.at(s.tokens, i); n == 0 {
				continue
			}
			number = numeral(value)
		}
		if number >= 1 && number <= mostDigits && s.isQuantity(i, n, number, digits) {
			s.add(Quantity, strconv.Itoa(number), i, i+n)
		}
		i += n - 1
	}
}

func (s *scan) isQuantity(i, n, number int, digits bool) bool {
	next := i + n
	times := next < len(s.tokens) && s.tokens[next].fold == "x"
	switch {
	case s.hint.Pending == Quantity, s.is(piece, next) > 0, times && s.tokens[next].Start <= s.tokens[next-1].End+1:
		return true
	case s.is(otherUnit, next) > 0:
		return false
	case next < len(s.tokens) && s.vocabulary.noun(s.tokens[next]):
		return true
	case digits:
		return number <= mostLetters && len(s.tokens) > 1 && s.hint.Pending == "" && !s.dotted(i)
	}
	return number >= 2 && number <= mostLetters || number == 1 && s.lang == "fi" && len(s.tokens) <= 4
}

// dotted reports whether the i-th token is an ordinal or part of an address or
// a time: "2.", "A 4", "klo 12".
func (s *scan) dotted(i int) bool {
	sign := s.sign(i)
	return sign != "" && sign[0] == '.' || sign != "" && sign[0] == ':' || i > 0 && s.tokens[i-1].fold == "klo"
}
