package intents

import (
	"strconv"
	"strings"

	"tiski/intents/language"
)

// one is 1 in hundredths, in which numbers are counted: "puoltoist" is 150.
const one = 100

// mostNumber bounds a number that is said in letters.
const mostNumber = 999_999 * one

// A number in letters is put together of what numbers.yaml lists:
//
//	42, 0,5   the number itself
//	x10       times ten what goes before it: "kymppii" in "viiskymppii"
//	+10       ten more, inside a word: "toista" in "viisitoista"
//	~4        four, only inside a word: "nel" in "nelkyt" and "nelkaks"
type counting struct {
	thousands int
	sum       int // hundredths below a thousand
	last      int // hundredths that the last piece added
	room      int // what comes next must be less
	stub      bool
}

// add takes the next piece of a number; glued is one of the same word. It
// reports whether the piece can come here.
func (c *counting) add(meaning string, glued bool) bool {
	kind := meaning[0]
	value := hundredths(strings.TrimLeft(meaning, "x+~"))
	begun := c.room > 0
	multiplies := kind == 'x' || kind != '+' && glued && (value == 10*one || value == 100*one || value == 1000*one)
	switch {
	case begun && value == 1000*one && c.thousands == 0:
		c.thousands, c.sum, c.last, c.room = c.sum*1000, 0, 0, value
		return true
	case begun && multiplies && c.last > 0 && c.last < 10*one:
		c.sum += c.last*(value/one) - c.last
		c.last, c.room = 0, value
	case kind == '+':
		if !glued || c.last == 0 || c.last >= 10*one {
			return false
		}
		c.sum, c.last, c.room = c.sum+value, 0, one
	case begun && c.stub && glued && value < 10*one:
		c.sum, c.last, c.room = c.sum+9*c.last+value, 0, one
	case begun && value >= c.room:
		return false
	case kind == '~' && begun && !glued:
		return false
	default:
		c.sum, c.last, c.room = c.sum+value, value, magnitude(value)
	}
	c.stub = kind == '~'
	if value == 1000*one {
		c.thousands, c.sum, c.last = c.thousands+c.sum, 0, 0
	}
	return true
}

// magnitude returns the power of ten below which a number that ends in value
// goes on: forty with less than ten.
func magnitude(value int) int {
	m := one
	for value > 0 && value%(10*m) == 0 {
		m *= 10
	}
	return m
}

func (c *counting) value() int { return c.thousands + c.sum }

// numberStart is how many bytes of a word are looked at before it is cut up.
const numberStart = 3

// letters reads a number written in letters in the words from the i-th on, in
// hundredths, and how many words it took; 0 when there is none.
func (s *scan) letters(i int) (value, n int) {
	var c counting
	for s.free(i + n) {
		next, took := s.piece(c, i+n, n == 0)
		if took == 0 {
			break
		}
		c, n = next, n+took
		if c.value() > mostNumber {
			return 0, 0
		}
		if s.lang == language.English && c.room >= 100*one && s.is(conjunction, i+n) == 1 { // a hundred and fifty
			if next, took := s.piece(c, i+n+1, false); took > 0 {
				c, n = next, n+1+took
			}
		}
	}
	if n == 0 {
		return 0, 0
	}
	if c.last > 0 && c.last%one == 0 && s.is(conjunction, i+n) == 1 {
		if half, took := s.at(numbers, i+n+1); took > 0 && half == "0,5" {
			return c.value() + one/2, n + 1 + took
		}
	}
	return c.value(), n
}

// piece goes on counting with the i-th word, and returns how many words that took.
func (s *scan) piece(c counting, i int, first bool) (counting, int) {
	if meaning, n := s.at(numbers, i); n > 0 && (meaning[0] != '+' && meaning[0] != '~') {
		if half := strings.Contains(meaning, ","); (first || !half) && c.add(meaning, false) {
			return c, n
		}
		return c, 0
	}
	if !s.tokens[i].counts {
		return c, 0
	}
	if c, ok := s.lexicon.cutNumber(c, s.tokens[i].fold, false); ok {
		return c, 1
	}
	return c, 0
}

// cutNumber cuts a word into pieces of a number, the longest first.
func (l *lexicon) cutNumber(c counting, word string, glued bool) (counting, bool) {
	if word == "" {
		return c, !c.stub
	}
	for end := len(word); end >= 2; end-- {
		for _, p := range l.phrases[word[:end]] {
			if p.list != numbers || p.lemma || len(p.rest) > 0 {
				continue
			}
			next := c
			if !next.add(p.meaning, glued) {
				continue
			}
			if all, ok := l.cutNumber(next, word[end:], true); ok {
				return all, true
			}
		}
	}
	return c, false
}

// hundredths reads "42" and "1,5".
func hundredths(number string) int {
	before, after, _ := strings.Cut(number, ",")
	value, _ := strconv.Atoi(before) // the lexicon was checked
	value *= one
	if after != "" {
		tenths, _ := strconv.Atoi(after)
		value += tenths * one / 10
	}
	return value
}

// decimal writes hundredths as the shop does: "1,5".
func decimal(value int) string {
	text := strconv.Itoa(value / one)
	if rest := value % one; rest != 0 {
		text += "," + strings.TrimRight(strconv.Itoa(one + rest)[1:], "0")
	}
	return text
}
