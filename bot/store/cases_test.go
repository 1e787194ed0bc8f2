package store

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiski/catalog"
)

// aShop is the shop whose terms cases go by.
func aShop(t testing.TB) *catalog.Shop {
	t.Helper()
	shop, err := catalog.Load(os.DirFS("../../catalog/testdata/shop"))
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

// aSale is an order of three pieces and one, delivered at noon.
func aSale(t testing.TB, s *Store, id string) catalog.Order {
	t.Helper()
	o := anOrder(id, "A", "B")
	o.Lines[0].Qty = 3
	o.Delivery = catalog.OrderDelivery{Name: "Nouto", Price: 490}
	o.ServiceVAT, o.Total = 255, 4*1290+490
	o = place(t, s, o)
	if _, err := s.Advance(t.Context(), o.Number, catalog.Delivered, "carrier", noon); err != nil {
		t.Fatal(err)
	}
	return o
}

// begin begins a case about pieces of lines: {line, qty}.
func begin(shop *catalog.Shop, kind catalog.CaseKind, lines ...catalog.CaseLine) func(catalog.Order, []catalog.Case) (catalog.Case, error) {
	return func(o catalog.Order, earlier []catalog.Case) (catalog.Case, error) {
		return shop.NewCase(catalog.Case{Kind: kind, Lines: lines}, o, earlier, noon.Add(time.Hour))
	}
}

func openCase(t testing.TB, s *Store, id, order string, begin func(catalog.Order, []catalog.Case) (catalog.Case, error)) catalog.Case {
	t.Helper()
	c, err := s.OpenCase(t.Context(), id, order, begin)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func advanceCase(t testing.TB, s *Store, number string, states ...catalog.CaseState) {
	t.Helper()
	for _, to := range states {
		if _, err := s.AdvanceCase(t.Context(), number, to, "aino", time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
}

func wantStatus(t testing.TB, s *Store, o catalog.Order, want catalog.Status) {
	t.Helper()
	now, ok, err := s.ByToken(t.Context(), o.Token)
	if err != nil || !ok || now.Status != want {
		t.Errorf("the order is %s, want %s (%v)", now.Status, want, err)
	}
}

func TestACaseIsOpenedOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, shop := open(t, url), aShop(t)
		o := aSale(t, s, "1")
		cases := make([]catalog.Case, 10)
		each(10, func(i int) {
			var err error
			cases[i], err = s.OpenCase(t.Context(), "widget:1/9/0", o.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 2}))
			if err != nil {
				t.Error(err)
			}
		})
		for _, c := range cases {
			if c.Number != cases[0].Number || !strings.HasPrefix(c.Number, "P-") {
				t.Errorf("cases %s and %s", c.Number, cases[0].Number)
			}
		}
		of, err := s.CasesOf(t.Context(), o.Number)
		if err != nil || len(of) != 1 || of[0].Refund.Total != 2*1290 || of[0].Order != o.Number || !of[0].Opened.Equal(noon.Add(time.Hour)) {
			t.Errorf("%+v, %v", of, err)
		}
		if none, err := s.CasesOf(t.Context(), "T-1"); err != nil || none != nil {
			t.Errorf("an unknown order has %+v, %v", none, err)
		}
		if _, err := s.OpenCase(t.Context(), "x", "T-1", begin(shop, catalog.Withdrawal)); !errors.Is(err, ErrNoOrder) {
			t.Errorf("a case of an unknown order: %v", err)
		}
		if _, err := s.AdvanceCase(t.Context(), "P-1", catalog.CaseReceived, "aino", noon); !errors.Is(err, ErrNoCase) {
			t.Errorf("an unknown case: %v", err)
		}
	})
}

func TestPiecesAreInOneCase(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		nodes, shop := []*Store{open(t, url), open(t, url)}, aShop(t)
		o := aSale(t, nodes[0], "1")
		var opened atomic.Int64
		each(10, func(i int) {
			_, err := nodes[i%2].OpenCase(t.Context(), fmt.Sprint("case/", i), o.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 2}))
			var ineligible *catalog.Ineligible
			switch {
			case err == nil:
				opened.Add(1)
			case !errors.As(err, &ineligible) || ineligible.Why != catalog.WhyPieces:
				t.Error(err)
			}
		})
		if opened.Load() != 1 {
			t.Errorf("%d cases about 2 of 3 pieces", opened.Load())
		}
	})
}

