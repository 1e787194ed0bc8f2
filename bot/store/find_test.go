package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

// sought is what is looked for as words that begin so.
func sought(text string) staff.Sought {
	q := staff.Sought{Text: text, Most: 10}
	for _, word := range strings.Fields(text) {
		q.Beginnings = append(q.Beginnings, []string{word, "xxxx"})
	}
	q.In = func(has string) bool { return strings.Contains(strings.ToLower(has), strings.ToLower(text)) }
	return q
}

func (s *Store) say(t *testing.T, conversation string, seq int64, at time.Time, text string) {
	t.Helper()
	if err := s.SaveMessages(t.Context(), bot.Excerpt{Conversation: conversation, Messages: []bot.Message{{Seq: seq, At: at, From: dialogue.ByCustomer, Text: text}}}); err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 9})
		o := place(t, s, anOrder("1", "A"))
		c := openCase(t, s, "1", o.Number, begin(aShop(t), catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
		s.say(t, "widget:1", 1, noon, "Äitini kengät")
		s.say(t, "widget:1", 2, noon.Add(time.Hour), "äitini KENGÄT rikki")
		s.say(t, "telegram:2", 1, noon.Add(time.Minute), "isäni kengät")
		s.say(t, "telegram:2", 2, noon.Add(time.Minute), "100 % kengät_oy")
		if err := s.AddNote(t.Context(), staff.Note{ID: "1", Conversation: "widget:1", At: noon, Text: "Äiti soitti kengistä"}); err != nil {
			t.Fatal(err)
		}
		find := func(q staff.Sought) string {
			f, err := s.Find(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, m := range f.Said {
				all = append(all, fmt.Sprintf("%s/%d", m.Conversation, m.Seq))
			}
			for _, n := range f.Notes {
				all = append(all, "note "+n.ID)
			}
			for _, o := range f.Orders {
				all = append(all, "order "+o.ID)
			}
			for _, c := range f.Cases {
				all = append(all, "case "+c.Case.ID)
			}
			return strings.Join(all, ", ")
		}
		for text, want := range map[string]string{
			"kengät": "widget:1/2, telegram:2/2", "äitini kengät": "widget:1/2", "isäni": "telegram:2/1", "kengistä": "note 1", "%": "telegram:2/2", "taulu": "",
			"Virtanen": "order 1", "aino@": "order 1", "AINO@example.fi": "order 1", "040 123 4567": "order 1", o.Number: "order 1", o.Number[:6]: "order 1",
			strings.ToLower(c.Number): "case 1", c.Number[2:]: "case 1", "": "", "muu@example.fi": "", "T-0000001": "",
		} {
			if got := find(sought(text)); got != want {
				t.Errorf("%q: %s, want %s", text, got, want)
			}
		}
		late, telegram, one := sought("kengät"), sought("kengät"), sought("kengät")
		late.Since, telegram.Channel, one.Most = noon.Add(time.Hour), "telegram", 1
		if got := []string{find(late), find(telegram), find(one)}; !slices.Equal(got, []string{"widget:1/2", "telegram:2/2", "widget:1/2"}) {
			t.Errorf("narrowed: %q", got)
		}

		belongings, err := s.Belongings(t.Context(), "widget:1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Advance(t.Context(), o.Number, catalog.Cancelled, "test", noon); err != nil && !strings.Contains(err.Error(), "case") {
			t.Fatal(err)
		}
		if _, err := s.Erase(t.Context(), belongings, noon.AddDate(2, 0, 0)); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"äitini kengät", "kengistä", "Virtanen", "aino@example.fi", "0401234567"} {
			if got := find(sought(text)); got != "" {
				t.Errorf("erased, but %q finds %s", text, got)
			}
		}
	})
}

func TestFindGoesThroughAllParts(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	var all []bot.Message
	for i := range int64(partLooked + 2) {
		all = append(all, bot.Message{Seq: i + 1, At: noon.Add(time.Duration(i/2) * time.Second), From: dialogue.ByCustomer, Text: fmt.Sprintf("viesti %d", i)})
	}
	if err := s.SaveMessages(t.Context(), bot.Excerpt{Conversation: "widget:1", Messages: all}); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 1, 2, 3, partLooked + 1} {
		q := sought("viesti")
		q.In = func(text string) bool { return text == fmt.Sprintf("viesti %d", i) }
		if f, err := s.Find(t.Context(), q); err != nil || len(f.Said) != 1 {
			t.Errorf("message %d: %+v, %v", i, f.Said, err)
		}
	}
}

// BenchmarkFind looks for a word that nobody has said through 100,000 messages, half of
// which begin like it.
func BenchmarkFind(b *testing.B) {
	s := open(b, Memory)
	if _, err := s.db.ExecContext(b.Context(), `
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
		INSERT INTO messages (conversation, seq, at, speaker, text, rest)
		SELECT 'widget:' || (i / 10), i, i * 1000, 'customer', CASE WHEN i % 2 = 0 THEN 'nää kengät on vähän isot, voiko vaihtaa' ELSE 'millon mun paketti tulee perille' END, '{}' FROM n`); err != nil {
		b.Fatal(err)
	}
	q := sought("keng")
	q.In = func(string) bool { return false }
	for b.Loop() {
		if f, err := s.Find(b.Context(), q); err != nil || len(f.Said) > 0 {
			b.Fatal(f, err)
		}
	}
}
