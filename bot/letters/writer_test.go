package letters

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"tiski/bot/persona"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents/finnish"
)

var rewrite = flag.Bool("rewrite", false, "write testdata anew; read the diff")

var shop = sync.OnceValues(func() (*catalog.Shop, error) { return catalog.Load(demo.FS) })

func writer(t *testing.T) Writer {
	t.Helper()
	s, err := shop()
	if err != nil {
		t.Fatal(err)
	}
	v, err := voice.New(s, demo.FS, persona.Set{}, finnish.Base())
	if err != nil {
		t.Fatal(err)
	}
	return Writer{Shop: s, Words: v, Base: "https://chat.tuulikello.example"}
}

func TestLettersAreAsTold(t *testing.T) {
	t.Parallel()
	w := writer(t)
	for _, lang := range []string{"fi", "sv", "en"} {
		o := order(lang)
		c := withdrawal()
		paid := o
		paid.Paid = o.Placed
		unsent := c
		unsent.State, unsent.SendBy = catalog.CaseCancelled, time.Time{}
		letters := map[string]func() (Letter, error){
			"confirmation": func() (Letter, error) { return w.Confirmation(o) },
			"withdrawal":   func() (Letter, error) { return w.Receipt(o, c) },
			"cancellation": func() (Letter, error) { return w.Receipt(o, unsent) },
			"credit":       func() (Letter, error) { return w.Refund(o, c) },
			"refund":       func() (Letter, error) { return w.Refund(paid, c) },
			"shipped": func() (Letter, error) {
				l, ok, err := w.Update(o, catalog.Shipped)
				if !ok {
					t.Error("nothing is told of a parcel that leaves")
				}
				return l, err
			},
		}
		for name, write := range letters {
			l, err := write()
			if err != nil {
				t.Fatal(err)
			}
			same(t, filepath.Join("testdata", name+"."+lang+".txt"), "To: "+l.To+"\nSubject: "+l.Subject+"\n\n"+l.Text)
			if name == "confirmation" && lang == "fi" {
				same(t, filepath.Join("testdata", "confirmation.fi.html"), l.HTML)
			}
		}
	}
}

