package store

import (
	"slices"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

func TestCounts(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		talk := bot.Count{Day: "2026-11-20", Kind: bot.CountedTalk, Name: "widget"}
		late := bot.Count{Day: "2026-11-22", Kind: bot.CountedTalk, Name: "widget"}
		for range 2 {
			if err := s.AddCounts(t.Context(), map[bot.Count]int64{talk: 3, late: 1}, nil); err != nil {
				t.Fatal(err)
			}
		}
		counts, err := s.Counts(t.Context(), "2026-11-20", "2026-11-21")
		if err != nil || len(counts) != 1 || counts[talk] != 6 {
			t.Errorf("%v, %v", counts, err)
		}
	})
}

func TestRepliesAndQuestions(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		said := func(seq int64, from dialogue.Speaker, after time.Duration, text string) bot.Message {
			return bot.Message{Seq: seq, From: from, At: noon.Add(after), Text: text}
		}
		for _, c := range []struct {
			talk string
			ms   []bot.Message
		}{
			{"widget:1", []bot.Message{
				said(1, dialogue.ByCustomer, 0, "höpö"), said(2, dialogue.ByBot, time.Second, "Anteeksi?"), said(3, dialogue.ByCustomer, time.Minute, "höpöt"),
				said(4, dialogue.ByStaff, 3*time.Minute, "Hei!"), said(5, dialogue.ByStaff, 4*time.Minute, "Autan."),
			}},
			{"widget:2", []bot.Message{said(1, dialogue.ByStaff, time.Hour, "Palaan asiaan.")}},
		} {
			if err := s.SaveMessages(t.Context(), bot.Excerpt{Conversation: c.talk, Messages: c.ms}); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.Replies(t.Context(), noon, noon.Add(2*time.Hour)); err != nil || !slices.Equal(got, []time.Duration{2 * time.Minute}) {
			t.Errorf("replies: %v, %v", got, err)
		}
		missed := []bot.Missed{{Conversation: "widget:1", Seq: 1, At: noon, Lang: "fi"}, {Conversation: "widget:1", Seq: 3, At: noon.Add(time.Minute), Lang: "fi"}, {Conversation: "widget:9", Seq: 1, At: noon}}
		if err := s.AddCounts(t.Context(), nil, missed); err != nil {
			t.Fatal(err)
		}
		read := func(most int) []staff.Question {
			q, err := s.Questions(t.Context(), noon, noon.Add(time.Hour), most)
			if err != nil {
				t.Fatal(err)
			}
			return q
		}
		if got := read(9); len(got) != 2 || got[0] != (staff.Question{Conversation: "widget:1", Lang: "fi", Text: "höpöt"}) {
			t.Errorf("questions: %+v", got)
		}
		if got := read(1); len(got) != 1 {
			t.Errorf("one question: %+v", got)
		}
		if _, err := s.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}}, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := read(9); len(got) != 0 {
			t.Errorf("questions of somebody who is forgotten: %+v", got)
		}
	})
}

func TestSalesAndRatings(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 50})
		s.Now = func() time.Time { return noon }
		for i, id := range []string{"1", "2", "3", "4"} {
			o := anOrder(id, "A")
			o.Placed, o.Total = noon.Add(time.Duration(i%3)*time.Hour), 1000
			if i == 3 {
				o.Paid = noon
			}
			placed := place(t, s, o)
			if i == 1 || i == 3 {
				advance(t, s, placed.Number, catalog.Cancelled)
			}
			if i == 3 { // its money has gone back
				advance(t, s, placed.Number, catalog.Refunded)
			}
		}
		if got, err := s.Sales(t.Context(), noon, noon.Add(2*time.Hour)); err != nil || len(got) != 1 || got[0].Total != 1000 || !got[0].At.Equal(noon) {
			t.Errorf("sales: %+v, %v", got, err)
		}
		for i, r := range []dialogue.Remark{
			{About: dialogue.OfCase, Subject: "P-1", Score: 3}, {About: dialogue.OfCase, Subject: "P-2", Score: 3}, {About: dialogue.OfOrder, Subject: "T-1", Score: 9},
			{About: dialogue.Missed, Words: "lahjakortti"},
		} {
			if err := s.Remark(t.Context(), string(rune('a'+i)), "widget:1", r); err != nil {
				t.Fatal(err)
			}
		}
		want := []staff.Rating{{About: "case", Score: 3, N: 2}, {About: "order", Score: 9, N: 1}}
		if got, err := s.Ratings(t.Context(), noon, noon.Add(time.Hour)); err != nil || !slices.Equal(got, want) {
			t.Errorf("ratings: %+v, %v", got, err)
		}
	})
}
