package dialogue_test

import (
	"slices"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
)

// TestRemindersAreTrue: what is to be sent is looked at again at its moment, and
// once more when the store has noted it.
func TestRemindersAreTrue(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	const sku = "K-PYRY-KOIRA-50-TSIN"
	p, v := shelves[0].shop.Variant(sku)
	if v == nil {
		t.Fatal("the demo shop has changed")
	}
	low, _ := p.PriceRange()
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	night := time.Date(2026, 11, 24, 20, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		now        time.Time
		sending    dialogue.Sending
		pieces     int
		change     func(*dialogue.State)
		sent, left int
	}{
		"runs out":             {day, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 3, nil, 1, 0},
		"runs out, none left":  {day, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 0, nil, 0, 1},
		"at night":             {night, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 3, nil, 0, 1},
		"cheaper":              {day, dialogue.Sending{Kind: dialogue.PriceFell, Subject: p.ID, Price: low + 1}, 3, nil, 1, 0},
		"as dear as before":    {day, dialogue.Sending{Kind: dialogue.PriceFell, Subject: p.ID, Price: low}, 3, nil, 0, 1},
		"no longer sold":       {day, dialogue.Sending{Kind: dialogue.PriceFell, Subject: "gone", Price: low}, 3, nil, 0, 0},
		"an empty cart":        {day, dialogue.Sending{Kind: dialogue.CartLeft, Subject: sku}, 3, func(s *dialogue.State) { s.Cart = nil }, 0, 0},
		"a cart":               {day, dialogue.Sending{Kind: dialogue.CartLeft, Subject: sku}, 3, nil, 1, 0},
		"a cart of nothing":    {day, dialogue.Sending{Kind: dialogue.CartLeft, Subject: sku}, 0, nil, 0, 0},
		"a cart just filled":   {day, dialogue.Sending{Kind: dialogue.CartLeft, Subject: sku}, 3, func(s *dialogue.State) { s.Heard = day.Add(-time.Hour) }, 0, 1},
		"no consent":           {day, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 3, func(s *dialogue.State) { s.Consents = nil }, 0, 0},
		"a person holds it":    {day, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 3, func(s *dialogue.State) { s.Handoff.Stage = dialogue.Held }, 0, 1},
		"a complaint is open":  {day, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 3, func(s *dialogue.State) { s.Case = &dialogue.CaseRef{Kind: "complaint"} }, 0, 0},
		"the customer is here": {day, dialogue.Sending{Kind: dialogue.RunsOut, Subject: sku}, 3, func(s *dialogue.State) { s.Heard = day.Add(-time.Minute) }, 0, 1},
		"asked how it went":    {day, dialogue.Sending{Kind: dialogue.HowWasIt, Subject: "T-1"}, 3, func(s *dialogue.State) { s.Consents = nil }, 1, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := shelves[0].world(test.now, 1, map[string]int{sku: test.pieces})
			w.Remembers = true
			s := dialogue.State{
				Lang: "fi", Greeted: true, Cart: []dialogue.Line{{SKU: sku, Qty: 1}}, Consents: map[string]string{dialogue.Reminders: dialogue.Given},
				Later: []dialogue.Later{{Sending: test.sending, At: test.now.Add(-time.Minute), Until: test.now.AddDate(0, 0, 5)}},
			}
			if test.change != nil {
				test.change(&s)
			}
			before := len(s.Later)
			next, effects := dialogue.Step(s, dialogue.Rang{Timer: "later"}, w)
			var asked []dialogue.Remind
			for _, e := range effects {
				if r, ok := e.(dialogue.Remind); ok {
					asked = append(asked, r)
				}
			}
			if len(asked) != test.sent || len(next.Later) != test.left || len(s.Later) != before {
				t.Fatalf("%d sent, %d left", len(asked), len(next.Later))
			}
			if test.sent == 0 {
				return
			}
			done := dialogue.Done{Work: dialogue.Reminding, Later: asked[0].Later}
			if says(next, done, w) != 1 {
				t.Error("nothing is said")
			}
			later := w
			later.Stock = func(string) (int, bool) { return 0, true }
			if test.sending.Kind != dialogue.HowWasIt && says(next, done, later) != 0 {
				t.Error("something is said though none is left")
			}
			held := next
			held.Handoff.Stage = dialogue.Held
			for _, why := range []string{dialogue.SentBefore, dialogue.EnoughSent, dialogue.Unwanted} {
				done.Reason = why
				if says(next, done, w) != 0 {
					t.Errorf("something is said though the store says %q", why)
				}
			}
			if done.Reason = ""; says(held, done, w) != 0 {
				t.Error("something is said while a person holds the conversation")
			}
		})
	}
}

