package catalog

import (
	"strings"
	"time"
)

// Order is what a customer has accepted by tapping the order button: prices,
// VAT and delivery are fixed in it.
type Order struct {
	ID            string // the effect that asked for it; unique for ever
	Number        string // what the customer is told; given by the store
	Token         string // names the order's page to who has the link; given by the store, never logged
	Conversation  string
	Status        Status
	Placed        time.Time
	ReservedUntil time.Time // until when its goods wait for the payment; zero: they are sold
	Paid          time.Time // zero until then
	Delivered     time.Time // zero until then
	Lang          string
	Lines         []OrderLine
	Discounts     []OrderDiscount
	Contact       Contact
	Address       Address
	Delivery      OrderDelivery
	Greeting      string // goes with a gift that is wrapped; "" without one
	Payment       string // id of a PaymentMethod
	PaymentFee    Cents
	ServiceVAT    int // of delivery and fee, tenths of a percent
	Currency      string
	Total         Cents // lines − discounts + delivery + fee
	VAT           []VATLine
	Tracking      string // code of the carrier, when shipped
}

// Movable reports whether an order can be sent to another address still: it goes to
// one, and has not been packed.
func (o Order) Movable() bool {
	switch o.Status {
	case Placed, Awaiting, Paid, Handed:
		return o.Address != (Address{})
	}
	return false
}

// OrderLine is some pieces of one variant, at the price they were sold.
type OrderLine struct {
	SKU      string
	Product  string
	Title    string // in the order's language
	Options  map[string]string
	Qty      int
	Unit     Cents  // VAT included, before discounts
	Discount Cents  // taken off all its pieces together
	Points   Cents  `json:",omitempty"` // as much of Discount as points paid
	VAT      int    // tenths of a percent
	Ref      string // [Variant.Ref] when it was placed
}

// Amount is what the line costs: its pieces less its discount.
func (l OrderLine) Amount() Cents { return l.Unit*Cents(l.Qty) - l.Discount }

// OrderDiscount is a discount as an order got it.
type OrderDiscount struct {
	ID          string // of a Discount
	Code        string // as the shop writes it; "" when it came by itself
	Name        Text
	Amount      Cents // off goods and delivery together
	Uses        int   // how many orders may have it in all; 0: any number
	PerCustomer int   // how many orders of one customer may; 0: any number
	Points      int   `json:",omitempty"` // used for it; 0 for all but points
}

// Contact is how the customer is reached.
type Contact struct{ Name, Email, Phone string }

// Names are the first names and the family name, which the last word is taken
// for.
func (c Contact) Names() (first, last string) {
	whole := strings.TrimSpace(c.Name)
	if i := strings.LastIndexByte(whole, ' '); i > 0 {
		return strings.TrimSpace(whole[:i]), whole[i+1:]
	}
	return whole, ""
}

// Address is where a parcel goes, in Finland.
type Address struct{ Street, Postcode, City string }

// OrderDelivery is the delivery chosen, with what was promised about it.
type OrderDelivery struct {
	Method   string
	Kind     string
	Name     string
	Price    Cents // before discounts
	Discount Cents
	Window   Window
	Ref      string // [DeliveryMethod.Ref] when it was placed
	Point    Point  // where the customer wants to fetch it; zero: where the carrier takes it
}

// VATLine is the VAT at one rate in an order.
type VATLine struct {
	Tenths int
	Net    Cents
	Tax    Cents
}
