package state

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// book is what Conversations should be, in plain Go.
type book map[string]*page

type page struct {
	version, seq int64
	state        string
	inputs       map[string][]bot.Message
	log, queue   []bot.Message
	next         time.Time // when the queue may go on
	queued       bool      // next means something
	token        string
	trying       int64 // the message that was claimed last
	tries        int
	due          map[string]*alarm // by name; work has the names that begin with "w"
}

type alarm struct{ at, again time.Time }

// walk takes random steps on Redis and on a book, and compares.
func walk(t *testing.T, open opener) {
	chance := rand.NewChaCha8([32]byte{7})
	for range 3 {
		steps := make([]byte, 600)
		chance.Read(steps)
		play(t, open(t, Options{Partitions: 4}), steps)
	}
}

func FuzzWalk(f *testing.F) {
	f.Add([]byte{0, 0, 0, 3, 1, 200, 0, 60, 4, 4, 5, 0, 0, 33})
	f.Add([]byte{255, 254, 253, 128, 127, 3, 3, 4, 5, 6, 7, 0, 9, 1, 1, 2, 3, 5})
	f.Fuzz(func(t *testing.T, steps []byte) {
		if len(steps) > 1000 {
			t.Skip("long enough")
		}
		play(t, opening("")(t, Options{Partitions: 4}), steps)
	})
}

// play reads two bytes a step: what to do, and with what.
func play(t *testing.T, s *Conversations, steps []byte) {
	t.Helper()
	pages, now := book{}, noon
	var claims []bot.Delivery
	for step := range slices.Chunk(steps, 2) {
		if len(step) < 2 {
			break
		}
		conversation := fmt.Sprint("telegram:", step[1]%3)
		p := pages[conversation]
		switch step[0] % 8 {
		case 0, 1, 2: // a turn; the input may be a repeated one
			input := fmt.Sprint(step[0] / 8)
			got := loaded(t, s, conversation, input)
			if p == nil {
				p = &page{version: noon.UnixMilli(), seq: noon.UnixMilli(), inputs: map[string][]bot.Message{}, due: map[string]*alarm{}}
			}
			replies, seen := p.inputs[input]
			if got.Version != p.version || got.Seq != p.seq || string(got.State) != p.state || got.Seen != seen ||
				!slices.Equal(texts(got.Replies), texts(replies)) {
				t.Fatalf("load: got %+v, want %+v", got, p)
			}
			c := p.turn(conversation, input, step[1], now, got.State == nil)
			if step[1] == 255 && !c.New {
				c.Version--
				seen = true
			}
			err := s.Commit(t.Context(), c)
			if seen != errors.Is(err, bot.ErrConflict) || !seen && err != nil {
				t.Fatalf("commit, seen %v: %v", seen, err)
			}
			if !seen {
				p.apply(c)
				pages[conversation] = p
			}
		case 3, 4: // send
			d := next(t, s, now)
			waiting := pages.waiting(now)
			if len(waiting) == 0 != (d.Conversation == "") {
				t.Fatalf("claimed %+v, but waiting are %v", d, waiting)
			}
			if len(waiting) > 0 {
				p := pages[d.Conversation]
				if !slices.Contains(waiting, d.Conversation) || d.Message.Seq != p.queue[0].Seq {
					t.Fatalf("claimed %+v, which is not the head of one of %v", d, waiting)
				}
				if p.trying == d.Message.Seq {
					p.tries++
				} else {
					p.trying, p.tries = d.Message.Seq, 0
				}
				same(t, "tries", d.Tries, p.tries)
				p.next, p.token = now.Add(time.Minute), d.Token
				claims = append(claims, d)
			}
		case 5: // settle one of the claims, perhaps an old one
			if len(claims) == 0 {
				continue
			}
			d := claims[int(step[1])%len(claims)]
			p, pause, give := pages[d.Conversation], time.Duration(step[0]/16%2)*time.Second, step[0]/8%2 == 1
			var more bool
			var err error
			if give {
				err = s.Postpone(t.Context(), d, now.Add(pause), true)
			} else {
				more, err = s.Delivered(t.Context(), d, now, pause)
			}
			if ours := p.token == d.Token; ours != (err == nil) {
				t.Fatalf("settle, ours %v: %v", ours, err)
			}
			if err == nil {
				p.token, p.next, p.queued = "", now.Add(pause), true
				if !give && len(p.queue) > 0 && p.queue[0].Seq == d.Message.Seq {
					p.queue = p.queue[1:]
				}
				if !give {
					same(t, "more waits", more, len(p.queue) > 0)
					p.queued = pause > 0 || more
				}
			}
		case 6: // what is due
			due, err := s.Claim(t.Context(), now, time.Minute, 100)
			if err != nil {
				t.Fatal(err)
			}
			got := []string{}
			for _, d := range due {
				name := "t" + d.Timer
				if d.Work != nil {
					name = "w" + d.Work.ID
				}
				got = append(got, fmt.Sprint(d.Conversation, name, d.At.UnixMilli()))
			}
			slices.Sort(got)
			same(t, "due", got, pages.due(now))
		case 7: // time passes
			now = now.Add(time.Duration(step[1]) * time.Second)
		}
	}
	for conversation, p := range pages {
		got, err := s.Messages(t.Context(), conversation, 0)
		if err != nil || !slices.Equal(texts(got), texts(p.log[max(0, len(p.log)-LogLength):])) {
			t.Fatalf("log of %s: %v, %v", conversation, texts(got), err)
		}
	}
}