// says counts what a step says.
func says(s dialogue.State, in dialogue.Input, w dialogue.World) (n int) {
	_, effects := dialogue.Step(s, in, w)
	for _, e := range effects {
		if _, ok := e.(dialogue.Say); ok {
			n++
		}
	}
	return n
}

// TestNewGoodsAreTold: of new goods of the shelf liked best those are planned that
// can be had, and who has ended it by a word of theirs hears nothing.
func TestNewGoodsAreTold(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	books := []string{"kirja-jaakynnys", "kirja-tehtaan-pillit", "kirja-kuun-hitaat-laivat", "kirja-runoja-junaan"}
	likes := map[string]persona.Fact{"kirjat": {Value: "2"}, "kengat": {Value: "1"}}
	sold := map[string]int{}
	for _, v := range shelves[0].shop.Product(books[0]).Variants {
		sold[v.SKU] = 0
	}
	allowed := map[string]string{dialogue.Reminders: dialogue.Given, dialogue.Personal: dialogue.Given}
	worded := map[string]int{dialogue.Reminders: dialogue.NewGoodsNamed}
	for name, test := range map[string]struct {
		state dialogue.State
		goods []string
		want  []string
	}{
		"three that can be had":              {dialogue.State{Consents: allowed, Worded: worded, Profile: persona.Profile{Likes: likes}}, books, books[1:]},
		"agreed before new goods were named": {dialogue.State{Consents: allowed, Profile: persona.Profile{Likes: likes}}, books, nil},
		"one beyond three":                   {dialogue.State{Consents: allowed, Worded: worded, Profile: persona.Profile{Likes: likes}}, append(slices.Clone(books[1:]), "kirja-isoaidin-saakirja"), books[1:]},
		"none can be had":                    {dialogue.State{Consents: allowed, Worded: worded, Profile: persona.Profile{Likes: likes}}, books[:1], nil},
		"gone from the shop":                 {dialogue.State{Consents: allowed, Worded: worded, Profile: persona.Profile{Likes: likes}}, []string{"gone"}, nil},
		"of another shelf":                   {dialogue.State{Consents: allowed, Worded: worded, Profile: persona.Profile{Likes: likes}}, []string{"villavuona-villasukat"}, nil},
		"the talk is forgotten":              {dialogue.State{}, books, books[1:]},
		"the shelf is not liked":             {dialogue.State{Consents: allowed, Worded: worded}, books, nil},
		"no reminders":                       {dialogue.State{Consents: map[string]string{dialogue.Reminders: dialogue.Withdrawn, dialogue.Personal: dialogue.Given}, Profile: persona.Profile{Likes: likes}}, books, nil},
		"nothing by what is bought":          {dialogue.State{Worded: worded, Consents: map[string]string{dialogue.Reminders: dialogue.Given, dialogue.Personal: dialogue.Withdrawn}, Profile: persona.Profile{Likes: likes}}, books, nil},
		"planned before": {dialogue.State{Consents: allowed, Worded: worded, Profile: persona.Profile{Likes: likes}, Later: []dialogue.Later{{
			Sending: dialogue.Sending{Kind: dialogue.NewGoods, Subject: "kirjat", Offer: &dialogue.Offer{Products: books[3:]}}, At: day, Until: day.AddDate(0, 0, 1),
		}}}, books[1:3], books[1:3]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := shelves[0].world(day, 1, sold)
			w.Remembers = true
			s, effects := dialogue.Step(test.state, dialogue.GoodsCame{Shelves: []string{"kengat", "kirjat"}, Products: test.goods, Until: day.AddDate(0, 0, 7), Lang: "sv"}, w)
			var asked []dialogue.Remind
			for _, e := range effects {
				if r, ok := e.(dialogue.Remind); ok {
					asked = append(asked, r)
				}
			}
			if test.want == nil {
				if len(asked) != 0 || len(s.Later) != 0 {
					t.Errorf("%v is sent, %v later", asked, s.Later)
				}
				return
			}
			if len(asked) != 1 || asked[0].Rest != 30 || !asked[0].Liked || asked[0].Consent != dialogue.Reminders || asked[0].Later.Subject != "kirjat" {
				t.Fatalf("asked to send %+v", asked)
			}
			if got := asked[0].Later.Offer.Products; !slices.Equal(got, test.want) {
				t.Errorf("told of %v, want %v", got, test.want)
			}
			if says(s, dialogue.Done{Work: dialogue.Reminding, Later: asked[0].Later}, w) != 1 {
				t.Error("nothing is said")
			}
		})
	}
}

