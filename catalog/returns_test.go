package catalog

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// delivered is an order of two pairs of shoes and a book, delivered at a time.
func delivered(at time.Time) Order {
	return Order{
		Number: "T-123456", Status: Delivered, Delivered: at, Lines: []OrderLine{shoes(2), book(1)},
		Address: Address{Postcode: "00530"}, Delivery: OrderDelivery{Name: "Kotiinkuljetus", Price: 1290}, PaymentFee: 190, ServiceVAT: 255,
		Total: 2*6490 + 1100 + 1290 + 190,
	}
}

func TestEligible(t *testing.T) {
	t.Parallel()
	shop := *testShop(t)
	shop.Products = append([]Product(nil), shop.Products...)
	shop.index()
	sealed := func(reason string) *Shop {
		other := shop
		other.Products = append([]Product(nil), shop.Products...)
		for i := range other.Products {
			other.Products[i].Withdrawal = reason
		}
		other.index()
		return &other
	}
	for _, c := range []struct {
		name      string
		shop      *Shop
		status    Status
		delivered string
		goods     Condition
		now       string
		ok        bool
		why       string
	}{
		{"on the same day", &shop, Delivered, "2026-12-01 10:00", "", "2026-12-01 11:00", true, ""},
		{"the last minute", &shop, Delivered, "2026-12-01 23:59", "", "2026-12-15 23:59", true, ""},
		{"a minute late", &shop, Delivered, "2026-12-01 00:01", "", "2026-12-16 00:00", false, WhyLate},
		{"the end moves over a weekend", &shop, Delivered, "2026-12-05 12:00", "", "2026-12-21 23:59", true, ""},
		{"and not further", &shop, Delivered, "2026-12-05 12:00", "", "2026-12-22 00:00", false, WhyLate},
		{"and over Christmas", &shop, Delivered, "2026-12-10 12:00", "", "2026-12-28 23:59", true, ""},
		{"and not further than that", &shop, Delivered, "2026-12-10 12:00", "", "2026-12-29 00:00", false, WhyLate},
		{"over the spring's 23 hours", &shop, Delivered, "2027-03-16 12:00", "", "2027-03-30 23:59", true, ""},
		{"not a minute more", &shop, Delivered, "2027-03-16 12:00", "", "2027-03-31 00:00", false, WhyLate},
		{"over the autumn's 25 hours", &shop, Delivered, "2026-10-13 12:00", "", "2026-10-27 23:59", true, ""},
		{"not a minute more then", &shop, Delivered, "2026-10-13 12:00", "", "2026-10-28 00:00", false, WhyLate},
		{"over midsummer", &shop, Delivered, "2027-06-11 12:00", "", "2027-06-28 23:59", true, ""},
		{"before it came", &shop, Shipped, "", "", "2027-06-28 12:00", true, ""},
		{"nobody knows when", &shop, Delivered, "", "", "2027-06-28 12:00", true, WhyReceipt},
		{"opened is no reason", &shop, Delivered, "2026-12-01 10:00", Opened, "2026-12-02 10:00", true, ""},
		{"nor is used", &shop, Delivered, "2026-12-01 10:00", Used, "2026-12-02 10:00", true, ""},
		{"a seal", sealed("sealed-hygiene"), Delivered, "2026-12-01 10:00", "", "2026-12-02 10:00", true, WhySeal},
		{"a whole seal", sealed("sealed-hygiene"), Delivered, "2026-12-01 10:00", Unopened, "2026-12-02 10:00", true, WhySeal},
		{"a broken seal", sealed("sealed-hygiene"), Delivered, "2026-12-01 10:00", Opened, "2026-12-02 10:00", false, WhyOpened},
		{"food", sealed("perishable"), Delivered, "2026-12-01 10:00", Unopened, "2026-12-02 10:00", false, WhySpoils},
		{"made to measure", sealed("custom"), Shipped, "", Unopened, "2026-12-02 10:00", false, WhyCustom},
		{"cancelled", &shop, Cancelled, "", "", "2026-12-02 10:00", false, WhyClosed},
		{"not paid", &shop, Awaiting, "", "", "2026-12-02 10:00", false, WhyClosed},
		{"all back", &shop, Returned, "2026-12-01 10:00", "", "2026-12-02 10:00", false, WhyClosed},
	} {
		o := delivered(time.Time{})
		o.Status = c.status
		if c.delivered != "" {
			o.Delivered = moment(c.delivered).UTC() // as the store gives it
		}
		ok, why := c.shop.Eligible(o, 0, c.goods, moment(c.now).UTC())
		if ok != c.ok || why != c.why {
			t.Errorf("%s: %v %q", c.name, ok, why)
		}
	}
}

