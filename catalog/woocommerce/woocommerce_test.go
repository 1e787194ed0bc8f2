package woocommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/shoptest"
	"tiski/catalog/woocommerce/wootest"
)

var november = time.Date(2026, 11, 22, 12, 0, 0, 0, catalog.Helsinki)

func class(tenths int) (string, bool) {
	classes := map[int]string{255: "general", 135: "food", 0: "none"}
	return classes[tenths], classes[tenths] != ""
}

func at(address string) *Shop {
	return New(Options{URL: address, Key: wootest.Key, Secret: wootest.Secret, Class: class, Clock: func() time.Time { return november }})
}

const recordings = "../../../shared/data"

func serve(t *testing.T) (*wootest.Shop, *Shop) {
	server := wootest.New(t, recordings)
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	return server, at(listening.URL)
}

func anOrder() catalog.Order {
	return catalog.Order{
		ID: "widget:1/5/0", Number: "T-7K2M9", Placed: november, Paid: november, Currency: "EUR", ServiceVAT: 255,
		Lines: []catalog.OrderLine{
			{SKU: "woo-794", Title: "Premium Quality", Qty: 2, Unit: 2199, Discount: 440, VAT: 255, Ref: "794"},
			{SKU: "woo-799-733-S", Title: "Ship Your Idea", Qty: 1, Unit: 900, VAT: 255, Ref: "799/733?Size=S"},
		},
		Contact:  catalog.Contact{Name: "Aino Maria Virtanen", Email: "aino@example.fi", Phone: "+358401234567"},
		Address:  catalog.Address{Street: "Kotikatu 1", Postcode: "00100", City: "Helsinki"},
		Delivery: catalog.OrderDelivery{Name: "Kotiinkuljetus", Price: 990, Ref: "flat_rate:26"},
		Payment:  "paytrail", Total: 4398 - 440 + 900 + 990,
	}
}

func TestSystem(t *testing.T) {
	t.Parallel()
	shoptest.Run(t, shoptest.System{
		Serve: func(t *testing.T) shoptest.Server { return wootest.New(t, recordings) },
		Order: anOrder(), Goods: 2,
		Push: func(address string) func(context.Context, catalog.Order) (string, error) { return at(address).Push },
		Recall: func(address string) func(context.Context, catalog.Order, catalog.Recall) error {
			return at(address).Recall
		},
		Fetch: func(address string) func(context.Context) (catalog.Goods, bool, error) {
			return at(address).Fetch
		},
	})
}

// The shop lets orders go that wait for their payment too long: when confirming one
// has failed until then, nobody sends its goods.
func TestAnOrderThatTheShopLetGo(t *testing.T) {
	t.Parallel()
	server, shop := serve(t)
	outside, err := shop.Push(t.Context(), anOrder())
	if err != nil {
		t.Fatal(err)
	}
	for status, taken := range map[string]bool{"processing": true, "completed": true, "on-hold": true, "cancelled": false, "failed": false} {
		server.Order(outside)["status"] = status
		again, err := shop.Push(t.Context(), anOrder())
		var rejected *catalog.Rejected
		if taken && (err != nil || again != outside) || !taken && (!errors.As(err, &rejected) || rejected.Outside != outside) {
			t.Errorf("%s: %q, %v", status, again, err)
		}
	}
}

