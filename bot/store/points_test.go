package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

var rules = catalog.Loyalty{PerEuro: 1, Worth: 5, Least: 10, Lasts: 90, Waits: 14, Referral: catalog.Referral{Code: "KAVERI", Friend: 500, Minimum: 4000, Points: 100}}

// soldIn is an order of 129 euros of a conversation that has come on a day.
func soldIn(t *testing.T, s *Store, id, conversation string, come time.Time) catalog.Order {
	t.Helper()
	o := anOrder(id, "A")
	o.Conversation, o.Lines[0].Qty, o.Total = conversation, 10, 12900
	o.Contact.Email = conversation[len("widget:"):] + "@example.fi"
	o = place(t, s, o)
	for _, to := range []catalog.Status{catalog.Handed, catalog.Packed, catalog.Shipped, catalog.Delivered} {
		var err error
		if o, err = s.Advance(t.Context(), o.Number, to, "test", come); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func book(t *testing.T, s *Store, now time.Time) {
	t.Helper()
	if err := s.BookPoints(t.Context(), rules, now); err != nil {
		t.Fatal(err)
	}
}

func purse(t *testing.T, s *Store, conversation string) catalog.Purse {
	t.Helper()
	p, err := s.Purse(t.Context(), conversation, "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPointsAreEarnedUsedAndTakenBack, by who lets themselves be remembered.
func TestPointsAreEarnedUsedAndTakenBack(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := noon
		s.Now = func() time.Time { return at }
		o := soldIn(t, s, "1", "widget:1", noon)
		soldIn(t, s, "2", "widget:2", noon)
		learn(t, s, "a", "widget:1", answered(dialogue.Service, dialogue.Given, noon))
		learn(t, s, "b", "widget:2", answered(dialogue.Service, dialogue.Refused, noon))
		at = noon.AddDate(0, 0, 14).Add(-time.Millisecond)
		book(t, s, at)
		if p := purse(t, s, "widget:1"); p.Points != 0 || !p.Known {
			t.Errorf("before their time: %+v", p)
		}
		at = at.Add(time.Millisecond)
		book(t, s, at)
		book(t, s, at)
		if p := purse(t, s, "widget:1"); p.Points != 129 || p.Invite == "" || !p.Until.Equal(at.AddDate(0, 0, 90)) {
			t.Errorf("earned: %+v", p)
		}
		if p := purse(t, s, "widget:2"); p.Points != 0 || p.Known {
			t.Errorf("who is not to be remembered has %+v", p)
		}
		uses := anOrder("3", "A")
		uses.Conversation, uses.Placed = "widget:1", at
		uses.Discounts = []catalog.OrderDiscount{{ID: catalog.PointsDiscount, Amount: 650, Points: 130}}
		var refused *bot.Refused
		if _, err := s.Place(t.Context(), uses); !errors.As(err, &refused) || refused.Reason != bot.TooFewPoints {
			t.Errorf("more than there are: %v", err)
		}
		uses.Discounts[0].Points = 100
		used := place(t, s, uses)
		place(t, s, uses) // the same once more
		again := uses
		again.ID = "4"
		if _, err := s.Place(t.Context(), again); !errors.As(err, &refused) {
			t.Errorf("the same points twice: %v", err)
		}
		if p := purse(t, s, "widget:1"); p.Points != 29 {
			t.Errorf("after using 100: %+v", p)
		}
		if _, err := s.Advance(t.Context(), used.Number, catalog.Cancelled, "test", at); err != nil {
			t.Fatal(err)
		}
		if p := purse(t, s, "widget:1"); p.Points != 129 {
			t.Errorf("after the cancellation: %+v", p)
		}
		back := openCase(t, s, "c", o.Number, func(o catalog.Order, _ []catalog.Case) (catalog.Case, error) {
			row := catalog.Row{Kind: catalog.RowGoods, Qty: 3, Gross: 3870}
			return catalog.Case{Kind: catalog.Withdrawal, Order: o.Number, Opened: at, State: catalog.CaseOpen, Lines: []catalog.CaseLine{{Line: 0, Qty: 3}},
				Refund: catalog.Settlement{Rows: []catalog.Row{row}, Total: 3870}}, nil
		})
		advanceCase(t, s, back.Number, catalog.CaseReceived, catalog.CaseRefunded)
		if p := purse(t, s, "widget:1"); p.Points != 90 {
			t.Errorf("after goods of 38,70 went back: %+v", p)
		}
		paid := anOrder("5", "A", "A")
		paid.Conversation, paid.Placed = "widget:1", at
		paid.Lines[0].Points, paid.Lines[1].Points = 301, 149 // 90 points of 5 cents
		paid.Discounts = []catalog.OrderDiscount{{ID: catalog.PointsDiscount, Amount: 450, Points: 90}}
		paid = place(t, s, paid)
		for _, to := range []catalog.Status{catalog.Handed, catalog.Packed, catalog.Shipped, catalog.Delivered} {
			if _, err := s.Advance(t.Context(), paid.Number, to, "test", at); err != nil {
				t.Fatal(err)
			}
		}
		for line, points := range []int{60, 90} {
			c := openCase(t, s, fmt.Sprint("p", line), paid.Number, func(o catalog.Order, _ []catalog.Case) (catalog.Case, error) {
				return catalog.Case{Kind: catalog.Withdrawal, Order: o.Number, Opened: at, State: catalog.CaseOpen, Lines: []catalog.CaseLine{{Line: line, Qty: 1}}}, nil
			})
			advanceCase(t, s, c.Number, catalog.CaseReceived, catalog.CaseRefunded)
			if p := purse(t, s, "widget:1"); p.Points != points {
				t.Errorf("after line %d went back: %+v, want %d", line, p, points)
			}
		}
		at = at.AddDate(0, 0, 90)
		if p := purse(t, s, "widget:1"); p.Points != 0 {
			t.Errorf("run out: %+v", p)
		}
	})
}

// openInviting opens a store in which widget:1 has bought, and may invite friends by a
// code, two weeks after noon.
func openInviting(t *testing.T, url string) (s *Store, code string) {
	t.Helper()
	s = open(t, url)
	at := noon.AddDate(0, 0, 14)
	s.Now = func() time.Time { return at }
	soldIn(t, s, "1", "widget:1", noon)
	learn(t, s, "a", "widget:1", answered(dialogue.Service, dialogue.Given, noon))
	book(t, s, at)
	return s, purse(t, s, "widget:1").Invite
}

// invited is an order of a conversation by a friend's code.
func invited(id, conversation, code string) catalog.Order {
	o := anOrder(id, "A")
	o.Conversation, o.Contact.Email = conversation, conversation[len("widget:"):]+"@example.fi"
	o.Discounts = []catalog.OrderDiscount{{ID: catalog.ReferralDiscount, Code: code, Amount: 500, PerCustomer: 1}}
	return o
}

// TestAFriendIsBroughtOnce: by somebody else, for a first order.
func TestAFriendIsBroughtOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, code := openInviting(t, url)
		at := s.Now()
		s.Now = func() time.Time { return at }
		friend := func(id, conversation, code string) error {
			_, err := s.Place(t.Context(), invited(id, conversation, code))
			return err
		}
		for name, err := range map[string]error{
			"oneself": friend("2", "widget:1", code), "no code": friend("3", "widget:3", "KAVERI-AAAAAA"),
		} {
			var refused *bot.Refused
			if !errors.As(err, &refused) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for conversation, holds := range map[string]bool{"widget:1": false, "widget:9": true} {
			if p, err := s.Purse(t.Context(), conversation, code); err != nil || (p.Friend == code) != holds {
				t.Errorf("%s: %+v, %v", conversation, p, err)
			}
		}
		lapsed := place(t, s, invited("lapsed", "widget:4", code))
		advance(t, s, lapsed.Number, catalog.Cancelled)
		if err := friend("4", "widget:4", code); err != nil {
			t.Fatalf("after an order that came to nothing: %v", err)
		}
		if err := friend("5", "widget:4", code); err == nil {
			t.Error("a second order of a friend gets it, too")
		}
		orders, err := s.OfConversation(t.Context(), "widget:4")
		orders = slices.DeleteFunc(orders, func(o catalog.Order) bool { return o.Status == catalog.Cancelled })
		if err != nil || len(orders) != 1 {
			t.Fatalf("%+v, %v", orders, err)
		}
		for _, to := range []catalog.Status{catalog.Handed, catalog.Packed, catalog.Shipped, catalog.Delivered} {
			if _, err := s.Advance(t.Context(), orders[0].Number, to, "test", at); err != nil {
				t.Fatal(err)
			}
		}
		at = at.AddDate(0, 0, 14)
		book(t, s, at)
		book(t, s, at)
		if p := purse(t, s, "widget:1"); p.Points != 229 {
			t.Errorf("for the friend: %+v", p)
		}
		if _, err := s.Advance(t.Context(), orders[0].Number, catalog.Returned, "test", at); err != nil {
			t.Fatal(err)
		}
		if p := purse(t, s, "widget:1"); p.Points != 129 {
			t.Errorf("after the friend gave all back: %+v", p)
		}
	})
}

// A friend's order is found due, and given back before it is booked.
func TestAFriendWhoGivesAllBackMeanwhile(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, code := openInviting(t, url)
		o := place(t, s, invited("4", "widget:4", code))
		for _, to := range []catalog.Status{catalog.Handed, catalog.Shipped, catalog.Delivered, catalog.Returned} {
			advance(t, s, o.Number, to)
		}
		if err := s.within(t.Context(), func(tx *sql.Tx) error { return s.bookFriend(t.Context(), tx, o.ID, rules, s.Now()) }); err != nil {
			t.Fatal(err)
		}
		if p := purse(t, s, "widget:1"); p.Points != 129 {
			t.Errorf("%+v", p)
		}
	})
}
