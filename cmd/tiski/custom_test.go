package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"tiski/bot"
	"tiski/catalog"
)

// What customers order together is recommended with the number of their orders,
// and only when there are enough of them to tell of nobody.
func TestBoughtTogetherIsRecommended(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	at, err := parseTime("2026-11-23T10:00")
	if err != nil {
		t.Fatal(err)
	}
	c, err := openCounter(t.Context(), shelf, "web:custom", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	custom := &bot.Custom{Baskets: c.store, Bot: c.bot, Clock: c.clock, Log: slog.New(slog.DiscardHandler)}
	ask := func() (told string) {
		if err := custom.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"kairasto-hyttyshuppu", "mitä tähän sopii"} {
			turn, err := c.line(t.Context(), line)
			if err != nil {
				t.Fatal(err)
			}
			told = ""
			for _, m := range turn.Messages {
				for _, card := range m.Cards {
					told += card.Title + ": " + card.Text + "\n"
				}
			}
		}
		return told
	}
	for n := range catalog.FewestTogether {
		if told := ask(); strings.Contains(told, "Ostettu yhdessä") {
			t.Errorf("after %d orders: %s", n, told)
		}
		order := catalog.Order{ID: fmt.Sprint("custom/", n), Number: fmt.Sprint("T-10000", n), Status: catalog.Paid, Placed: at.AddDate(0, 0, -1)}
		for _, product := range []string{"kairasto-hyttyshuppu", "kairasto-tauko-retkituoli"} {
			p := shelf.Shop.Product(product)
			order.Lines = append(order.Lines, catalog.OrderLine{SKU: p.Variants[0].SKU, Product: product, Title: product, Qty: 1, Unit: p.PriceOf(&p.Variants[0])})
			order.Total += p.PriceOf(&p.Variants[0])
		}
		if err := c.store.Put(t.Context(), order); err != nil {
			t.Fatal(err)
		}
	}
	if told := ask(); !strings.HasPrefix(told, "Retkituoli Kairasto Tauko: ") || !strings.Contains(told, "Ostettu yhdessä 3 tilauksessa") {
		t.Errorf("after %d orders: %s", catalog.FewestTogether, told)
	}
}
