package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// importGoods is `tiski import`: reads the goods from where they come, tells
// what there is and what was left out and why, and keeps them in the data
// folder.
func importGoods(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("import")
	source := shopFlag(f)
	data := dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	s, err := environ()
	if err != nil {
		return err
	}
	files, err := openShop(*source)
	if err != nil {
		return told(out, err)
	}
	files.progress = func(read, of int) {
		if of > 0 {
			fmt.Fprintf(out, "read %d of %d\n", read, of)
		} else {
			fmt.Fprintf(out, "read %d\n", read)
		}
	}
	began := time.Now()
	l, err := files.load(ctx, s)
	if err != nil {
		return told(out, err)
	}
	if l.source == nil {
		return errors.New("the products are in the shop's files: there is nothing to import")
	}
	tellGoods(out, l)
	_, unknown := l.base.WithCarriage(l.goods.Carriage)
	for _, c := range unknown {
		fmt.Fprintf(out, "skipped: delivery %q: delivery.yaml has none of that name, so nobody knows how long it takes\n", c.Name)
	}
	variants, counted := 0, 0
	for i := range l.shop.Products {
		for _, v := range l.shop.Products[i].Variants {
			variants++
			if v.Stock >= 0 {
				counted++
			}
		}
	}
	if err := keepGoods(*data, l.goods); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d products, %d variants (of %d the stock is counted), %d categories; %d skipped; %.1f s.\n",
		len(l.shop.Products), variants, counted, len(l.shop.Categories), len(l.goods.Skipped)+len(unknown), time.Since(began).Seconds())
	return nil
}
