package catalog

import (
	"errors"
	"reflect"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, Helsinki)
	if err != nil {
		panic(err)
	}
	return t
}

func moment(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, Helsinki)
	if err != nil {
		panic(err)
	}
	return t
}

func TestVATRate(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	for _, c := range []struct {
		class string
		at    time.Time
		want  int
	}{
		{"general", day("2026-11-22"), 255},
		{"general", day("2020-01-01"), 255},
		{"books", moment("2025-12-31 23:59"), 140},
		{"books", day("2026-01-01"), 135},
		{"books", day("2026-01-01").UTC(), 135},
		{"unknown", day("2026-01-01"), 255},
	} {
		if got := s.VATRate(c.class, c.at); got != c.want {
			t.Errorf("%s at %v: %d", c.class, c.at, got)
		}
	}
}

func TestNet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		gross  Cents
		tenths int
		want   Cents
	}{
		{3770, 255, 3004}, {1135, 135, 1000}, {890, 255, 709}, {1, 255, 1}, {0, 255, 0}, {500, 0, 500},
	} {
		if got := net(c.gross, c.tenths); got != c.want {
			t.Errorf("%d at %d: %d", c.gross, c.tenths, got)
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	at := day("2026-11-22")
	shoes := OrderLine{SKU: "KAAMOS-28-SIN", Qty: 1, Unit: 6490, VAT: 255}
	book := OrderLine{SKU: "KIRJA-1", Qty: 1, Unit: 1135, VAT: 135}

	q, err := s.Quote([]OrderLine{book, shoes}, "noutopiste", "invoice", at)
	if err != nil {
		t.Fatal(err)
	}
	want := Quote{
		Lines: []OrderLine{book, shoes},
		Goods: 7625, Delivery: 490, Fee: 190, ServiceVAT: 255, Total: 8305,
		VAT: []VATLine{
			{255, 5171 + 390 + 151, 1319 + 100 + 39},
			{135, 1000, 135},
		},
	}
	if !reflect.DeepEqual(q, want) {
		t.Errorf("\n got %+v\nwant %+v", q, want)
	}

	// Free at 80,00 € of goods, not at a cent less.
	for unit, delivery := range map[Cents]Cents{7999: 490, 8000: 0} {
		q, err := s.Quote([]OrderLine{{SKU: "a", Qty: 1, Unit: unit, VAT: 255}}, "noutopiste", "", at)
		if err != nil || q.Delivery != delivery || q.Total != unit+delivery {
			t.Errorf("goods of %d: %+v, %v", unit, q, err)
		}
	}

	// Nothing chosen yet.
	if q, err := s.Quote([]OrderLine{shoes}, "", "", at); err != nil || q.Total != 6490 || len(q.VAT) != 1 {
		t.Errorf("goods only: %+v, %v", q, err)
	}

	// Rounding is by line: three lines of 1 cent are not one of 3.
	q, err = s.Quote([]OrderLine{{Qty: 1, Unit: 2, VAT: 255}, {Qty: 1, Unit: 2, VAT: 255}, {Qty: 1, Unit: 2, VAT: 255}}, "", "", at)
	if err != nil || q.VAT[0] != (VATLine{255, 6, 0}) {
		t.Errorf("by line: %+v, %v", q.VAT, err)
	}

	if _, err := s.Quote(nil, "", "", at); !errors.Is(err, ErrEmpty) {
		t.Errorf("empty cart: %v", err)
	}
	for name, bad := range map[string]struct {
		line              OrderLine
		delivery, payment string
	}{
		"no pieces":        {line: OrderLine{Qty: 0, Unit: 100}},
		"negative price":   {line: OrderLine{Qty: 1, Unit: -1}},
		"unknown delivery": {line: shoes, delivery: "drone"},
		"unknown payment":  {line: shoes, payment: "bitcoin"},
		"does not go":      {line: shoes, delivery: "noutopiste", payment: "at_store"},
	} {
		if q, err := s.Quote([]OrderLine{bad.line}, bad.delivery, bad.payment, at); err == nil {
			t.Errorf("%s: %+v", name, q)
		}
	}
}

func TestPaymentsFor(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	for kind, want := range map[string]int{StorePickup: 2, Home: 1} {
		if got := s.PaymentsFor(kind); len(got) != want {
			t.Errorf("%s: %d ways of paying", kind, len(got))
		}
	}
}

func TestDeliveryFor(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	for code, want := range map[string][]string{
		"":       {"noutopiste", "kotiin", "myymala"},
		"00530":  {"noutopiste", "kotiin", "myymala"},
		"90100":  {"noutopiste", "myymala"},
		"22100":  {"noutopiste", "myymala"},
		"0053":   nil,
		"005300": nil,
		"0053O":  nil,
		"٠٠٥٣٠":  nil,
	} {
		var got []string
		for _, m := range s.DeliveryFor(code) {
			got = append(got, m.ID)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v", code, got)
		}
	}
}

func TestAddWorkdays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-12-22", 2, "2026-12-28"},
		{"2026-12-23", 1, "2026-12-28"},
		{"2026-06-17", 2, "2026-06-22"},
		{"2026-12-04", 2, "2026-12-08"},
		{"2026-12-05", 0, "2026-12-05"},
	} {
		if got := addWorkdays(day(c.from), c.n); !got.Equal(day(c.want)) {
			t.Errorf("%s + %d: %v", c.from, c.n, got)
		}
	}
}

