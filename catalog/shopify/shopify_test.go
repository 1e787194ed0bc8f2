package shopify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/shoptest"
)

var november = time.Date(2026, 11, 22, 12, 0, 0, 0, catalog.Helsinki)

// server is a shop as its API's documentation describes it.
type server struct {
	t *testing.T

	mu        sync.Mutex
	variants  []map[string]any
	drafts    []map[string]any
	more      catalog.Cents
	currency  string
	net       bool // prices are without VAT
	throttled int  // queries that are throttled still
}

func aVariant(product, id int, title, price string, options ...string) map[string]any {
	selected := []map[string]string{{"name": "Title", "value": "Default Title"}}
	if len(options) > 0 {
		selected = nil
		for i := 0; i < len(options); i += 2 {
			selected = append(selected, map[string]string{"name": options[i], "value": options[i+1]})
		}
	}
	return map[string]any{
		"id": fmt.Sprint("gid://shopify/ProductVariant/", id), "sku": nil, "price": price, "position": id, "inventoryQuantity": 3,
		"availableForSale": true, "inventoryPolicy": "DENY", "inventoryItem": map[string]any{"tracked": true, "requiresShipping": true},
		"selectedOptions": selected,
		"product": map[string]any{
			"id": fmt.Sprint("gid://shopify/Product/", product), "handle": strings.ToLower(title), "title": title, "descriptionHtml": "<p>Hyvä.</p>",
			"vendor": "Kaamos", "productType": "Pipot", "isGiftCard": false, "onlineStoreUrl": nil,
			"media": map[string]any{"nodes": []any{map[string]any{"preview": map[string]any{"image": map[string]any{"url": "https://cdn.example/a.jpg"}}}}},
		},
	}
}

func newServer(t *testing.T) *server {
	return &server{t: t, currency: "EUR", variants: []map[string]any{
		aVariant(1, 11, "Pipo", "19.90", "Väri", "Musta", "Koko", "M"),
		aVariant(1, 12, "Pipo", "21.90", "Väri", "Musta", "Koko", "L"),
		aVariant(2, 21, "Huivi", "30.00"),
	}}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if r.Header.Get("X-Shopify-Access-Token") != shoptest.Secret || r.URL.Path != "/admin/api/2026-10/graphql.json" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if s.throttled > 0 {
		s.throttled--
		fmt.Fprint(w, `{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":500,"throttleStatus":{"currentlyAvailable":400,"restoreRate":100}}}}`)
		return
	}
	var asked struct {
		Query     string
		Variables struct {
			First   int
			After   string
			Query   string
			ID      string
			Pending bool
			Input   map[string]any
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		s.t.Error(err)
	}
	v := asked.Variables
	answer := map[string]any{}
	switch {
	case strings.Contains(asked.Query, "productVariants("):
		answer["shop"] = map[string]any{"currencyCode": s.currency, "taxesIncluded": !s.net}
		answer["productVariants"] = s.page(v.First, v.After, v.Query)
	case strings.Contains(asked.Query, "draftOrders("):
		nodes := []any{}
		for _, d := range s.drafts {
			if tag := d["tags"].([]any)[0].(string); strings.Contains(v.Query, `"`+tag+`"`) {
				nodes = append(nodes, d)
			}
		}
		answer["draftOrders"] = map[string]any{"nodes": nodes}
	case strings.Contains(asked.Query, "draftOrderCreate("):
		answer["draftOrderCreate"] = s.create(v.Input)
	case strings.Contains(asked.Query, "draftOrderComplete("):
		for i, d := range s.drafts {
			if d["id"] == v.ID {
				d["status"], d["order"] = "COMPLETED", map[string]any{"name": fmt.Sprint("#", 1001+i)}
				answer["draftOrderComplete"] = map[string]any{"draftOrder": d, "userErrors": []any{}}
			}
		}
	}
	json.NewEncoder(w).Encode(map[string]any{"data": answer})
}

func (s *server) page(first int, after, query string) map[string]any {
	from, _ := strconv.Atoi(after)
	var fit []map[string]any
	for _, v := range s.variants {
		product := strings.TrimPrefix(v["product"].(map[string]any)["id"].(string), "gid://shopify/Product/")
		if _, id, one := strings.Cut(query, "product_id:"); !one || id == product {
			fit = append(fit, v)
		}
	}
	to := min(len(fit), from+first)
	return map[string]any{
		"pageInfo": map[string]any{"hasNextPage": to < len(fit), "endCursor": strconv.Itoa(to)}, "nodes": fit[from:to],
	}
}

func (s *server) create(input map[string]any) map[string]any {
	sum := 0.0
	for _, line := range input["lineItems"].([]any) {
		line := line.(map[string]any)
		price, known := "", false
		if own, has := line["originalUnitPriceWithCurrency"].(map[string]any); has {
			price, known = own["amount"].(string), true
		}
		for _, v := range s.variants {
			if v["id"] == line["variantId"] {
				price, known = v["price"].(string), true
			}
		}
		if !known {
			return map[string]any{"draftOrder": nil, "userErrors": []any{map[string]any{"message": "Product with ID 9 is no longer available: variant"}}}
		}
		euros, _ := strconv.ParseFloat(price, 64)
		sum += euros * line["quantity"].(float64)
	}
	if d, has := input["appliedDiscount"].(map[string]any); has {
		sum -= d["value"].(float64)
	}
	carriage, _ := strconv.ParseFloat(input["shippingLine"].(map[string]any)["priceWithCurrency"].(map[string]any)["amount"].(string), 64)
	total := catalog.Cents(math.Round((sum+carriage)*100)) + s.more
	d := map[string]any{
		"id": fmt.Sprint("gid://shopify/DraftOrder/", 1+len(s.drafts)), "status": "OPEN", "tags": input["tags"], "order": nil,
		"totalPriceSet": map[string]any{"shopMoney": map[string]any{"amount": total.Decimal(), "currencyCode": s.currency}},
		"attributes":    input["customAttributes"],
	}
	s.drafts = append(s.drafts, d)
	return map[string]any{"draftOrder": d, "userErrors": []any{}}
}

func (s *server) Orders() []shoptest.Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	var taken []shoptest.Taken
	for _, d := range s.drafts {
		one := shoptest.Taken{ID: d["attributes"].([]any)[0].(map[string]any)["value"].(string)}
		if order, completed := d["order"].(map[string]any); completed {
			one.Outside, one.Confirmed = order["name"].(string), true
		}
		taken = append(taken, one)
	}
	return taken
}