// turn makes a commit out of a byte.
func (p *page) turn(conversation, input string, how byte, now time.Time, new bool) bot.Commit {
	c := bot.Commit{
		Conversation: conversation, Channel: "telegram", Input: input, At: now,
		Version: p.version, Seq: p.seq, New: new, State: []byte{how},
		Unsay: how&3 == 3, Held: how&12 == 12,
	}
	for i := range how >> 4 & 3 {
		tell(&c, []dialogue.Speaker{"bot", "staff", "bot"}[i], fmt.Sprint(input, i))
	}
	switch name := fmt.Sprint("x", how&1); how >> 5 {
	case 1, 2:
		c.Timers = []bot.Timer{{Name: name, At: now.Add(time.Duration(how) * time.Second)}}
	case 3:
		c.Drop = []string{name}
	case 4, 5:
		c.Done = []string{name, fmt.Sprint(c.Version - int64(how&3))}
	case 6:
		c.Work = []bot.Work{{ID: fmt.Sprint(c.Version), Kind: "place_order", Effect: []byte("{}")}}
	}
	return c
}

func (p *page) apply(c bot.Commit) {
	p.version, p.seq, p.state = c.Version+1, c.Seq+int64(len(c.Log)), string(c.State)
	p.log, p.inputs[c.Input] = append(p.log, c.Log...), c.Log
	words := c.Outbox
	bots := func(m bot.Message) bool { return m.From == "bot" }
	if c.Unsay || c.Held {
		p.queue = slices.DeleteFunc(p.queue, bots)
	}
	if c.Held {
		words = slices.DeleteFunc(slices.Clone(words), bots)
	}
	p.queue = append(p.queue, words...)
	if len(words) > 0 && !p.queued {
		p.next, p.queued = c.At, true
	}
	for _, name := range c.Done {
		delete(p.due, "w"+name)
		if a := p.due["t"+name]; a != nil && !a.at.Equal(a.again) {
			delete(p.due, "t"+name)
		}
	}
	for _, name := range c.Drop {
		delete(p.due, "t"+name)
	}
	for _, tm := range c.Timers {
		p.due["t"+tm.Name] = &alarm{at: tm.At, again: tm.At}
	}
	for _, w := range c.Work {
		at := c.At.Add(workAfter)
		p.due["w"+w.ID] = &alarm{at: at, again: at}
	}
}

// waiting names the conversations with something to send whose time has come.
func (b book) waiting(now time.Time) (names []string) {
	for conversation, p := range b {
		if len(p.queue) > 0 && !p.next.After(now) {
			names = append(names, conversation)
		}
	}
	return names
}

// due claims for a minute.
func (b book) due(now time.Time) []string {
	found := []string{}
	for conversation, p := range b {
		for name, a := range p.due {
			if !a.again.After(now) {
				a.again = now.Add(time.Minute)
				found = append(found, fmt.Sprint(conversation, name, a.at.UnixMilli()))
			}
		}
	}
	slices.Sort(found)
	return found
}
