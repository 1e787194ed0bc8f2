package main

import (
	"context"
	"time"

	"tiski/catalog"
)

// sold is the shop that sells these goods; of a reduced price it knows the lowest
// of the 30 days before, if that has been kept.
func (h *house) sold(ctx context.Context, g catalog.Goods) (*catalog.Shop, error) {
	var err error
	if g.Products, err = h.priced(ctx, g.Products); err != nil {
		return nil, err
	}
	return sold(h.base, g)
}

// priced notes what is asked for products, and adds what was asked before a sale.
func (h *house) priced(ctx context.Context, products []catalog.Product) ([]catalog.Product, error) {
	if err := h.notePrices(ctx, products); err != nil {
		return nil, err
	}
	lowest, err := h.store.LowestBefore(ctx, catalog.OnSale(products))
	if err != nil {
		return nil, err
	}
	return catalog.WithBefore(products, lowest), nil
}

func (h *house) notePrices(ctx context.Context, products []catalog.Product) error {
	asked := map[string]catalog.Cents{}
	for i := range products {
		for j := range products[i].Variants {
			v := &products[i].Variants[j]
			asked[v.SKU] = products[i].PriceOf(v)
		}
	}
	return h.store.NotePrices(ctx, asked, time.Now())
}
