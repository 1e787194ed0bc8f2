package catalog

import "slices"

// Ways of paying that the shop keeps itself; with them an order is sold at once.
const (
	AtStore = "at_store" // as the goods are collected
	Invoice = "invoice"
)

// How much credit a way of paying means (KSL 6:12 b).
const (
	NoCredit      = "no"      // online bank, debit card, cash
	PerhapsCredit = "perhaps" // combined cards, mobile wallets
	Credit        = "yes"     // invoice, instalments
)

// PaymentMethod returns the way of paying with this id, or nil.
func (s *Shop) PaymentMethod(id string) *PaymentMethod {
	for i := range s.Payments {
		if s.Payments[i].ID == id {
			return &s.Payments[i]
		}
	}
	return nil
}

// PaymentsFor returns the ways of paying that go with a kind of delivery, in
// the lawful order.
func (s *Shop) PaymentsFor(kind string) []*PaymentMethod {
	var fit []*PaymentMethod
	for i := range s.Payments {
		if s.Payments[i].GoesWith(kind) {
			fit = append(fit, &s.Payments[i])
		}
	}
	return fit
}

// GoesWith reports whether goods delivered in this kind of way can be paid so.
func (p *PaymentMethod) GoesWith(kind string) bool {
	return len(p.For) == 0 || slices.Contains(p.For, kind)
}

// First reports whether goods paid so are paid before they leave: the order
// waits for the payment and its goods are reserved for [Shop.Reserve].
func (p *PaymentMethod) First() bool { return p.Provider != "" }
