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

// Quote is what a cart costs with a delivery and a payment: the one computation
// behind the summary, the button and the order.
type Quote struct {
	Lines            []OrderLine // with what discounts take off them
	Goods            Cents       // of the lines, before discounts
	Discounts        []OrderDiscount
	Unfit            []UnfitCode // codes given that lower nothing
	Delivery         Cents       // before discounts
	DeliveryDiscount Cents
	Fee              Cents
	ServiceVAT       int   // of delivery and fee, tenths of a percent
	Total            Cents // Goods − Discounts + Delivery + Fee
	VAT              []VATLine
}

// Quote computes what the lines cost with a way of delivery and of payment at
// a time, with the discounts that come by themselves and the one code that
// fits. "" stands for a delivery or payment not chosen yet, which costs
// nothing. Whether delivery is free is decided by the goods before discounts,
// so that a discount never makes an order dearer.
//
// VAT is taken out of each line (pieces times price, less discount), of the
// delivery and of the fee separately, each rounded to the cent, then summed by
// rate, highest rate first; delivery and fee have the general rate.
//
// It returns [ErrEmpty] without lines, and an error for a line without pieces,
// for an unknown delivery or payment, and for a payment that does not go with
// the delivery.
func (s *Shop) Quote(lines []OrderLine, deliveryID, paymentID string, at time.Time, codes ...string) (Quote, error) {
	if len(lines) == 0 {
		return Quote{}, ErrEmpty
	}
	q := Quote{Lines: slices.Clone(lines), ServiceVAT: s.VATRate(GeneralVAT, at)}
	for i, l := range lines {
		if l.Qty < 1 || l.Unit < 0 {
			return Quote{}, fmt.Errorf("quote %s: %d pieces at %d cents", l.SKU, l.Qty, l.Unit)
		}
		q.Lines[i].Discount = 0
		q.Goods += q.Lines[i].Amount()
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
	s.discount(&q, at, deliveryID != "", codes)
	for _, l := range q.Lines {
		q.charge(l.Amount(), l.VAT)
	}
	q.charge(q.Delivery-q.DeliveryDiscount, q.ServiceVAT)
	q.charge(q.Fee, q.ServiceVAT)
	slices.SortFunc(q.VAT, func(a, b VATLine) int { return cmp.Compare(b.Tenths, a.Tenths) })
	return q, nil
}

// QuoteOrder computes what an order costs by what the shop asks now, with the codes
// and points that it uses, as of the moment when it was accepted: a moment before
// midnight is soon enough.
func (s *Shop) QuoteOrder(o Order) (Quote, error) {
	points, friend := 0, ""
	var codes []string
	for _, d := range o.Discounts {
		points += d.Points
		if d.ID == ReferralDiscount {
			friend = d.Code
		}
		if d.Code != "" {
			codes = append(codes, d.Code)
		}
	}
	return s.Using(points, friend).Quote(o.Lines, o.Delivery.Method, o.Payment, o.Placed, codes...)
}

// charge adds an amount with its VAT.
func (q *Quote) charge(gross Cents, tenths int) {
	if gross == 0 {
		return
	}
	q.Total += gross
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
