package main

import (
	"bytes"
	"context"
	"fmt"
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
	if err := f.readAll(t.Context()); err != nil { // it may still be written
		t.Fatal(err)
	}
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

// TestATableThatIsCutShort: what is on sale stays when a table has no goods any
// more or far fewer, until it is whole again; what is left out is told once.
func TestATableThatIsCutShort(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "goods.csv")
	now := time.Now()
	written := 0
	var log bytes.Buffer
	s, err := readSettings(nil)
	if err != nil {
		t.Fatal(err)
	}
	var f *follower
	read := func(rows int, bad string) {
		t.Helper()
		text := "Tuotenumero;Nimi;Hinta;Saldo\n"
		for i := range rows {
			text += fmt.Sprintf("T-%d;Tavara %d;8,90;3\n", i, i)
		}
		if err := os.WriteFile(file, []byte(text+bad), 0o600); err != nil {
			t.Fatal(err)
		}
		written++
		at := now.Add(time.Duration(written) * time.Second)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
		if f == nil {
			return
		}
		for range 3 {
			if err := f.readAll(t.Context()); err != nil {
				f.tellWhy(err)
			}
		}
	}
	read(12, "")
	h, err := open(t.Context(), s, file, t.TempDir(), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.close)
	f = &follower{house: h, noted: now}
	for _, c := range []struct {
		rows    int
		bad     string
		on      int
		told    string
		nothing string
	}{
		{0, "", 12, "no goods that can be sold", "level=INFO"},
		{5, "", 12, "less than half", "level=INFO"},
		{11, "T-11;Tavara 11;halpa;3\n", 11, `level=WARN msg="left out of the goods" file=goods.csv item="row 13 (T-11): price`, "ERROR"},
		{10, "\n\nT-11;Tavara 11;halpa;3\n", 10, "row 14", "ERROR"},
		{6, "", 6, "the goods have been read", "ERROR"},
		{2, "", 6, "less than half", "level=INFO"},
		{6, "", 6, "", "ERROR"},
	} {
		log.Reset()
		read(c.rows, c.bad)
		if on := len(h.bot.Shelf().Shop.Products); on != c.on {
			t.Errorf("%d rows: %d products on sale, want %d", c.rows, on, c.on)
		}
		if !strings.Contains(log.String(), c.told) || strings.Contains(log.String(), c.nothing) {
			t.Errorf("%d rows: %s", c.rows, &log)
		}
		if strings.Count(log.String(), "less than half") > 1 {
			t.Errorf("told again: %s", &log)
		}
	}
}
