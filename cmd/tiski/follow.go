package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// How the goods are followed.
const (
	againPause  = time.Minute    // how soon a source is asked again that could not be read
	priceLook   = 12 * time.Hour // how often prices that do not change are noted: days nobody looked at are not known
	mostChanges = 200            // products changed one by one, before all are put on the shelf anew
	mostWaiting = 1000           // products that the system has told of and that have not been read again
	handful     = 5              // products on sale, more than which do not become less than half unasked
)

// follower keeps the shelf as its source is.
type follower struct {
	*house
	next    time.Time      // when the source is looked at
	noted   time.Time      // when all prices were noted last
	until   time.Time      // when a price changes; zero: never
	changes int            // products changed one by one since all were put on the shelf
	unsold  *catalog.Goods // read from the source, and not put on the shelf yet
	owned   []string       // files at the last reading, of those that must not go
}

// follow puts a new shelf in place when the goods change, until ctx ends: it
// looks at their source now and then, when a sale begins or ends, and at a
// product when the source tells of it, and when other reviews were fetched. At a hangup all files of the shop are
// read again. What cannot be read leaves the last shelf in use. Conversations go
// on.
func (h *house) follow(ctx context.Context) error {
	f := &follower{house: h, noted: time.Now(), until: h.until, owned: owned(h.files)}
	f.later(h.pause)
	if h.stale {
		f.later(againPause)
	}
	for {
		var due <-chan time.Time
		if f.source != nil {
			due = time.After(time.Until(f.next))
		}
		var err error
		select {
		case <-ctx.Done():
			return nil
		case <-h.hangup:
			err = f.reload(ctx)
		case <-h.reviewed:
			err = f.stockAnew(ctx, f.bot.Shelf().Shop)
		case ref := <-h.changed:
			if err = f.readOne(ctx, ref); err != nil {
				f.next = time.Now() // all of it, then
			}
		case <-due:
			f.later(f.pause)
			if err = f.readAll(ctx); err != nil {
				f.later(againPause)
			}
		}
		if err != nil && ctx.Err() == nil {
			f.tellWhy(err)
		}
	}
}

// tellWhy logs why the goods stay as they were.
func (f *follower) tellWhy(err error) {
	var mistakes catalog.Mistakes
	if !errors.As(err, &mistakes) {
		f.log.Warn("the goods stay as they were", "err", err)
	}
	for _, m := range mistakes {
		f.log.Error("the goods stay as they were: a mistake in the shop's files", "file", m.File, "line", m.Line, "err", m.Reason)
	}
}

// later sets when the source is looked at next: after a while, or when a price
// changes before that.
func (f *follower) later(wait time.Duration) {
	if left := time.Until(f.until); left > 0 {
		wait = max(time.Second, min(wait, left))
	}
	f.next = time.Now().Add(min(wait, f.pause))
}

// hasChanged notes that the system tells of a product. When it tells of too many
// at once, the rest is seen when the source is looked at.
func (h *house) hasChanged(ref string) {
	select {
	case h.changed <- ref:
	default:
	}
}

func (f *follower) readAll(ctx context.Context) error {
	g, changed, err := fetch(ctx, f.source)
	if changed {
		f.unsold = &g // the source tells them once
	}
	if changed && f.cutShort(g) {
		f.unsold = nil
	}
	switch {
	case err != nil:
		return err
	case f.unsold != nil:
		return f.sell(ctx, *f.unsold)
	case time.Since(f.noted) > priceLook:
		f.noted = time.Now()
		return f.notePrices(ctx, f.bot.Shelf().Shop.Products)
	}
	return nil
}

// cutShort reports whether a table or feed has too few of the goods on sale to be taken for
// all there are, and logs that.
func (f *follower) cutShort(g catalog.Goods) bool {
	on := len(f.bot.Shelf().Shop.Products)
	if f.settings.system() || on <= handful || 2*len(g.Products) >= on {
		return false
	}
	f.log.Error("the goods stay as they were: the source has less than half of what is on sale. A restart or SIGHUP takes it as it is",
		"file", f.from, "products", len(g.Products), "on_sale", on)
	f.tellLeftOut(g)
	return true
}

