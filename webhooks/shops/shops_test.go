package shops_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/webhooks/shops"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, catalog.Helsinki)

// told is what conversations were told: "conversation status".
type told struct {
	all  []string
	fail error
}

func (h *told) Handle(_ context.Context, conversation string, in bot.Input) (bot.Turn, error) {
	if h.fail != nil {
		return bot.Turn{}, h.fail
	}
	h.all = append(h.all, conversation+" "+in.ID+" "+string(in.What.(dialogue.Moved).Order.Status))
	return bot.Turn{}, nil
}

// read takes "secret order status tracking product" for a call.
func read(header http.Header, body []byte) (catalog.News, error) {
	w := strings.Split(string(body), " ")
	if header.Get("Secret") != "s" {
		return catalog.News{}, catalog.ErrForged
	}
	if len(w) != 4 {
		return catalog.News{}, errors.New("not four words")
	}
	return catalog.News{Order: w[0], Status: catalog.Status(w[1]), Tracking: w[2], Product: w[3]}, nil
}

type door struct {
	*echo.Echo
	store    *store.Store
	told     *told
	products []string
	order    catalog.Order
}

func open(t *testing.T) *door {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := &door{Echo: echo.New(), store: s, told: &told{}}
	if d.order, err = s.Place(t.Context(), catalog.Order{
		ID: "1", Conversation: "telegram:1", Placed: noon, Lines: []catalog.OrderLine{{SKU: "A", Qty: 1, Unit: 100}}, Total: 100,
	}); err != nil {
		t.Fatal(err)
	}
	shops.New(shops.Options{
		Systems: map[string]shops.Read{"koe": read}, Orders: s, Handler: d.told,
		Product: func(ref string) { d.products = append(d.products, ref) },
		Clock:   func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
	}).Mount(d.Echo)
	return d
}

func (d *door) call(t *testing.T, want int, body string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/shops/koe", strings.NewReader(body))
	r.Header.Set("Secret", "s")
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	if w.Code != want {
		t.Errorf("%.40s: %d, want %d", body, w.Code, want)
	}
}

func TestTheCustomerIsTold(t *testing.T) {
	t.Parallel()
	d := open(t)
	n := d.order.Number
	d.told.fail = errors.New("away")
	d.call(t, http.StatusServiceUnavailable, n+" shipped JJFI1 ")
	d.told.fail = nil
	d.call(t, http.StatusOK, n+" shipped JJFI1 ")
	d.call(t, http.StatusOK, n+" packed  ")
	d.call(t, http.StatusOK, n+"   ")
	d.call(t, http.StatusOK, "T-000000 shipped  ")
	d.call(t, http.StatusOK, "   ")
	if want := []string{"telegram:1 order/" + n + "/shipped shipped"}; !reflect.DeepEqual(d.told.all, want) {
		t.Errorf("told %v", d.told.all)
	}
	d.call(t, http.StatusOK, "   799")
	if want := []string{"799"}; !reflect.DeepEqual(d.products, want) {
		t.Errorf("products %v", d.products)
	}
}

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.call(t, http.StatusBadRequest, "five words are one too")
	for body, want := range map[string]int{
		strings.Repeat(" ", shops.MaxBody):   http.StatusUnauthorized,
		strings.Repeat(" ", shops.MaxBody+1): http.StatusRequestEntityTooLarge,
	} {
		w := httptest.NewRecorder()
		d.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/shops/koe", strings.NewReader(body)))
		if w.Code != want {
			t.Errorf("%d bytes: %d, want %d", len(body), w.Code, want)
		}
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/shops/other", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("another system: %d", w.Code)
	}
}
