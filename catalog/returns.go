package catalog

import (
	"fmt"
	"time"
)

// lawfulDays is how long the law gives the customer to send goods back after a
// withdrawal, and to withdraw (KSL 6:14, 6:17).
const lawfulDays = 14

// Deadline returns the last day, as its first moment in Helsinki, on which
// goods received at a time can be returned. The day of receipt is not counted,
// and a period that would end on a Saturday, Sunday or holiday ends on the next
// working day (laki 150/1930 5 §).
func (r Returns) Deadline(received time.Time) time.Time { return lastDay(received, r.Days) }

func lastDay(from time.Time, days int) time.Time {
	return workdayFrom(midnight(from).AddDate(0, 0, days))
}

// Why a line can be withdrawn from only so, or not at all.
const (
	WhyReceipt = "receipt" // yes, but when it was received is not known: staff look at it
	WhySeal    = "seal"    // yes, while its seal is whole
	WhyOpened  = "opened"  // no: sealed for hygiene, and opened
	WhySpoils  = "spoils"  // no: it spoils fast
	WhyCustom  = "custom"  // no: made to the customer's wishes
	WhyLate    = "late"    // no: the time is over
	WhyClosed  = "closed"  // no: the order is not sold, or has all come back
)

// Eligible tells whether the customer may withdraw from a line of an order now
// (KSL 6:14–16), and why not, or on which condition. Until the goods are
// received they may; that the package is open or the price was low is no reason
// against it.
func (s *Shop) Eligible(o Order, line int, goods Condition, now time.Time) (ok bool, why string) {
	switch o.Status {
	case Draft, Shown, Awaiting, Cancelled, Expired, Refused, Returned, Refunded:
		return false, WhyClosed
	}
	if !o.Delivered.IsZero() && !now.Before(s.Returns.Deadline(o.Delivered).AddDate(0, 0, 1)) {
		return false, WhyLate
	}
	if p := s.Product(o.Lines[line].Product); p != nil {
		stays := p.Stays()
		switch sealed := p.Withdrawal == "sealed-hygiene"; {
		case stays != "":
			return false, stays
		case sealed && goods != "" && goods != Unopened:
			return false, WhyOpened
		case sealed:
			return true, WhySeal
		}
	}
	switch o.Status {
	case Delivered, PartlyReturned, Closed:
		if o.Delivered.IsZero() {
			return true, WhyReceipt
		}
	}
	return true, ""
}

// Stays is why a product cannot be withdrawn from at all, WhySpoils or WhyCustom; "" when
// it can, if perhaps not when opened (KSL 6:16).
func (p *Product) Stays() (why string) {
	switch p.Withdrawal {
	case "perishable":
		return WhySpoils
	case "custom":
		return WhyCustom
	}
	return ""
}

// Ineligible is a case that cannot be: a line that cannot be withdrawn from, or
// pieces that the order does not have.
type Ineligible struct {
	Line int
	Why  string // as Eligible says; WhyPieces
}

// WhyPieces is a line with no pieces, or with more than the order has that are
// in no other case.
const WhyPieces = "pieces"

func (e *Ineligible) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// NewCase completes a case that the customer or staff begin: its dates and what
// is given back, of which earlier cases of the order have had their part. A
// withdrawal from all of an order that has not left is CaseCancelled: the order
// is cancelled with it. It returns an *[Ineligible] for a withdrawal or an
// exchange that the law and the shop's terms do not give. The seller answers for
// a defect without a limit of time, so a complaint is always taken.
func (s *Shop) NewCase(c Case, o Order, earlier []Case, now time.Time) (Case, error) {
	if len(c.Lines) == 0 {
		return Case{}, &Ineligible{0, WhyPieces}
	}
	gone, before := taken(o, earlier), 0
	for _, qty := range gone {
		before += qty
	}
	for _, l := range c.Lines {
		if l.Line < 0 || l.Line >= len(o.Lines) || l.Qty < 1 || gone[l.Line]+l.Qty > o.Lines[l.Line].Qty {
			return Case{}, &Ineligible{l.Line, WhyPieces}
		}
		gone[l.Line] += l.Qty
	}
	c.Order, c.State, c.Opened = o.Number, CaseOpen, now
	c.SendBy, c.RefundBy, c.Refund = time.Time{}, time.Time{}, Settlement{}
	if c.Kind == Withdrawal && before == 0 && o.all(gone) && o.Status != Cancelled && o.Status.Step(Cancelled) == nil {
		c.State = CaseCancelled
		if !o.Paid.IsZero() {
			c.RefundBy = midnight(now).AddDate(0, 0, s.Returns.RefundDays)
			for _, row := range o.Receipt() {
				c.Refund.add(row)
			}
		}
		return c, nil
	}
	if c.Kind == Withdrawal || c.Kind == Exchange {
		for _, l := range c.Lines {
			if ok, why := s.Eligible(o, l.Line, c.Goods, now); !ok {
				return Case{}, &Ineligible{l.Line, why}
			}
		}
	}
	if c.Kind != Complaint {
		c.SendBy = lastDay(now, lawfulDays)
	}
	if c.Kind != Exchange {
		c.RefundBy = midnight(now).AddDate(0, 0, s.Returns.RefundDays)
		c.Refund = s.refund(c, o, earlier)
	}
	return c, nil
}

// taken counts the pieces of each line that customers have no more, or that a case is
// open of: not those of a case refused, nor those that came back to them repaired or exchanged.
func taken(o Order, cases []Case) []int {
	pieces := make([]int, len(o.Lines))
	for _, c := range cases {
		if c.State == CaseRefused || c.State == CaseReplaced {
			continue
		}
		for _, l := range c.Lines {
			pieces[l.Line] += l.Qty
		}
	}
	return pieces
}

// After is the status of the order when its cases stand as they do. Goods that
// came to be repaired or exchanged have not been returned.
func (o Order) After(cases []Case) Status {
	var back, refunded []Case
	for _, c := range cases {
		switch {
		case c.State == CaseRefunded:
			back, refunded = append(back, c), append(refunded, c)
		case c.State == CaseReceived && (c.Kind == Withdrawal || c.Kind == Return):
			back = append(back, c)
		}
	}
	switch {
	case len(back) == 0:
		return o.Status
	case o.all(taken(o, refunded)):
		return Refunded
	case o.all(taken(o, back)):
		return Returned
	}
	return PartlyReturned
}

// all reports whether these are all pieces of each line.
func (o Order) all(pieces []int) bool {
	for i, l := range o.Lines {
		if pieces[i] < l.Qty {
			return false
		}
	}
	return true
}
