package intents

import (
	"strconv"
	"strings"

	"tiski/intents/finnish"
	"tiski/intents/language"
)

// The most pieces that a number means by itself, in digits and in letters; "kpl" after it,
// or what is counted, lets it mean any number.
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
			var value int
			if value, n = s.letters(i); n == 0 {
				continue
			}
			if number = value / one; value%one != 0 {
				number = 0
			}
		}
		if number >= 1 && s.isQuantity(i, n, number, digits) {
			end := i + n
			n += s.is(piece, end)
			if n > end-i && !s.tokens[end].goods {
				end = i + n
			}
			s.add(Quantity, strconv.Itoa(number), i, end)
		}
		i += n - 1
	}
}

func (s *scan) isQuantity(i, n, number int, digits bool) bool {
	next := i + n
	times := next < len(s.tokens) && s.tokens[next].fold == "x"
	switch {
	case s.after(amount, i), s.is(piece, next) > 0:
		return true
	case s.hint.Pending == Quantity, times && s.tokens[next].Start <= s.tokens[next-1].End+1:
		return number <= mostDigits
	case s.is(otherUnit, next) > 0:
		return false
	case number == 1 && s.lang != language.Finnish && !(s.several(i) && s.describesNext(next)): // "en jacka", "one of those"
		return false
	case next < len(s.tokens) && s.tokens[next].goods:
		return number <= mostDigits || s.countedGoods(next)
	case number > mostDigits:
		return false
	case digits:
		return number <= mostLetters && len(s.tokens) > 1 && (s.hint.Pending == "" || s.after(taking, i)) && !s.placed(i)
	}
	return number >= 2 && number <= mostLetters || number == 1 && (len(s.tokens) <= fewWords || s.describesNext(next) || s.several(i))
}

// countedGoods reports whether the i-th word is goods as they are counted: "30 kerää".
func (s *scan) countedGoods(i int) bool {
	return i < len(s.tokens) && s.tokens[i].goods && s.tokens[i].word.Form.Case == finnish.Partitive && !s.tokens[i].word.Form.Plural
}

// several reports whether more than the i-th word of the message is a number in
// letters: "kaks mustaa ja yks valkonen".
func (s *scan) several(i int) bool {
	for j := range s.tokens {
		if j != i && s.counts(j) {
			return true
		}
	}
	return false
}

// placed reports whether the i-th token is an ordinal or part of an address or
// a time: "2.", "Koivukatu 5 A 4", "klo 12".
func (s *scan) placed(i int) bool {
	before := s.before(i)
	return strings.HasPrefix(s.sign(i), ".") || strings.HasPrefix(s.sign(i), ":") || before == "klo" ||
		i > 0 && s.streetEnd(i-1) != "" || len(before) == 1
}
