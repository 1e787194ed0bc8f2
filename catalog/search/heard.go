package search

import (
	"strings"
	"sync"
)

// heard is a word of a query as it has been understood.
type heard struct {
	whole  []key // terms of the word itself
	senses []sense
}

// memory keeps the words that customers use, who repeat them while they narrow a
// search, and who all use much the same. Any number of goroutines may share it.
type memory struct {
	mu    sync.Mutex
	words map[heardIn]heard
}

type heardIn struct{ lang, word string }

// mostHeard is how many words are remembered before all are forgotten.
const mostHeard = 4096

// recall returns a word as it was heard before, or else understands it.
func (m *memory) recall(lang, word string, understand func(lang, word string) heard) heard {
	m.mu.Lock()
	h, known := m.words[heardIn{lang, word}]
	m.mu.Unlock()
	if known {
		return h
	}
	word = strings.Clone(word) // not to keep the message that it was cut from
	h = understand(lang, word)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words == nil || len(m.words) >= mostHeard {
		m.words = map[heardIn]heard{}
	}
	m.words[heardIn{strings.Clone(lang), word}] = h
	return h
}
