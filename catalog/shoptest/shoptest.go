// Package shoptest holds what every system of a shop must do, whatever becomes
// of the calls to it: tests of the systems run it against servers that answer as
// the real ones do, and misbehave on purpose.
package shoptest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/catalog"
)

// Taken is an order that a server has taken.
type Taken struct {
	ID        string // of the order here
	Outside   string // as the server names it
	Confirmed bool   // the shop may send it
}

// Server answers as a system's own server does.
type Server interface {
	http.Handler
	Orders() []Taken
	// Count makes the server count so much more for orders than it was told.
	Count(more catalog.Cents)
	// Sell makes the server sell in another currency.
	Sell(currency string)
}

// Recalling is a server of a system that takes orders back.
type Recalling interface {
	// Recalled tells what was taken back of an order as the server names it.
	Recalled(outside string) (cancelled bool, back catalog.Cents)
}

// System is one of the shop's systems, to be tested.
type System struct {
	Serve func(t *testing.T) Server
	Order catalog.Order // one that the server can take
	Push  func(address string) func(context.Context, catalog.Order) (string, error)
	Fetch func(address string) func(context.Context) (catalog.Goods, bool, error) // nil: its products come otherwise
	// Recall takes orders back; nil: staff do. Its Server is Recalling.
	Recall func(address string) func(context.Context, catalog.Order, catalog.Recall) error
	Goods  int // products that the server has
}

// Secret stands in the addresses and keys that systems are built with; no error
// may tell it.
const Secret = "hush-hush-hush"

// Run tests a system.
func Run(t *testing.T, s System) {
	t.Run("push", func(t *testing.T) { t.Parallel(); s.push(t) })
	t.Run("push through faults", func(t *testing.T) { t.Parallel(); s.pushThroughFaults(t) })
	t.Run("another total", func(t *testing.T) { t.Parallel(); s.anotherTotal(t) })
	t.Run("another currency", func(t *testing.T) { t.Parallel(); s.anotherCurrency(t) })
	t.Run("refused", func(t *testing.T) { t.Parallel(); s.refused(t) })
	if s.Recall != nil {
		t.Run("recall through faults", func(t *testing.T) { t.Parallel(); s.recallThroughFaults(t) })
		t.Run("recall refused", func(t *testing.T) { t.Parallel(); s.recallRefused(t) })
	}
	if s.Fetch != nil {
		t.Run("fetch", func(t *testing.T) { t.Parallel(); s.fetch(t) })
		t.Run("fetch through faults", func(t *testing.T) { t.Parallel(); s.fetchThroughFaults(t) })
	}
}

// start starts a server with faults before it.
func (s System) start(t *testing.T) (Server, *faulty, string) {
	server := s.Serve(t)
	f := &faulty{behind: server}
	listening := httptest.NewServer(f)
	t.Cleanup(listening.Close)
	return server, f, listening.URL
}

func (s System) push(t *testing.T) {
	server, _, address := s.start(t)
	push := s.Push(address)
	var first string
	for i := range 3 {
		outside, err := push(t.Context(), s.Order)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = outside
		}
		once(t, server, s.Order, outside)
		if outside != first {
			t.Errorf("the order is %s, then %s", first, outside)
		}
	}
	other := s.Order
	other.ID, other.Number = other.ID+"/other", other.Number+"X"
	if _, err := push(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if n := len(server.Orders()); n != 2 {
		t.Errorf("two orders became %d", n)
	}
}

// once: the server has the order exactly once, and may send it.
func once(t *testing.T, server Server, o catalog.Order, outside string) {
	t.Helper()
	taken := server.Orders()
	if want := (Taken{o.ID, outside, true}); len(taken) != 1 || taken[0] != want || outside == "" {
		t.Errorf("the server has %+v, want %+v", taken, want)
	}
}

func (s System) pushThroughFaults(t *testing.T) {
	for name, fault := range faults {
		for at := 1; ; at++ { // the call that goes wrong
			server, f, address := s.start(t)
			push := s.Push(address)
			f.fail(at, fault)
			_, err := push(t.Context(), s.Order)
			if !f.failed() {
				if at == 1 {
					t.Fatalf("%s: nothing was called", name)
				}
				break
			}
			if err != nil { // else the call was made again at once
				retriable(t, fmt.Sprintf("%s at call %d", name, at), name, err)
			}
			outside, err := push(t.Context(), s.Order)
			if err != nil {
				t.Fatalf("after %s at call %d: %v", name, at, err)
			}
			once(t, server, s.Order, outside)
		}
	}
}

