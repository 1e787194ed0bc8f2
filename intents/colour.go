package intents

// colours finds the colours that are wanted.
func (s *scan) colours() {
	var denied bool
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		colour, n := s.at(colours, i)
		if n == 0 || s.is(seeming, i+n) > 0 {
			continue
		}
		denied = s.denied(i) || denied && s.is(choice, i-1) > 0
		if !denied {
			s.add(Color, colour, i, i+n)
		}
		i += n - 1
	}
}
