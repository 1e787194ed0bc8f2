package store

import (
	"slices"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

func TestTranscriptsByLetter(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon }
		said := []bot.Message{{Seq: 1, From: dialogue.ByStaff, Staff: "Maija", Text: "Hei", At: noon, Cards: []bot.Card{{Title: "Takki", Price: "10,00 €"}}}}
		for range 2 { // the second time the answer was lost
			if err := s.MailTranscript(t.Context(), "widget:1", "a", "ville@example.fi", "fi", said); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.MailTranscript(t.Context(), "widget:2", "a", "aino@example.fi", "fi", said); err != nil {
			t.Fatal(err)
		}
		belong, err := s.Belongings(t.Context(), "widget:2")
		if err != nil || !slices.Equal(belong.Emails, []string{"aino@example.fi"}) {
			t.Errorf("letters went to %v, %v", belong.Emails, err)
		}
		if _, err := s.Erase(t.Context(), belong, noon); err != nil {
			t.Fatal(err)
		}
		due, err := s.ClaimLetters(t.Context(), noon, noon.Add(time.Minute), 10)
		if err != nil || len(due) != 2 {
			t.Fatalf("%d letters, %v", len(due), err)
		}
		for _, n := range due {
			if n.Email == "" && len(n.Said) == 0 { // the erased one
				continue
			}
			if n.Email != "ville@example.fi" || len(n.Said) != 1 || n.Said[0].Name != "Maija" || n.Said[0].Goods[0] != "Takki, 10,00 €" {
				t.Errorf("the notice is %+v", n)
			}
			if err := s.EndLetter(t.Context(), n.ID, noon); err != nil {
				t.Fatal(err)
			}
		}
		if left := number1(t, s, `SELECT COUNT(*) FROM transcript_letters WHERE said <> '[]'`); left != 0 {
			t.Errorf("%d transcripts are kept after they were sent", left)
		}
	})
}

// A conversation is erased between the reading of its transcript and the letter.
func TestNoTranscriptOfWhoIsErasedMeanwhile(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon.Add(time.Minute) }
		said := []bot.Message{{Seq: 1, From: dialogue.ByCustomer, Text: "Olen Ville", At: noon}}
		if _, err := s.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}}, noon.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		if err := s.MailTranscript(t.Context(), "widget:1", "a", "ville@example.fi", "fi", said); err != nil {
			t.Fatal(err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM transcript_letters`) + number1(t, s, `SELECT COUNT(*) FROM letters`); n != 0 {
			t.Error("what was said before is sent")
		}
		said[0].At = noon.Add(time.Minute)
		if err := s.MailTranscript(t.Context(), "widget:1", "b", "ville@example.fi", "fi", said); err != nil {
			t.Fatal(err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM letters`); n != 1 {
			t.Error("what was said since is not sent")
		}
	})
}
