package dialogue

// view takes a product's page, when the customer comes to it, for what is
// talked about. Nothing is said: they have asked nothing yet.
func (t *turn) view(in Viewed) {
	if in.Product == t.Page {
		return
	}
	t.Page = in.Product
	p := t.w.Shop.Product(in.Product)
	if p == nil {
		p, _ = t.w.Shop.Variant(in.Product)
	}
	if p != nil {
		t.Focus = p.ID
	}
}
