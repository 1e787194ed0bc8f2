package main

import (
	"context"
)

// reload reads the shop's files again, and its goods, and puts them on a new
// shelf. While there are mistakes in the files the last shelf stays.
func (f *follower) reload(ctx context.Context) error {
	err := f.readFiles(ctx)
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
	return nil
}
