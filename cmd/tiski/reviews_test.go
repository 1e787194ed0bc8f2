package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"tiski/catalog"
)

// TestReviewsComeFromAnAddress: they are kept and told of when they change, what
// is wrong in them is left out, and what is no feed changes nothing.
func TestReviewsComeFromAnAddress(t *testing.T) {
	t.Parallel()
	review := func(stars int) string {
		return fmt.Sprintf(`<review><review_timestamp>2026-01-18T10:00:00Z</review_timestamp><content>Lämpimät.</content><ratings><overall min="1" max="5">%d</overall></ratings><products><product><product_ids><skus><sku>A</sku></skus></product_ids></product></products></review>`, stars)
	}
	whole := func(reviews ...string) string {
		return "<feed><reviews>" + strings.Join(reviews, "") + "</reviews></feed>"
	}
	var served atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		text := served.Load().(string)
		if text == "" {
			http.Error(w, "away", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		fmt.Fprint(w, text)
	}))
	defer server.Close()
	shop := &catalog.Shop{ReviewFeed: server.URL, Products: []catalog.Product{{ID: "boots", Variants: []catalog.Variant{{SKU: "A"}}}}}
	changed := make(chan struct{}, 1)
	data := t.TempDir()
	f := &reviewFetcher{shop: func() *catalog.Shop { return shop }, data: data, changed: changed, log: slog.New(slog.DiscardHandler)}
	for _, step := range []struct {
		name, served  string
		fails, differ bool
		kept          int
	}{
		{"nobody answers", "", true, false, 0},
		{"two", whole(review(4), review(5)), false, true, 2},
		{"the same", whole(review(4), review(5)), false, false, 2},
		{"a page", "<html></html>", true, false, 2},
		{"nobody answers any more", "", true, false, 2},
		{"one that is wrong", whole(review(4), review(9), review(1), review(2)), false, true, 3},
		{"all wrong", whole(review(9)), true, false, 3},
		{"all gone", whole(), false, true, 0},
	} {
		served.Store(step.served)
		if err := f.once(t.Context()); (err != nil) != step.fails {
			t.Errorf("%s: %v", step.name, err)
		}
		if len(changed) > 0 != step.differ {
			t.Errorf("%s: told of a change %v", step.name, !step.differ)
		}
		if len(changed) > 0 {
			<-changed
		}
		if all, err := fedReviews(fstest.MapFS{}, shop, data); err != nil || len(all) != step.kept {
			t.Errorf("%s: %d reviews are kept, %v; want %d", step.name, len(all), err, step.kept)
		}
	}
	shop.ReviewFeed = ""
	if all, err := fedReviews(fstest.MapFS{}, shop, data); err != nil || len(all) != 0 || f.once(t.Context()) != nil {
		t.Errorf("without an address %d reviews, %v", len(all), err)
	}
	if entries, err := os.ReadDir(data); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}
