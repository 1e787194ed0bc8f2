package catalog

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const loyaltyYAML = "points: 2\nworth: \"0,05\"\nleast: 20\nlasts: 90\nreferral: {code: KAVERI, name: {fi: Kaverietu}, friend: \"5,00\", minimum: \"40,00\", points: 100}\n"

// loadWith is the shop of testdata with these rules.
func loadWith(t *testing.T, rules string) (*Shop, error) {
	t.Helper()
	files := changed(t, "shop.yaml", "", "")
	files[loyaltyFile] = &fstest.MapFile{Data: []byte(rules)}
	return Load(files)
}

func TestLoyaltyRules(t *testing.T) {
	t.Parallel()
	if testShop(t).Loyalty != nil {
		t.Error("a shop without the file has points")
	}
	s, err := loadWith(t, loyaltyYAML)
	if err != nil {
		t.Fatal(err)
	}
	want := Loyalty{PerEuro: 2, Worth: 5, Least: 20, Lasts: 90, Waits: s.Returns.Days}
	got := *s.Loyalty
	if code, ok := got.Referral.Invites("kaveri-ab2cd3"); !ok || code != "KAVERI-AB2CD3" {
		t.Errorf("a code reads %q, %v", code, ok)
	}
	for _, word := range []string{"KAVERI", "KAVERI-AB2", "KAVERI-AB2CD34", "AB2CD3"} {
		if _, ok := got.Referral.Invites(word); ok {
			t.Errorf("%s is taken for a code", word)
		}
	}
	got.Referral = Referral{}
	if got.PerEuro != want.PerEuro || got.Worth != want.Worth || got.Least != want.Least || got.Lasts != want.Lasts || got.Waits != want.Waits {
		t.Errorf("read %+v, want %+v", got, want)
	}
	for written, reason := range map[string]string{
		"points: 1\nworth: \"0,05\"\n":                              "loyalty.yaml:1: lasts is missing",
		"points: 0\nworth: \"0,05\"\nlasts: 90\n":                   "loyalty.yaml:1:",
		"points: 1\nlasts: 90\n":                                    "worth is missing",
		"points: 1\nworth: \"0,05\"\nlasts: 29\n":                   "loyalty.yaml:3:",
		"points: 1\nworth: \"0,05\"\nlasts: 3651\n":                 "loyalty.yaml:3:",
		loyaltyYAML + "bonus: 1\n":                                  "unknown key bonus",
		strings.Replace(loyaltyYAML, "40,00", "5,00", 1):            "loyalty.yaml:5: minimum must be more than friend",
		strings.Replace(loyaltyYAML, "points: 100", "points: 0", 1): "loyalty.yaml:5:",
		strings.Replace(loyaltyYAML, "KAVERI", "AB", 1):             "at least 3 letters",
	} {
		if _, err := loadWith(t, written); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: %v, want %q", written, err, reason)
		}
	}
}