// retriable: the error says that it may go better another time, and when.
func retriable(t *testing.T, what, fault string, err error) {
	t.Helper()
	var rejected *catalog.Rejected
	var later *catalog.Later
	switch {
	case err == nil:
		t.Errorf("%s: no error", what)
	case errors.As(err, &rejected):
		t.Errorf("%s: rejected for good: %v", what, err)
	case fault == busy && (!errors.As(err, &later) || later.After != patience):
		t.Errorf("%s: %v does not tell when to try again", what, err)
	case strings.Contains(err.Error(), Secret):
		t.Errorf("%s: the error tells the secret", what)
	}
}

// recallThroughFaults gives money back in two parts and cancels, each told twice
// and once through a fault.
func (s System) recallThroughFaults(t *testing.T) {
	for name, fault := range faults {
		for at := 1; ; at++ {
			server, f, address := s.start(t)
			outside, err := s.Push(address)(t.Context(), s.Order)
			if err != nil {
				t.Fatal(err)
			}
			recall := s.Recall(address)
			var wrong error
			f.fail(f.calls+at, fault)
			for _, r := range []catalog.Recall{{ID: "case/1", Outside: outside, Amount: 500}, {ID: "case/2", Outside: outside, Amount: 500}, {ID: "order/1", Outside: outside}} {
				for range 3 {
					if err := recall(t.Context(), s.Order, r); err != nil {
						wrong = err
					}
				}
			}
			done := !f.failed()
			if wrong != nil {
				retriable(t, fmt.Sprintf("%s at call %d", name, at), name, wrong)
			}
			if cancelled, back := server.(Recalling).Recalled(outside); !cancelled || back != 1000 {
				t.Errorf("%s at call %d: cancelled %v, %d cents back", name, at, cancelled, back)
			}
			if done {
				break
			}
		}
	}
}

func (s System) recallRefused(t *testing.T) {
	for status, good := range map[int]bool{http.StatusBadRequest: true, http.StatusUnauthorized: false} {
		for _, amount := range []catalog.Cents{0, 500} {
			_, f, address := s.start(t)
			f.refuse(status)
			err := s.Recall(address)(t.Context(), s.Order, catalog.Recall{ID: "case/1", Outside: "727", Amount: amount})
			var rejected *catalog.Rejected
			if err == nil || errors.As(err, &rejected) != good || strings.Contains(err.Error(), Secret) {
				t.Errorf("%d: %v", status, err)
			}
		}
	}
}

func (s System) anotherTotal(t *testing.T) {
	for _, more := range []catalog.Cents{1, -1} {
		server, _, address := s.start(t)
		server.Count(more)
		push := s.Push(address)
		for range 2 {
			_, err := push(t.Context(), s.Order)
			var rejected *catalog.Rejected
			if !errors.As(err, &rejected) || rejected.Why != catalog.RejectedTotal || rejected.Told != s.Order.Total+more || (rejected.Outside != "") != (len(server.Orders()) > 0) {
				t.Errorf("%+d cents: %v", more, err)
			}
		}
		for _, o := range server.Orders() {
			if o.Confirmed {
				t.Errorf("%+d cents: the shop may send it all the same", more)
			}
		}
		if n := len(server.Orders()); n > 1 {
			t.Errorf("%+d cents: the server has %d orders", more, n)
		}
	}
}

func (s System) anotherCurrency(t *testing.T) {
	server, _, address := s.start(t)
	server.Sell("SEK")
	_, err := s.Push(address)(t.Context(), s.Order)
	var rejected *catalog.Rejected
	if !errors.As(err, &rejected) || rejected.Why != catalog.RejectedCurrency {
		t.Errorf("pushed: %v", err)
	}
	for _, o := range server.Orders() {
		if o.Confirmed {
			t.Error("the shop may send it all the same")
		}
	}
	if s.Fetch == nil {
		return
	}
	if g, _, err := s.Fetch(address)(t.Context()); err == nil || !strings.Contains(err.Error(), "SEK") || len(g.Products) != 0 {
		t.Errorf("fetched: %d products, %v", len(g.Products), err)
	}
}

