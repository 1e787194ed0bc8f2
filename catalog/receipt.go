package catalog

// Row is a line of a receipt, a refund or the books.
type Row struct {
	Kind     string // one of the kinds below
	SKU      string // RowGoods
	Title    string // RowGoods, RowDelivery: in the order's language
	Qty      int
	Discount Cents // already taken off
	Gross    Cents
	VAT      int // tenths of a percent
	Net      Cents
	Tax      Cents
}

// Kinds of rows.
const (
	RowGoods    = "goods"
	RowDelivery = "delivery"
	RowFee      = "fee"   // of the way of paying
	RowLabel    = "label" // the shop's return label, which the customer pays
)

func row(kind, sku, title string, qty int, gross, discount Cents, tenths int) Row {
	n := net(gross, tenths)
	return Row{kind, sku, title, qty, discount, gross, tenths, n, gross - n}
}

// less is the part of r that is not in other, which is of the same kind.
func (r Row) less(other Row) Row {
	r.Qty -= other.Qty
	r.Discount -= other.Discount
	r.Gross -= other.Gross
	r.Net -= other.Net
	r.Tax -= other.Tax
	return r
}

// Receipt is what was sold: a row for each line, then delivery and fee unless
// they are free. The rows add up to Total, and by rate to VAT.
func (o Order) Receipt() []Row {
	var rows []Row
	for _, l := range o.Lines {
		rows = append(rows, row(RowGoods, l.SKU, l.Title, l.Qty, l.Amount(), l.Discount, l.VAT))
	}
	if o.Delivery.Price > 0 {
		rows = append(rows, row(RowDelivery, "", o.Delivery.Name, 1, o.Delivery.Price-o.Delivery.Discount, o.Delivery.Discount, o.ServiceVAT))
	}
	if o.PaymentFee > 0 {
		rows = append(rows, row(RowFee, "", "", 1, o.PaymentFee, 0, o.ServiceVAT))
	}
	return rows
}
