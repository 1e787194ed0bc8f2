// Package shopify speaks with a Shopify shop by its GraphQL Admin API: products
// in, orders out as draft orders, webhooks verified; and reads the products that
// Shopify exports as CSV. Only shops that sell in euros are taken. Texts are
// taken for Finnish; all goods have the general rate of VAT, for the API tells no
// rates.
//
// The shapes are those of https://shopify.dev/docs/api/admin-graphql.
package shopify

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// version of the API; each is served for a year.
const version = "2026-10"

// maxVariants is how many variants a shop may have.
const maxVariants = 100_000

// perPage keeps the cost of a query below what one may cost.
const perPage = 100

// Options are what a shop is reached with. All but Progress are needed.
type Options struct {
	URL      string             // https://name.myshopify.com
	Token    string             // of an app that may read products and write draft orders
	VAT      func() int         // the general rate of now, tenths of a percent
	Progress func(read, of int) // called as variants are read, of is 0; may be nil
}

// Shop is one Shopify shop. Any number of goroutines may use it, but Fetch only
// one at a time.
type Shop struct {
	o      Options
	caller *call.Caller
	sum    [32]byte // of the goods of the last reading
}

// New returns a shop that nothing is asked of yet.
func New(o Options) *Shop {
	return &Shop{o: o, caller: call.New(func(r *http.Request, _ []byte) { r.Header.Set("X-Shopify-Access-Token", o.Token) })}
}

type answer struct {
	Data   json.RawMessage `json:"data"`
	Errors []struct {
		Message    string `json:"message"`
		Extensions struct {
			Code string `json:"code"`
		} `json:"extensions"`
	} `json:"errors"`
	Extensions struct {
		Cost struct {
			Asked    float64 `json:"requestedQueryCost"`
			Throttle struct {
				Left    float64 `json:"currentlyAvailable"`
				Restore float64 `json:"restoreRate"` // a second
			} `json:"throttleStatus"`
		} `json:"cost"`
	} `json:"extensions"`
}

// ask makes one query. One that is throttled is a *[catalog.Later].
func (s *Shop) ask(ctx context.Context, query string, with map[string]any, into any) error {
	address := strings.TrimRight(s.o.URL, "/") + "/admin/api/" + version + "/graphql.json"
	var a answer
	if _, err := s.caller.JSON(ctx, http.MethodPost, address, map[string]any{"query": query, "variables": with}, &a); err != nil {
		return fmt.Errorf("shopify: %w", err)
	}
	if len(a.Errors) > 0 {
		err := fmt.Errorf("shopify: %s", a.Errors[0].Message)
		if a.Errors[0].Extensions.Code != "THROTTLED" {
			return err
		}
		wait, cost := time.Second, a.Extensions.Cost
		if lacks := cost.Asked - cost.Throttle.Left; lacks > 0 && cost.Throttle.Restore > 0 {
			wait = max(wait, time.Duration(lacks/cost.Throttle.Restore*float64(time.Second)))
		}
		return &catalog.Later{After: wait, Err: err}
	}
	if len(a.Data) == 0 {
		return errors.New("shopify: the answer has no data")
	}
	if err := json.Unmarshal(a.Data, into); err != nil {
		return fmt.Errorf("shopify: the answer is not what was expected: %w", err)
	}
	return nil
}

// patient makes a query again, some times, when it is throttled: reading many
// pages always is.
func (s *Shop) patient(ctx context.Context, query string, with map[string]any, into any) error {
	for try := 0; ; try++ {
		err := s.ask(ctx, query, with, into)
		var later *catalog.Later
		if !errors.As(err, &later) || try == throttled || later.After > longestThrottle {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(later.After):
		}
	}
}

const (
	throttled       = 5
	longestThrottle = 5 * time.Second
)

// Fetch reads all that the shop sells now. changed is false, and the goods
// empty, when it is the same as the last time.
func (s *Shop) Fetch(ctx context.Context) (g catalog.Goods, changed bool, err error) {
	if g, err = s.goods(ctx, "product_status:active"); err != nil {
		return catalog.Goods{}, false, err
	}
	document, err := json.Marshal(g)
	if err != nil {
		return catalog.Goods{}, false, fmt.Errorf("shopify: compare goods: %w", err)
	}
	sum := sha256.Sum256(document)
	if sum == s.sum {
		return catalog.Goods{}, false, nil
	}
	s.sum = sum
	return g, true, nil
}

// One reads one product by what the shop names it. found is false when it is not
// for sale any more.
func (s *Shop) One(ctx context.Context, ref string) (p catalog.Product, found bool, err error) {
	if !number.MatchString(ref) {
		return p, false, nil
	}
	g, err := s.goods(ctx, "product_status:active AND product_id:"+ref)
	if err != nil || len(g.Products) != 1 {
		return p, false, err
	}
	return g.Products[0], true, nil
}
