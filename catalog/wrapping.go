package catalog

// wrapped is why wrapped goods' wrapping does not come back: it was made as the
// customer wished (KSL 6:16).
const wrapped = "custom"

// wrapping reads the gift wrapping of shop.yaml: {sku, name, price}. It is
// bought as a line of its own, but stands on no shelf.
func (l *loader) wrapping(e *entry) {
	if e == nil {
		return
	}
	p := &Product{Name: e.needText("name"), VAT: GeneralVAT, Price: e.cents("price"), Withdrawal: wrapped}
	v := Variant{SKU: e.needWord("sku"), Stock: StockUnknown}
	switch {
	case v.SKU != "" && !skuForm.MatchString(v.SKU):
		e.file.wrong(e.line, "SKU %q must be at most 40 of A–Z a–z 0–9 . _ -", v.SKU)
	case p.Price <= 0:
		e.file.wrong(e.line, "wrapping has no price")
	}
	e.close()
	p.ID, p.Variants = v.SKU, []Variant{v}
	l.shop.Wrapping = p
}

// IsWrapping reports whether a SKU is the shop's gift wrapping.
func (s *Shop) IsWrapping(sku string) bool {
	return s.Wrapping != nil && s.Wrapping.Variants[0].SKU == sku
}