func TestGoods(t *testing.T) {
	t.Parallel()
	server, shop := serve(t)
	g, _, err := shop.Fetch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var skus, refs []string
	for _, v := range g.Products[0].Variants {
		skus, refs = append(skus, v.SKU), append(refs, v.Ref)
	}
	if want := []string{"woo-799-733-S", "woo-799-733-M", "woo-799-732-S", "woo-799-732-M"}; !reflect.DeepEqual(skus, want) {
		t.Errorf("SKUs %v", skus)
	}
	if want := []string{"799/733?Size=S", "799/733?Size=M", "799/732?Size=S", "799/732?Size=M"}; !reflect.DeepEqual(refs, want) {
		t.Errorf("refs %v", refs)
	}
	if got := g.Products[0].Variants[0].Options; !reflect.DeepEqual(got, map[string]string{"color": "green", "size": "S"}) {
		t.Errorf("options %v", got)
	}
	one := g.Products[1]
	if one.ID != "premium-quality-19" || one.Price != 2199 || one.Category != "t-shirts" || one.VAT != "general" || one.Variants[0].Stock != catalog.StockUnknown {
		t.Errorf("%+v", one)
	}
	if want := []catalog.Carriage{{Ref: "flat_rate:26", Name: "Flat rate"}, {Ref: "free_shipping:27", Name: "Free shipping"}}; !reflect.DeepEqual(g.Carriage, want) {
		t.Errorf("delivery %+v", g.Carriage)
	}
	if _, err := (&catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}).WithProducts(g.Products, g.Categories); err != nil {
		t.Errorf("no shop of it: %v", err)
	}

	alone, found, err := shop.One(t.Context(), "794")
	if err != nil || !found || !reflect.DeepEqual(alone, one) {
		t.Errorf("alone it is %+v, %v", alone, err)
	}
	server.Products[1]["weight"], server.Products[1]["dimensions"] = "0.5", map[string]string{"length": "20", "width": "60.5", "height": ""}
	if heavy, _, err := shop.One(t.Context(), "794"); err != nil || heavy.Bulk != (catalog.Bulk{Weight: 500, Length: 61}) {
		t.Errorf("it weighs %+v, %v", heavy.Bulk, err)
	}
	server.Products[1]["status"] = "draft"
	if _, found, err := shop.One(t.Context(), "794"); err != nil || found {
		t.Errorf("a draft: found %v, %v", found, err)
	}
	server.Products = server.Products[:1]
	if _, found, err := shop.One(t.Context(), "794"); err != nil || found {
		t.Errorf("gone: found %v, %v", found, err)
	}
}

