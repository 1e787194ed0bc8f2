package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog"
	"tiski/catalog/feed"
	"tiski/catalog/shopify"
	"tiski/catalog/woocommerce"
)

// How often sources of goods are looked at for changes.
const (
	feedFile    = 2 * time.Second
	feedAddress = 15 * time.Minute
	systemPause = 15 * time.Minute // besides what the system tells of itself
)

// loaded is a shop with its goods, and where they came from.
type loaded struct {
	shop   *catalog.Shop
	base   *catalog.Shop // as its files say, without the goods
	goods  catalog.Goods // empty when the products are in files
	source bot.Source    // nil when the products are in files
	named  string        // the source's file; "the feed" when it is fetched, "the system" when the shop's own
	pause  time.Duration // between looks at the source
}

// load reads the shop and its goods: from the shop's own system, from a feed, or
// from its files.
func (f shopFiles) load(ctx context.Context, s settings) (loaded, error) {
	l, err := f.open(s)
	if err != nil || l.source == nil {
		return l, err
	}
	if l.goods, _, err = fetch(ctx, l.source); err != nil {
		return loaded{}, err
	}
	l.shop, err = sold(l.base, l.goods)
	return l, err
}

// fetch reads what a source has to sell, and notes when that began.
func fetch(ctx context.Context, source bot.Source) (g catalog.Goods, changed bool, err error) {
	began := time.Now()
	g, changed, err = source.Fetch(ctx)
	g.Read = began
	return g, changed, err
}

// loadKept is load with the goods that were kept in the data folder.
func (f shopFiles) loadKept(s settings, data string) (loaded, error) {
	l, err := f.open(s)
	if err != nil || l.source == nil {
		return l, err
	}
	if l.goods, err = keptGoods(data); err != nil {
		return loaded{}, err
	}
	l.shop, err = sold(l.base, l.goods)
	return l, err
}

// open reads the shop's files, and knows where its goods come from.
func (f shopFiles) open(s settings) (loaded, error) {
	shop, err := catalog.Load(f.fs)
	if err != nil {
		return loaded{}, err
	}
	l := loaded{shop: shop, base: shop}
	address := cmp.Or(f.feed, shop.Feed)
	switch {
	case s.system() && f.feed != "":
		return loaded{}, errors.New("-shop names a feed, and the settings a system: the goods come from one of them")
	case s.system():
		l.source, l.named, l.pause = ownSystem(s, shop, f.progress), "the system", systemPause
	case address != "":
		l.named, l.pause = filepath.Base(address), feedFile
		if strings.Contains(address, "://") {
			l.named, l.pause = "the feed", feedAddress // its address may hold a key
		} else if f.feed == "" && !filepath.IsAbs(address) {
			address = filepath.Join(f.folder, address)
		}
		l.source = feed.NewSource(address, goodsOf(l.named, shop), time.Now, s.feedHosts...)
	case len(shop.Products) == 0:
		return loaded{}, catalog.Mistakes{{File: catalog.ProductsFolder, Reason: "the shop has no goods: write categories.yaml and products, or name a feed in shop.yaml"}}
	}
	if l.source != nil && f.folder == "" {
		shop.Discounts, shop.Loyalty, shop.Reviews, shop.Pairs, shop.Quizzes = nil, nil, nil, nil, nil // the demo shop's codes would give another shop's money away
	}
	return l, nil
}

// goodsOf reads what a source of that name has to sell. Where nothing can be
// sold, all that is wrong is told as [catalog.Mistakes].
func goodsOf(name string, shop *catalog.Shop) feed.Form {
	return func(r io.Reader, at time.Time) (catalog.Goods, error) {
		g, err := readGoods(r, at, func(tenths int) (string, bool) { return shop.VATClass(tenths, at) })
		if err != nil {
			return catalog.Goods{}, fmt.Errorf("%s: %w", name, err)
		}
		if len(g.Products) > 0 {
			return g, nil
		}
		var skipped []string
		for _, skip := range g.Skipped {
			skipped = append(skipped, skip.String())
		}
		var mistakes catalog.Mistakes
		skipped = likewise(skipped)
		for _, skip := range skipped[:min(len(skipped), mostSkipsTold)] {
			mistakes = append(mistakes, catalog.Mistake{File: name, Reason: skip})
		}
		return catalog.Goods{}, append(mistakes, catalog.Mistake{File: name, Reason: fmt.Sprintf("it has no goods that can be sold; %d are left out", len(g.Skipped))})
	}
}

const mostSkipsTold = 100

// readGoods reads a feed, or the products that a shop exports as a table.
func readGoods(r io.Reader, at time.Time, class feed.VATClass) (catalog.Goods, error) {
	document, err := io.ReadAll(r)
	if err != nil {
		return catalog.Goods{}, err
	}
	if document, err = catalog.Decode(document); err != nil {
		return catalog.Goods{}, err
	}
	first, _, _ := bytes.Cut(document, []byte("\n"))
	in := bufio.NewReader(bytes.NewReader(document))
	switch {
	case shopify.IsTable(string(first)):
		return shopify.ReadTable(in)
	case woocommerce.IsTable(string(first)):
		return woocommerce.ReadTable(in, at)
	}
	return feed.Read(in, at, class)
}

// sold is a shop that sells these goods, delivered at the prices that came with
// them.
func sold(shop *catalog.Shop, g catalog.Goods) (*catalog.Shop, error) {
	with, _ := shop.WithCarriage(g.Carriage)
	selling, err := with.WithProducts(g.Products, g.Categories)
	if err == nil && len(g.Reviews) > 0 {
		selling.Reviews = append(slices.Clone(selling.Reviews), g.Reviews...)
	}
	return selling, err
}

// goodsFile is where the goods of the last reading are kept, so that the program
// can start while their source is away.
func goodsFile(data string) string { return filepath.Join(data, "goods.json") }

func keepGoods(data string, g catalog.Goods) error {
	document, err := json.Marshal(g)
	if err == nil {
		err = keepFile(goodsFile(data), document)
	}
	if err != nil {
		return fmt.Errorf("keep the goods: %w", err)
	}
	return nil
}

func keptGoods(data string) (g catalog.Goods, err error) {
	document, err := os.ReadFile(goodsFile(data))
	if errors.Is(err, fs.ErrNotExist) {
		return g, errors.New("no goods have been kept")
	}
	if err == nil {
		err = json.Unmarshal(document, &g)
	}
	if err != nil {
		return g, fmt.Errorf("read the goods that were kept: %w", err)
	}
	return g, nil
}