func TestAnOrderGoesWithItsCases(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, shop := open(t, url), aShop(t)
		o := aSale(t, s, "1")
		some := openCase(t, s, "1", o.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 3}))
		wantStatus(t, s, o, catalog.Delivered)
		advanceCase(t, s, some.Number, catalog.CaseInstructed, catalog.CaseOnWay)
		wantStatus(t, s, o, catalog.Delivered)
		advanceCase(t, s, some.Number, catalog.CaseReceived, catalog.CaseReceived)
		wantStatus(t, s, o, catalog.PartlyReturned)
		rest := openCase(t, s, "2", o.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 1, Qty: 1}))
		advanceCase(t, s, rest.Number, catalog.CaseReceived)
		wantStatus(t, s, o, catalog.Returned)
		advanceCase(t, s, some.Number, catalog.CaseRefunded)
		wantStatus(t, s, o, catalog.Returned)
		advanceCase(t, s, rest.Number, catalog.CaseRefunded)
		wantStatus(t, s, o, catalog.Refunded)
		if _, err := s.AdvanceCase(t.Context(), rest.Number, catalog.CaseRefused, "aino", noon); !isIllegal(err) {
			t.Errorf("refused after the refund: %v", err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM case_events`); n != 5+3 {
			t.Errorf("%d events of cases", n)
		}

		repaired := aSale(t, s, "3")
		c := openCase(t, s, "3", repaired.Number, begin(shop, catalog.Complaint, catalog.CaseLine{Line: 0, Qty: 1}))
		advanceCase(t, s, c.Number, catalog.CaseReceived, catalog.CaseReplaced)
		wantStatus(t, s, repaired, catalog.Delivered)
	})
}

func TestAnOrderWithACaseIsNotCancelled(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, shop := open(t, url), aShop(t)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A", "B"))
		c := openCase(t, s, "1", o.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 1, Qty: 1}))
		if _, err := s.Advance(t.Context(), o.Number, catalog.Cancelled, "x", noon); !isIllegal(err) {
			t.Errorf("cancelled: %v", err)
		}
		wantStock(t, s, map[string]int{"A": 4})
		advanceCase(t, s, c.Number, catalog.CaseRefused)
		advance(t, s, o.Number, catalog.Cancelled)
		wantStock(t, s, map[string]int{"A": 5})
	})
}

func TestACaseKeepsAllItsFields(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := aSale(t, s, "1")
		at := noon.In(catalog.Helsinki)
		want := catalog.Case{
			ID: "1", Order: o.Number, Kind: catalog.Exchange, State: catalog.CaseOpen, Opened: at, Conversation: "widget:1",
			Contact: o.Contact, Lines: []catalog.CaseLine{{Line: 1, Qty: 1, Swap: "C"}}, Reason: "pieni", Goods: catalog.Opened, Label: true,
			SendBy: at, RefundBy: at, Refund: catalog.Settlement{Rows: []catalog.Row{{Kind: "goods", Title: "a\x00b", Gross: 1, Net: 1}}, Total: 1},
		}
		want.Number = openCase(t, s, "1", o.Number, func(catalog.Order, []catalog.Case) (catalog.Case, error) { return want, nil }).Number
		got, err := s.CasesOf(t.Context(), o.Number)
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		for _, at := range []*time.Time{&got[0].Opened, &got[0].SendBy, &got[0].RefundBy} {
			*at = at.In(catalog.Helsinki)
		}
		if !reflect.DeepEqual(got[0], want) {
			t.Errorf("read %+v\nwant %+v", got[0], want)
		}
	})
}

func TestWithdrawingBeforeItLeavesCancels(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, shop := open(t, url), aShop(t)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		for range 2 {
			c := openCase(t, s, "page/1", o.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
			if c.State != catalog.CaseCancelled {
				t.Errorf("the case is %s", c.State)
			}
		}
		wantStatus(t, s, o, catalog.Cancelled)
		wantStock(t, s, map[string]int{"A": 5})
		other := place(t, s, anOrder("2", "A"))
		advance(t, s, other.Number, catalog.Shipped)
		c := openCase(t, s, "page/2", other.Number, begin(shop, catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
		if _, err := s.AdvanceCase(t.Context(), c.Number, catalog.CaseCancelled, "aino", noon); !isIllegal(err) || c.State != catalog.CaseOpen {
			t.Errorf("a case of a parcel that has left is %s: %v", c.State, err)
		}
		entries, err := s.Books(t.Context(), noon.Add(-time.Hour), noon.Add(2*time.Hour))
		if err != nil || len(entries) != 3 {
			t.Errorf("sold, cancelled, sold: %+v, %v", entries, err)
		}
	})
}
