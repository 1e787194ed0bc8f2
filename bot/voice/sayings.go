package voice

import "sync"

// mostSayings bounds how many inflected titles and names are remembered.
const mostSayings = 1 << 14

// sayings remembers titles and names in their forms, since the same are said
// again and again. When it is full it begins anew.
type sayings struct {
	mu    sync.RWMutex
	known map[string]string
}

// of returns what is known by a key, or makes it.
func (s *sayings) of(key string, make func() string) string {
	s.mu.RLock()
	text, ok := s.known[key]
	s.mu.RUnlock()
	if ok {
		return text
	}
	text = make()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) >= mostSayings {
		s.known = map[string]string{}
	}
	s.known[key] = text
	return text
}
