package catalog

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func shoes(qty int) OrderLine {
	return OrderLine{SKU: "KAAMOS-28-SIN", Product: "kaamos-talvikenka", Qty: qty, Unit: 6490, VAT: 255}
}

func book(qty int) OrderLine {
	return OrderLine{SKU: "KIRJA-1", Product: "hamaran-rannat", Qty: qty, Unit: 1100, VAT: 135}
}

func TestDiscounts(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	monday := moment("2026-11-23 00:00")
	for _, c := range []struct {
		name     string
		lines    []OrderLine
		delivery string
		at       time.Time
		codes    []string
		off      []Cents // of each line
		carriage Cents   // off the delivery
		given    string  // ids
		unfit    string
	}{
		{"nothing", []OrderLine{shoes(1)}, "noutopiste", monday, nil, []Cents{0}, 0, "", ""},
		{"per cent", []OrderLine{shoes(1)}, "noutopiste", monday, []string{"tervetuloa 10"}, []Cents{649}, 0, "tervetuloa", ""},
		{"per cent of two", []OrderLine{shoes(1), book(1)}, "", monday, []string{"TERVETULOA10"}, []Cents{649, 110}, 0, "tervetuloa", ""},
		{"too small", []OrderLine{book(2)}, "", monday, []string{"TERVETULOA10"}, []Cents{0}, 0, "", "TERVETULOA10 minimum"},
		{"category", []OrderLine{book(1), shoes(2)}, "", monday, []string{"kenkä5"}, []Cents{0, 500}, 0, "kenkaetu", ""},
		{"other goods", []OrderLine{book(1)}, "", monday, []string{"kenkä5"}, []Cents{0}, 0, "", "kenkä5 goods"},
		{"the evening before", []OrderLine{shoes(1)}, "", monday.Add(-time.Second), []string{"KENKÄ5"}, []Cents{0}, 0, "", "KENKÄ5 early"},
		{"the last second", []OrderLine{shoes(1)}, "", moment("2026-11-30 23:59"), []string{"KENKÄ5"}, []Cents{500}, 0, "kenkaetu", ""},
		{"the day after", []OrderLine{shoes(1)}, "", moment("2026-12-01 00:00"), []string{"KENKÄ5"}, []Cents{0}, 0, "", "KENKÄ5 over"},
		{"delivery", []OrderLine{shoes(1)}, "noutopiste", monday, []string{"postit"}, []Cents{0}, 490, "postit", ""},
		{"delivery not chosen yet", []OrderLine{shoes(1)}, "", monday, []string{"postit"}, []Cents{0}, 0, "", ""},
		{"delivery that is free", []OrderLine{shoes(2)}, "noutopiste", monday, []string{"postit"}, []Cents{0}, 0, "", "postit nothing"},
		{"two of three", []OrderLine{book(2)}, "", monday, nil, []Cents{0}, 0, "", ""},
		{"the third is free", []OrderLine{book(3)}, "", monday, nil, []Cents{1100}, 0, "kirjat-3-2", ""},
		{"and the sixth", []OrderLine{book(8)}, "", monday, nil, []Cents{2200}, 0, "kirjat-3-2", ""},
		{"by itself and by code", []OrderLine{book(6)}, "", monday, []string{"tervetuloa10"}, []Cents{2200 + 440}, 0, "kirjat-3-2 tervetuloa", ""},
		{"one code an order", []OrderLine{shoes(1)}, "", monday, []string{"x", "kenkä5", "tervetuloa10"}, []Cents{500}, 0, "kenkaetu", "x unknown, tervetuloa10 one"},
		{"no code", []OrderLine{shoes(1)}, "", monday, []string{" - "}, []Cents{0}, 0, "", " -  unknown"},
	} {
		q, err := s.Quote(c.lines, c.delivery, "", c.at, c.codes...)
		if err != nil {
			t.Fatal(err)
		}
		var given, unfit []string
		for _, d := range q.Discounts {
			given = append(given, d.ID)
		}
		for _, u := range q.Unfit {
			unfit = append(unfit, u.Code+" "+u.Why)
		}
		for i, off := range c.off {
			if q.Lines[i].Discount != off {
				t.Errorf("%s: %d off line %d, want %d", c.name, q.Lines[i].Discount, i, off)
			}
		}
		if q.DeliveryDiscount != c.carriage || strings.Join(given, " ") != c.given || strings.Join(unfit, ", ") != c.unfit {
			t.Errorf("%s: %d off the delivery, given %v, unfit %v", c.name, q.DeliveryDiscount, given, unfit)
		}
	}
}

