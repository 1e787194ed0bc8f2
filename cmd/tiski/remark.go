package main

import (
	"io/fs"
	"time"

	"tiski/bot/campaign"
	"tiski/catalog"
)

// remarks are what in a shop's files does nothing, and is no mistake.
func remarks(files fs.FS, shop *catalog.Shop, campaigns []campaign.Campaign, now time.Time) (catalog.Mistakes, error) {
	all, err := catalog.Unread(files, shop.Languages)
	if shop.Feed != "" && catalog.Own(files, catalog.ProductsFolder) {
		all = append(all, catalog.Mistake{File: catalog.ProductsFolder, Reason: "the goods come from the feed that shop.yaml names"})
	}
	for _, d := range shop.Discounts {
		if !d.Until.IsZero() && !now.Before(d.Until) {
			all = append(all, catalog.Mistake{File: "discounts.yaml", Reason: d.ID + " is over since " + d.Until.Format(time.DateOnly)})
		}
	}
	for _, c := range campaigns {
		if !now.Before(c.Until) {
			all = append(all, catalog.Mistake{File: "campaigns/" + c.ID + ".yaml", Reason: "it is over since " + c.Until.Format(time.DateOnly)})
		}
	}
	return all, err
}

// remark logs them.
func (h *house) remark(shop *catalog.Shop) error {
	all, err := remarks(h.files.fs, shop, nil, time.Now())
	for _, m := range all {
		h.log.Warn("something in the shop's files does nothing", "file", m.File, "why", m.Reason)
	}
	return err
}
