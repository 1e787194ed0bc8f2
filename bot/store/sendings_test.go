package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// aReminder asks to send something of a kind.
func aReminder(kind, subject string) dialogue.Remind {
	return dialogue.Remind{
		Later: dialogue.Later{Sending: dialogue.Sending{Kind: kind, Subject: subject}}, Once: subject, Consent: dialogue.Reminders, Week: 2,
	}
}

func send(t *testing.T, s *Store, id, conversation string, r dialogue.Remind) string {
	t.Helper()
	why, err := s.Send(t.Context(), id, conversation, r)
	if err != nil {
		t.Fatal(err)
	}
	return why
}

func TestNothingIsSentWithoutConsent(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		r := aReminder(dialogue.CartLeft, "A")
		if why := send(t, s, "1", "telegram:1", r); why != dialogue.Unwanted {
			t.Errorf("a stranger: %q", why)
		}
		learn(t, s, "a", "telegram:1", answered(dialogue.Reminders, dialogue.Given, noon))
		if why := send(t, s, "2", "telegram:1", r); why != "" {
			t.Errorf("with consent: %q", why)
		}
		learn(t, s, "b", "telegram:1", answered(dialogue.Reminders, dialogue.Withdrawn, noon.Add(time.Hour)))
		if why := send(t, s, "3", "telegram:1", aReminder(dialogue.CartLeft, "B")); why != dialogue.Unwanted {
			t.Errorf("consent is withdrawn: %q", why)
		}
		r.Consent = ""
		if why := send(t, s, "4", "telegram:2", r); why != "" {
			t.Errorf("what needs no consent: %q", why)
		}
	})
}

func TestEachIsSentOnceAndFewInAWeek(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := noon
		s.Now = func() time.Time { return at }
		learn(t, s, "a", "telegram:1", answered(dialogue.Reminders, dialogue.Given, noon))
		for i, want := range []struct{ id, subject, why string }{
			{"1", "A", ""}, {"1", "A", ""}, {"2", "A", dialogue.SentBefore}, {"3", "B", ""}, {"4", "C", dialogue.EnoughSent},
		} {
			if why := send(t, s, want.id, "telegram:1", aReminder(dialogue.CartLeft, want.subject)); why != want.why {
				t.Errorf("%d: %q, want %q", i, why, want.why)
			}
		}
		at = noon.Add(sendingsWeek)
		if why := send(t, s, "5", "telegram:1", aReminder(dialogue.CartLeft, "C")); why != "" {
			t.Errorf("a week later: %q", why)
		}
	})
}

// TestOneOfManyIsSent: conversations of one customer that are about to be sent
// things at once keep to what one customer gets.
func TestOneOfManyIsSent(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		learn(t, s, "a", "telegram:1", answered(dialogue.Reminders, dialogue.Given, noon))
		var group sync.WaitGroup
		var mu sync.Mutex
		sent := 0
		for i := range 6 {
			group.Go(func() {
				r := aReminder(dialogue.CartLeft, fmt.Sprint("SKU", i))
				why, err := s.Send(t.Context(), fmt.Sprint(i), "telegram:1", r)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if why == "" {
					sent++
				}
			})
		}
		group.Wait()
		if sent != 2 {
			t.Errorf("%d were sent, want 2", sent)
		}
	})
}

func TestARatingIsKeptOnceWithItsWords(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for i, r := range []dialogue.Remark{
			{About: dialogue.OfCase, Subject: "P-1", Score: 1},
			{About: dialogue.OfCase, Subject: "P-1", Score: 3},
			{About: dialogue.OfCase, Subject: "P-1", Score: 1, Words: "kesti liian kauan"},
			{About: dialogue.OfCase, Subject: "P-1", Score: 1, Words: "ja vielä"},
			{About: dialogue.OfOrder, Subject: "P-1", Score: 9},
			{About: dialogue.Missed, Words: "hinnat"},
			{About: dialogue.Missed, Words: "koot"},
		} {
			if err := s.Remark(t.Context(), fmt.Sprint(i), "widget:1", r); err != nil {
				t.Fatal(err)
			}
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM events`); n != 4 {
			t.Errorf("%d remarks, want 4", n)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM events WHERE kind = 'case' AND value = 1 AND words = 'kesti liian kauan'`); n != 1 {
			t.Error("the rating has changed, or its words are lost")
		}
		b, err := s.Belongings(t.Context(), "widget:1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Erase(t.Context(), b, noon); err != nil {
			t.Fatal(err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM events WHERE words <> '' OR conversation <> ''`); n != 0 {
			t.Errorf("%d remarks tell after the erasure whose they were", n)
		}
	})
}

func TestNewGoodsAreToldOnceAMonth(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := noon
		s.Now = func() time.Time { return at }
		learn(t, s, "a", "telegram:1", answered(dialogue.Reminders, dialogue.Given, noon))
		news := func(subject string) dialogue.Remind {
			r := aReminder(dialogue.NewGoods, subject)
			r.Rest, r.Liked, r.Wording = dialogue.NewGoodsRest, true, dialogue.NewGoodsNamed
			return r
		}
		if why := send(t, s, "1", "telegram:1", news("kirjat@1")); why != dialogue.Unwanted {
			t.Errorf("without consent to what is bought: %q", why)
		}
		learn(t, s, "b", "telegram:1", answered(dialogue.Personal, dialogue.Given, noon))
		older := answered(dialogue.Reminders, dialogue.Given, noon)
		older.Consents[0].Version = dialogue.NewGoodsNamed - 1
		learn(t, s, "c", "telegram:2", older)
		learn(t, s, "d", "telegram:2", answered(dialogue.Personal, dialogue.Given, noon))
		if known, _ := recognised(t, s, "telegram:2"); len(known.Consents) != 2 || known.Consents[1].Version != 1 || known.Consents[1].Channel != "telegram" || !known.Consents[1].At.Equal(noon) {
			t.Errorf("who agreed to the question before new goods has %+v", known.Consents)
		}
		if why := send(t, s, "older", "telegram:2", news("kirjat@1")); why != dialogue.Unwanted {
			t.Errorf("who agreed to the question before new goods: %q", why)
		}
		if why := send(t, s, "older cart", "telegram:2", aReminder(dialogue.CartLeft, "B")); why != "" {
			t.Errorf("what the question before new goods named: %q", why)
		}
		month := at.AddDate(0, 0, dialogue.NewGoodsRest)
		for i, step := range []struct {
			at   time.Time
			r    dialogue.Remind
			want string
		}{
			{noon, news("kirjat@1"), ""}, {noon, news("kengat@1"), dialogue.SentBefore}, {noon, aReminder(dialogue.CartLeft, "A"), ""},
			{month.Add(-time.Millisecond), news("kirjat@2"), dialogue.SentBefore}, {month, news("kirjat@2"), ""},
		} {
			at = step.at
			if why := send(t, s, fmt.Sprint("step ", i), "telegram:1", step.r); why != step.want {
				t.Errorf("step %d: %q, want %q", i, why, step.want)
			}
		}
		for since, want := range map[time.Time]int{noon: 0, month.Add(-time.Millisecond): 0, month: 1} {
			some, err := s.Prospects(t.Context(), bot.Unsent{Kind: dialogue.NewGoods, Since: since, Wording: dialogue.NewGoodsNamed}, "", 9)
			if err != nil || len(some) != want || want > 0 && !some[0].Last.Equal(month) {
				t.Errorf("nothing since %v: %+v, %v", since, some, err)
			}
		}
	})
}
