package intents

// materials finds what goods are made of. They take no words: "silkki" may be
// part of a name.
func (s *scan) materials() {
	for i := 0; i < len(s.tokens); i++ {
		if material, n := s.at(materials, i); n > 0 && !s.taken[i] {
			s.name(Material, material, i, i+n)
			i += n - 1
		}
	}
}