func TestNewCase(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	o, now := delivered(moment("2026-12-01 10:00")), moment("2026-12-03 15:00")
	c, err := s.NewCase(Case{Kind: Withdrawal, Lines: []CaseLine{{Line: 0, Qty: 1}}}, o, nil, now)
	if err != nil {
		t.Fatal(err)
	}
	if c.Order != "T-123456" || c.State != CaseOpen || !c.Opened.Equal(now) ||
		!c.SendBy.Equal(day("2026-12-17")) || !c.RefundBy.Equal(day("2026-12-17")) || c.Refund.Total != 6490 {
		t.Errorf("%+v", c)
	}
	// 20.12. is a Sunday: the customer has until Monday, the shop has not.
	c, err = s.NewCase(Case{Kind: Withdrawal, Lines: []CaseLine{{Line: 0, Qty: 1}}}, o, nil, moment("2026-12-06 15:00"))
	if err != nil || !c.SendBy.Equal(day("2026-12-21")) || !c.RefundBy.Equal(day("2026-12-20")) {
		t.Errorf("%+v, %v", c, err)
	}
	late := moment("2027-12-06 15:00")
	if c, err = s.NewCase(Case{Kind: Complaint, Lines: []CaseLine{{Line: 1, Qty: 1}}}, o, nil, late); err != nil || !c.SendBy.IsZero() {
		t.Errorf("a complaint after a year: %+v, %v", c, err)
	}
	if c, err = s.NewCase(Case{Kind: Exchange, Lines: []CaseLine{{Line: 1, Qty: 1, Swap: "KIRJA-1"}}}, o, nil, now); err != nil || c.Refund.Total != 0 || !c.RefundBy.IsZero() {
		t.Errorf("an exchange: %+v, %v", c, err)
	}
	// All of an order that has not left is cancelled, opened or not; what was paid goes back.
	whole := Case{Kind: Withdrawal, Goods: Opened, Lines: []CaseLine{{Line: 1, Qty: 1}, {Line: 0, Qty: 2}}}
	for status, want := range map[Status]CaseState{Placed: CaseCancelled, Awaiting: CaseCancelled, Handed: CaseCancelled, Packed: CaseOpen, Shipped: CaseOpen} {
		o := delivered(time.Time{})
		o.Status = status
		for _, paid := range []time.Time{{}, now} {
			o.Paid = paid
			c, err := s.NewCase(whole, o, nil, now)
			back := want == CaseOpen || !paid.IsZero()
			if err != nil || c.State != want || (c.Refund.Total > 0) != back || c.RefundBy.IsZero() == back || c.SendBy.IsZero() != (want == CaseCancelled) {
				t.Errorf("%s: %+v, %v", status, c, err)
			}
			if want == CaseCancelled && back && c.Refund.Total != o.Total {
				t.Errorf("%s: %d of %d comes back", status, c.Refund.Total, o.Total)
			}
		}
	}
	one := []Case{{State: CaseOpen, Lines: []CaseLine{{Line: 0, Qty: 1}}}}
	refused := []Case{{State: CaseRefused, Lines: []CaseLine{{Line: 0, Qty: 2}}}}
	replaced := []Case{{Kind: Complaint, State: CaseReplaced, Lines: []CaseLine{{Line: 0, Qty: 2}}}, {Kind: Exchange, State: CaseReplaced, Lines: []CaseLine{{Line: 0, Qty: 1}}}}
	if again, err := s.NewCase(Case{Kind: Complaint, Lines: []CaseLine{{Line: 0, Qty: 2}}}, o, replaced, late); err != nil || again.Refund.Total != 2*6490 {
		t.Errorf("a complaint of what was repaired: %+v, %v", again.Refund, err)
	}
	unpaid := delivered(time.Time{})
	unpaid.Status = Awaiting
	if _, err := s.NewCase(Case{Kind: Withdrawal, Lines: []CaseLine{{Line: 0, Qty: 1}}}, unpaid, nil, now); err == nil {
		t.Error("a part of an order that is not paid")
	}
	for _, bad := range []struct {
		name    string
		kind    CaseKind
		lines   []CaseLine
		earlier []Case
		now     time.Time
		why     string
	}{
		{"no lines", Withdrawal, nil, nil, now, WhyPieces},
		{"no pieces", Withdrawal, []CaseLine{{Line: 0}}, nil, now, WhyPieces},
		{"fewer than none", Withdrawal, []CaseLine{{Line: 0, Qty: -1}}, nil, now, WhyPieces},
		{"too many", Complaint, []CaseLine{{Line: 0, Qty: 3}}, nil, now, WhyPieces},
		{"too many on two lines", Withdrawal, []CaseLine{{Line: 0, Qty: 1}, {Line: 0, Qty: 2}}, nil, now, WhyPieces},
		{"too many with those before", Withdrawal, []CaseLine{{Line: 0, Qty: 2}}, one, now, WhyPieces},
		{"no such line", Withdrawal, []CaseLine{{Line: 2, Qty: 1}}, nil, now, WhyPieces},
		{"late", Withdrawal, []CaseLine{{Line: 0, Qty: 1}}, nil, late, WhyLate},
		{"late exchange", Exchange, []CaseLine{{Line: 0, Qty: 1}}, nil, late, WhyLate},
		{"those exchanged are the customer's", Withdrawal, []CaseLine{{Line: 0, Qty: 2}}, replaced, now, ""},
		{"those refused do not count", Withdrawal, []CaseLine{{Line: 0, Qty: 2}}, refused, now, ""},
	} {
		_, err := s.NewCase(Case{Kind: bad.kind, Lines: bad.lines}, o, bad.earlier, bad.now)
		var ineligible *Ineligible
		if why := ""; errors.As(err, &ineligible) {
			if why = ineligible.Why; why != bad.why {
				t.Errorf("%s: %s", bad.name, why)
			}
		} else if err != nil || bad.why != "" {
			t.Errorf("%s: %v", bad.name, err)
		}
	}
}

