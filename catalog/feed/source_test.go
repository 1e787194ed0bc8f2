package feed

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/catalog"
)

// clock is a time that tests move.
type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.at
}

func (c *clock) set(t time.Time) {
	c.Lock()
	defer c.Unlock()
	c.at = t
}

// shop serves a feed and counts what it is asked.
type shop struct {
	sync.Mutex
	feed   string
	status int
	full   int // answers with the whole feed
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	defer s.Unlock()
	if s.status != 0 {
		w.WriteHeader(s.status)
		return
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(s.feed)))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.full++
	w.Write([]byte(s.feed))
}

func (s *shop) change(feed string, status int) {
	s.Lock()
	defer s.Unlock()
	s.feed, s.status = feed, status
}

// fetch fetches and holds the result against what is expected.
func fetch(t *testing.T, s *Source, products int, changed bool) {
	t.Helper()
	f, c, err := s.Fetch(t.Context())
	if err != nil || c != changed || len(f.Products) != products {
		t.Fatalf("%d products, changed %v, %v", len(f.Products), c, err)
	}
}

func ofClasses(r io.Reader, at time.Time) (catalog.Goods, error) { return Read(r, at, classes) }

func TestFetch(t *testing.T) {
	t.Parallel()
	shop := &shop{feed: rss(plainItem)}
	server := httptest.NewServer(shop)
	defer server.Close()
	at := &clock{at: november}
	s := NewSource(server.URL+"/feed.xml?key=secret", ofClasses, at.now)

	fetch(t, s, 1, true)
	fetch(t, s, 0, false)
	if shop.full != 1 {
		t.Errorf("the feed was sent %d times", shop.full)
	}

	shop.change(rss(plainItem), http.StatusBadGateway)
	if _, _, err := s.Fetch(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("shop away: %v", err)
	}
	shop.change(rss(plainItem), 0)
	fetch(t, s, 0, false)

	shop.change("<html/>", 0)
	for range 2 {
		if _, _, err := s.Fetch(t.Context()); err == nil {
			t.Error("a broken feed was read")
		}
	}
	shop.change(rss(plainItem, strings.ReplaceAll(plainItem, ">A<", ">B<")), 0)
	fetch(t, s, 2, true)

	shop.change(rss(plainItem+"<g:sale_price>10 EUR</g:sale_price><g:sale_price_effective_date>2026-12-01/2026-12-02</g:sale_price_effective_date>"), 0)
	fetch(t, s, 1, true)
	fetch(t, s, 0, false)
	at.set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	fetch(t, s, 1, true) // the sale has begun
	fetch(t, s, 0, false)
	at.set(time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC))
	fetch(t, s, 1, true)
	fetch(t, s, 0, false)

	server.Close()
	if _, _, err := s.Fetch(t.Context()); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("server gone: %v", err)
	}
}

func TestFetchFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "feed.xml")
	s := NewSource(name, ofClasses, func() time.Time { return november })
	if _, _, err := s.Fetch(t.Context()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
	write := func(text string, age time.Duration) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, november, november.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	write(rss(plainItem), 2*time.Hour)
	fetch(t, s, 1, true)
	fetch(t, s, 0, false)
	write(rss(plainItem), time.Hour) // touched, but the same
	fetch(t, s, 0, false)
	fetch(t, s, 0, false)
	write(rss(plainItem)[:40], 50*time.Minute) // it is being written
	fetch(t, s, 0, false)
	write(rss(strings.ReplaceAll(plainItem, ">A<", ">B<")), 40*time.Minute)
	fetch(t, s, 0, false)
	fetch(t, s, 1, true)
	write("<html/>", 0) // told once
	fetch(t, s, 0, false)
	if _, _, err := s.Fetch(t.Context()); err == nil {
		t.Error("a broken feed was read")
	}
	fetch(t, s, 0, false)
}

func TestAFeedThatUnpacksToTooMuch(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	w, err := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for block, left := make([]byte, 1<<20), maxBytes+1; left > 0; left -= len(block) {
		if _, err := w.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb.Bytes())
	}))
	t.Cleanup(server.Close)
	_, _, err = NewSource(server.URL, ofClasses, time.Now).Fetch(t.Context())
	if !errors.Is(err, catalog.ErrTooLarge) {
		t.Errorf("%d bytes that unpack to over %d: %v", bomb.Len(), maxBytes, err)
	}
}

func TestAPageIsNoFeed(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}))
	t.Cleanup(server.Close)
	if _, _, err := NewSource(server.URL, ofClasses, time.Now).Fetch(t.Context()); err == nil || !strings.Contains(err.Error(), "no feed") {
		t.Errorf("a page: %v", err)
	}
}