func (s *server) Count(more catalog.Cents) { s.more = more }
func (s *server) Sell(currency string)     { s.currency = currency }

func at(address string) *Shop {
	return New(Options{URL: address, Token: shoptest.Secret, VAT: func() int { return 255 }})
}

func anOrder() catalog.Order {
	return catalog.Order{
		ID: "widget:1/5/0", Number: "T-482913", Placed: november, Paid: november, Currency: "EUR",
		Lines: []catalog.OrderLine{
			{SKU: "shopify-11", Title: "Pipo", Qty: 2, Unit: 1990, Discount: 398, Ref: "1/11"}, {SKU: "shopify-21", Title: "Huivi", Qty: 1, Unit: 3000, Ref: "2/21"},
		},
		Contact: catalog.Contact{Name: "Aino Virtanen", Email: "aino@example.fi"}, Payment: "invoice", PaymentFee: 200,
		Delivery: catalog.OrderDelivery{Name: "Nouto", Price: 490}, Total: 3980 - 398 + 3000 + 490 + 200,
	}
}

func TestSystem(t *testing.T) {
	t.Parallel()
	shoptest.Run(t, shoptest.System{
		Serve: func(t *testing.T) shoptest.Server { return newServer(t) },
		Order: anOrder(), Goods: 2,
		Push:  func(address string) func(context.Context, catalog.Order) (string, error) { return at(address).Push },
		Fetch: func(address string) func(context.Context) (catalog.Goods, bool, error) { return at(address).Fetch },
	})
}

func serve(t *testing.T) (*server, *Shop) {
	s := newServer(t)
	listening := httptest.NewServer(s)
	t.Cleanup(listening.Close)
	return s, at(listening.URL)
}

func TestGoods(t *testing.T) {
	t.Parallel()
	_, shop := serve(t)
	g, _, err := shop.Fetch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := catalog.Product{
		ID: "pipo", Name: catalog.Text{"fi": "Pipo"}, Description: catalog.Text{"fi": "Hyvä."}, Brand: "Kaamos", Category: "pipot", VAT: "general",
		Price: 1990, Image: "https://cdn.example/a.jpg", Variants: []catalog.Variant{
			{SKU: "shopify-11", Options: map[string]string{"color": "musta", "size": "M"}, Stock: 3, Ref: "1/11"},
			{SKU: "shopify-12", Options: map[string]string{"color": "musta", "size": "L"}, Stock: 3, Ref: "1/12", Price: 2190},
		},
	}
	if !reflect.DeepEqual(g.Products[0], want) {
		t.Errorf("got  %+v\nwant %+v", g.Products[0], want)
	}
	if one, found, err := shop.One(t.Context(), "1"); err != nil || !found || !reflect.DeepEqual(one, want) {
		t.Errorf("alone: %+v, %v, %v", one, found, err)
	}
	for _, ref := range []string{"3", "1 OR title:x", ""} {
		if _, found, err := shop.One(t.Context(), ref); err != nil || found {
			t.Errorf("%q: %v, %v", ref, found, err)
		}
	}
}

