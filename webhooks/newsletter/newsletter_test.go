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

// reminded is the only one who gets reminders.
type reminded struct{ stopped bool }

func (r *reminded) Reminded(_ context.Context, token string) (string, bool, bool, error) {
	return "sv", token == "right" && !r.stopped, token == "right", nil
}

func (r *reminded) StopReminders(_ context.Context, token string) error {
	r.stopped = r.stopped || token == "right"
	return nil
}

// TestRemindersAreStopped by the button of the page, and by a mail program at once.
func TestRemindersAreStopped(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/reminders/right/leave", "/reminders/right"} {
		who := &reminded{}
		e := echo.New()
		New(Options{
			Reminders: who, Shop: func() string { return "Tuuli" }, Say: func(lang, key string) string { return lang + " " + key }, Log: slog.New(slog.DiscardHandler),
		}).Mount(e)
		page := func(method, path string) (int, string) {
			w := httptest.NewRecorder()
			e.ServeHTTP(w, httptest.NewRequest(method, path, nil))
			return w.Code, w.Body.String()
		}
		if _, text := page("GET", "/reminders/right"); !strings.Contains(text, "sv reminders.page.leave") || who.stopped {
			t.Errorf("opened: %s, %+v", text, who)
		}
		if page("POST", "/reminders/wrong"); who.stopped {
			t.Error("another link stopped them")
		}
		if status, _ := page("POST", path); status >= http.StatusBadRequest || !who.stopped {
			t.Errorf("%s: %d, %+v", path, status, who)
		}
		for _, link := range []string{"right", "wrong"} {
			if _, text := page("GET", "/reminders/"+link); !strings.Contains(text, "reminders.page.off") || strings.Contains(text, "<button") {
				t.Errorf("afterwards: %s", text)
			}
		}
	}
}
