package state

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tiski/bot"
)

// next claims a message; its text is "" when none is due.
func next(t testing.TB, s *Conversations, now time.Time) bot.Delivery {
	t.Helper()
	d, ok, err := s.ClaimDelivery(t.Context(), "telegram", now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if ok != (d.Conversation != "") {
		t.Fatalf("claim says %v with %+v", ok, d)
	}
	return d
}

// sent settles a message that was sent a second before what follows it may go.
func sent(t testing.TB, s *Conversations, d bot.Delivery, then time.Time) {
	t.Helper()
	if err := settled(t, s, d, then); err != nil {
		t.Fatal(err)
	}
}

func settled(t testing.TB, s *Conversations, d bot.Delivery, then time.Time) error {
	t.Helper()
	more, err := s.Delivered(t.Context(), d, then.Add(-time.Second), time.Second)
	if left := s.client.LLen(t.Context(), s.home(d.Conversation)+"out:"+d.Conversation).Val(); err == nil && more != (left > 0) {
		t.Errorf("%d messages are left, more wait: %v", left, more)
	}
	return err
}

func queueOrder(t *testing.T, open opener) {
	s := open(t, Options{})
	same(t, "nothing to send", next(t, s, noon).Message.Text, "")
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi", "kaksi") })
	c := turn(t, s, "telegram:1", "2", func(c *bot.Commit) { tell(c, "system", "kolme") })

	now := noon
	for i, want := range []string{"yksi", "kaksi", "kolme"} {
		d := next(t, s, now)
		if d.Message.Text != want || d.Channel != "telegram" || d.Conversation != "telegram:1" || d.Tries != 0 {
			t.Fatalf("claimed %+v, want %s", d, want)
		}
		same(t, "number", d.Message.Seq, c.Seq-1+int64(i))
		same(t, "while one is being sent", next(t, s, now.Add(time.Minute-time.Millisecond)).Message.Text, "")
		now = now.Add(time.Second)
		sent(t, s, d, now)
		same(t, "before its time", next(t, s, now.Add(-time.Millisecond)).Message.Text, "")
		if err := settled(t, s, d, now); !errors.Is(err, bot.ErrConflict) {
			t.Fatalf("delivered twice: %v", err)
		}
	}
	same(t, "all sent", next(t, s, now.Add(time.Hour)).Message.Text, "")
}

func claimRunsOut(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi", "kaksi") })
	lost := next(t, s, noon)
	later := noon.Add(time.Minute)
	again := next(t, s, later)
	same(t, "claimed again", again.Message, lost.Message)
	same(t, "tries", again.Tries, 1)
	for what, err := range map[string]error{
		"delivered": settled(t, s, lost, later), "postponed": s.Postpone(t.Context(), lost, later, true),
	} {
		if !errors.Is(err, bot.ErrConflict) {
			t.Errorf("%s after the claim ran out: %v", what, err)
		}
	}
	sent(t, s, again, later)
	second := next(t, s, later)
	same(t, "then", second.Message.Text, "kaksi")
	same(t, "tries of the next", second.Tries, 0)
}

func late(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 4})
	waits := func(now time.Time) time.Duration {
		t.Helper()
		d, err := s.Late(t.Context(), "telegram", now)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	unsent := func(want int) {
		t.Helper()
		if n, err := s.Unsent(t.Context(), "telegram"); err != nil || n != want {
			t.Errorf("%d wait to be sent, want %d: %v", n, want, err)
		}
	}
	same(t, "nothing to send", waits(noon), 0)
	unsent(0)
	for i := range 5 {
		turn(t, s, fmt.Sprint("telegram:", i), "1", func(c *bot.Commit) {
			c.At = noon.Add(time.Duration(i) * time.Second)
			tell(c, "bot", "moi")
		})
	}
	unsent(5)
	same(t, "the first waits", waits(noon.Add(7*time.Second)), 7*time.Second)
	sent(t, s, next(t, s, noon.Add(7*time.Second)), noon.Add(time.Minute))
	same(t, "the second waits", waits(noon.Add(7*time.Second)), 6*time.Second)
	same(t, "before its time", waits(noon), 0)
	unsent(5) // the first has its pause
}

