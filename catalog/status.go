package catalog

// Status of an order.
type Status string

// Statuses in the order in which an order usually goes through them. Draft and
// Shown live in the conversation; an order is kept from Placed on.
const (
	Draft     Status = "draft"
	Shown     Status = "summary_shown"
	Placed    Status = "placed"           // accepted; paid by invoice or at the store
	Awaiting  Status = "awaiting_payment" // its goods are reserved for a while
	Paid      Status = "paid"
	Handed    Status = "handed" // to the shop's own system
	Packed    Status = "packed"
	Shipped   Status = "shipped"
	Ready     Status = "ready" // waits for the customer at the pick-up point or store
	Delivered Status = "delivered"
	Closed    Status = "closed" // delivered, and the time to return it is over

	Cancelled      Status = "cancelled" // by the customer or for them, before it left
	Expired        Status = "expired"   // not paid in time
	Refused        Status = "refused"   // by the shop, or its payment for good
	PartlyReturned Status = "partly_returned"
	Returned       Status = "returned"
	Refunded       Status = "refunded"
)

// orderWays is the life of an order.
var orderWays = ways[Status]{
	{Draft, Shown, "everything needed is known"},
	{Shown, Draft, "something is changed"},
	{Shown, Placed, "the order button"},

	{Placed, Awaiting, "it is paid before it leaves"},
	{Placed, Paid, ""},
	{Placed, Handed, "invoice, or paid at the store"},
	{Placed, Cancelled, ""},
	{Placed, Refused, ""},

	{Awaiting, Paid, ""},
	{Awaiting, Placed, "it is paid by invoice or at the store after all"},
	{Awaiting, Expired, "the reservation runs out"},
	{Awaiting, Cancelled, ""},
	{Awaiting, Refused, ""},
	{Expired, Paid, "a late payment, and the goods are still there"},
	{Expired, Refunded, "a late payment, and they are gone"},

	{Paid, Handed, ""},
	{Paid, Cancelled, ""},
	{Paid, Refused, ""},

	{Handed, Packed, ""},
	{Handed, Cancelled, ""},
	{Handed, Refused, ""},
	{Packed, Shipped, ""},
	{Packed, Ready, "collected from the store"},
	{Packed, Refused, ""},
	{Shipped, Ready, ""},
	{Shipped, Delivered, ""},
	{Shipped, Returned, ""},
	{Ready, Delivered, ""},
	{Ready, Returned, "not collected"},

	{Delivered, PartlyReturned, ""},
	{Delivered, Returned, ""},
	{Delivered, Refunded, "the goods need not come back"},
	{Delivered, Closed, ""},
	{PartlyReturned, Returned, ""},
	{PartlyReturned, Refunded, ""},
	{PartlyReturned, Closed, ""},
	{Closed, PartlyReturned, "a defect shows"},
	{Closed, Returned, ""},
	{Closed, Refunded, ""},
	{Returned, Refunded, ""},
	{Cancelled, Refunded, "if it was paid"},
	{Refused, Refunded, "if it was paid"},
}

// parcel is the way of the goods. A shop's system or a carrier may tell only a
// later step of it: from where one step may be taken, those after it may too.
var parcel = []Status{Handed, Packed, Shipped, Ready, Delivered}

// Step returns an *IllegalStep when an order may not go from one status to
// another. A status leads to itself.
func (from Status) Step(to Status) error {
	if from == to && orderWays.know(from) || orderWays.lead(from, to) {
		return nil
	}
	enters := false
	for _, s := range parcel {
		enters = enters || s == from || orderWays.lead(from, s)
		if s == to && enters {
			return nil
		}
	}
	return &IllegalStep{"order", string(from), string(to)}
}

// Sent is what a status that the shop's system tells means for an order: goods
// that are collected from the store are not sent, they are ready.
func (o Order) Sent(told Status) Status {
	if told == Shipped && o.Delivery.Kind == StorePickup {
		return Ready
	}
	return told
}

// OrderGraph draws the life of an order as Mermaid.
func OrderGraph() string { return orderWays.graph() }