func TestTheCheapestPiecesAreFree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		take, pay int
		qty       []int
		price     []Cents
		want      []Cents
	}{
		{3, 2, []int{1, 1, 1}, []Cents{500, 900, 700}, []Cents{500, 0, 0}},
		{3, 1, []int{1, 1, 1}, []Cents{500, 900, 700}, []Cents{500, 0, 700}},
		{3, 1, []int{2, 2}, []Cents{500, 900}, []Cents{500, 900}},
		{2, 1, []int{3, 2}, []Cents{100, 300}, []Cents{100, 300}},
		{2, 1, []int{1}, []Cents{100}, []Cents{0}},
	} {
		var lines []OrderLine
		rest := make([]Cents, len(c.qty))
		for i, qty := range c.qty {
			lines = append(lines, OrderLine{Qty: qty, Unit: c.price[i]})
			rest[i] = lines[i].Amount()
		}
		d := Discount{Take: c.take, Pay: c.pay}
		for i, got := range d.shares(lines, rest, 0) {
			if got != c.want[i] {
				t.Errorf("take %d pay %d of %v at %v: %d off line %d", c.take, c.pay, c.qty, c.price, got, i)
			}
		}
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount        Cents
		weights, want []Cents
	}{
		{100, []Cents{100, 100, 100}, []Cents{34, 33, 33}},
		{1, []Cents{0, 5, 9}, []Cents{0, 0, 1}},
		{0, []Cents{3, 4}, []Cents{0, 0}},
		{7, []Cents{3, 4}, []Cents{3, 4}},
		{0, []Cents{0}, []Cents{0}},
		{1e15, []Cents{1e15, 1e15}, []Cents{5e14, 5e14}},
	} {
		got := split(c.amount, c.weights)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%d by %v: %v", c.amount, c.weights, got)
			}
		}
	}
}

// TestSumsMatch quotes carts of chance: what is shown adds up, to the cent.
func TestSumsMatch(t *testing.T) {
	t.Parallel()
	shop := *testShop(t)
	chance := rand.New(rand.NewPCG(7, 11))
	for range 5000 {
		shop.Discounts = nil
		var codes []string
		for i := range chance.IntN(4) {
			d := Discount{ID: string(rune('a' + i)), Category: []string{"", "kengat", "kirjat"}[chance.IntN(3)], Minimum: Cents(chance.IntN(5000))}
			switch chance.IntN(4) {
			case 0:
				d.Percent = 1 + chance.IntN(100)
			case 1:
				d.Amount = Cents(1 + chance.IntN(20000))
			case 2:
				d.FreeDelivery = true
			default:
				d.Pay = 1 + chance.IntN(3)
				d.Take = d.Pay + 1 + chance.IntN(3)
			}
			if chance.IntN(2) == 0 {
				d.Code = "KOODI" + d.ID
				codes = append(codes, d.Code)
			}
			shop.Discounts = append(shop.Discounts, d)
		}
		var lines []OrderLine
		for range 1 + chance.IntN(5) {
			l := shoes(1 + chance.IntN(9))
			if chance.IntN(2) == 0 {
				l = book(1 + chance.IntN(9))
			}
			l.Unit = Cents(chance.IntN(10000))
			lines = append(lines, l)
		}
		delivery := []string{"", "noutopiste", "kotiin"}[chance.IntN(3)]
		q, err := shop.Quote(lines, delivery, "invoice", day("2026-11-23"), codes...)
		if err != nil {
			t.Fatal(err)
		}
		o := Order{
			Lines: q.Lines, Delivery: OrderDelivery{Price: q.Delivery, Discount: q.DeliveryDiscount},
			PaymentFee: q.Fee, ServiceVAT: q.ServiceVAT, Total: q.Total, VAT: q.VAT,
		}
		var goods, off, given Cents
		for _, l := range q.Lines {
			goods += l.Unit * Cents(l.Qty)
			off += l.Discount
			if l.Discount < 0 || l.Amount() < 0 {
				t.Fatalf("%d off a line of %d × %d", l.Discount, l.Qty, l.Unit)
			}
		}
		for _, d := range q.Discounts {
			given += d.Amount
		}
		wantSums(t, o)
		if q.Goods != goods || off+q.DeliveryDiscount != given || q.Total != goods-given+q.Delivery+q.Fee || q.Total < 0 {
			t.Fatalf("lines %d − discounts %d (%d) + delivery %d + fee %d is not %d", goods, given, off, q.Delivery, q.Fee, q.Total)
		}
	}
}

