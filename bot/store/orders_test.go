package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// each runs f n times at once.
func each(n int, f func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { f(i) })
	}
	all.Wait()
}

func TestTwoHundredCustomersForTwentyPieces(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 20})
		orders := make([]catalog.Order, 200)
		errs := make([]error, 200)
		each(200, func(i int) {
			orders[i], errs[i] = s.Place(t.Context(), anOrder(fmt.Sprintf("widget:%d/1/0", i), "A"))
		})
		numbers := map[string]bool{}
		for i, err := range errs {
			var refused *bot.Refused
			switch {
			case err == nil:
				numbers[orders[i].Number] = true
			case !errors.As(err, &refused):
				t.Fatal(err)
			case refused.Reason != "stock" || !reflect.DeepEqual(refused.SKUs, []string{"A"}):
				t.Errorf("refused %+v", refused)
			}
		}
		if len(numbers) != 20 {
			t.Errorf("%d different orders were sold, want 20", len(numbers))
		}
		wantStock(t, s, map[string]int{"A": 0})
		for _, table := range []string{"orders", "order_events", "taken"} {
			if n := number1(t, s, `SELECT COUNT(*) FROM `+table); n != 20 {
				t.Errorf("%d rows in %s, want 20", n, table)
			}
		}
	})
}

func TestTheSameIDIsOneOrder(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		orders := make([]catalog.Order, 10)
		each(10, func(i int) {
			var err error
			if orders[i], err = s.Place(t.Context(), anOrder("widget:1/7/0", "A")); err != nil {
				t.Error(err)
			}
		})
		for _, o := range orders {
			if !reflect.DeepEqual(o, orders[0]) {
				t.Errorf("%+v differs from %+v", o, orders[0])
			}
		}
		wantStock(t, s, map[string]int{"A": 4})
		if n := number1(t, s, `SELECT COUNT(*) FROM order_events`); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestARepeatedOrderStandsAsItIsNow(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, anOrder("1", "A"))
		advance(t, s, o.Number, catalog.Shipped)
		if again := place(t, s, anOrder("1", "A")); again.Number != o.Number || again.Status != catalog.Shipped {
			t.Errorf("the same ID again gave %s, %s", again.Number, again.Status)
		}
	})
}

func TestBasketsInAnyOrderDoNotBlockEachOther(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 100, "B": 100})
		baskets := [][]string{{"A", "B"}, {"B", "A"}}
		each(40, func(i int) {
			if _, err := s.Place(t.Context(), anOrder(fmt.Sprint(i), baskets[i%2]...)); err != nil {
				t.Error(err)
			}
		})
		wantStock(t, s, map[string]int{"A": 60, "B": 60})
	})
}

func TestAShortOrderLeavesNoTrace(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 1, "B": 0, "C": 3})
		o := anOrder("1", "C", "B", "A", "C", "uncounted")
		o.Lines[0].Qty = 3 // and the fourth line wants one more
		_, err := s.Place(t.Context(), o)
		var refused *bot.Refused
		if !errors.As(err, &refused) || !reflect.DeepEqual(refused, &bot.Refused{Reason: "stock", SKUs: []string{"B", "C"}}) {
			t.Fatalf("got %v %+v", err, refused)
		}
		wantStock(t, s, map[string]int{"A": 1, "B": 0, "C": 3})
		if n := number1(t, s, `SELECT COUNT(*) FROM orders`); n != 0 {
			t.Errorf("%d orders, want none", n)
		}
		o.Lines = o.Lines[:1]
		place(t, s, o)
		wantStock(t, s, map[string]int{"A": 1, "B": 0, "C": 0})
	})
}

func TestUnsoundOrdersAreErrors(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	setStock(t, s, map[string]int{"A": 1})
	for name, spoil := range map[string]func(*catalog.Order){
		"no ID":       func(o *catalog.Order) { o.ID = "" },
		"no lines":    func(o *catalog.Order) { o.Lines = nil },
		"no pieces":   func(o *catalog.Order) { o.Lines[0].Qty = 0 },
		"fewer still": func(o *catalog.Order) { o.Lines[0].Qty = -1 },
		"too many":    func(o *catalog.Order) { o.Lines[0].Qty = maxPieces + 1 },
	} {
		o := anOrder("1", "A")
		spoil(&o)
		_, err := s.Place(t.Context(), o)
		if err == nil || errors.As(err, new(*bot.Refused)) {
			t.Errorf("%s: got %v, want a plain error", name, err)
		}
	}
	wantStock(t, s, map[string]int{"A": 1})
	most := anOrder("1", "uncounted")
	most.Lines[0].Qty = maxPieces
	place(t, s, most)
}

