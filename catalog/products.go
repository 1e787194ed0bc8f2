package catalog

import "fmt"

// WithProducts returns the same shop with other products and categories, for
// one that takes them from a feed. It refuses a product without variants or
// price, of an unknown category or VAT class, and an id or SKU used twice.
func (s *Shop) WithProducts(products []Product, categories []Category) (*Shop, error) {
	other := *s
	other.Products, other.Categories = products, categories
	other.index()
	ids, skus := map[string]bool{}, map[string]bool{}
	for i := range products {
		p := &products[i]
		switch {
		case p.ID == "" || ids[p.ID]:
			return nil, fmt.Errorf("product %q: the id is empty or used twice", p.ID)
		case len(p.Variants) == 0:
			return nil, fmt.Errorf("product %s: no variants", p.ID)
		case p.Category != "" && other.Category(p.Category) == nil:
			return nil, fmt.Errorf("product %s: unknown category %s", p.ID, p.Category)
		case len(s.VAT[p.VAT]) == 0:
			return nil, fmt.Errorf("product %s: unknown VAT class %s", p.ID, p.VAT)
		}
		ids[p.ID] = true
		for j := range p.Variants {
			v := &p.Variants[j]
			if !skuForm.MatchString(v.SKU) || skus[v.SKU] {
				return nil, fmt.Errorf("product %s: SKU %q is malformed or used twice", p.ID, v.SKU)
			}
			if p.PriceOf(v) <= 0 {
				return nil, fmt.Errorf("product %s: %s has no price", p.ID, v.SKU)
			}
			skus[v.SKU] = true
		}
	}
	return &other, nil
}
