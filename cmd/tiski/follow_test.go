package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The goods change while the database is away: they are sold when it is back.
func TestGoodsThatCouldNotBeSoldAtOnce(t *testing.T) {
	t.Parallel()
	feed := filepath.Join(t.TempDir(), "feed.xml")
	write := func(price string, at time.Time) {
		t.Helper()
		text := strings.ReplaceAll(`<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>A</g:id><g:title>Villasukat</g:title>
			<g:link>https://kauppa.example/a</g:link><g:price>PRICE EUR</g:price><g:availability>in_stock</g:availability></item></channel></rss>`, "PRICE", price)
		if err := os.WriteFile(feed, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(feed, at, at); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Now()
	write("10.00", now)
	s, err := readSettings(nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := open(t.Context(), s, feed, t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.close)
	f := &follower{house: h, noted: now}
	write("12.00", now.Add(time.Second))
	away, leave := context.WithCancel(t.Context())
	leave()
	if err := f.readAll(away); err == nil {
		t.Fatal("the goods were sold without a database")
	}
	if err := f.readAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p, v := h.bot.Shelf().Shop.Variant("A"); v == nil || p.PriceOf(v) != 1200 {
		t.Errorf("sold are %+v", p)
	}
}
