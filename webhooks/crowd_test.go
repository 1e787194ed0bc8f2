package webhooks_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/webhooks"
)

// Three times more comes than can be handled. What is accepted is answered in a
// bounded time, as much is handled as ever, all else is refused at once and told
// when to come again, and two seconds later all is as before.
func TestThreeTimesTooMuch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		// One at a time is handled, so that the crowd at the door takes a second.
		takes := time.Second / time.Duration(webhooks.AtOnce())
		desk := make(chan struct{}, 1)
		s := serve(t, webhooks.Options{}, room{"/": func(c echo.Context) error {
			desk <- struct{}{}
			defer func() { <-desk }()
			time.Sleep(takes)
			return c.NoContent(http.StatusOK)
		}})
		var mu sync.Mutex
		var waited []time.Duration
		refused := 0
		bring := func() {
			start := time.Now()
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
			took := time.Since(start)
			mu.Lock()
			defer mu.Unlock()
			if w.Code == http.StatusOK {
				waited = append(waited, took)
			} else if refused++; w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" || took != 0 {
				t.Errorf("refused with %d and Retry-After %q after %v", w.Code, w.Header().Get("Retry-After"), took)
			}
		}
		const storm = 10 * time.Second
		every := time.NewTicker(takes / 3)
		for start := time.Now(); time.Since(start) < storm; <-every.C {
			go bring()
		}
		every.Stop()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if handled, could := len(waited), int(storm/takes); handled < could*95/100 || refused < could {
			t.Errorf("%d were handled of %d that could be, %d refused", handled, could, refused)
		}
		if most := slices.Max(waited); most > 1100*time.Millisecond {
			t.Errorf("one that was accepted waited for %v", most)
		}
		waited = nil
		if bring(); len(waited) != 1 || waited[0] > takes {
			t.Errorf("two seconds after the storm: %v", waited)
		}
	})
}

// However crowded a door is, pages are read and streams go on, and at other doors
// nothing is felt of it.
func TestACrowdIsAtItsDoorAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		full := func(c echo.Context) error {
			if c.Request().Method == http.MethodPost {
				time.Sleep(time.Minute)
			}
			return c.NoContent(http.StatusOK)
		}
		open := func(c echo.Context) error { return c.NoContent(http.StatusOK) }
		s := serve(t, webhooks.Options{}, room{
			"/widget/v1/messages": full, "/widget/v1/session": open, "/widget/v2/messages": open,
			"/webhooks/telegram": open, "/console/c/:conversation/say": open,
		})
		ask := func(method, path string) int {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(method, path, nil))
			return w.Code
		}
		const crowded = "/widget/v1/messages"
		for range webhooks.AtOnce() {
			go ask(http.MethodPost, crowded)
		}
		synctest.Wait()
		for asked, want := range map[[2]string]int{
			{http.MethodPost, crowded}: 503, {http.MethodPut, crowded}: 503, {http.MethodPost, "/widget/v1/session"}: 503,
			{http.MethodGet, crowded}: 200, {http.MethodHead, crowded}: 200, {http.MethodOptions, crowded}: 200, {http.MethodGet, "/healthz"}: 200,
			{http.MethodPost, "/widget/v2/messages"}: 200, {http.MethodPost, "/webhooks/telegram"}: 200, {http.MethodPost, "/console/c/telegram:1/say"}: 200,
			{http.MethodPost, "/nowhere"}: 404,
		} {
			if got := ask(asked[0], asked[1]); got != want {
				t.Errorf("%v: %d, want %d", asked, got, want)
			}
		}
		if got, want := s.Refused(), map[string]int{"/widget/v1": 3}; !maps.Equal(got, want) {
			t.Errorf("refused: %v, want %v", got, want)
		}
		time.Sleep(2 * time.Minute)
		if got := ask(http.MethodPost, "/widget/v1/session"); got != 200 {
			t.Errorf("when the crowd has gone: %d", got)
		}
	})
}
