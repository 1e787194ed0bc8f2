package intents

import "strings"

// measures finds how big, how long or how heavy something is: "1,5 l", "viis
// senttii" are sizes, "puoli kiloa" is an amount to buy. The value is the
// number and the unit: "0,5 kg". A limit ("alle 2 kg") is no measure.
func (s *scan) measures() {
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		value, n := s.measured(i)
		if n == 0 {
			continue
		}
		unit, m := s.at(units, i+n)
		letter := m == 1 && len(s.tokens[i+n].Text) == 1 && s.tokens[i].letters() // "yksi L"
		if m == 0 || strings.Trim(s.sign(i+n-1), "-") != "" || s.taken[i+n] || letter {
			i += n - 1
			continue
		}
		kind := Size
		if bought, ok := strings.CutPrefix(unit, "of "); ok {
			unit, kind = bought, Quantity
		}
		switch {
		case s.after(foot, i):
			first := i - 1
			for s.is(foot, first) == 0 {
				first--
			}
			s.add(Foot, decimal(value)+" "+unit, first, i+n+m)
		case !s.after(atMost, i) && !s.after(atLeast, i):
			s.add(kind, decimal(value)+" "+unit, i, i+n+m)
		}
		i += n + m - 1
	}
}

// measured reads a number, in digits or letters, in hundredths.
func (s *scan) measured(i int) (value, n int) {
	if whole, part, ok := decimals(s.tokens[i].Text); ok && whole+part > 0 {
		return whole*one + part, 1
	}
	return s.letters(i)
}
