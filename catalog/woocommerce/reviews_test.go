package woocommerce

import (
	"fmt"
	"strings"
	"testing"

	"tiski/catalog"
)

func TestReviews(t *testing.T) {
	t.Parallel()
	server, shop := serve(t)
	g, _, err := shop.Fetch(t.Context())
	if err != nil || len(g.Reviews) != 0 {
		t.Fatalf("a shop without reviews: %d, %v", len(g.Reviews), err)
	}
	review := func(id int, with map[string]any) map[string]any {
		r := map[string]any{
			"id": id, "date_created_gmt": "2026-01-18T22:30:00", "product_id": 794, "status": "approved", "reviewer": "Sanna &amp; Eino",
			"review": "<p>Lämpimät.</p>\n<p>Kuivuvat yössä.</p>", "rating": 4, "verified": true,
		}
		for k, v := range with {
			r[k] = v
		}
		return r
	}
	server.Reviews = []map[string]any{
		review(1, nil),
		review(2, map[string]any{"verified": false, "review": strings.Repeat("ä", catalog.MostReview+1)}),
		review(3, map[string]any{"status": "hold"}),
		review(4, map[string]any{"rating": 0}),
		review(5, map[string]any{"product_id": 1}),
		review(6, map[string]any{"date_created_gmt": "yesterday"}),
		review(1, nil),
	}
	g, changed, err := shop.Fetch(t.Context())
	if err != nil || !changed || len(g.Reviews) != 2 {
		t.Fatalf("changed: %t, %v; %+v", changed, err, g.Reviews)
	}
	first, second := g.Reviews[0], g.Reviews[1]
	is := ""
	for _, p := range g.Products {
		if p.Variants[0].Ref == "794" {
			is = p.ID
		}
	}
	want := "woocommerce/1 " + is + " 4 fi true Sanna & Eino: Lämpimät. Kuivuvat yössä. 2026-01-19 00:30"
	if got := fmt.Sprintf("%s %s %d %s %t %s: %s %s", first.ID, first.Product, first.Stars, first.Lang, first.Bought, first.By, first.Text, first.At.Format("2006-01-02 15:04")); got != want || is == "" {
		t.Errorf("read %s, want %s", got, want)
	}
	if second.Bought || len([]rune(second.Text)) > catalog.MostReview+2 {
		t.Errorf("the second: bought %t, %d characters", second.Bought, len([]rune(second.Text)))
	}
}