func claimKept(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi") })
	first := next(t, s, noon)
	later := noon.Add(time.Hour)
	if err := s.Keep(t.Context(), first, later); err != nil {
		t.Fatal(err)
	}
	same(t, "while it is kept", next(t, s, later.Add(-time.Millisecond)).Message.Text, "")
	second := next(t, s, later)
	same(t, "when it has run out", second.Message.Text, "yksi")
	if err := s.Keep(t.Context(), first, later.Add(time.Hour)); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("kept when it was another's: %v", err)
	}
	sent(t, s, second, later)
	if err := s.Keep(t.Context(), second, later.Add(time.Hour)); !errors.Is(err, bot.ErrConflict) {
		t.Errorf("kept after its end: %v", err)
	}
}

func postponing(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi", "kaksi") })
	now := noon
	for tries := range 4 {
		d := next(t, s, now)
		same(t, "head", d.Message.Text, "yksi")
		same(t, "tries", d.Tries, tries)
		now = now.Add(time.Hour)
		if err := s.Postpone(t.Context(), d, now, true); err != nil {
			t.Fatal(err)
		}
		same(t, "before its time", next(t, s, now.Add(-time.Millisecond)).Message.Text, "")
		// What is said meanwhile waits too.
		turn(t, s, "telegram:1", fmt.Sprint("more", tries), func(c *bot.Commit) { tell(c, "bot", "lisää") })
		same(t, "before its time, with more to say", next(t, s, now.Add(-time.Millisecond)).Message.Text, "")
	}
}

func pace(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "yksi") })
	sent(t, s, next(t, s, noon), noon.Add(time.Second))
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { tell(c, "bot", "kaksi") })
	same(t, "too early", next(t, s, noon.Add(time.Second-time.Millisecond)).Message.Text, "")
	d := next(t, s, noon.Add(time.Second))
	same(t, "in time", d.Message.Text, "kaksi")
	sent(t, s, d, noon.Add(2*time.Second))

	// Once its time has passed, an empty queue is forgotten; at once where there is
	// no pause.
	left := func() int64 { return s.client.ZCard(t.Context(), s.home("telegram:1")+"send:telegram").Val() }
	same(t, "empty", next(t, s, noon.Add(time.Hour)).Message.Text, "")
	same(t, "queues left", left(), 0)
	turn(t, s, "telegram:1", "3", func(c *bot.Commit) { tell(c, "bot", "kolme", "neljä") })
	for _, want := range []string{"kolme", "neljä"} {
		d := next(t, s, noon)
		same(t, "at once", d.Message.Text, want)
		if _, err := s.Delivered(t.Context(), d, noon, 0); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "queues left without a pause", left(), 0)
	same(t, "claims left without a pause", s.client.Exists(t.Context(), s.home("telegram:1")+"claim:telegram:1").Val(), 0)
}

func channelsApart(t *testing.T, open opener) {
	s := open(t, Options{Partitions: 1})
	turn(t, s, "whatsapp:1", "1", func(c *bot.Commit) { c.Channel = "whatsapp"; tell(c, "bot", "moi") })
	same(t, "another channel's", next(t, s, noon.Add(time.Hour)).Message.Text, "")
	d, ok, err := s.ClaimDelivery(t.Context(), "whatsapp", noon, time.Minute)
	if err != nil || !ok || d.Conversation != "whatsapp:1" || d.Channel != "whatsapp" {
		t.Fatalf("its own: %+v, %v, %v", d, ok, err)
	}
	sent(t, s, d, noon)
}

// drain sends everything there is.
func drain(t testing.TB, s *Conversations) []string {
	t.Helper()
	all := []string{}
	for {
		d := next(t, s, noon.Add(time.Hour))
		if d.Conversation == "" {
			return all
		}
		all = append(all, d.Message.Text)
		sent(t, s, d, noon)
	}
}

