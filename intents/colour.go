package intents

import "slices"

// colours finds colours. What the shop calls one itself comes before what it is called
// elsewhere, unless goods are called so.
func (s *scan) colours() {
	for i := 0; i < len(s.tokens); i++ {
		colour, n := s.at(colours, i)
		if own, m := s.at(ownColours, i); m >= max(n, 1) && !s.calls(i, i+m) {
			colour, n = own, m
		}
		if n == 0 || s.taken[i] || s.is(seeming, i+n) > 0 {
			continue
		}
		s.add(Color, colour, i, i+n)
		i += n - 1
	}
}

// calls reports whether goods are called by a word from the i-th up to the j-th.
func (s *scan) calls(i, j int) bool {
	return slices.ContainsFunc(s.tokens[i:j], func(t token) bool { return t.goods || t.brand != "" || t.proper != "" })
}
