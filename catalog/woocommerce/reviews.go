package woocommerce

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// mostReviewPages bounds how many reviews are read: the latest, [perPage] a page.
const mostReviewPages = 50

// review is a review as the API has it.
type review struct {
	ID       int    `json:"id"`
	Created  string `json:"date_created_gmt"`
	Product  int    `json:"product_id"`
	Status   string `json:"status"`
	By       string `json:"reviewer"`
	Text     string `json:"review"`
	Stars    int    `json:"rating"`   // 0–5; 0: none were given
	Verified bool   `json:"verified"` // the reviewer has bought the product there
}

// reviews reads what customers have written of products, as far as the shop has
// approved it. A shop that has turned reviews off, or
// whose keys may not see them, has none.
func (s *Shop) reviews(ctx context.Context, products []catalog.Product) ([]catalog.Review, error) {
	ids := map[int]string{}
	for i := range products {
		if id, _, _, err := readRef(products[i].Variants[0].Ref); err == nil {
			ids[id] = products[i].ID
		}
	}
	var taken []catalog.Review
	seen := map[int]bool{} // one that comes while they are read moves the others on
	for page := range mostReviewPages {
		var some []review
		query := url.Values{"status": {"approved"}, "orderby": {"date_gmt"}, "order": {"desc"}, "per_page": {strconv.Itoa(perPage)}, "page": {strconv.Itoa(page + 1)}}
		_, err := s.ask(ctx, http.MethodGet, "products/reviews", query, nil, &some)
		var refused *call.Refused
		if errors.As(err, &refused) && slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}, refused.Status) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			product := ids[r.Product]
			at, err := time.Parse("2006-01-02T15:04:05", r.Created)
			if product == "" || seen[r.ID] || err != nil || r.Status != "approved" || r.Stars < 1 || r.Stars > catalog.MostStars {
				continue
			}
			seen[r.ID] = true
			taken = append(taken, catalog.Review{
				ID: "woocommerce/" + strconv.Itoa(r.ID), Product: product, Stars: r.Stars, Lang: "fi", At: at.In(catalog.Helsinki),
				Text: catalog.Clip(catalog.Plain(r.Text), catalog.MostReview), By: catalog.Clip(catalog.Plain(r.By), longestReviewer), Bought: r.Verified,
			})
		}
		if len(some) < perPage {
			break
		}
	}
	return taken, nil
}

// longestReviewer is how much of a reviewer's name is kept.
const longestReviewer = 60 // characters
