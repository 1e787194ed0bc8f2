package main

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"tiski/catalog"
)

// reload reads the shop's files again, and its goods, and puts them on a new
// shelf. While there are mistakes in the files the last shelf stays.
func (f *follower) reload(ctx context.Context) error {
	err := f.readFiles(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		f.log.Error("what -shop names is gone", "err", err)
	}
	if err == nil {
		f.log.Info("the shop's files have been read", "products", len(f.bot.Shelf().Shop.Products))
	}
	return err
}

func (f *follower) readFiles(ctx context.Context) error {
	files, err := openShop(f.named)
	if err != nil {
		return err
	}
	l, err := files.open(f.settings)
	if err != nil {
		return err
	}
	if err := f.gone(l); err != nil {
		return err
	}
	if err := checkProviders(l.shop); err != nil {
		return err
	}
	if l.source == nil {
		if err := f.stockAnew(ctx, l.shop); err != nil {
			return err
		}
	} else {
		g, _, err := fetch(ctx, l.source)
		if err != nil {
			return err
		}
		was := f.base
		f.base = l.base
		if err := f.sell(ctx, g); err != nil {
			f.base = was
			return err
		}
	}
	f.base, f.source, f.from, f.pause = l.base, l.source, l.named, l.pause
	f.owned = owned(f.files)
	return f.remark(l.shop)
}

// owned are the files without which another's shop would be shown, as far as they
// are the shop's own.
func owned(files shopFiles) []string {
	return slices.DeleteFunc([]string{catalog.ShopFile, catalog.ProductsFolder}, func(name string) bool { return !catalog.Own(files.fs, name) })
}

// gone tells which of these files were there at the last reading and are not now, with
// nothing in their place.
func (f *follower) gone(l loaded) error {
	now := owned(f.files)
	var mistakes catalog.Mistakes
	for _, name := range f.owned {
		if !slices.Contains(now, name) && (name == catalog.ShopFile || l.source == nil) {
			mistakes = append(mistakes, catalog.Mistake{File: name, Reason: "it is gone from the folder, and the demo shop's would take its place"})
		}
	}
	return mistakes.Err()
}
