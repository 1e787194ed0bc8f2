package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// againPause is how soon a source is asked again that could not be read.
const againPause = time.Minute

// priceLook is how often prices that do not change are noted: days nobody looked
// at are not known.
const priceLook = 12 * time.Hour

// follow puts a new shelf in place when the goods change, until ctx ends: it
// looks at their source now and then, and when a sale begins or ends. Goods that
// cannot be read leave the last ones in use. Conversations go on.
func (h *house) follow(ctx context.Context) error {
	if h.source == nil {
		return nil
	}
	until, soon, noted := h.until, h.stale, time.Now()
	for {
		wait := h.pause
		if soon {
			wait = min(wait, againPause)
		}
		if left := time.Until(until); left > 0 {
			wait = max(time.Second, min(wait, left))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		g, changed, err := h.source.Fetch(ctx)
		if err == nil && changed {
			until = g.Until
			err = h.sell(ctx, g)
		}
		if err == nil && time.Since(noted) > priceLook {
			noted = time.Now()
			err = h.notePrices(ctx, h.bot.Shelf().Shop.Products)
		}
		if soon = err != nil; soon && ctx.Err() == nil {
			h.log.Warn("the goods stay as they were", "err", err)
		}
	}
}

// sell puts a shelf of these goods in place.
func (h *house) sell(ctx context.Context, g catalog.Goods) error {
	h.shelving.Lock()
	defer h.shelving.Unlock()
	shop, err := h.sold(ctx, g)
	if err != nil {
		return err
	}
	shelf, err := stock(h.files.fs, shop, h.lexicon, h.data)
	if err != nil {
		return err
	}
	if err := h.swap(ctx, shelf, toldStock(shop)); err != nil {
		return err
	}
	h.log.Info("the goods have been read", "products", len(shop.Products), "skipped", len(g.Skipped))
	if h.settings.system() {
		return keepGoods(h.data, g)
	}
	return nil
}

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

func (h *house) swap(ctx context.Context, shelf *bot.Shelf, told map[string]int) error {
	if err := h.store.SetStock(ctx, told); err != nil {
		return err
	}
	h.bot.Swap(shelf)
	return h.bot.RefreshStock(ctx)
}

// sellAgain reads one product of the shop's own system again, and puts it in
// place of what it was.
func (h *house) sellAgain(ctx context.Context, ref string) error {
	system, ok := h.source.(own)
	if !ok {
		return nil
	}
	p, found, err := system.One(ctx, ref)
	if err != nil {
		return err
	}
	h.shelving.Lock()
	defer h.shelving.Unlock()
	old := h.bot.Shelf()
	was := old.Shop.OfRef(ref)
	if !found && was == nil {
		return nil
	}
	products := slices.Clone(old.Shop.Products)
	if was != nil {
		products = slices.DeleteFunc(products, func(p catalog.Product) bool { return p.ID == was.ID })
	}
	if found {
		priced, err := h.priced(ctx, []catalog.Product{p})
		if err != nil {
			return err
		}
		products = append(products, priced...)
	}
	shop, err := old.Shop.WithProducts(products, old.Shop.Categories)
	if err != nil {
		return fmt.Errorf("take product %s in: %w", ref, err)
	}
	shelf := *old
	shelf.Shop, shelf.Voice = shop, old.Voice.With(shop)
	if was != nil {
		shelf.Index = shelf.Index.Without(was.ID)
	}
	if !found {
		return h.swap(ctx, &shelf, nil)
	}
	shelf.Index = shelf.Index.With(shop.Product(p.ID))
	told := map[string]int{}
	for _, v := range p.Variants {
		told[v.SKU] = v.Stock
	}
	return h.swap(ctx, &shelf, told)
}