// TestPointsAreADiscount: to the cent, after what everybody gets, and never more
// than the goods cost.
func TestPointsAreADiscount(t *testing.T) {
	t.Parallel()
	s, err := loadWith(t, loyaltyYAML)
	if err != nil {
		t.Fatal(err)
	}
	s.Discounts = nil
	lines := []OrderLine{{SKU: "a", Qty: 1, Unit: 1000, VAT: 255}, {SKU: "b", Qty: 2, Unit: 333, VAT: 135}}
	for points, want := range map[int]struct {
		off  Cents
		used int
	}{0: {0, 0}, 21: {105, 21}, 333: {1665, 333}, 334: {1666, 334}, 5000: {1666, 334}} {
		q, err := s.Using(points, "").Quote(lines, "", "", time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var off Cents
		used := 0
		for _, d := range q.Discounts {
			off, used = off+d.Amount, used+d.Points
		}
		if off != want.off || used != want.used || q.Total != 1666-want.off || q.Lines[0].Discount+q.Lines[1].Discount != off {
			t.Errorf("%d points take %d off and %d are used, want %+v; total %d", points, off, used, want, q.Total)
		}
	}
	for goods, fits := range map[Cents]bool{3999: false, 4000: true} {
		q, err := s.Using(0, "KAVERI-AB2CD3").Quote([]OrderLine{{SKU: "a", Qty: 1, Unit: goods, VAT: 255}}, "", "", time.Now(), "KAVERI-AB2CD3")
		if err != nil || fits != (q.Total == goods-500) {
			t.Errorf("goods of %d with a friend's code cost %d, %v", goods, q.Total, err)
		}
	}
}

func TestCountPoints(t *testing.T) {
	t.Parallel()
	day := func(n int) time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, Helsinki).AddDate(0, 0, n) }
	events := []PointEvent{{At: day(0), Points: 100, Until: day(100)}, {At: day(10), Points: 50, Until: day(50)}, {At: day(20), Points: -70}, {At: day(60), Points: 10, Until: day(160)}}
	for _, c := range []struct{ now, points, first, until int }{
		{0, 100, 100, 100}, {15, 150, 50, 50}, {20, 80, 80, 100}, {50, 80, 80, 100}, {60, 90, 80, 100}, {100, 10, 10, 160}, {160, 0, 0, 0},
	} {
		p := Count(events, day(c.now))
		if p.Points != c.points || p.First != c.first || c.until > 0 && !p.Until.Equal(day(c.until)) {
			t.Errorf("on day %d: %+v, want %+v", c.now, p, c)
		}
	}
	if p := Count([]PointEvent{{At: day(0), Points: 5, Until: day(9)}, {At: day(1), Points: -9}, {At: day(2), Points: 3, Until: day(9)}}, day(3)); p.Points != 3 {
		t.Errorf("points taken back that are not there: %+v", p)
	}
}

// TestPointsAreNeverNegative, nor more than was ever given, whatever happens.
func TestPointsAreNeverNegative(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, Helsinki)
	for range 2000 {
		var events []PointEvent
		given := 0
		for range r.IntN(12) {
			e := PointEvent{At: start.Add(time.Duration(r.IntN(1000)) * time.Hour), Points: r.IntN(200) - 100}
			if e.Points > 0 {
				e.Until = e.At.Add(time.Duration(r.IntN(1000)) * time.Hour)
				given += e.Points
			}
			events = append(events, e)
		}
		p := Count(events, start.Add(time.Duration(r.IntN(2200))*time.Hour))
		if p.Points < 0 || p.Points > given || p.First > p.Points || (p.Points > 0) != !p.Until.IsZero() {
			t.Fatalf("%+v of %+v", p, events)
		}
	}
}