func TestHolidays(t *testing.T) {
	t.Parallel()
	for _, d := range []string{
		"2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19",
		"2026-12-24", "2026-12-25", "2027-01-06", "2027-03-26", "2027-03-29", "2027-05-06", "2027-06-25",
		"2027-12-06", "2027-12-24", "2026-11-21",
	} {
		if workday(day(d)) {
			t.Errorf("%s is worked", d)
		}
	}
	if !workday(day("2026-12-23")) || !workday(day("2026-12-28")) {
		t.Error("ordinary days are not worked")
	}
}

func TestArrives(t *testing.T) {
	t.Parallel()
	m := testShop(t).DeliveryMethod("noutopiste") // handling 1–2, transit 1–3, cut-off 14:00
	for _, c := range []struct{ from, earliest, latest string }{
		{"2026-11-23 14:00", "2026-11-25", "2026-11-30"},
		{"2026-11-23 14:01", "2026-11-26", "2026-12-01"},
		{"2026-11-22 08:00", "2026-11-25", "2026-11-30"}, // Sunday counts from Monday
		{"2026-11-27 15:00", "2026-12-02", "2026-12-07"}, // Friday afternoon counts from Monday
		{"2026-12-22 10:00", "2026-12-28", "2026-12-31"},
		{"2026-12-23 10:00", "2026-12-29", "2027-01-04"},
	} {
		got := m.Arrives(moment(c.from))
		if !got.Earliest.Equal(day(c.earliest)) || !got.Latest.Equal(day(c.latest)) {
			t.Errorf("%s: %v – %v", c.from, got.Earliest, got.Latest)
		}
	}
	// 12:30 in UTC is 14:30 in Helsinki.
	if got := m.Arrives(time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)); !got.Earliest.Equal(day("2026-11-26")) {
		t.Errorf("cut-off in UTC: %v", got)
	}
	if got := testShop(t).DeliveryMethod("myymala").Arrives(moment("2026-11-23 20:00")); !got.Earliest.Equal(day("2026-11-23")) {
		t.Errorf("without a cut-off: %v", got)
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	h := testShop(t).Hours
	for at, want := range map[string]bool{
		"2026-11-23 08:59": false,
		"2026-11-23 09:00": true,
		"2026-11-23 16:59": true,
		"2026-11-23 17:00": false,
		"2026-11-28 12:00": false, // Saturday
		"2026-12-23 12:00": false, // stocktaking
		"2026-12-25 12:00": false, // Christmas, a Friday
	} {
		if got := h.ServiceOpen(moment(at)); got != want {
			t.Errorf("service at %s: %v", at, got)
		}
	}
	for at, want := range map[string]string{
		"2026-11-23 08:00": "2026-11-23 09:00",
		"2026-11-23 12:00": "2026-11-23 12:00",
		"2026-11-23 17:00": "2026-11-24 09:00",
		"2026-11-27 16:00": "2026-11-30 09:00",
		"2026-12-22 17:00": "2026-12-28 09:00",
	} {
		if got := h.NextOpen(moment(at)); !got.Equal(moment(want)) {
			t.Errorf("after %s: %v", at, got)
		}
	}
	for at, want := range map[string]struct {
		closed bool
		why    string
	}{
		"2026-11-23 20:00": {}, "2026-11-29 12:00": {}, "2026-12-23 12:00": {true, "inventaario"}, "2026-12-25 12:00": {true, ""},
	} {
		if why, closed := h.ClosedOn(moment(at)); closed != want.closed || why.In("fi") != want.why {
			t.Errorf("closed at %s: %v, %q", at, closed, why.In("fi"))
		}
	}
	if got := (Hours{}).NextOpen(moment("2026-11-23 08:00")); !got.IsZero() {
		t.Errorf("never open, but next at %v", got)
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	r := Returns{Days: 14}
	for received, want := range map[string]string{
		"2026-12-01": "2026-12-15",
		"2026-12-05": "2026-12-21",
		"2026-12-10": "2026-12-28",
		"2026-11-22": "2026-12-07",
		"2027-06-11": "2027-06-28",
	} {
		if got := r.Deadline(day(received)); !got.Equal(day(want)) {
			t.Errorf("received %s: %v", received, got)
		}
	}
	// Late in the evening in Helsinki it is still the same day.
	if got := r.Deadline(time.Date(2026, 11, 30, 22, 30, 0, 0, time.UTC)); !got.Equal(day("2026-12-15")) {
		t.Errorf("received after midnight in Helsinki: %v", got)
	}
}
