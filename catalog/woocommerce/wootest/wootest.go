// Package wootest is a WooCommerce shop for tests: it answers with what the
// API's own documentation shows as answers, and counts orders and VAT as the
// real one does.
package wootest

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"tiski/catalog"
	"tiski/catalog/shoptest"
)

// Key and Secret are those that the shop knows.
const (
	Key    = "ck_1"
	Secret = shoptest.Secret
)

// Shop is one shop. What is exported may be changed between two calls of it.
type Shop struct {
	Products []map[string]any
	Reviews  []map[string]any // of products; nil: the shop has turned them off
	OnPage   func(page int)   // called before a page of products is answered; may be nil

	t        *testing.T
	routes   *http.ServeMux
	mu       sync.Mutex
	lists    map[string][]map[string]any // by path
	made     []map[string]any            // orders
	template []byte                      // of an order
	refunded []byte                      // a refund
	more     catalog.Cents
	currency string
}

// recorded reads an answer of the real API.
func recorded(t *testing.T, folder, name string, into any) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Skipf("the recorded answers are not here: %v", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
	return data
}

// New returns a shop that sells in euros what was recorded in a folder. Without
// the recordings the test is skipped.
func New(t *testing.T, folder string) *Shop {
	t.Helper()
	s := &Shop{routes: http.NewServeMux(), t: t, currency: "EUR", lists: map[string][]map[string]any{}}
	recorded(t, folder, "woo-rest-products-list.json", &s.Products)
	var variations, methods []map[string]any
	recorded(t, folder, "woo-rest-variations-list.json", &variations)
	recorded(t, folder, "woo-rest-shipping-zone-methods.json", &methods)
	s.template = recorded(t, folder, "woo-rest-order-created.json", &map[string]any{})
	s.refunded = recorded(t, folder, "woo-rest-refund-created.json", &map[string]any{})
	s.lists["products/799/variations"] = variations
	s.lists["shipping/zones/5/methods"] = methods
	s.lists["shipping/zones"] = []map[string]any{{"id": 5, "name": "Suomi"}, {"id": 6, "name": "Norja"}}
	s.lists["shipping/zones/5/locations"] = []map[string]any{{"code": "FI", "type": "country"}}
	s.lists["shipping/zones/6/locations"] = []map[string]any{{"code": "NO", "type": "country"}}
	s.lists["taxes"] = []map[string]any{
		{"id": 1, "country": "FI", "rate": "25.5000", "class": "standard"}, {"id": 2, "country": "FI", "rate": "13.5000", "class": "reduced-rate"},
		{"id": 3, "country": "SE", "rate": "25.0000", "class": "standard"},
	}
	s.lists["products/categories"] = []map[string]any{{"id": 9, "name": "Clothing", "parent": 0}, {"id": 14, "name": "T-shirts", "parent": 9}}
	const api = "/wp-json/wc/v3/"
	s.routes.HandleFunc("GET "+api+"settings/{group}", s.settings)
	s.routes.HandleFunc("GET "+api+"products", func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		if s.OnPage != nil {
			s.OnPage(page)
		}
		s.page(w, r, s.Products)
	})
	s.routes.HandleFunc("GET "+api+"products/{id}", s.product)
	s.routes.HandleFunc("GET "+api+"products/reviews", func(w http.ResponseWriter, r *http.Request) {
		if s.Reviews == nil {
			answer(w, http.StatusNotFound, map[string]any{"code": "rest_no_route"})
			return
		}
		s.page(w, r, s.Reviews)
	})
	s.routes.HandleFunc("GET "+api+"products/categories", func(w http.ResponseWriter, r *http.Request) { s.page(w, r, s.lists["products/categories"]) })
	s.routes.HandleFunc("GET "+api+"orders", func(w http.ResponseWriter, r *http.Request) { s.page(w, r, s.made) })
	s.routes.HandleFunc("POST "+api+"orders", s.order)
	s.routes.HandleFunc("PUT "+api+"orders/{id}", s.confirm)
	s.routes.HandleFunc("GET "+api+"orders/{id}/refunds", func(w http.ResponseWriter, r *http.Request) {
		s.page(w, r, s.lists["refunds/"+r.PathValue("id")])
	})
	s.routes.HandleFunc("POST "+api+"orders/{id}/refunds", s.refund)
	s.routes.HandleFunc("GET "+api, func(w http.ResponseWriter, r *http.Request) {
		list, known := s.lists[strings.TrimPrefix(r.URL.Path, api)]
		if !known {
			answer(w, http.StatusNotFound, map[string]any{"code": "rest_no_route"})
			return
		}
		s.page(w, r, list)
	})
	return s
}

func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if key, secret, ok := r.BasicAuth(); !ok || key != Key || secret != Secret {
		answer(w, http.StatusUnauthorized, map[string]any{"code": "woocommerce_rest_cannot_view"})
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.routes.ServeHTTP(w, r)
}

func answer(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(what)
}

// page answers with one page of a list, as the API counts them.
func (s *Shop) page(w http.ResponseWriter, r *http.Request, list []map[string]any) {
	page, size := 1, 10
	if p, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		page = p
	}
	if p, err := strconv.Atoi(r.URL.Query().Get("per_page")); err == nil {
		size = min(p, 100)
	}
	w.Header().Set("X-WP-Total", strconv.Itoa(len(list)))
	from := min(len(list), (page-1)*size)
	part := list[from:min(len(list), from+size)]
	if part == nil {
		part = []map[string]any{}
	}
	answer(w, http.StatusOK, part)
}

