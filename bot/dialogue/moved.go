package dialogue

import "tiski/catalog"

// worthTelling are the steps of an order that customers are told of as they
// happen. Those that they make themselves, or hear of in the chat otherwise, are
// not among them.
var worthTelling = map[catalog.Status]bool{
	catalog.Shipped: true, catalog.Ready: true, catalog.Cancelled: true, catalog.Refused: true,
}

// orderMoved tells how an order has come further. A question that is open stays
// so.
func (t *turn) orderMoved(in Moved) {
	t.remember(in.Order)
	if in.Order.Status == catalog.Delivered {
		t.watchOrder(in.Order)
	}
	if worthTelling[in.Order.Status] {
		parts, buttons := t.statusOf(in.Order, catalog.Parcel{})
		t.say(parts, buttons, BySystem)
	}
}
