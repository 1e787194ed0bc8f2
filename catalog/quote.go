package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrEmpty is the quote of a cart with nothing in it.
var ErrEmpty = errors.New("the cart is empty")

// Quote computes what the lines cost with a way of delivery and of payment at
// a time. "" stands for a delivery or payment not chosen yet, which costs
// nothing. VAT is taken out of each line (unit price times pieces), of the
// delivery and of the fee separately, each rounded to the cent, then summed by
// rate, highest rate first; delivery and fee have the general rate.
//
// It returns [ErrEmpty] without lines, and an error for a line without pieces,
// for an unknown delivery or payment, and for a payment that does not go with
// the delivery.
func (s *Shop) Quote(lines []OrderLine, deliveryID, paymentID string, at time.Time) (Quote, error) {
	if len(lines) == 0 {
		return Quote{}, ErrEmpty
	}
	var q Quote
	gross := func(amount Cents, tenths int) {
		if amount > 0 {
			q.Total += amount
			q.addVAT(amount, tenths)
		}
	}
	for _, l := range lines {
		if l.Qty < 1 || l.Unit < 0 {
			return Quote{}, fmt.Errorf("quote %s: %d pieces at %d cents", l.SKU, l.Qty, l.Unit)
		}
		amount := l.Unit * Cents(l.Qty)
		q.Goods += amount
		gross(amount, l.VAT)
	}
	kind := ""
	if deliveryID != "" {
		m := s.DeliveryMethod(deliveryID)
		if m == nil {
			return Quote{}, fmt.Errorf("quote: no delivery %q", deliveryID)
		}
		kind = m.Kind
		q.Delivery = m.PriceFor(q.Goods)
	}
	if paymentID != "" {
		p := s.PaymentMethod(paymentID)
		if p == nil {
			return Quote{}, fmt.Errorf("quote: no payment %q", paymentID)
		}
		if kind != "" && !p.GoesWith(kind) {
			return Quote{}, fmt.Errorf("quote: payment %q does not go with delivery %q", paymentID, deliveryID)
		}
		q.Fee = p.Fee
	}
	general := s.VATRate(GeneralVAT, at)
	gross(q.Delivery, general)
	gross(q.Fee, general)
	slices.SortFunc(q.VAT, func(a, b VATLine) int { return cmp.Compare(b.Tenths, a.Tenths) })
	return q, nil
}

func (q *Quote) addVAT(gross Cents, tenths int) {
	n := net(gross, tenths)
	for i := range q.VAT {
		if q.VAT[i].Tenths == tenths {
			q.VAT[i].Net += n
			q.VAT[i].Tax += gross - n
			return
		}
	}
	q.VAT = append(q.VAT, VATLine{Tenths: tenths, Net: n, Tax: gross - n})
}
