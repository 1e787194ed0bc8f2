package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

// sweep removes what is too old at a moment, and returns how much of each kind.
func sweep(t *testing.T, s *Store, now time.Time) map[string]int64 {
	t.Helper()
	swept, err := s.Sweep(t.Context(), catalog.DefaultPrivacy, now)
	if err != nil {
		t.Fatal(err)
	}
	if !swept {
		return nil
	}
	all, err := s.Sweeps(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	removed := map[string]int64{}
	for _, n := range all {
		if n.At.Equal(now) {
			removed[n.Kind] = n.Removed
		}
	}
	return removed
}

func TestTranscriptsEnd(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		place(t, s, anOrder("1", "A")) // in widget:1
		for _, c := range []string{"widget:1", "widget:2"} {
			save(t, s, c, bot.Message{Seq: 1, From: dialogue.ByCustomer, Text: "hei", At: noon})
		}
		messages := func() int { return number1(t, s, `SELECT COUNT(*) FROM messages`) }
		for _, day := range []struct{ after, left int }{{90, 2}, {91, 1}, {730, 1}, {731, 0}} {
			sweep(t, s, noon.AddDate(0, 0, day.after))
			if got := messages(); got != day.left {
				t.Errorf("after %d days %d messages are left, want %d", day.after, got, day.left)
			}
		}
	})
}

// What staff wrote of a conversation goes with it; an example accepted is nobody's.
func TestWhatStaffWroteEnds(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		if err := s.AddNote(t.Context(), staff.Note{ID: "1", Conversation: "widget:1", At: noon, Staff: "maija", Name: "Maija", Text: "soitti"}); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"asked", "taken"} {
			if err := s.ProposeExample(t.Context(), staff.Example{ID: id, Conversation: "widget:1", At: noon, Staff: "maija", Lang: "fi", Text: "mis paketti", Intent: "order_status"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AcceptExample(t.Context(), "taken", "mis paketti", "order_status"); err != nil {
			t.Fatal(err)
		}
		for _, day := range []struct{ after, notes, examples int }{{90, 1, 2}, {91, 1, 1}, {730, 1, 1}, {731, 0, 1}} {
			sweep(t, s, noon.AddDate(0, 0, day.after))
			notes, examples := number1(t, s, `SELECT COUNT(*) FROM staff_notes`), number1(t, s, `SELECT COUNT(*) FROM examples`)
			if notes != day.notes || examples != day.examples {
				t.Errorf("after %d days %d notes and %d examples are left, want %d and %d", day.after, notes, examples, day.notes, day.examples)
			}
		}
	})
}

func TestASweepADayIsEnough(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		if removed := sweep(t, s, noon); len(removed) < 5 || removed["transcripts"] != 0 {
			t.Errorf("the first sweep notes %v", removed)
		}
		if removed := sweep(t, s, noon.Add(sweepEvery-time.Second)); removed != nil {
			t.Errorf("it was too soon, but %v were swept", removed)
		}
		if _, err := s.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:9"}}, noon.Add(sweepEvery-time.Second)); err != nil {
			t.Fatal(err)
		}
		if removed := sweep(t, s, noon.Add(sweepEvery)); removed == nil {
			t.Error("a day later nothing is swept")
		}
		if err := s.NoteSweep(t.Context(), bot.Sweep{At: noon.Add(sweepEvery), Kind: "letter_files", Removed: 3}); err != nil {
			t.Fatal(err)
		}
		last, err := s.Sweeps(t.Context(), 1000)
		if err != nil || !strings.Contains(fmt.Sprint(last), "letter_files") {
			t.Errorf("noted: %v, %v", last, err)
		}
	})
}

// TestOldOrdersLoseTheirCustomer: what the books need stays to the cent, whose it was goes.
func TestOldOrdersLoseTheirCustomer(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		o := anOrder("1", "A")
		o.Total, o.Greeting = 1290, "Onnea Aino"
		o.Address = catalog.Address{Street: "Salakatu 5", Postcode: "00100", City: "Helsinki"}
		o = place(t, s, o)
		before := books(t, s)
		year := catalog.DefaultPrivacy.Orders
		if removed := sweep(t, s, noon.AddDate(0, 0, year)); removed["orders"] != 0 {
			t.Errorf("on the last day %d orders lost their customer", removed["orders"])
		}
		if removed := sweep(t, s, noon.AddDate(0, 0, year+1)); removed["orders"] != 1 {
			t.Errorf("a day later %d orders lost their customer", removed["orders"])
		}
		if after := books(t, s); after != before {
			t.Errorf("the books have changed:\n%s\nwere\n%s", after, before)
		}
		got, err := order(t.Context(), s.db, "id = $1", o.ID)
		if err != nil {
			t.Fatal(err)
		}
		if told := fmt.Sprint(got); strings.Contains(told, "Aino") || strings.Contains(told, "aino") || strings.Contains(told, "Salakatu") || strings.Contains(told, "40123") {
			t.Errorf("the order still tells whose it was: %s", told)
		}
		for name, look := range map[string]func() (int, error){
			"number": func() (int, error) {
				o, err := s.ByNumber(t.Context(), o.Number, "aino@example.fi", "")
				return len(o), err
			},
			"conversation": func() (int, error) { o, err := s.OfConversation(t.Context(), "widget:1"); return len(o), err },
			"page": func() (int, error) {
				_, found, err := s.ByToken(t.Context(), o.Token)
				if found {
					return 1, err
				}
				return 0, err
			},
		} {
			if n, err := look(); err != nil || n != 0 {
				t.Errorf("by its %s the order is found: %d, %v", name, n, err)
			}
		}
	})
}

func books(t *testing.T, s *Store) string {
	t.Helper()
	entries, err := s.Books(t.Context(), noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0))
	if err != nil || len(entries) == 0 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	return fmt.Sprint(entries)
}

// The clock was ahead once, and has been put right.
func TestASweepOfTheFutureKeepsNoneBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		sweep(t, s, noon.AddDate(3, 0, 0))
		if removed := sweep(t, s, noon); removed == nil {
			t.Error("nothing is swept for three years")
		}
		if removed := sweep(t, s, noon.Add(time.Hour)); removed != nil {
			t.Error("an hour later it is swept again")
		}
	})
}