// TestUnderstanding changes the recorded simple product and tells what becomes
// of it.
func TestUnderstanding(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		field string
		value any
		want  string // "price stock VAT", or a part of why it is skipped
	}{
		"as it is":            {"sku", "A-1", "2199 -1 general"},
		"counted":             {"manage_stock,stock_quantity", 4.0, "2199 4 general"},
		"less than none":      {"manage_stock,stock_quantity", -2.0, "2199 0 general"},
		"counted but unknown": {"manage_stock", true, "2199 -1 general"},
		"sold out":            {"stock_status", "outofstock", "2199 0 general"},
		"on its way":          {"stock_status", "onbackorder", "2199 0 general"},
		"food":                {"tax_class", "reduced-rate", "2199 -1 food"},
		"without VAT":         {"tax_status", "none", "2199 -1 none"},
		"unknown VAT":         {"tax_class", "zero-rate", `tax class "zero-rate" has no rate`},
		"dear":                {"price", "1000000.01", `price "1000000.01" is not`},
		"free":                {"price", "0", `price "0" is not`},
		"priceless":           {"price", "", "price is missing"},
		"grouped":             {"type", "grouped", "type"},
		"a download":          {"downloadable", true, "not goods"},
		"a service":           {"virtual", true, "not goods"},
		"hidden":              {"catalog_visibility", "hidden", "hidden"},
		"not for sale":        {"purchasable", false, "not for sale"},
		"nameless":            {"name", "<b></b>", "name is missing"},
	} {
		server, shop := serve(t)
		field, count, counted := strings.Cut(c.field, ",")
		server.Products[1][field] = c.value
		if counted {
			server.Products[1][field], server.Products[1][count] = true, c.value
		}
		g, _, err := shop.Fetch(t.Context())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ""
		if len(g.Products) == 2 {
			p := g.Products[1]
			got = fmt.Sprint(p.Price, p.Variants[0].Stock, " ", p.VAT)
		} else if len(g.Skipped) == 1 {
			got = g.Skipped[0].Reason
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestPricesWithoutVAT(t *testing.T) {
	t.Parallel()
	for net, want := range map[string]catalog.Cents{"10": 1255, "7.13": 895, "7.135": 895, "15.936255": 2000} {
		if got, err := (&terms{}).price(net, 255); err != nil || got != want {
			t.Errorf("%s: %d, %v", net, got, err)
		}
	}
}

// TestPagesThatChange: a product that goes while the pages are read moves
// another one from a page not read yet to one that was.
func TestPagesThatChange(t *testing.T) {
	t.Parallel()
	server, shop := serve(t)
	simple := server.Products[1]
	server.Products = nil
	for i := range 205 {
		p := map[string]any{}
		for k, v := range simple {
			p[k] = v
		}
		p["id"], p["slug"] = 1000+i, fmt.Sprint("tuote-", i)
		server.Products = append(server.Products, p)
	}
	once := false
	server.OnPage = func(page int) {
		if page == 2 && !once {
			once = true
			server.Products = server.Products[1:]
		}
	}
	g, _, err := shop.Fetch(t.Context())
	if err != nil || len(g.Products) != 204 {
		t.Errorf("%d products: %v", len(g.Products), err)
	}
	server.OnPage = func(page int) {
		if page == 2 {
			server.Products = server.Products[1:]
		}
	}
	if g, _, err := shop.Fetch(t.Context()); err == nil {
		t.Errorf("a list that never stands still gave %d products", len(g.Products))
	}
}

func TestRequest(t *testing.T) {
	t.Parallel()
	r, err := requestOf(anOrder())
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != "pending" || r.Billing.First != "Aino Maria" || r.Billing.Last != "Virtanen" || r.Shipping.Email != "" || r.Billing.Country != "FI" {
		t.Errorf("%+v", r)
	}
	want := []line{
		{Product: 794, Quantity: 2, Subtotal: "35.043825", Total: "31.537849"},
		{Product: 799, Variation: 733, Quantity: 1, Subtotal: "7.171315", Total: "7.171315", Meta: []meta{{"Size", "S"}}},
	}
	if !reflect.DeepEqual(r.Lines, want) {
		t.Errorf("lines %+v", r.Lines)
	}
	if want := []extra{{Method: "flat_rate", Title: "Kotiinkuljetus", Total: "7.888446"}}; !reflect.DeepEqual(r.Delivery, want) {
		t.Errorf("delivery %+v", r.Delivery)
	}
	o := anOrder()
	o.Lines[0].Ref = ""
	if _, err := requestOf(o); err == nil {
		t.Error("goods that the shop does not know were sent to it")
	}
}

// TestSignature has the vector of the API's own algorithm.
func TestSignature(t *testing.T) {
	t.Parallel()
	const secret, body = "my-super-secret-private-key", `{"id":727,"status":"processing"}`
	const signature = "ELdZjHPZDayy18gTSRn7Iled9h1XQv13L7jh4+n0mBs="
	header := func(topic, signature string) http.Header {
		return http.Header{"X-Wc-Webhook-Topic": {topic}, "X-Wc-Webhook-Signature": {signature}}
	}
	if n, err := News(secret, header("order.updated", signature), []byte(body)); err != nil || n != (catalog.News{}) {
		t.Errorf("%+v, %v", n, err)
	}
	for name, forged := range map[string]func() error{
		"unsigned":        func() error { _, err := News(secret, http.Header{}, []byte(body)); return err },
		"another body":    func() error { _, err := News(secret, header("", signature), []byte(body+" ")); return err },
		"another secret":  func() error { _, err := News("other", header("", signature), []byte(body)); return err },
		"no secret":       func() error { _, err := News("", header("", signature), []byte(body)); return err },
		"not base64":      func() error { _, err := News(secret, header("", "?"), []byte(body)); return err },
		"more than ping":  func() error { _, err := News(secret, http.Header{}, []byte("webhook_id=1&id=2")); return err },
		"ping without id": func() error { _, err := News(secret, http.Header{}, []byte("webhook_id=")); return err },
	} {
		if err := forged(); err != catalog.ErrForged {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n, err := News(secret, http.Header{}, []byte("webhook_id=12\n")); err != nil || n != (catalog.News{}) {
		t.Errorf("ping: %+v, %v", n, err)
	}
}

func TestNews(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]catalog.News{
		`{"id":727,"status":"completed","meta_data":[{"key":"_tiski_number","value":"T-1"}]}`:                                                                              {Order: "T-1", Outside: "727", Status: catalog.Shipped},
		`{"id":727,"status":"processing","meta_data":[{"key":"_tiski_number","value":"T-1"},{"key":"_wc_shipment_tracking_items","value":[{"tracking_number":"JJFI1"}]}]}`: {Order: "T-1", Outside: "727", Tracking: "JJFI1"},
		`{"id":727,"status":"cancelled","meta_data":[{"key":"_tiski_number","value":"T-1"}]}`:                                                                              {Order: "T-1", Outside: "727", Status: catalog.Cancelled},
		`{"id":727,"status":"completed","meta_data":[]}`:                                                                                                                   {},
		`{"id":727,"status":"completed","meta_data":[{"key":"_tiski_number","value":[1]}]}`:                                                                                {},
	} {
		if n, err := orderNews([]byte(body)); err != nil || n != want {
			t.Errorf("%s: %+v, %v", body, n, err)
		}
	}
	if _, err := orderNews([]byte("[]")); err == nil {
		t.Error("a list was read as an order")
	}
}
