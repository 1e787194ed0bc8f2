package catalog

import "time"

// Status of an order.
type Status string

// Statuses in the order in which an order usually goes through them.
const (
	Placed    Status = "placed"
	Paid      Status = "paid"
	Packed    Status = "packed"
	Shipped   Status = "shipped"
	Ready     Status = "ready" // waits for the customer at the pick-up point or store
	Delivered Status = "delivered"
	Cancelled Status = "cancelled"
)

// Order is what a customer has accepted by tapping the order button: prices,
// VAT and delivery are fixed in it.
type Order struct {
	ID           string // the effect that asked for it; unique for ever
	Number       string // what the customer is told; given by the store
	Conversation string
	Status       Status
	Placed       time.Time
	Delivered    time.Time // zero until then
	Lang         string
	Lines        []OrderLine
	Contact      Contact
	Address      Address
	Delivery     OrderDelivery
	Payment      string // id of a PaymentMethod
	PaymentFee   Cents
	Currency     string
	Total        Cents
	VAT          []VATLine
	Tracking     string // code of the carrier, when shipped
}

// OrderLine is some pieces of one variant, at the price they were sold.
type OrderLine struct {
	SKU     string
	Product string
	Title   string // in the order's language
	Options map[string]string
	Qty     int
	Unit    Cents // VAT included
	VAT     int   // tenths of a percent
}

// Contact is how the customer is reached.
type Contact struct{ Name, Email, Phone string }

// Address is where a parcel goes, in Finland.
type Address struct{ Street, Postcode, City string }

// OrderDelivery is the delivery chosen, with what was promised about it.
type OrderDelivery struct {
	Method string
	Kind   string
	Name   string
	Price  Cents
	Window Window
}

// VATLine is the VAT at one rate in an order.
type VATLine struct {
	Tenths int
	Net    Cents
	Tax    Cents
}

// Quote is what a cart costs with a delivery: the one computation behind the
// summary, the button and the order.
type Quote struct {
	Goods    Cents
	Delivery Cents
	Fee      Cents
	Total    Cents
	VAT      []VATLine
}
