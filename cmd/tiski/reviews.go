package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"tiski/catalog"
	"tiski/catalog/feed"
)

// fedReviews are those of a product review feed in the shop's files, which need
// not be there, and those that were fetched from the shop's address of one into
// the data folder.
func fedReviews(files fs.FS, shop *catalog.Shop, data string) ([]catalog.Review, error) {
	all, err := reviewsIn(files, shop)
	if err != nil || shop.ReviewFeed == "" || data == "" {
		return all, err
	}
	fetched, err := reviewsIn(os.DirFS(data), shop)
	var mistakes catalog.Mistakes
	if errors.As(err, &mistakes) { // told when it was fetched
		err = nil
	}
	return append(all, fetched...), err
}

func reviewsIn(files fs.FS, shop *catalog.Shop) ([]catalog.Review, error) {
	in, err := files.Open(feed.ReviewsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", feed.ReviewsFile, err)
	}
	defer in.Close()
	return feed.ReadReviews(feed.ReviewsFile, in, shop)
}

// reviewFetcher keeps the reviews of the shop's address in the data folder.
type reviewFetcher struct {
	shop    func() *catalog.Shop
	data    string
	own     []string        // hosts of the shop's own network that it may come from
	changed chan<- struct{} // told when there are others
	log     *slog.Logger

	address string // of source
	source  *feed.Source
}

// Run looks for changes until ctx ends. What cannot be fetched or read leaves
// those kept in use.
func (f *reviewFetcher) Run(ctx context.Context) error {
	for {
		pause := feedAddress
		if err := f.once(ctx); err != nil && ctx.Err() == nil {
			f.log.Warn("the reviews stay as they were", "err", err)
			pause = againPause
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

func (f *reviewFetcher) once(ctx context.Context) error {
	address := f.shop().ReviewFeed
	if address == "" {
		return nil
	}
	if address != f.address {
		f.address, f.source = address, feed.NewSource(address, f.keep, time.Now, f.own...)
	}
	_, changed, err := f.source.Fetch(ctx)
	if err == nil && changed {
		select {
		case f.changed <- struct{}{}:
		default: // it has been told and not looked yet
		}
	}
	return err
}

// keep keeps a feed in which reviews can be read. It brings no goods.
func (f *reviewFetcher) keep(r io.Reader, _ time.Time) (catalog.Goods, error) {
	document, err := io.ReadAll(r)
	if err != nil {
		return catalog.Goods{}, err
	}
	all, err := feed.ReadReviews(feed.ReviewsFile, bytes.NewReader(document), f.shop())
	var mistakes catalog.Mistakes
	if err != nil && (len(all) == 0 || !errors.As(err, &mistakes)) {
		return catalog.Goods{}, err
	}
	f.log.Info("the reviews have been read", "reviews", len(all), "skipped", len(mistakes))
	return catalog.Goods{}, keepFile(filepath.Join(f.data, feed.ReviewsFile), document)
}
