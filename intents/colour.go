package intents

// colours finds colours.
func (s *scan) colours() {
	for i := 0; i < len(s.tokens); i++ {
		colour, n := s.at(colours, i)
		if n == 0 || s.taken[i] || s.is(seeming, i+n) > 0 {
			continue
		}
		s.add(Color, colour, i, i+n)
		i += n - 1
	}
}