func TestRefund(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	now := moment("2026-12-03 15:00")
	all := []CaseLine{{Line: 0, Qty: 2}, {Line: 1, Qty: 1}}
	for _, c := range []struct {
		name     string
		kind     CaseKind
		lines    []CaseLine
		earlier  []Case
		delivery Cents
		label    bool
		want     Cents
	}{
		{"one pair", Withdrawal, all[:1], nil, 1290, false, 12980},
		// Goods of 140,80 € go free to a pick-up point, so the cheapest delivery is free.
		{"all", Withdrawal, all, nil, 1290, false, 12980 + 1100 + 190},
		{"all, by the shop's label", Withdrawal, all, nil, 1290, true, 12980 + 1100 + 190 - 590},
		{"the rest", Withdrawal, all[1:], []Case{{Kind: Withdrawal, State: CaseRefunded, Lines: all[:1]}}, 1290, false, 1100 + 190},
		{"the rest after a refusal", Withdrawal, all[1:], []Case{{Kind: Withdrawal, State: CaseRefused, Lines: all[:1]}}, 1290, false, 1100},
		{"the rest after an exchange", Withdrawal, all[1:], []Case{{Kind: Exchange, State: CaseReplaced, Lines: all[:1]}}, 1290, false, 1100},
		{"all is faulty", Complaint, all, nil, 1290, true, 12980 + 1100 + 1290 + 190},
		{"not collected", Return, all, nil, 1290, false, 12980 + 1100},
	} {
		o := delivered(moment("2026-12-01 10:00"))
		o.Delivery.Price = c.delivery
		got, err := s.NewCase(Case{Kind: c.kind, Lines: c.lines, Label: c.label}, o, c.earlier, now)
		if err != nil {
			t.Fatal(err)
		}
		if got.Refund.Total != c.want {
			t.Errorf("%s: %d, want %d: %+v", c.name, got.Refund.Total, c.want, got.Refund.Rows)
		}
	}

	// Of goods that do not go free the cheapest delivery is given back, and never more than was paid.
	o := delivered(moment("2026-12-01 10:00"))
	o.Lines, o.PaymentFee = o.Lines[1:], 0
	for paid, want := range map[Cents]Cents{1290: 490, 490: 490, 300: 300, 0: 0} {
		o.Delivery.Price = paid
		got, err := s.NewCase(Case{Kind: Withdrawal, Lines: []CaseLine{{Line: 0, Qty: 1}}}, o, nil, now)
		if err != nil || got.Refund.Total != 1100+want {
			t.Errorf("delivery for %d: %+v, %v", paid, got.Refund, err)
		}
	}
}

// TestRefundsNeverExceedThePrice sends orders of chance back piece by piece:
// the refunds add up to what the goods cost, in gross, net and tax.
func TestRefundsNeverExceedThePrice(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	chance := rand.New(rand.NewPCG(3, 5))
	now := moment("2026-12-03 15:00")
	for range 500 {
		o := delivered(moment("2026-12-01 10:00"))
		for i := range o.Lines {
			l := &o.Lines[i]
			l.Qty, l.Unit = 1+chance.IntN(7), Cents(chance.IntN(9999))
			l.Discount = Cents(chance.Int64N(int64(l.Unit)*int64(l.Qty) + 1))
		}
		left := []int{o.Lines[0].Qty, o.Lines[1].Qty}
		var earlier []Case
		sum := map[string]Row{}
		for left[0]+left[1] > 0 {
			line := chance.IntN(2)
			if left[line] == 0 {
				continue
			}
			qty := 1 + chance.IntN(left[line])
			left[line] -= qty
			c, err := s.NewCase(Case{Kind: Complaint, Lines: []CaseLine{{Line: line, Qty: qty}}}, o, earlier, now)
			if err != nil {
				t.Fatal(err)
			}
			earlier = append(earlier, c)
			for _, r := range c.Refund.Rows {
				sum[r.Kind+r.SKU] = Row{}.less(Row{}.less(sum[r.Kind+r.SKU]).less(r))
			}
		}
		for _, r := range o.Receipt() {
			if got := sum[r.Kind+r.SKU]; got.Gross != r.Gross || got.Net != r.Net || got.Tax != r.Tax {
				t.Fatalf("of %+v came back %+v", r, got)
			}
		}
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"T-123456": "1234561", "T-234823": "2348236", "T-1001": "10016", "T-100": "1009",
		"12": "", "T-": "", "T-00123456": "1234561", "٣٤٥٦": "",
		"1234567890123456789": "12345678901234567894", "12345678901234567890": "",
	} {
		if got := (Order{Number: number}).Reference(); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}
