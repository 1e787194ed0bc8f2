package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"tiski/bot/persona"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/intents"
	"tiski/intents/finnish"
)

// check is `tiski check`: the settings without their secrets, and every mistake
// in the shop's files, a line each.
func check(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("check")
	source := shopFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	files, err := openShop(*source)
	if err != nil {
		return told(out, err)
	}
	s, err := environ()
	if err != nil {
		return err
	}
	for _, line := range shownSettings(os.Environ()) {
		fmt.Fprintln(out, line)
	}
	if err := s.tellSeal(out); err != nil {
		return err
	}
	if err := inOrder(files.fs); err != nil {
		return told(out, err)
	}
	l, err := files.load(ctx, s)
	if err != nil {
		return told(out, err)
	}
	shop := l.shop
	campaigns, err := writtenCampaigns(files.fs, shop)
	if err != nil {
		return told(out, err)
	}
	shelf, err := stock(files.fs, shop, finnish.Base(), "")
	if err != nil {
		return told(out, err)
	}
	idle, err := remarks(files.fs, shop, campaigns, time.Now())
	if err != nil {
		return err
	}
	if files.folder != "" && catalog.Own(files.fs, "personas") {
		idle = append(shelf.Personas.Unused(), idle...)
	}
	for _, unused := range idle {
		fmt.Fprintln(out, "unused:", unused)
	}
	untranslated, err := catalog.Untranslated(files.fs, shop.Languages)
	if err != nil {
		return err
	}
	for _, lacks := range untranslated {
		fmt.Fprintln(out, "untranslated:", lacks)
	}
	tellGoods(out, l)
	variants := 0
	for i := range shop.Products {
		variants += len(shop.Products[i].Variants)
	}
	fmt.Fprintf(out, "%s is in order: %d products, %d variants, %d ways of delivery, %d ways of paying, %d answers.\n",
		shop.Company.Name, len(shop.Products), variants, len(shop.Delivery), len(shop.Payments), len(shop.Answers))
	if warning := files.madeUp(l.source != nil); warning != "" {
		fmt.Fprintln(out, warning)
	}
	return nil
}

// tellGoods prints what is left out of the goods of a source.
func tellGoods(out io.Writer, l loaded) {
	for _, note := range l.goods.Notes {
		fmt.Fprintf(out, "%s: %s\n", l.named, note)
	}
	var skipped []string
	for _, skip := range l.goods.Skipped {
		skipped = append(skipped, fmt.Sprintf("skipped: %s: %s", l.named, skip))
	}
	for _, line := range likewise(skipped) {
		fmt.Fprintln(out, line)
	}
}

// inOrder tells all mistakes in a shop's files together, but for those of campaigns,
// which may be of goods from elsewhere.
func inOrder(files fs.FS) error {
	shop, all := catalog.Read(files)
	personas, err := persona.Load(files, shop, intents.Names)
	_, wording := voice.New(shop, files, personas, finnish.Base())
	for _, err := range []error{err, wording, checkReferences(shop), checkProviders(shop)} {
		var mistakes catalog.Mistakes
		if err != nil && !errors.As(err, &mistakes) {
			return err
		}
		all = append(all, mistakes...)
	}
	all.Sort()
	return all.Err()
}

// told prints mistakes, those of a kind together, and sums them up.
func told(out io.Writer, err error) error {
	var mistakes catalog.Mistakes
	if !errors.As(err, &mistakes) {
		return err
	}
	for _, line := range likewise(strings.Split(mistakes.Error(), "\n")) {
		fmt.Fprintln(out, line)
	}
	return fmt.Errorf("%d mistakes in the shop's files", len(mistakes))
}