func TestUnderstanding(t *testing.T) {
	t.Parallel()
	item := func(tracked, ships bool) map[string]any {
		return map[string]any{"tracked": tracked, "requiresShipping": ships}
	}
	for name, c := range map[string]struct {
		field string
		value any
		want  string // "price stock", or a part of why it is skipped
	}{
		"as it is":           {"sku", "A-1", "3000 3"},
		"less than none":     {"inventoryQuantity", -2, "3000 0"},
		"not counted":        {"inventoryItem", item(false, true), "3000 -1"},
		"sold beyond":        {"inventoryPolicy", "CONTINUE", "3000 -1"},
		"sold out":           {"availableForSale", false, "3000 0"},
		"a download":         {"inventoryItem", item(true, false), "not goods"},
		"free":               {"price", "0.00", `price "0.00" is not`},
		"priceless":          {"price", nil, "price is missing"},
		"strangely named":    {"id", "gid://shopify/Other/1", "are not a product"},
		"as dear as may be":  {"price", "1000000.00", "100000000 3"},
		"dearer than may be": {"price", "1000000.01", "is not a price"},
	} {
		s, shop := serve(t)
		s.variants[2][c.field] = c.value
		g, _, err := shop.Fetch(t.Context())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ""
		if len(g.Products) == 2 {
			got = fmt.Sprint(g.Products[1].Price, g.Products[1].Variants[0].Stock)
		} else if len(g.Skipped) == 1 {
			got = g.Skipped[0].Reason
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestManyPagesAndPricesWithoutVAT(t *testing.T) {
	t.Parallel()
	s, shop := serve(t)
	s.net = true
	for i := range 2*perPage + 1 {
		s.variants = append(s.variants, aVariant(100+i, 1000+i, fmt.Sprint("Tuote", i), "10.00"))
	}
	g, _, err := shop.Fetch(t.Context())
	if err != nil || len(g.Products) != 2*perPage+3 || g.Products[2].Price != 1255 {
		t.Errorf("%d products: %v", len(g.Products), err)
	}
}

func TestThrottled(t *testing.T) {
	t.Parallel()
	s, shop := serve(t)
	s.throttled = 1
	if g, _, err := shop.Fetch(t.Context()); err != nil || len(g.Products) != 2 {
		t.Errorf("%d products: %v", len(g.Products), err)
	}
	s.throttled = 1
	var later *catalog.Later
	if _, err := shop.Push(t.Context(), anOrder()); !errors.As(err, &later) || later.After != time.Second {
		t.Errorf("a push waits: %v", err)
	}
}

func TestGoodsThatAreGone(t *testing.T) {
	t.Parallel()
	for name, ref := range map[string]string{"unknown here": "", "gone there": "9/99"} {
		_, shop := serve(t)
		o := anOrder()
		o.Lines[0].Ref = ref
		var rejected *catalog.Rejected
		if _, err := shop.Push(t.Context(), o); !errors.As(err, &rejected) || rejected.Why != catalog.RejectedGoods {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNews(t *testing.T) {
	t.Parallel()
	const secret = "s"
	read := func(topic, body string) (catalog.News, error) {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(body))
		return News(secret, http.Header{"X-Shopify-Topic": {topic}, "X-Shopify-Hmac-Sha256": {base64.StdEncoding.EncodeToString(mac.Sum(nil))}}, []byte(body))
	}
	const ours = `"note_attributes":[{"name":"tiski_id","value":"1"},{"name":"tiski_number","value":"T-1"}]`
	for body, want := range map[string]catalog.News{
		`{` + ours + `,"cancelled_at":null,"fulfillment_status":null,"fulfillments":[]}`:                                                                  {Order: "T-1"},
		`{` + ours + `,"fulfillment_status":"partial","fulfillments":[{"tracking_number":"JJFI1"}]}`:                                                      {Order: "T-1", Tracking: "JJFI1"},
		`{` + ours + `,"fulfillment_status":"fulfilled","fulfillments":[{"tracking_number":"JJFI1","shipment_status":null}]}`:                             {Order: "T-1", Tracking: "JJFI1", Status: catalog.Shipped},
		`{` + ours + `,"fulfillment_status":"fulfilled","fulfillments":[{"tracking_number":null},{"tracking_number":"B","shipment_status":"delivered"}]}`: {Order: "T-1", Tracking: "B", Status: catalog.Delivered},
		`{` + ours + `,"fulfillment_status":"fulfilled","fulfillments":[{"shipment_status":"ready_for_pickup"}]}`:                                         {Order: "T-1", Status: catalog.Ready},
		`{` + ours + `,"cancelled_at":"2026-11-22T12:00:00+02:00","fulfillment_status":null}`:                                                             {Order: "T-1", Status: catalog.Cancelled},
		`{"note_attributes":[],"fulfillment_status":"fulfilled"}`:                                                                                         {},
	} {
		if n, err := read("orders/updated", body); err != nil || n != want {
			t.Errorf("%s: %+v, %v", body, n, err)
		}
	}
	if n, err := read("products/update", `{"id":788032119674292922}`); err != nil || n != (catalog.News{Product: "788032119674292922"}) {
		t.Errorf("product: %+v, %v", n, err)
	}
	if n, err := read("shop/update", `{}`); err != nil || n != (catalog.News{}) {
		t.Errorf("another topic: %+v, %v", n, err)
	}
	for _, signature := range []string{"", "?", "AAAA"} {
		if _, err := News(secret, http.Header{"X-Shopify-Hmac-Sha256": {signature}}, []byte(`{}`)); err != catalog.ErrForged {
			t.Errorf("signed %q: %v", signature, err)
		}
	}
	if _, err := News("", http.Header{}, nil); err != catalog.ErrForged {
		t.Errorf("no secret: %v", err)
	}
}
