package newsletter

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// one is the only subscriber.
type one struct{ confirmed, left bool }

func (o *one) Subscription(_ context.Context, token string) (string, bool, bool, error) {
	return "fi", o.confirmed, token == "right" && !o.left, nil
}

func (o *one) Confirm(_ context.Context, token string) error {
	o.confirmed = token == "right"
	return nil
}

func (o *one) Leave(_ context.Context, token string) error {
	o.left = token == "right"
	return nil
}

func TestOpeningALinkConfirmsNothing(t *testing.T) {
	t.Parallel()
	subscriber := &one{}
	e := echo.New()
	New(Options{
		Subscribers: subscriber, Shop: func() string { return "Tuuli & kello" }, Say: func(lang, key string) string { return lang + " " + key },
		Log: slog.New(slog.DiscardHandler),
	}).Mount(e)
	ask := func(method, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		return w
	}
	for _, step := range []struct {
		method, path, want string
		status             int
		confirmed, left    bool
	}{
		{"GET", "/newsletter/wrong", "fi newsletter.page.none", http.StatusOK, false, false},
		{"GET", "/newsletter/right", "fi newsletter.page.confirm", http.StatusOK, false, false},
		{"HEAD", "/newsletter/right", "", http.StatusMethodNotAllowed, false, false},
		{"POST", "/newsletter/wrong", "", http.StatusSeeOther, false, false},
		{"POST", "/newsletter/right", "", http.StatusSeeOther, true, false},
		{"GET", "/newsletter/right", "fi newsletter.page.leave", http.StatusOK, true, false},
		{"POST", "/newsletter/right/leave", "", http.StatusSeeOther, true, true},
		{"GET", "/newsletter/right", "fi newsletter.page.none", http.StatusOK, true, true},
	} {
		w := ask(step.method, step.path)
		if w.Code != step.status || !strings.Contains(w.Body.String(), step.want) || subscriber.confirmed != step.confirmed || subscriber.left != step.left {
			t.Errorf("%s %s: %d %s %+v", step.method, step.path, w.Code, w.Body, subscriber)
		}
		if step.status == http.StatusOK && (!strings.Contains(w.Body.String(), "Tuuli &amp; kello") || w.Header().Get("Referrer-Policy") != "no-referrer") {
			t.Errorf("the page: %s %v", w.Body, w.Header())
		}
	}
}