// A shop that tells nothing more of a way of paying leaves no gap.
func TestAWayOfPayingWithoutMore(t *testing.T) {
	t.Parallel()
	w := writer(t)
	plain := *w.Shop
	plain.Payments = slices.Clone(plain.Payments)
	for i := range plain.Payments {
		plain.Payments[i].Info = catalog.Text{}
	}
	w.Shop = &plain
	l, err := w.Confirmation(order("fi"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(l.Text, "Lasku sähköpostiin.\n") {
		t.Errorf("the way of paying stands otherwise in %s", l.Text)
	}
}

func TestTheConfirmationSaysWhatTheLawAsks(t *testing.T) {
	t.Parallel()
	w := writer(t)
	c := w.Shop.Company
	for _, lang := range []string{"fi", "sv", "en"} {
		l, err := w.Confirmation(order(lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, must := range []string{
			c.Name, c.BusinessID, c.Street, c.Postcode, c.City, c.Email, c.Phone, c.Terms, // KSL 6:9 1 mom. 2–4 k.
			"Villavuona-villasukat", "40/43", "35,80", "58,20", "25,5", // goods, price in all, VAT
			"/o/token-1", "30", "14", "(*)", // how to withdraw, with the form
			"kkv.fi", "kuluttajariita.fi",
		} {
			if lang == "en" {
				must = strings.NewReplacer("35,80", "35.80", "58,20", "58.20", "25,5", "25.5").Replace(must)
			}
			for form, text := range map[string]string{"text": l.Text, "html": l.HTML} {
				if !strings.Contains(text, must) {
					t.Errorf("%s, %s: %q is missing", lang, form, must)
				}
			}
		}
	}
}

func TestWhatCustomersWriteIsOnlyText(t *testing.T) {
	t.Parallel()
	o := order("fi")
	o.Contact.Name = `<script>alert(1)</script>`
	o.Address.Street = `"><img src=x>`
	l, err := writer(t).Confirmation(o)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(l.HTML, "<script") || strings.Contains(l.HTML, "<img") {
		t.Error("a name became markup")
	}
}

func TestAlarmCallsStaff(t *testing.T) {
	t.Parallel()
	w := writer(t)
	l, err := w.Alarm("1", 2, 7*time.Minute+59*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	want := "Asiakkaita odottaa vastausta: 2. Pisin odotus on 7 min, eikä kukaan ole vielä katsonut."
	if l.To != w.Shop.Company.Email || !strings.Contains(l.Text, want) || !strings.Contains(l.Text, w.Base+"/console") {
		t.Errorf("to %s: %s", l.To, l.Text)
	}
	shop := *w.Shop
	shop.Service.Email = "tiski@example.fi"
	w.Shop = &shop
	if l, err = w.Alarm("2", 1, time.Minute); err != nil || l.To != "tiski@example.fi" {
		t.Errorf("to %s, %v", l.To, err)
	}
}

func TestEveryStatusIsToldOrNot(t *testing.T) {
	t.Parallel()
	w := writer(t)
	told := map[catalog.Status]bool{
		catalog.Placed: false, catalog.Awaiting: false, catalog.Paid: true, catalog.Handed: false, catalog.Packed: false, catalog.Shipped: true,
		catalog.Ready: true, catalog.Delivered: true, catalog.Closed: false, catalog.Cancelled: true, catalog.Expired: true, catalog.Refused: true, catalog.Refunded: true,
	}
	for status, want := range told {
		l, ok, err := w.Update(order("fi"), status)
		if err != nil || ok != want {
			t.Errorf("%s: %v, %v", status, ok, err)
		}
		if strings.Contains(l.Text+l.Subject, "letter.") || strings.Contains(l.Text, "{") {
			t.Errorf("%s: %s", status, l.Text)
		}
	}
}

// said notes the keys that letters say.
type said struct {
	Words
	keys map[string]bool
}

func (s said) Sentence(lang, key string, with ...any) string {
	s.keys[key] = true
	return s.Words.Sentence(lang, key, with...)
}

func TestEverySentenceIsSaid(t *testing.T) {
	t.Parallel()
	w := writer(t)
	s := said{w.Words, map[string]bool{}}
	w.Words = s
	shop := *w.Shop
	w.Shop = &shop
	o := order("fi")
	o.PaymentFee = 100
	for _, free := range []bool{false, true} {
		shop.Returns.CostPaid = free
		for _, why := range []string{"sealed-hygiene", "perishable", "custom"} {
			p := *shop.Product(o.Lines[0].Product)
			p.Withdrawal = why
			with, err := shop.WithProducts([]catalog.Product{p}, shop.Categories)
			if err != nil {
				t.Fatal(err)
			}
			w.Shop = with
			if _, err := w.Confirmation(o); err != nil {
				t.Fatal(err)
			}
		}
		o.Address, o.Delivery.Price, o.Delivery.Point, o.Greeting = catalog.Address{}, 0, catalog.Point{Name: "kirjaston kioski"}, "Hyvää joulua"
	}
	for _, status := range []catalog.Status{catalog.Paid, catalog.Shipped, catalog.Ready, catalog.Delivered, catalog.Cancelled, catalog.Expired, catalog.Refused, catalog.Refunded} {
		if _, _, err := w.Update(o, status); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Alarm("1", 2, 7*time.Minute); err != nil {
		t.Fatal(err)
	}
	l, err := w.Newsletter(Notice{ID: "newsletter/token-2/1", Email: "aino@example.fi", Lang: "fi", Token: "token-2"})
	if err != nil || l.To != "aino@example.fi" || !strings.Contains(l.Text, "/newsletter/token-2") {
		t.Errorf("%v: %+v", err, l)
	}
	transcript := Notice{ID: "transcript/1/asked", Email: "ville@example.fi", Lang: "fi", Said: []Said{
		{At: o.Placed, By: "customer", Text: "<b>hei</b>"}, {At: o.Placed, By: "bot", Text: "Hei", Goods: []string{"Takki, 10,00 €"}}, {At: o.Placed, By: "staff", Name: "Maija", Text: "Moi"}, {At: o.Placed, By: "system", Text: "loppu"},
	}}
	l, told, err := w.Letter(transcript)
	if err != nil || !told || l.To != "ville@example.fi" || strings.Contains(l.HTML, "<b>hei") {
		t.Errorf("%v: %+v", err, l)
	}
	for _, want := range []string{"23.11.2026 10.00 Sinä\n<b>hei</b>\n", "Tekoälyavustaja\nHei\nTakki, 10,00 €\n", "Maija\nMoi\n"} {
		if !strings.Contains(l.Text, want) {
			t.Errorf("the transcript lacks %q:\n%s", want, l.Text)
		}
	}
	l, told, err = w.Letter(Notice{ID: "reminder/1/sent", Email: "ville@example.fi", Lang: "fi", Token: "token-3", Reminder: "Koriisi jäi vielä:\n1 × <b>takki</b>"})
	if err != nil || !told || l.Stop != w.Base+"/reminders/token-3" || !strings.Contains(l.Text, l.Stop) || strings.Contains(l.HTML, "<b>takki") {
		t.Errorf("%v: %+v", err, l)
	}
	if _, told, err = w.Letter(Notice{ID: "reminder/1/sent", Lang: "fi", Token: "token-3", Reminder: "Ei enää"}); err != nil || told {
		t.Errorf("a reminder that is not wanted any more: %v, %v", told, err)
	}
	if _, err := w.Surplus(o, "1", 500); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []catalog.CaseKind{catalog.Withdrawal, catalog.Return, catalog.Exchange, catalog.Complaint} {
		c := withdrawal()
		c.Kind = kind
		if _, err := w.Receipt(o, c); err != nil {
			t.Fatal(err)
		}
		for _, o.Paid = range []time.Time{{}, o.Placed} {
			if _, err := w.Refund(o, c); err != nil {
				t.Fatal(err)
			}
		}
	}
	document, err := os.ReadFile("../voice/replies/fi/letters.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var sentences map[string]string
	if err := yaml.Unmarshal(document, &sentences); err != nil {
		t.Fatal(err)
	}
	for key := range sentences {
		if !s.keys[key] {
			t.Errorf("no letter says %s", key)
		}
	}
	for key := range s.keys {
		if sentences[key] == "" {
			t.Errorf("%s is not in letters.yaml", key)
		}
	}
}

func order(lang string) catalog.Order {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki)
	return catalog.Order{
		ID: "widget:1/9/0", Number: "482913", Token: "token-1", Status: catalog.Placed, Placed: at, Lang: lang,
		Lines: []catalog.OrderLine{
			{SKU: "V-VSUKKA-40-HAR", Product: "villavuona-villasukat", Title: "Villavuona-villasukat", Options: map[string]string{"color": "harmaa", "size": "40/43"}, Qty: 2, Unit: 1790, VAT: 255},
			{SKU: "HUULI", Product: "sarastus-huulipuna-satiini", Title: "Sarastus-satiinihuulipuna", Options: map[string]string{"color": "punainen"}, Qty: 1, Unit: 1750, VAT: 255},
		},
		Contact: catalog.Contact{Name: "Ville Laine", Email: "ville@example.fi", Phone: "+358405556666"},
		Address: catalog.Address{Street: "Kotikatu 5 A 2", Postcode: "00530", City: "Helsinki"},
		Delivery: catalog.OrderDelivery{Method: "noutopiste", Kind: catalog.PickupPoint, Name: "Nouto noutopisteestä", Price: 490, Window: catalog.Window{Earliest: at.AddDate(0, 0, 2), Latest: at.AddDate(0, 0, 7)},
			Point: catalog.Point{ID: "1", Name: "Kioski Vaasanaukio", Address: catalog.Address{Street: "Vaasankatu 14", Postcode: "00500", City: "Helsinki"}}},
		Payment: "invoice", Currency: "EUR", Total: 5820, ServiceVAT: 255, VAT: []catalog.VATLine{{Tenths: 255, Net: 4637, Tax: 1183}}, Tracking: "JJFI60000000000000001",
	}
}

func withdrawal() catalog.Case {
	at := time.Date(2026, 12, 1, 14, 5, 0, 0, catalog.Helsinki)
	return catalog.Case{
		ID: "widget:1/20/0", Number: "R-1001", Order: "482913", Kind: catalog.Withdrawal, Opened: at, Lines: []catalog.CaseLine{{Line: 0, Qty: 1}},
		SendBy: at.AddDate(0, 0, 14), RefundBy: at.AddDate(0, 0, 14), Refund: catalog.Settlement{Total: 1790},
	}
}

func same(t *testing.T, name, got string) {
	t.Helper()
	if *rewrite {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is another letter now; run with -rewrite and read the diff:\n%s", name, got)
	}
}
