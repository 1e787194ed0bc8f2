package store

import (
	"errors"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

// delivered is an order of "boots" that has come.
func delivered(t *testing.T, s *Store, id string) catalog.Order {
	t.Helper()
	o := anOrder(id, "A")
	o.Lines[0].Product = "boots"
	o.Number, o.Status, o.Delivered = "T-100001", catalog.Delivered, noon
	if err := s.Put(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return o
}

func aReview(stars int, words string, at time.Time) dialogue.WriteReview {
	return dialogue.WriteReview{Order: "T-100001", Review: catalog.Review{Product: "boots", Stars: stars, Lang: "fi", Text: words, By: "Aino", At: at}}
}

func write(t *testing.T, s *Store, id string, w dialogue.WriteReview) {
	t.Helper()
	if err := s.WriteReview(t.Context(), id, "widget:1", w); err != nil {
		t.Fatal(err)
	}
}

func written(t *testing.T, s *Store, shown bool) []staff.Review {
	t.Helper()
	all, err := s.WrittenReviews(t.Context(), shown, 9)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func markOf(t *testing.T, s *Store) string {
	t.Helper()
	mark, err := s.ReviewsMark(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return mark
}

// TestAReviewIsShownOnceItWasRead: and one that changes is read again.
func TestAReviewIsShownOnceItWasRead(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		delivered(t, s, "1")
		write(t, s, "a", aReview(4, "", noon))
		write(t, s, "b", aReview(4, "Lämpimät.", noon.Add(time.Minute)))
		write(t, s, "a", aReview(4, "", noon)) // carried out once more, late
		if all := written(t, s, false); len(all) != 1 || all[0].ID != "b" || all[0].Text != "Lämpimät." || !all[0].Bought || all[0].Order != "T-100001" {
			t.Fatalf("wait: %+v", all)
		}
		before := markOf(t, s)
		if err := s.JudgeReview(t.Context(), "b", "", noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if all := written(t, s, true); len(all) != 1 || !all[0].Shown || all[0].By != "Aino" {
			t.Errorf("shown: %+v", all)
		}
		if err := s.JudgeReview(t.Context(), "b", "", noon.Add(time.Hour)); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("shown twice: %v", err)
		}
		shown := markOf(t, s)
		write(t, s, "b", aReview(4, "Lämpimät.", noon.Add(time.Minute))) // likewise
		if got := markOf(t, s); shown == before || got != shown {
			t.Errorf("the mark was %s, is %s when shown and %s when nothing changes", before, shown, got)
		}
		write(t, s, "c", aReview(1, "Hajosivat.", noon.Add(2*time.Hour)))
		if all := written(t, s, true); len(all) != 0 || markOf(t, s) == shown {
			t.Errorf("changed, and shown unread: %+v", all)
		}
		if err := s.JudgeReview(t.Context(), "b", "", noon.Add(3*time.Hour)); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("what was read is not what would be shown: %v", err)
		}
		if err := s.JudgeReview(t.Context(), "c", "personal", noon.Add(3*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if len(written(t, s, true))+len(written(t, s, false)) != 0 {
			t.Error("a review that is kept back is shown or waits")
		}
	})
}

// TestOnlyBuyersReview: what was not bought, or has not come, is not reviewed,
// and an erasure takes reviews with it.
func TestOnlyBuyersReview(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := delivered(t, s, "1")
		under := anOrder("2", "A")
		under.Lines[0].Product, under.Number, under.Status = "boots", "T-100002", catalog.Shipped
		if err := s.Put(t.Context(), under); err != nil {
			t.Fatal(err)
		}
		for id, change := range map[string]func(*dialogue.WriteReview){
			"other goods": func(w *dialogue.WriteReview) { w.Review.Product = "hat" },
			"no order":    func(w *dialogue.WriteReview) { w.Order = "T-999999" },
			"on its way":  func(w *dialogue.WriteReview) { w.Order = "T-100002" },
		} {
			w := aReview(5, "", noon)
			change(&w)
			write(t, s, id, w)
		}
		if all := written(t, s, false); len(all) != 0 {
			t.Fatalf("kept: %+v", all)
		}
		write(t, s, "a", aReview(5, "Hyvät.", noon))
		if err := s.JudgeReview(t.Context(), "a", "", noon); err != nil {
			t.Fatal(err)
		}
		shown := markOf(t, s)
		b, err := s.Belongings(t.Context(), o.Conversation)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := s.Copy(t.Context(), b); err != nil || len(c.Reviews) != 1 || c.Reviews[0].Text != "Hyvät." {
			t.Errorf("their copy: %+v, %v", c.Reviews, err)
		}
		if _, err := s.Erase(t.Context(), b, noon); err != nil {
			t.Fatal(err)
		}
		if len(written(t, s, true)) != 0 || markOf(t, s) == shown {
			t.Error("a review of somebody who was erased is told")
		}
	})
}