func unsaying(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) {
		tell(c, "bot", "vanha")
		tell(c, "staff", "henkilö")
		tell(c, "bot", "vanha")
		tell(c, "system", "Tilaus on lähetetty")
	})
	turn(t, s, "telegram:2", "1", func(c *bot.Commit) { tell(c, "bot", "toinen") })
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { c.Unsay = true; tell(c, "bot", "uusi") })
	got := drain(t, s)
	slices.Sort(got)
	same(t, "sent", got, []string{"Tilaus on lähetetty", "henkilö", "toinen", "uusi"})
	log, _ := s.Messages(t.Context(), "telegram:1", 0)
	same(t, "the log keeps all", len(log), 5)
}

func unsayingClaimed(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "matkalla") })
	d := next(t, s, noon)
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) { c.Unsay = true; tell(c, "staff", "henkilö") })
	same(t, "while the old one is being sent", next(t, s, noon).Message.Text, "")
	sent(t, s, d, noon)
	d = next(t, s, noon)
	same(t, "then", d.Message.Text, "henkilö")
	same(t, "tries", d.Tries, 0)
}

func held(t *testing.T, open opener) {
	s := open(t, Options{})
	turn(t, s, "telegram:1", "1", func(c *bot.Commit) { tell(c, "bot", "ennen") })
	c := turn(t, s, "telegram:1", "take", func(c *bot.Commit) { c.Held = true; tell(c, "system", "Marja tuli") })
	turn(t, s, "telegram:1", "2", func(c *bot.Commit) {
		c.Held = true
		tell(c, "bot", "botti")
		tell(c, "staff", "Marja")
		tell(c, "system", "Maksettu")
	})
	turn(t, s, "telegram:1", "back", func(c *bot.Commit) { tell(c, "bot", "jatkan") })
	same(t, "sent", drain(t, s), []string{"Marja tuli", "Marja", "Maksettu", "jatkan"})
	same(t, "outbox given is unchanged", len(c.Outbox), 1)
}

func oldestFirst(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range 5 {
		turn(t, s, fmt.Sprint("telegram:", i), "1", func(c *bot.Commit) {
			c.At = noon.Add(time.Duration(5-i) * time.Second)
			tell(c, "bot", fmt.Sprint(i))
		})
	}
	same(t, "sent", drain(t, s), []string{"4", "3", "2", "1", "0"})
}

func longQueue(t *testing.T, open opener) {
	s := open(t, Options{})
	for i := range MaxOutbox/MaxMessages + 1 {
		turn(t, s, "telegram:1", fmt.Sprint(i), func(c *bot.Commit) {
			for range MaxMessages {
				tell(c, "bot", fmt.Sprint(i))
			}
		})
	}
	same(t, "queued", s.client.LLen(t.Context(), s.home("telegram:1")+"out:telegram:1").Val(), MaxOutbox)
	same(t, "the oldest are lost", next(t, s, noon).Message.Text, "1")
}

// A head is claimed by name as in its turn: not before its time, and once.
func heads(t *testing.T, open opener) {
	s := open(t, Options{})
	head := func(conversation string, now time.Time) bot.Delivery {
		t.Helper()
		d, ok, err := s.ClaimHead(t.Context(), "telegram", conversation, now, time.Minute)
		if err != nil || ok != (d.Conversation != "") {
			t.Fatalf("claim says %v, %v with %+v", ok, err, d)
		}
		return d
	}
	for _, c := range []string{"telegram:1", "telegram:2"} {
		turn(t, s, c, "1", func(c *bot.Commit) { tell(c, "bot", "first "+c.Conversation); tell(c, "bot", "second") })
	}
	same(t, "a head of nobody", head("telegram:3", noon).Conversation, "")
	d := head("telegram:2", noon)
	same(t, "the head", d.Message.Text, "first telegram:2")
	same(t, "the head while it is claimed", head("telegram:2", noon).Conversation, "")
	same(t, "whose turn it is meanwhile", next(t, s, noon).Conversation, "telegram:1")
	sent(t, s, d, noon.Add(time.Second))
	same(t, "the next head before its time", head("telegram:2", noon).Conversation, "")
	same(t, "the next head", head("telegram:2", noon.Add(time.Second)).Message.Text, "second")
}
