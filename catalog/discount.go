package catalog

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Discount is one line of the shop's discounts.yaml. Exactly one of Percent,
// Amount, FreeDelivery and Take is set. It comes by itself unless it has a code.
type Discount struct {
	ID           string
	Code         string // as the shop writes it
	Name         Text
	Percent      int   // 1–100, off the goods it is about
	Amount       Cents // off the goods it is about
	FreeDelivery bool
	Take, Pay    int       // of every Take pieces, the cheapest are free until Pay are left
	Category     string    // only goods of this category and those below it; "": all
	Minimum      Cents     // what the goods it is about must be worth, before discounts
	From         time.Time // the first moment; zero: always
	Until        time.Time // the first moment after it; zero: for ever
	Uses         int       // how many orders may have it in all; 0: any number
	PerCustomer  int       // how many orders of one customer (by e-mail) may; 0: any number
}

// UnfitCode is a code that a quote could not use, and why.
type UnfitCode struct {
	Code string // as it was given
	Why  string // one of the reasons below
}

// Why a code does not fit.
const (
	WhyUnknown = "unknown"
	WhyEarly   = "early"   // its days have not begun
	WhyOver    = "over"    // its days are over
	WhyGoods   = "goods"   // nothing in the cart that it is about
	WhyMinimum = "minimum" // the goods are worth too little
	WhyNothing = "nothing" // nothing is left that it could lower
	WhyOne     = "one"     // an order has one code
)

// Discount returns the discount that a code gives, however the customer writes
// it (case, spaces and hyphens do not matter), or nil.
func (s *Shop) Discount(code string) *Discount {
	for i := range s.Discounts {
		if d := &s.Discounts[i]; d.Code != "" && sameCode(d.Code, code) {
			return d
		}
	}
	return nil
}

// sameCode reports whether two codes have the same codeKey, and it is not
// empty. Every word of every message is compared, so it makes no strings.
func sameCode(a, b string) bool {
	for matched := false; ; matched = true {
		x, restA := nextOfCode(a)
		y, restB := nextOfCode(b)
		if x != y || x == 0 {
			return x == y && matched
		}
		a, b = restA, restB
	}
}

// nextOfCode is the next letter or digit of a code in upper case, and what
// follows it; 0 at its end.
func nextOfCode(code string) (rune, string) {
	for i, r := range code {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r), code[i+utf8.RuneLen(r):]
		}
	}
	return 0, ""
}

// codeKey is what is compared of a code: its letters and digits in upper case.
func codeKey(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, code)
}

// discount takes off the quote what the shop gives by itself, in the order of
// its file, and then what the first code that fits gives.
func (s *Shop) discount(q *Quote, at time.Time, chosen bool, codes []string) {
	for i := range s.Discounts {
		if d := &s.Discounts[i]; d.Code == "" {
			s.apply(d, q, at, chosen)
		}
	}
	used := false
	for _, code := range codes {
		d, why := s.Discount(code), WhyUnknown
		switch {
		case d != nil && used:
			why = WhyOne
		case d != nil:
			why = s.apply(d, q, at, chosen)
		}
		if why == "" {
			used = true
			continue
		}
		q.Unfit = append(q.Unfit, UnfitCode{Code: code, Why: why})
	}
}

// apply takes one discount off the quote, or tells why it does not fit. Free
// delivery fits, too, while no way of delivery is chosen.
func (s *Shop) apply(d *Discount, q *Quote, at time.Time, chosen bool) (why string) {
	switch {
	case at.Before(d.From):
		return WhyEarly
	case !d.Until.IsZero() && !at.Before(d.Until):
		return WhyOver
	}
	rest := make([]Cents, len(q.Lines)) // what the goods it is about still cost
	var worth, sum Cents
	for i, l := range q.Lines {
		if s.about(d, l.Product) {
			rest[i] = l.Amount()
			worth += l.Unit * Cents(l.Qty)
			sum += rest[i]
		}
	}
	switch {
	case worth == 0:
		return WhyGoods
	case worth < d.Minimum:
		return WhyMinimum
	}
	off := OrderDiscount{ID: d.ID, Code: d.Code, Name: d.Name, Uses: d.Uses, PerCustomer: d.PerCustomer}
	if d.FreeDelivery && !chosen {
		return ""
	} else if d.FreeDelivery {
		off.Amount = q.Delivery - q.DeliveryDiscount
		q.DeliveryDiscount = q.Delivery
	} else {
		for i, share := range d.shares(q.Lines, rest, sum) {
			q.Lines[i].Discount += share
			if d.ID == PointsDiscount {
				q.Lines[i].Points = share
			}
			off.Amount += share
		}
	}
	if off.Amount == 0 {
		return WhyNothing
	}
	if d.ID == PointsDiscount {
		off.Points = s.Loyalty.Points(off.Amount)
	}
	q.Discounts = append(q.Discounts, off)
	return ""
}

// shares are what d takes off each line, of which rest is left to take from.
func (d *Discount) shares(lines []OrderLine, rest []Cents, sum Cents) []Cents {
	switch {
	case d.Percent > 0:
		return split((sum*Cents(d.Percent)+50)/100, rest)
	case d.Amount > 0:
		return split(min(d.Amount, sum), rest)
	}
	// The dearest pieces make up groups first, so that those free are worth the most.
	type bunch struct {
		line, qty int
		price     Cents
	}
	var bunches []bunch
	pieces, seen := 0, 0
	for i, l := range lines {
		if rest[i] > 0 {
			bunches = append(bunches, bunch{i, l.Qty, rest[i] / Cents(l.Qty)})
			pieces += l.Qty
		}
	}
	slices.SortStableFunc(bunches, func(a, b bunch) int { return cmp.Compare(b.price, a.price) })
	shares := make([]Cents, len(lines))
	for _, b := range bunches {
		free := d.free(seen+b.qty, pieces) - d.free(seen, pieces)
		shares[b.line] = b.price * Cents(free)
		seen += b.qty
	}
	return shares
}

// free is how many of the first n of all pieces, dearest first, cost nothing:
// the last ones of each full group.
func (d *Discount) free(n, all int) int {
	free := n / d.Take * (d.Take - d.Pay)
	if n/d.Take < all/d.Take {
		free += max(0, n%d.Take-d.Pay)
	}
	return free
}

// about reports whether d is about a product.
func (s *Shop) about(d *Discount, product string) bool {
	if d.Category == "" {
		return true
	}
	p := s.Product(product)
	return p != nil && s.Under(p.Category, d.Category)
}
