// Package woocommerce speaks with a WooCommerce shop by its REST API v3
// (https://woocommerce.github.io/woocommerce-rest-api-docs/): products and
// delivery in, orders out, webhooks verified. Only shops that sell in euros are
// taken. Texts are taken for Finnish.
package woocommerce

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// Limits of what is read.
const (
	maxProducts = 100_000
	perPage     = 100 // the most that the API gives
	attempts    = 3   // readings of a list that changes while it is read
)

// errTooLarge is a shop with more than [maxProducts].
var errTooLarge = errors.New("the shop has too many products")

// Options are what a shop is reached with. All but Progress are needed.
type Options struct {
	URL      string // https://shop.example
	Key      string // consumer key, which may read and write
	Secret   string // consumer secret
	Class    func(tenths int) (class string, known bool)
	Clock    func() time.Time
	Progress func(read, of int) // called as products are read; may be nil
}

// Shop is one WooCommerce shop. Any number of goroutines may use it.
type Shop struct {
	o      Options
	caller *call.Caller

	mu    sync.Mutex
	terms *terms   // of the last reading
	sum   [32]byte // of the goods of the last reading
}

// New returns a shop that nothing is asked of yet.
func New(o Options) *Shop {
	return &Shop{o: o, caller: call.New(func(r *http.Request, _ []byte) { r.SetBasicAuth(o.Key, o.Secret) })}
}

// ask calls the API; path is after wp-json/wc/v3/.
func (s *Shop) ask(ctx context.Context, method, path string, query url.Values, send, into any) (http.Header, error) {
	address := strings.TrimRight(s.o.URL, "/") + "/wp-json/wc/v3/" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	header, err := s.caller.JSON(ctx, method, address, send, into)
	if err != nil {
		return nil, fmt.Errorf("woocommerce: %s %s: %w", method, path, err)
	}
	return header, nil
}

// all reads every page of a list. A list whose length changes meanwhile may have
// moved from one page to another: it is read again from the start.
func all[T any](ctx context.Context, s *Shop, path string, query url.Values, most int, read func(n, of int)) ([]T, error) {
	for range attempts {
		list, steady, err := pages[T](ctx, s, path, query, most, read)
		if err != nil || steady {
			return list, err
		}
	}
	return nil, fmt.Errorf("woocommerce: GET %s: the list changes while it is read", path)
}

func pages[T any](ctx context.Context, s *Shop, path string, query url.Values, most int, read func(n, of int)) (list []T, steady bool, err error) {
	total := ""
	for page := 1; ; page++ {
		q := url.Values{"per_page": {strconv.Itoa(perPage)}, "page": {strconv.Itoa(page)}}
		for name, values := range query {
			q[name] = values
		}
		var some []T
		header, err := s.ask(ctx, http.MethodGet, path, q, nil, &some)
		if err != nil {
			return nil, false, err
		}
		if page == 1 {
			total = header.Get("X-WP-Total")
		} else if header.Get("X-WP-Total") != total {
			return nil, false, nil
		}
		if list = append(list, some...); len(list) > most {
			return nil, false, errTooLarge
		}
		of, _ := strconv.Atoi(total) // 0 when it is not told
		if read != nil {
			read(len(list), of)
		}
		if len(some) < perPage || of > 0 && len(list) >= of {
			return list, of == 0 || of == len(list), nil
		}
	}
}

// Fetch reads all that the shop sells now. changed is false, and the goods
// empty, when it is the same as the last time.
func (s *Shop) Fetch(ctx context.Context) (g catalog.Goods, changed bool, err error) {
	t, err := s.readTerms(ctx)
	if err != nil {
		return g, false, err
	}
	if g, err = s.goods(ctx, t); err != nil {
		return catalog.Goods{}, false, err
	}
	document, err := json.Marshal(g)
	if err != nil {
		return catalog.Goods{}, false, fmt.Errorf("woocommerce: compare goods: %w", err)
	}
	sum := sha256.Sum256(document)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.terms = t
	if sum == s.sum {
		return catalog.Goods{}, false, nil
	}
	s.sum = sum
	return g, true, nil
}
