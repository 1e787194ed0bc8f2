package intents

// deliveries finds how goods shall come to the customer.
func (s *scan) deliveries() {
	for i := 0; i < len(s.tokens); i++ {
		if way, n := s.at(deliveries, i); n > 0 && !s.taken[i] {
			s.name(Delivery, way, i, i+n)
			i += n - 1
		}
	}
}
