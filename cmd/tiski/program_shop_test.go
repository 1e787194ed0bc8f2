package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tiski/catalog/woocommerce/wootest"
)

const hookSecret = "kaupan-oma-salaisuus"

// tell calls the program as a WooCommerce shop does.
func (p *program) tell(t *testing.T, topic string, what any) {
	t.Helper()
	body, err := json.Marshal(what)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, []byte(hookSecret))
	mac.Write(body)
	r, err := http.NewRequest(http.MethodPost, p.base+"/shops/woocommerce", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-WC-Webhook-Topic", topic)
	r.Header.Set("X-WC-Webhook-Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s is answered %d", topic, resp.StatusCode)
	}
}

// TestAWooCommerceShop: a customer buys what a WooCommerce shop sells; the shop
// gets the order once, and what it tells of order and goods reaches the customer.
func TestAWooCommerceShop(t *testing.T) {
	t.Parallel()
	shop := wootest.New(t, "../../../shared/data")
	server := httptest.NewServer(shop)
	defer server.Close()
	data := t.TempDir()
	settings := []string{"WOO_URL=" + server.URL, "WOO_KEY=" + wootest.Key, "WOO_SECRET=" + wootest.Secret, "WOO_WEBHOOK_SECRET=" + hookSecret}
	p := launch(t, data, settings)
	v := p.visit(t)
	v.press(v.say("premium quality").tap("Lisää koriin"))
	for _, line := range []string{"kassalle", "Maija Testinen", "maija@example.fi", "040 123 4567", "Kotikatu 5 A 2, 00530 Helsinki", "lähimpään noutopisteeseen"} {
		v.say(line)
	}
	h := v.press(v.say("lasku").tap("Tilaa ja maksa"))
	number := orderNumber.FindString(h.text())
	if number == "" {
		t.Fatalf("no order: %q", h.text())
	}
	eventually(t, "the order to be handed over", func() bool { o := shop.Orders(); return len(o) == 1 && o[0].Confirmed })
	outside := shop.Orders()[0].Outside
	if got := fmt.Sprint(shop.Order(outside)["total"]); !strings.Contains(h.text(), strings.Replace(got, ".", ",", 1)) {
		t.Errorf("the shop counts %s: %q", got, h.text())
	}

	order := shop.Order(outside)
	order["status"] = "completed"
	order["meta_data"] = append(order["meta_data"].([]any), map[string]any{
		"key": "_wc_shipment_tracking_items", "value": []map[string]string{{"tracking_number": "JJFI60000000000000001"}},
	})
	for range 2 {
		p.tell(t, "order.updated", order)
	}
	if text := v.all().text(); strings.Count(text, "Tilaus "+number+" on matkalla.") != 1 || !strings.Contains(text, "JJFI60000000000000001") {
		t.Errorf("the customer is not told once: %q", text)
	}

	shop.Products[1]["price"] = "25.00"
	p.tell(t, "product.updated", map[string]int{"id": 794})
	shown := func(price string) func() bool {
		return func() bool { return strings.Contains(fmt.Sprint(v.say("premium quality").Messages), price) }
	}
	eventually(t, "the new price to be told", shown("25,00"))
	shop.Products[1]["status"] = "draft"
	p.tell(t, "product.updated", map[string]int{"id": 794})
	eventually(t, "what is not sold any more to be hidden", func() bool { return !shown("25,00")() })

	p.kill()
	server.Close()
	p = launch(t, data, settings)
	v = p.visit(t)
	if !shown("21,99")() {
		t.Error("without its shop the program does not sell what it kept")
	}
}
