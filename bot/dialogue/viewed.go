package dialogue

// view takes a product's page for what is talked about from now on. Nothing is
// said: the customer has asked nothing yet.
func (t *turn) view(in Viewed) {
	p := t.w.Shop.Product(in.Product)
	if p == nil {
		p, _ = t.w.Shop.Variant(in.Product)
	}
	if p != nil {
		t.Focus = p.ID
	}
}
