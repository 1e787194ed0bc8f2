package webhooks_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/webhooks"
)

// room answers as its functions say.
type room map[string]echo.HandlerFunc

func (r room) Mount(e *echo.Echo) {
	for path, handle := range r {
		e.Any(path, handle)
	}
}

func serve(t *testing.T, o webhooks.Options, r room) *webhooks.Server {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := webhooks.New(o)
	s.Mount(r)
	return s
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	var trace strings.Builder
	s := serve(t, webhooks.Options{
		Ready: func(context.Context) error { return errors.New("redis://user:secret@host is away") },
		Log:   slog.New(slog.NewTextHandler(&trace, nil)),
	}, room{
		"/fine":    func(c echo.Context) error { return c.String(http.StatusOK, "fine") },
		"/fault":   func(echo.Context) error { return errors.New("the secret cause") },
		"/panic":   func(echo.Context) error { panic("the customer's own words") },
		"/refused": func(echo.Context) error { return echo.NewHTTPError(http.StatusConflict, "told first") },
		"/read": func(c echo.Context) error {
			b, err := io.ReadAll(c.Request().Body)
			if err != nil {
				return err
			}
			return c.String(http.StatusOK, string(b[:1]))
		},
	})
	const mib = 1 << 20
	for name, test := range map[string]struct {
		method, path, body string
		status             int
		answer             string
	}{
		"health":            {"GET", "/healthz", "", 200, `{"status":"ok"}`},
		"not ready":         {"GET", "/readyz", "", 503, `{"error":{"code":"service_unavailable","message":"not ready"}}`},
		"a room":            {"GET", "/fine", "", 200, "fine"},
		"a refusal":         {"GET", "/refused", "", 409, `{"error":{"code":"conflict","message":"told first"}}`},
		"a fault":           {"GET", "/fault", "", 500, `{"error":{"code":"internal_server_error","message":"something went wrong here"}}`},
		"a panic":           {"GET", "/panic", "", 500, `{"error":{"code":"internal_server_error","message":"something went wrong here"}}`},
		"nothing there":     {"GET", "/none", "", 404, `{"error":{"code":"not_found","message":"Not Found"}}`},
		"wrong method":      {"POST", "/healthz", "", 405, `{"error":{"code":"method_not_allowed","message":"Method Not Allowed"}}`},
		"head of nothing":   {"HEAD", "/none", "", 404, ""},
		"as large as may":   {"POST", "/read", strings.Repeat("a", mib), 200, "a"},
		"one byte too many": {"POST", "/read", strings.Repeat("a", mib+1), 413, `{"error":{"code":"request_entity_too_large","message":"Request Entity Too Large"}}`},
	} {
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, httptest.NewRequest(test.method, test.path, strings.NewReader(test.body)))
		if answer.Code != test.status || strings.TrimSpace(answer.Body.String()) != test.answer {
			t.Errorf("%s: %d %s, want %d %s", name, answer.Code, answer.Body, test.status, test.answer)
		}
		for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "X-Request-Id"} {
			if answer.Header().Get(header) == "" {
				t.Errorf("%s: no %s", name, header)
			}
		}
	}
	if log := trace.String(); !strings.Contains(log, "the secret cause") || strings.Contains(log, "own words") {
		t.Errorf("the log must have causes and no words of customers: %s", log)
	}
}

func TestBodyOfUnknownLength(t *testing.T) {
	t.Parallel()
	s := serve(t, webhooks.Options{}, room{"/read": func(c echo.Context) error {
		_, err := io.Copy(io.Discard, c.Request().Body)
		return err
	}})
	r := httptest.NewRequest("POST", "/read", io.LimitReader(neverEnding{}, 1<<21))
	r.ContentLength = -1
	answer := httptest.NewRecorder()
	if s.ServeHTTP(answer, r); answer.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d, want 413", answer.Code)
	}
}

type neverEnding struct{}

func (neverEnding) Read(p []byte) (int, error) { return len(p), nil }

func TestReady(t *testing.T) {
	t.Parallel()
	answer := httptest.NewRecorder()
	serve(t, webhooks.Options{}, nil).ServeHTTP(answer, httptest.NewRequest("GET", "/readyz", nil))
	if answer.Code != http.StatusOK {
		t.Errorf("status %d, want 200", answer.Code)
	}
}

func TestCustomersAddress(t *testing.T) {
	t.Parallel()
	s := serve(t, webhooks.Options{}, room{"/ip": func(c echo.Context) error { return c.String(http.StatusOK, c.RealIP()) }})
	for peer, want := range map[string]string{"10.0.0.9:1234": "203.0.113.7", "198.51.100.2:1234": "198.51.100.2"} {
		r := httptest.NewRequest("GET", "/ip", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "203.0.113.7")
		answer := httptest.NewRecorder()
		if s.ServeHTTP(answer, r); answer.Body.String() != want {
			t.Errorf("through %s: %s, want %s", peer, answer.Body, want)
		}
	}
}

// A request under way is finished when the server stops, and a new one finds it closed.
func TestStop(t *testing.T) {
	t.Parallel()
	inside, finish := make(chan struct{}), make(chan struct{})
	s := serve(t, webhooks.Options{Addr: "127.0.0.1:0"}, room{"/slow": func(c echo.Context) error {
		close(inside)
		<-finish
		return c.String(http.StatusOK, "done")
	}})
	addr, err := s.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	said := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + addr + "/slow")
		if err != nil {
			said <- err.Error()
			return
		}
		defer answer.Body.Close()
		b, _ := io.ReadAll(answer.Body)
		said <- string(b)
	}()
	<-inside
	stop()
	close(finish)
	if got := <-said; got != "done" {
		t.Errorf("the request under way: %s", got)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the server did not stop")
	}
	if _, err := http.Get("http://" + addr + "/healthz"); err == nil {
		t.Error("the server still answers")
	}
}

func TestPortTaken(t *testing.T) {
	t.Parallel()
	s := serve(t, webhooks.Options{Addr: "127.0.0.1:0"}, nil)
	addr, err := s.Listen()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := serve(t, webhooks.Options{Addr: addr}, nil).Listen(); err == nil || !strings.Contains(err.Error(), addr) {
		t.Errorf("a taken port: %v", err)
	}
}