func TestAnOrderKeepsAllItsFields(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		document, err := os.ReadFile("testdata/order.json")
		if err != nil {
			t.Fatal(err)
		}
		want, err := decode(document)
		if err != nil {
			t.Fatal(err)
		}
		wantNoZero(t, reflect.ValueOf(want), "Order")
		s := open(t, url)
		got := place(t, s, want)
		if !regexp.MustCompile(`^T-[1-9]\d{5}$`).MatchString(got.Number) {
			t.Errorf("number is %q", got.Number)
		}
		if len(got.Token) < 26 {
			t.Errorf("the token is %d characters long", len(got.Token))
		}
		want.Number, want.Token, want.Status = got.Number, got.Token, catalog.Awaiting
		of, err := s.OfConversation(t.Context(), want.Conversation)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(of, []catalog.Order{want}) {
			t.Errorf("placed %+v\nread   %+v\nwant   %+v", got, of, want)
		}
	})
}

// wantNoZero fails for every field without a value.
func wantNoZero(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	switch {
	case v.IsZero():
		t.Errorf("testdata/order.json has no %s", path)
	case v.Kind() == reflect.Slice:
		wantNoZero(t, v.Index(0), path+"[0]")
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			wantNoZero(t, v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	}
}

func TestAnOrderWithoutATimeIsPlacedNow(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	s.Now = func() time.Time { return noon }
	o := anOrder("1", "A")
	o.Placed = time.Time{}
	if got := place(t, s, o); !got.Placed.Equal(noon) {
		t.Errorf("placed %s, want %s", got.Placed, noon)
	}
}

func TestOrdersOfAConversation(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for i := range shownOrders + 1 {
			o := anOrder(fmt.Sprintf("widget:1/%d/0", i), "A")
			o.Placed = noon.Add(time.Duration(i) * time.Minute)
			place(t, s, o)
		}
		orders, err := s.OfConversation(t.Context(), "widget:1")
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, o := range orders {
			ids = append(ids, strings.Split(o.ID, "/")[1])
		}
		if got := strings.Join(ids, " "); got != "10 9 8 7 6 5 4 3 2 1" {
			t.Errorf("got %s", got)
		}
		if none, err := s.OfConversation(t.Context(), "widget:2"); err != nil || none != nil {
			t.Errorf("another conversation has %v, %v", none, err)
		}
	})
}

func TestPut(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 1})
		given := anOrder("", "A")
		given.Number, given.Status = "T-100200", catalog.Shipped
		if err := s.Put(t.Context(), given); err != nil {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 1})
		if found, err := s.ByNumber(t.Context(), "T-100200", "aino@example.fi", ""); err != nil || len(found) != 1 || found[0].Status != catalog.Shipped {
			t.Errorf("found %+v, %v", found, err)
		}
		for name, spoil := range map[string]func(*catalog.Order){
			"same number":            func(o *catalog.Order) { o.ID = "other" },
			"same number, unadorned": func(o *catalog.Order) { o.ID, o.Number = "other", "100200" },
			"same ID":                func(o *catalog.Order) { o.ID, o.Number = "given/T-100200", "T-300400" },
			"no number":              func(o *catalog.Order) { o.Number = " - " },
			"no status":              func(o *catalog.Order) { o.Number, o.Status = "T-300400", "" },
		} {
			o := given
			spoil(&o)
			if err := s.Put(t.Context(), o); err == nil {
				t.Errorf("%s was put", name)
			}
		}
	})
}

func TestAnOrderGivenUpIsNotPlaced(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Place(gone, anOrder("1", "A")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM orders`); n != 0 {
			t.Errorf("%d orders, want none", n)
		}
	})
}

func BenchmarkPlace(b *testing.B) {
	bench := func(url func(testing.TB) string) func(*testing.B) {
		return func(b *testing.B) {
			s := open(b, url(b))
			setStock(b, s, map[string]int{"A": 1 << 30, "B": 1 << 30})
			b.SetParallelism(8)
			var n atomic.Int64
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := s.Place(b.Context(), anOrder(fmt.Sprint(n.Add(1)), "A", "B")); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
		}
	}
	b.Run("sqlite", bench(func(b testing.TB) string { return b.TempDir() + "/tiski.db" }))
	b.Run("postgres", bench(func(b testing.TB) string { return server.database(b, withTables) }))
}