// sell puts a shelf of these goods in place.
func (f *follower) sell(ctx context.Context, g catalog.Goods) error {
	shop, err := f.sold(ctx, g)
	if err != nil {
		return err
	}
	was := f.read
	f.read = g.Read
	if err := f.stockAnew(ctx, shop); err != nil {
		f.read = was
		return err
	}
	f.noted, f.until, f.unsold = time.Now(), g.Until, nil
	f.later(f.pause)
	f.log.Info("the goods have been read", "products", len(shop.Products), "skipped", len(g.Skipped))
	f.tellLeftOut(g)
	if f.settings.system() {
		return keepGoods(f.data, g)
	}
	return nil
}

// tellLeftOut logs what is left out of the goods, unless it was left out at the
// last reading too.
func (h *house) tellLeftOut(g catalog.Goods) {
	told := map[string]bool{}
	for _, note := range g.Notes {
		if told[note] = true; !h.leftOut[note] {
			h.log.Warn("the goods want a look", "file", h.from, "err", note)
		}
	}
	for _, skip := range g.Skipped {
		line := skip.String()
		if told[line] = true; !h.leftOut[line] {
			h.log.Warn("left out of the goods", "file", h.from, "item", line)
		}
	}
	h.leftOut = told
}

func (f *follower) stockAnew(ctx context.Context, shop *catalog.Shop) error {
	shelf, err := f.shelve(ctx, shop)
	if err != nil {
		return err
	}
	f.changes = 0
	return f.swap(ctx, shelf, toldStock(shop), f.read)
}

// shelve puts a shop on a shelf with what staff have taught by now, and notes which
// goods it has.
func (h *house) shelve(ctx context.Context, shop *catalog.Shop) (*bot.Shelf, error) {
	if err := noteArrivals(ctx, h.store, shop.Products, time.Now()); err != nil {
		return nil, err
	}
	examples, err := taught(ctx, h.store)
	if err != nil {
		return nil, err
	}
	if shop, err = answered(ctx, h.store, h.data, shop); err != nil {
		return nil, err
	}
	return stock(h.files.fs, shop, h.lexicon, h.data, examples...)
}

func (h *house) swap(ctx context.Context, shelf *bot.Shelf, told map[string]int, read time.Time) error {
	if err := h.store.SetStock(ctx, told, read); err != nil {
		return err
	}
	h.bot.Swap(shelf)
	return h.bot.RefreshStock(ctx)
}

// readOne reads one product of the shop's own system again, and puts it in place
// of what it was.
func (f *follower) readOne(ctx context.Context, ref string) error {
	system, ok := f.source.(own)
	if !ok {
		return nil
	}
	began := time.Now()
	p, found, err := system.One(ctx, ref)
	if err != nil {
		return err
	}
	old := f.bot.Shelf()
	was := old.Shop.OfRef(ref)
	if !found && was == nil {
		return nil
	}
	products := slices.Clone(old.Shop.Products)
	if was != nil {
		products = slices.DeleteFunc(products, func(p catalog.Product) bool { return p.ID == was.ID })
	}
	told := map[string]int{}
	if found {
		priced, err := f.priced(ctx, []catalog.Product{p})
		if err != nil {
			return err
		}
		products = append(products, priced...)
		for _, v := range p.Variants {
			told[v.SKU] = v.Stock
		}
	}
	shop, err := old.Shop.WithProducts(products, old.Shop.Categories)
	if err != nil {
		return fmt.Errorf("take product %s in: %w", ref, err)
	}
	if was == nil {
		if err := noteArrivals(ctx, f.store, products, time.Now()); err != nil {
			return err
		}
	}
	if f.changes++; f.changes > mostChanges {
		return f.stockAnew(ctx, shop)
	}
	shelf := *old
	shelf.Shop, shelf.Voice, shelf.Personas = shop, old.Voice.With(shop), old.Personas.With(shop)
	if was != nil {
		shelf.Index = shelf.Index.Without(was.ID)
	}
	if found {
		shelf.Index = shelf.Index.With(shop.Product(p.ID))
	}
	return f.swap(ctx, &shelf, told, began)
}