// TestConsentIsAskedAnew: of who agreed to an earlier question, once it names more,
// and not of who has answered the present one or refused.
func TestConsentIsAskedAnew(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		answer string
		worded map[string]int
		asked  bool
	}{
		"before versions were counted": {dialogue.Given, nil, true},
		"the earlier question":         {dialogue.Given, map[string]int{dialogue.Reminders: 1}, true},
		"the present question":         {dialogue.Given, map[string]int{dialogue.Reminders: dialogue.Wording(dialogue.Reminders)}, false},
		"refused the earlier one":      {dialogue.Refused, nil, false},
		"withdrawn since":              {dialogue.Withdrawn, map[string]int{dialogue.Reminders: 1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := shelves[0].world(day, 1, nil)
			w.Remembers = true
			s := dialogue.State{Lang: "fi", Greeted: true, Consents: map[string]string{dialogue.Reminders: test.answer, dialogue.Service: dialogue.Given}, Worded: test.worded, Working: "e/1/0"}
			s, _ = dialogue.Step(s, dialogue.Done{Effect: "e/1/0", Work: dialogue.PlacingOrder, Order: catalog.Order{Number: "T-1", Status: catalog.Placed, Placed: day}}, w)
			if asked := s.Pending() == "consent"; asked != test.asked {
				t.Fatalf("asked %v, want %v", asked, test.asked)
			}
			if !test.asked {
				return
			}
			later, _ := dialogue.Step(s, dialogue.Tapped{Tap: "consent:reminders:yes"}, w)
			if later.Worded[dialogue.Reminders] != dialogue.NewGoodsNamed || later.Consents[dialogue.Reminders] != dialogue.Given {
				t.Errorf("after a yes %v, version %v", later.Consents, later.Worded)
			}
			if again, _ := dialogue.Step(later, dialogue.Done{Effect: "e/1/0", Work: dialogue.PlacingOrder, Order: catalog.Order{Number: "T-2", Status: catalog.Placed}}, w); again.Pending() != "" {
				t.Error("asked once more after a yes")
			}
			if no, _ := dialogue.Step(s, dialogue.Tapped{Tap: "consent:reminders:no"}, w); no.Consents[dialogue.Reminders] != dialogue.Withdrawn {
				t.Errorf("after a no %v", no.Consents)
			}
		})
	}
}

// TestPriceRoseAgain: of a price that is not lower any more when the store has noted
// the reminder, nothing is told.
func TestPriceRoseAgain(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	const product = "villavuona-villasukat"
	low, _ := shelves[0].shop.Product(product).PriceRange()
	w := shelves[0].world(time.Date(2026, 11, 24, 12, 0, 0, 0, catalog.Helsinki), 1, nil)
	s := dialogue.State{Lang: "fi", Greeted: true, Consents: map[string]string{dialogue.Reminders: dialogue.Given}}
	for was, want := range map[catalog.Cents]int{low + 1: 1, low: 0} {
		fell := dialogue.Later{Sending: dialogue.Sending{Kind: dialogue.PriceFell, Subject: product, Price: was}}
		if n := says(s, dialogue.Done{Work: dialogue.Reminding, Later: fell}, w); n != want {
			t.Errorf("it cost %d and costs %d: %d said", was, low, n)
		}
	}
}
