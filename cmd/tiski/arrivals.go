package main

import (
	"context"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/bot/campaign"
	"tiski/bot/dialogue"
	"tiski/bot/store"
	"tiski/catalog"
)

// arrivalWait is for how long new goods may wait for a moment when the customer
// can be told of them.
const arrivalWait = 7 * 24 * time.Hour

// noteArrivals writes down which goods the shop has, so that new ones are known.
func noteArrivals(ctx context.Context, kept *store.Store, products []catalog.Product, now time.Time) error {
	ids := make([]string, len(products))
	for i := range products {
		ids[i] = products[i].ID
	}
	return kept.NoteArrivals(ctx, ids, now)
}

// arrivals tell customers of new goods on the shelves that they buy from; none
// while there are no such goods.
func arrivals(ctx context.Context, kept *store.Store, shop *catalog.Shop, now time.Time) ([]bot.Campaign, error) {
	came, err := kept.Arrived(ctx, now.AddDate(0, 0, -campaign.ArrivalDays))
	if err != nil || len(came) == 0 {
		return nil, err
	}
	all := campaign.ArrivalsOf(came, shop)
	return []bot.Campaign{{
		ID:     "new goods",
		Unsent: bot.Unsent{Kind: dialogue.NewGoods, Since: now.AddDate(0, 0, -dialogue.NewGoodsRest), Wording: dialogue.NewGoodsNamed},
		For: func(p bot.Prospect, now time.Time) (bot.Input, bool) {
			shelves, products := all.For(p.Profile, p.Last)
			if len(products) == 0 {
				return bot.Input{}, false
			}
			what := dialogue.GoodsCame{Shelves: shelves, Products: products, Until: now.Add(arrivalWait), Lang: p.Profile.Lang.Value}
			return bot.Input{ID: fmt.Sprintf("new/%s/%d", products[0], came[products[0]].UnixMilli()), What: what}, true
		},
	}}, nil
}