// TestPointsComeBackWithTheirGoods: 21 points of 5 cents took 105 off three
// lines, 35 of them off the three pieces of the second.
func TestPointsComeBackWithTheirGoods(t *testing.T) {
	t.Parallel()
	o := Order{
		Lines:     []OrderLine{{Qty: 1, Unit: 300, Discount: 69, Points: 69}, {Qty: 3, Unit: 50, Discount: 45, Points: 35}, {Qty: 1, Unit: 1, Discount: 1, Points: 1}},
		Discounts: []OrderDiscount{{ID: "sale", Amount: 10}, {ID: PointsDiscount, Amount: 105, Points: 21}, {ID: ReferralDiscount}},
	}
	old := o
	old.Lines = []OrderLine{{Qty: 1, Unit: 300, Discount: 69}, {Qty: 3, Unit: 50, Discount: 45}, {Qty: 1, Unit: 1, Discount: 1}}
	for name, c := range map[string]struct {
		of     Order
		status Status
		back   []CaseLine // a case each
		state  CaseState
		goods  Cents
		points int
		kept   bool
	}{
		"all is kept":                   {o, Delivered, nil, "", 336, 21, true},
		"a case that is open":           {o, Delivered, []CaseLine{{Line: 0, Qty: 1}}, CaseOpen, 336, 21, true},
		"the first line":                {o, Delivered, []CaseLine{{Line: 0, Qty: 1}}, CaseRefunded, 105, 8, true}, // 69/5 points are 13 whole ones
		"one of three pieces":           {o, Delivered, []CaseLine{{Line: 1, Qty: 1}}, CaseRefunded, 301, 19, true},
		"the pieces one after another":  {o, Delivered, []CaseLine{{Line: 1, Qty: 1}, {Line: 1, Qty: 1}, {Line: 1, Qty: 1}}, CaseRefunded, 231, 14, true},
		"what points paid all of":       {o, Delivered, []CaseLine{{Line: 2, Qty: 1}}, CaseRefunded, 336, 21, true},
		"all but what points paid":      {o, Delivered, []CaseLine{{Line: 0, Qty: 1}, {Line: 1, Qty: 3}}, CaseRefunded, 0, 1, true},
		"everything, line by line":      {o, Delivered, []CaseLine{{Line: 0, Qty: 1}, {Line: 1, Qty: 3}, {Line: 2, Qty: 1}}, CaseRefunded, 0, 0, false},
		"a parcel that came back":       {o, Returned, nil, "", 0, 0, false},
		"lines that tell of no points":  {old, Delivered, []CaseLine{{Line: 0, Qty: 1}}, CaseRefunded, 105, 21, true},
		"all of those, which tell none": {old, Delivered, []CaseLine{{Line: 0, Qty: 1}, {Line: 1, Qty: 3}, {Line: 2, Qty: 1}}, CaseRefunded, 0, 0, false},
	} {
		c.of.Status = c.status
		var cases []Case
		for _, l := range c.back {
			cases = append(cases, Case{State: c.state, Lines: []CaseLine{l}})
		}
		if goods, points, kept := c.of.Kept(cases); goods != c.goods || points != c.points || kept != c.kept {
			t.Errorf("%s: %d cents and %d points are kept, %v; want %d and %d, %v", name, goods, points, kept, c.goods, c.points, c.kept)
		}
	}
}

// TestPointsComeBackInAnyOrder: by as much as they took off what goes back, less
// than a point less, and all of them in the end.
func TestPointsComeBackInAnyOrder(t *testing.T) {
	t.Parallel()
	s, err := loadWith(t, loyaltyYAML)
	if err != nil {
		t.Fatal(err)
	}
	s.Discounts = nil
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		lines := make([]OrderLine, 1+r.IntN(4))
		for i := range lines {
			lines[i] = OrderLine{SKU: string(rune('a' + i)), Qty: 1 + r.IntN(4), Unit: Cents(1 + r.IntN(2000)), VAT: 255}
		}
		q, err := s.Using(1+r.IntN(300), "").Quote(lines, "", "", time.Now())
		if err != nil {
			t.Fatal(err)
		}
		o := Order{Status: Delivered, Lines: q.Lines, Discounts: q.Discounts}
		all := q.Discounts[0]
		var cases []Case
		var back Cents // of what points paid
		before := all.Points
		for _, i := range r.Perm(len(lines)) {
			for range lines[i].Qty {
				cases = append(cases, Case{State: CaseRefunded, Lines: []CaseLine{{Line: i, Qty: 1}}})
				_, points, kept := o.Kept(cases)
				if points > before || points < 0 || kept != (len(cases) < pieces(lines)) {
					t.Fatalf("%d of %d points are kept after %d were, %v", points, all.Points, before, kept)
				}
				before = points
			}
			back += o.Lines[i].Points
			got, due := Cents(all.Points-before)*all.Amount, back*Cents(all.Points)
			if got > due || got <= due-all.Amount {
				t.Fatalf("%d of %d points came back for %d of %d cents", all.Points-before, all.Points, back, all.Amount)
			}
		}
		if before != 0 {
			t.Fatalf("%d points stay used with nothing kept", before)
		}
	}
}

func pieces(lines []OrderLine) (n int) {
	for _, l := range lines {
		n += l.Qty
	}
	return n
}