// wantSums fails unless an order's receipt adds up to its total and its VAT.
func wantSums(t *testing.T, o Order) {
	t.Helper()
	var sum Cents
	vat := map[int]VATLine{}
	for _, r := range o.Receipt() {
		sum += r.Gross
		vat[r.VAT] = VATLine{r.VAT, vat[r.VAT].Net + r.Net, vat[r.VAT].Tax + r.Tax}
	}
	if sum != o.Total {
		t.Fatalf("the receipt adds up to %d, the total is %d", sum, o.Total)
	}
	for _, v := range o.VAT {
		if vat[v.Tenths] != v {
			t.Fatalf("the receipt has %+v, the order %+v", vat[v.Tenths], v)
		}
	}
}

func TestMistakesInDiscounts(t *testing.T) {
	t.Parallel()
	files := changed(t, "words.yaml", "musta", "musta")
	for list, want := range map[string]string{
		`[{id: a, name: {fi: Etu}, amount: 5}]`:                                                        "",
		`[{id: a, name: {fi: Etu}, percent: 101}]`:                                                     `discounts.yaml:1: "101" is not a whole number from 1 to 100`,
		`[{id: a, name: {fi: Etu}, percent: 5, amount: 5}]`:                                            "discounts.yaml:1: exactly one of",
		`[{id: a, name: {fi: Etu}}]`:                                                                   "discounts.yaml:1: exactly one of",
		`[{id: a, name: {fi: Etu}, take: 2, pay: 2}]`:                                                  "discounts.yaml:1: take must be more",
		`[{id: a, name: {fi: Etu}, take: 2}]`:                                                          "discounts.yaml:1: take must be more",
		`[{id: a, name: {fi: Etu}, pay: 2}]`:                                                           "discounts.yaml:1: take must be more",
		`[{id: a, name: {fi: Etu}, amount: 5, uses: 3}]`:                                               "discounts.yaml:1: uses and per_customer need a code",
		`[{id: a, name: {fi: Kaikki −20 %}, percent: 20}]`:                                             "discounts.yaml:1: the name of a discount for everybody",
		`[{id: a, code: XY-, name: {fi: Etu}, amount: 5}]`:                                             "discounts.yaml:1: a code has at least 3",
		`[{id: a, name: {fi: Etu}, amount: 5, from: 2026-12-02, until: 2026-12-01}]`:                   "discounts.yaml:1: until is before",
		`[{id: a, name: {fi: Etu}, amount: 5, from: 1.12.}]`:                                           `discounts.yaml:1: "1.12." is not a date`,
		`[{id: a, name: {fi: Etu}, amount: 5, category: hatut}]`:                                       "discounts.yaml:1: unknown category hatut",
		`[{id: a, name: {fi: Etu}, amount: 5}, {id: a, name: {fi: Etu}, amount: 5}]`:                   "discounts.yaml:1: the id or code of discount a",
		`[{id: a, code: ÄÖÅ, name: {fi: E}, amount: 5}, {id: b, code: äöå, name: {fi: E}, amount: 5}]`: "discounts.yaml:1: the id or code of discount b",
		`[{id: a, name: {fi: Etu}, amount: 5, limit: 3}]`:                                              "discounts.yaml:1: unknown key limit",
	} {
		files["discounts.yaml"] = &fstest.MapFile{Data: []byte(list)}
		s, err := Load(files)
		switch {
		case want == "" && (err != nil || len(s.Discounts) != 1):
			t.Errorf("%s: %v", list, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s: %v", list, err)
		}
	}
}
