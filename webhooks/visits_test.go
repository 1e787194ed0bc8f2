package webhooks

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

// sparingServer answers 200, 404, 204 and 503, and counts who comes by a clock of its own.
func sparingServer(now *time.Time) func(address, method, path string) *httptest.ResponseRecorder {
	e := echo.New()
	e.IPExtractor = echo.ExtractIPFromXFFHeader()
	e.Use(sparing(func() time.Time { return *now }))
	e.GET("/page", func(c echo.Context) error { return c.String(http.StatusOK, "page") })
	e.GET("/o/:token", func(echo.Context) error { return echo.ErrNotFound })
	e.POST("/brought", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	e.POST("/crowded", func(c echo.Context) error { return c.NoContent(http.StatusServiceUnavailable) })
	return func(address, method, path string) *httptest.ResponseRecorder {
		r, w := httptest.NewRequest(method, path, nil), httptest.NewRecorder()
		r.RemoteAddr = address
		e.ServeHTTP(w, r)
		return w
	}
}

func TestWhoGuessesIsSoonDone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	ask := sparingServer(&now)
	for i := 0; i*(refusalCost+1) < most; i++ {
		if got := ask("198.51.100.2:1", "GET", "/o/GUESS").Code; got != http.StatusNotFound {
			t.Fatalf("guess %d: %d", i, got)
		}
	}
	refused := ask("198.51.100.2:9", "GET", "/page")
	if refused.Code != http.StatusTooManyRequests || refused.Header().Get("Retry-After") != "61" {
		t.Errorf("after too many guesses: %d, come again after %q", refused.Code, refused.Header().Get("Retry-After"))
	}
	if got := ask("198.51.100.2:9", "POST", "/brought").Code; got != http.StatusTooManyRequests {
		t.Errorf("what is brought after too many guesses: %d", got)
	}
	if got := ask("198.51.100.3:1", "GET", "/page").Code; got != http.StatusOK {
		t.Errorf("another address: %d", got)
	}
	if now = now.Add(span); ask("198.51.100.2:1", "GET", "/page").Code != http.StatusOK {
		t.Error("the address is not let in again after its time")
	}
}

func TestPagesOfOneAddress(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	ask := sparingServer(&now)
	for i := range most {
		// Every time another of the addresses that the visitor has.
		if got := ask("[2001:db8::"+string("0123456789abcdef"[i%16])+"]:1", "GET", "/page").Code; got != http.StatusOK {
			t.Fatalf("page %d: %d", i, got)
		}
		if got := ask("[2001:db8:1::1]:1", "POST", "/brought").Code; got != http.StatusNoContent {
			t.Fatalf("brought %d: %d", i, got)
		}
		if got := ask("[2001:db8:1::1]:1", "POST", "/crowded").Code; got != http.StatusServiceUnavailable {
			t.Fatalf("brought to a crowd %d: %d", i, got)
		}
		if got := ask("127.0.0.1:1", "GET", "/o/GUESS").Code; got != http.StatusNotFound {
			t.Fatalf("a proxy of our own, %d: %d", i, got)
		}
	}
	if got := ask("[2001:db8::77]:1", "GET", "/page").Code; got != http.StatusTooManyRequests {
		t.Errorf("one page too many: %d", got)
	}
	if got := ask("[2001:db8:1::1]:1", "POST", "/brought").Code; got != http.StatusNoContent {
		t.Errorf("what is taken and what we refuse cost nothing, and the next is answered %d", got)
	}
}

func TestAddressesCountedAtOnce(t *testing.T) {
	t.Parallel()
	v := &visits{now: time.Now, spent: map[string]int{}}
	for i := range mostVisits + 1 {
		v.spend(string(rune(i+0x10000)), 1)
	}
	if len(v.spent) != mostVisits {
		t.Errorf("%d addresses are counted", len(v.spent))
	}
}
