package intents

import "slices"

// refs finds what is pointed at instead of named: "se eka", "toi halvempi",
// "molemmat", "sama kuin viimeksi".
func (s *scan) refs() {
	for i := 0; i < len(s.tokens); i++ {
		ref, n := s.at(refs, i)
		if n == 0 {
			continue
		}
		if s.taken[i] || s.is(atMost, i) > 0 || s.is(atLeast, i) > 0 || !s.pointsAt(ref, i, n) {
			i += n - 1
			continue
		}
		s.name(Ref, ref, i, i+n)
		for j := i; j < i+n; j++ { // "numero 2" is no number of pieces
			s.taken[j] = s.counts(j) || s.tokens[j].number() >= 0
		}
		i += n - 1
	}
}

// fewWords is how many words a message has at most in which "kaikki" or "tämä"
// alone points at goods.
const fewWords = 4

// pointsAt reports whether the n words from the i-th point at something shown.
func (s *scan) pointsAt(ref string, i, n int) bool {
	next := i + n
	switch ref {
	case "-":
		return false
	case RefThis:
		return len(s.tokens) == 1 || len(s.tokens) <= fewWords && s.takes() && !s.describesNext(next)
	case RefOther:
		return n > 1 || len(s.tokens) == 1 || len(s.tokens) == 2 && s.is(taking, 0) > 0
	case RefAll:
		return n > 1 || len(s.tokens) <= fewWords || s.is(taking, i-1) > 0
	case RefBoth, RefNone, RefLastTime:
		return true
	}
	if s.counts(i) && s.hint.Pending != "" && s.hint.Pending != Product {
		return false
	}
	return s.is(otherUnit, next) == 0 && s.is(aboutOrder, next) == 0
}

// takes reports whether the message says that something is taken, put or
// ordered.
func (s *scan) takes() bool {
	return slices.ContainsFunc(s.marks, func(m marking) bool { return m[taking] > 0 })
}

// describesNext reports whether the i-th word tells which thing is meant, so
// that the pronoun before it points at nothing else: "se musta".
func (s *scan) describesNext(i int) bool {
	for _, l := range []list{colours, materials, sizes, refs} {
		if _, n := s.at(l, i); n > 0 {
			return true
		}
	}
	return false
}

// counts reports whether the i-th word is a number, too: "kakkonen".
func (s *scan) counts(i int) bool {
	_, n := s.at(numbers, i)
	return n > 0
}
