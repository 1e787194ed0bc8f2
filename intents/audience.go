package intents

// audiences finds for whom goods are.
func (s *scan) audiences() {
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		if audience, n := s.lexicon.audiences.at(s.tokens, i); n > 0 {
			s.name(Audience, audience, i, i+n)
			i += n - 1
		}
	}
}