func (s System) refused(t *testing.T) {
	for status, good := range map[int]bool{http.StatusBadRequest: true, http.StatusUnprocessableEntity: true, http.StatusUnauthorized: false, http.StatusForbidden: false} {
		_, f, address := s.start(t)
		f.refuse(status)
		_, err := s.Push(address)(t.Context(), s.Order)
		var rejected *catalog.Rejected
		if err == nil || errors.As(err, &rejected) != good || strings.Contains(err.Error(), Secret) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func (s System) fetch(t *testing.T) {
	_, _, address := s.start(t)
	fetch := s.Fetch(address)
	g, changed, err := fetch(t.Context())
	if err != nil || !changed || len(g.Products) != s.Goods {
		t.Fatalf("%d products, changed %v, skipped %v: %v", len(g.Products), changed, g.Skipped, err)
	}
	for _, p := range g.Products {
		for _, v := range p.Variants {
			if v.Ref == "" || p.PriceOf(&v) <= 0 {
				t.Errorf("%s: %+v", p.ID, v)
			}
		}
	}
	if _, changed, err = fetch(t.Context()); err != nil || changed {
		t.Errorf("again: changed %v, %v", changed, err)
	}
}

func (s System) fetchThroughFaults(t *testing.T) {
	for name, fault := range faults {
		for at := 1; ; at++ {
			_, f, address := s.start(t)
			fetch := s.Fetch(address)
			f.fail(at, fault)
			g, changed, err := fetch(t.Context())
			if !f.failed() {
				break
			}
			if err == nil && len(g.Products) == s.Goods {
				continue // the call was made again at once
			}
			retriable(t, fmt.Sprintf("%s at call %d", name, at), name, err)
			if changed || len(g.Products) > 0 {
				t.Errorf("%s at call %d: a part of the goods is taken for all", name, at)
			}
			if g, _, err = fetch(t.Context()); err != nil || len(g.Products) != s.Goods {
				t.Errorf("after %s at call %d: %d products, %v", name, at, len(g.Products), err)
			}
		}
	}
}

// patience is what a busy server asks for.
const patience = 7 * time.Second

// busy is a fault that says when to try again.
const busy = "429"

// fault answers wrongly; it may let the server do its work first.
type fault func(w http.ResponseWriter, serve func(http.ResponseWriter))

var faults = map[string]fault{
	busy: func(w http.ResponseWriter, _ func(http.ResponseWriter)) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
	},
	"500": func(w http.ResponseWriter, _ func(http.ResponseWriter)) {
		w.WriteHeader(http.StatusInternalServerError)
	},
	"500 after doing it": func(w http.ResponseWriter, serve func(http.ResponseWriter)) {
		serve(httptest.NewRecorder())
		w.WriteHeader(http.StatusInternalServerError)
	},
	"no answer after doing it": func(_ http.ResponseWriter, serve func(http.ResponseWriter)) {
		serve(httptest.NewRecorder())
		panic(http.ErrAbortHandler)
	},
	"HTML for JSON": func(w http.ResponseWriter, _ func(http.ResponseWriter)) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<html><body>Huoltokatko</body></html>")
	},
	"HTML called JSON": func(w http.ResponseWriter, _ func(http.ResponseWriter)) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, "<br /><b>Warning</b>: Undefined variable")
	},
	"half an answer": func(w http.ResponseWriter, serve func(http.ResponseWriter)) {
		whole := httptest.NewRecorder()
		serve(whole)
		w.Header().Set("Content-Type", "application/json")
		w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	},
	"a huge answer": func(w http.ResponseWriter, serve func(http.ResponseWriter)) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `[`)
		space := []byte(strings.Repeat(" ", 1<<20))
		for range 17 {
			w.Write(space)
		}
		fmt.Fprint(w, `]`)
	},
	"moved": func(w http.ResponseWriter, _ func(http.ResponseWriter)) {
		w.Header().Set("Location", "https://elsewhere.example/")
		w.WriteHeader(http.StatusMovedPermanently)
	},
}

// faulty stands before a server and lets one call go wrong.
type faulty struct {
	behind http.Handler

	mu     sync.Mutex
	calls  int
	at     int // which call fails; 0: none
	fault  fault
	status int // what all calls are refused with; 0: none
}

func (f *faulty) fail(at int, how fault) { f.at, f.fault = at, how }
func (f *faulty) refuse(status int)      { f.status = status }

// failed tells whether the call that was to fail has been made.
func (f *faulty) failed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls >= f.at
}

func (f *faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.calls++
	fails := f.calls == f.at
	f.mu.Unlock()
	switch {
	case f.status != 0:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(f.status)
		fmt.Fprint(w, `{"code":"no","message":"ei","errors":[]}`)
	case fails:
		f.fault(w, func(w http.ResponseWriter) { f.behind.ServeHTTP(w, r) })
	default:
		f.behind.ServeHTTP(w, r)
	}
}
