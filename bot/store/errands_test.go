package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

func TestResendLetter(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 9})
		o := place(t, s, anOrder("widget:1/5/0", "A"))
		later := noon.Add(time.Hour)
		for i := range mostResent + 1 {
			err := s.ResendLetter(t.Context(), o.Number, catalog.Placed, later)
			if often := errors.Is(err, staff.ErrOften); often != (i == mostResent) || err != nil && !often {
				t.Errorf("time %d: %v", i, err)
			}
		}
		if err := s.ResendLetter(t.Context(), "T-1", catalog.Placed, later); !errors.Is(err, ErrNoOrder) {
			t.Errorf("no order: %v", err)
		}
		due, err := s.ClaimLetters(t.Context(), later, later.Add(time.Minute), 20)
		if err != nil {
			t.Fatal(err)
		}
		again := map[string]int{}
		for _, n := range due {
			if n.Status == catalog.Placed && n.Order.ID == o.ID {
				again[n.Again]++
			}
		}
		if fmt.Sprint(again) != "map[:1 1:1 2:1 3:1 4:1 5:1]" {
			t.Errorf("letters due: %v", again)
		}
	})
}

func TestReaddress(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 9})
		home, away := catalog.Address{Street: "Kotikatu 1", Postcode: "00100", City: "Helsinki"}, catalog.Address{Street: "Mökkitie 2", Postcode: "62100", City: "Lapua"}
		sent := func(id string) catalog.Order {
			o := anOrder(id, "A")
			o.Address = home
			return place(t, s, o)
		}
		o, left, fetched := sent("1"), sent("2"), place(t, s, anOrder("3", "A"))
		if _, err := s.Advance(t.Context(), left.Number, catalog.Packed, "test", noon); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Readdress(t.Context(), o.Number, away, noon); err != nil || got.Address != away {
			t.Errorf("%+v, %v", got.Address, err)
		}
		if all, err := s.ByNumber(t.Context(), o.Number, o.Contact.Email, ""); err != nil || len(all) != 1 || all[0].Address != away {
			t.Errorf("%+v, %v", all, err)
		}
		var illegal *catalog.IllegalStep
		for _, o := range []catalog.Order{left, fetched} {
			if _, err := s.Readdress(t.Context(), o.Number, away, noon); !errors.As(err, &illegal) {
				t.Errorf("order %s: %v", o.ID, err)
			}
		}
		s.HandOn = true
		if _, err := s.Readdress(t.Context(), sent("4").Number, away, noon); !errors.Is(err, staff.ErrElsewhere) {
			t.Errorf("handed on: %v", err)
		}
		if _, err := s.Readdress(t.Context(), "T-1", away, noon); !errors.Is(err, ErrNoOrder) {
			t.Errorf("no order: %v", err)
		}
	})
}

func TestIdentified(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	if err := s.Identify(t.Context(), "widget:1", "77"); err != nil {
		t.Fatal(err)
	}
	l := dialogue.Learn{Consents: []dialogue.Consent{{Purpose: dialogue.Service, Answer: dialogue.Given, Lang: "fi", At: noon}}}
	if err := s.Learn(t.Context(), "1", "widget:2", l); err != nil {
		t.Fatal(err)
	}
	for conversation, want := range map[string]bool{"widget:1": true, "widget:2": false, "widget:3": false} {
		if is, err := s.Identified(t.Context(), conversation); err != nil || is != want {
			t.Errorf("%s: %v, %v", conversation, is, err)
		}
	}
}

// The first of the letters that were sent again has been removed, as it was old.
func TestResendingAfterASweep(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, anOrder("widget:1/5/0", "A"))
		for i := range 2 {
			if err := s.ResendLetter(t.Context(), o.Number, catalog.Placed, noon.AddDate(0, 0, 80*i)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.db.ExecContext(t.Context(), `DELETE FROM letters WHERE id LIKE '%~1'`); err != nil {
			t.Fatal(err)
		}
		before := number1(t, s, `SELECT COUNT(*) FROM letters`)
		if err := s.ResendLetter(t.Context(), o.Number, catalog.Placed, noon.AddDate(0, 0, 100)); err != nil {
			t.Fatal(err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM letters`); n != before+1 {
			t.Error("no letter is sent")
		}
	})
}