func (s *Shop) settings(w http.ResponseWriter, r *http.Request) {
	groups := map[string][]map[string]any{
		"general":  {{"id": "woocommerce_currency", "value": s.currency}, {"id": "woocommerce_calc_taxes", "value": "yes"}},
		"products": {{"id": "woocommerce_weight_unit", "value": "kg"}, {"id": "woocommerce_dimension_unit", "value": "cm"}},
		"tax":      {{"id": "woocommerce_prices_include_tax", "value": "yes"}},
	}
	answer(w, http.StatusOK, groups[r.PathValue("group")])
}

func (s *Shop) product(w http.ResponseWriter, r *http.Request) {
	for _, p := range s.Products {
		if fmt.Sprint(p["id"]) == r.PathValue("id") {
			answer(w, http.StatusOK, p)
			return
		}
	}
	answer(w, http.StatusNotFound, map[string]any{"code": "woocommerce_rest_product_invalid_id"})
}

// order makes an order of the one recorded, and counts VAT as the shop does.
func (s *Shop) order(w http.ResponseWriter, r *http.Request) {
	type charged struct {
		Product   int    `json:"product_id"`
		Variation int    `json:"variation_id"`
		Total     string `json:"total"`
	}
	var asked struct {
		Status   string    `json:"status"`
		Meta     any       `json:"meta_data"`
		Billing  any       `json:"billing"`
		Lines    []charged `json:"line_items"`
		Delivery []charged `json:"shipping_lines"`
		Fees     []charged `json:"fee_lines"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		s.t.Errorf("an order is no JSON: %v", err)
	}
	var sum float64
	for _, l := range asked.Lines {
		if l.Product != 794 && (l.Product != 799 || l.Variation == 0) {
			answer(w, http.StatusBadRequest, map[string]any{"code": "woocommerce_rest_product_invalid_id"})
			return
		}
		sum += taxed(l.Total)
	}
	for _, e := range append(asked.Delivery, asked.Fees...) {
		sum += taxed(e.Total)
	}
	var made map[string]any
	if err := json.Unmarshal(s.template, &made); err != nil {
		s.t.Error(err)
	}
	made["id"] = 727 + len(s.made)
	made["status"], made["currency"] = asked.Status, s.currency
	made["meta_data"], made["line_items"], made["billing"] = asked.Meta, asked.Lines, asked.Billing
	made["total"] = (catalog.Cents(math.Round(sum*100)) + s.more).Decimal()
	s.made = append(s.made, made)
	answer(w, http.StatusCreated, made)
}

// taxed adds 25.5 % to an amount without VAT; both are rounded to the cent.
func taxed(net string) float64 {
	n, _ := strconv.ParseFloat(net, 64)
	return math.Round(n*100)/100 + math.Round(n*25.5)/100
}

func (s *Shop) confirm(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Paid   bool   `json:"set_paid"`
		Status string `json:"status"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		s.t.Errorf("a change is no JSON: %v", err)
	}
	for _, o := range s.made {
		if fmt.Sprint(o["id"]) != r.PathValue("id") {
			continue
		}
		if asked.Paid {
			asked.Status = "processing"
		}
		o["status"] = asked.Status
		answer(w, http.StatusOK, o)
		return
	}
	answer(w, http.StatusNotFound, map[string]any{"code": "woocommerce_rest_shop_order_invalid_id"})
}

// refund enters a refund like the one recorded.
func (s *Shop) refund(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Amount  string `json:"amount"`
		Pays    *bool  `json:"api_refund"`
		Restock *bool  `json:"api_restock"`
		Meta    any    `json:"meta_data"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || asked.Pays == nil || *asked.Pays || asked.Restock == nil || *asked.Restock {
		s.t.Errorf("a refund that moves money or stock: %+v, %v", asked, err)
	}
	var made map[string]any
	if err := json.Unmarshal(s.refunded, &made); err != nil {
		s.t.Error(err)
	}
	list := "refunds/" + r.PathValue("id")
	made["id"], made["amount"], made["meta_data"] = 900+len(s.lists[list]), asked.Amount, asked.Meta
	s.lists[list] = append(s.lists[list], made)
	answer(w, http.StatusCreated, made)
}

// Recalled is as shoptest.Recalling says.
func (s *Shop) Recalled(outside string) (cancelled bool, back catalog.Cents) {
	if o := s.Order(outside); o != nil {
		cancelled = o["status"] == "cancelled"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.lists["refunds/"+outside] {
		sum, err := catalog.ParseCents(fmt.Sprint(r["amount"]))
		if err != nil {
			s.t.Error(err)
		}
		back += sum
	}
	return cancelled, back
}

// Orders, Count and Sell are as shoptest.Server says.
func (s *Shop) Orders() []shoptest.Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	var taken []shoptest.Taken
	for _, o := range s.made {
		id := ""
		for _, m := range o["meta_data"].([]any) {
			if m := m.(map[string]any); m["key"] == "_tiski_id" {
				id = fmt.Sprint(m["value"])
			}
		}
		taken = append(taken, shoptest.Taken{ID: id, Outside: fmt.Sprint(o["id"]), Confirmed: o["status"] != "pending"})
	}
	return taken
}

// Order is an order as the shop has it.
func (s *Shop) Order(outside string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.made {
		if fmt.Sprint(o["id"]) == outside {
			return o
		}
	}
	return nil
}

func (s *Shop) Count(more catalog.Cents) { s.more = more }
func (s *Shop) Sell(currency string)     { s.currency = currency }
