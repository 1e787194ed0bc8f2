package bot

import (
	"sync"
	"time"
)

// Limits of what a process remembers of conversations.
const (
	mostRemembered = 16 << 20        // bytes of states
	rememberTime   = 5 * time.Minute // and twice as long at most, after the last commit
	staleCost      = 9               // right guesses that one wrong guess outweighs, as a step costs more than a load
	mostTrust      = 64
	probe          = 32 // of so many guesses one is made all the same while most are wrong
)

// memory is what this process last committed of conversations, so that most
// messages need not be loaded. It may be out of date, where other nodes serve
// the same conversation: a commit on a wrong guess is a conflict, and the
// conversation is loaded then. While more than one of ten guesses are wrong
// hardly any are made. The zero memory is empty.
type memory struct {
	mu      sync.Mutex
	young   map[string]Snapshot // what was committed since the turn, and before it;
	old     map[string]Snapshot // what is old at a turn is forgotten
	turn    time.Time
	bytes   int // of the young
	trust   int // 0 or more while guesses are mostly right
	refused int // guesses not made
}

// isNew tells that nothing is known of the conversation.
func (s Snapshot) isNew() bool { return s.State == nil }

// guess is how a conversation was left; ok is false when that is not remembered,
// or cannot be relied on.
func (m *memory) guess(conversation string) (s Snapshot, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok = m.young[conversation]; !ok {
		if s, ok = m.old[conversation]; !ok {
			return s, false
		}
	}
	if m.trust < 0 {
		m.refused++
		return s, m.refused%probe == 0
	}
	return s, true
}

// right notes that a guess was right, or that it was wrong.
func (m *memory) right(was bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if was {
		m.trust = min(m.trust+1, mostTrust)
	} else {
		m.trust = max(m.trust-staleCost, -mostTrust)
	}
}

// keep remembers what was committed.
func (m *memory) keep(c Commit, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.young == nil || m.bytes > mostRemembered/2 || now.Sub(m.turn) > rememberTime {
		m.old, m.young, m.bytes, m.turn = m.young, map[string]Snapshot{}, 0, now
	}
	m.bytes += len(c.State) - len(m.young[c.Conversation].State)
	m.young[c.Conversation] = Snapshot{State: c.State, Version: c.Version + 1, Seq: c.Seq + int64(len(c.Log))}
}

// Rest lets go of what this process remembers of conversations, after a busy time:
// each is loaded when its customer writes again.
func (b *Bot) Rest() {
	m := &b.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	m.young, m.old, m.bytes = nil, nil, 0
}

// forget is for a conversation that was left otherwise than is remembered, or
// of which nobody may know any more.
func (m *memory) forget(conversation string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bytes -= len(m.young[conversation].State)
	delete(m.young, conversation)
	delete(m.old, conversation)
}
