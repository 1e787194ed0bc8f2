package call

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for told, want := range map[string]time.Duration{
		"0": 0, "7": 7 * time.Second, " 120 ": 2 * time.Minute, "9999999": 24 * time.Hour,
		"Sun, 22 Nov 2026 12:01:00 GMT": time.Minute, "Sun, 22 Nov 2026 11:00:00 GMT": 0, "Sun, 22 Nov 2037 12:00:00 GMT": 24 * time.Hour,
	} {
		if after, known := retryAfter(told, now); !known || after != want {
			t.Errorf("%q: %v, %v", told, after, known)
		}
	}
	for _, told := range []string{"", "-1", "soon", "1.5"} {
		if after, known := retryAfter(told, now); known {
			t.Errorf("%q: %v", told, after)
		}
	}
}

// ask makes a call that is answered so.
func ask(t *testing.T, answer http.HandlerFunc, into any) error {
	t.Helper()
	server := httptest.NewServer(answer)
	defer server.Close()
	c := New(func(r *http.Request, body []byte) { r.Header.Set("Signed", fmt.Sprint(len(body))) })
	_, err := c.JSON(t.Context(), http.MethodPost, server.URL+"/?key=hush", map[string]int{"a": 1}, into)
	if err != nil && strings.Contains(err.Error(), "hush") {
		t.Errorf("the error tells the address: %v", err)
	}
	return err
}

func TestErrorsSayWhatMayBeDone(t *testing.T) {
	t.Parallel()
	const refused, later, again = "refused", "later", "again"
	for status, want := range map[int]string{
		301: again, 400: refused, 401: refused, 404: refused, 408: again, 422: refused, 429: later, 500: again, 502: again, 503: again,
	} {
		err := ask(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example/")
			w.WriteHeader(status)
			fmt.Fprint(w, strings.Repeat("x", 2*longestRefusal))
		}, nil)
		got := again
		var r *Refused
		switch {
		case err == nil:
			got = "taken"
		case errors.As(err, &r):
			got = refused
			if len(r.Body) != longestRefusal || r.Status != status {
				t.Errorf("%d: %d bytes of %d", status, len(r.Body), r.Status)
			}
		case errors.As(err, new(*catalog.Later)):
			got = later
		}
		if got != want {
			t.Errorf("%d: %s, want %s: %v", status, got, want, err)
		}
	}
	var l *catalog.Later
	err := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusServiceUnavailable)
	}, nil)
	if !errors.As(err, &l) || l.After != time.Minute {
		t.Errorf("503 that names a time: %v", err)
	}
}

func TestAnswersHaveALimit(t *testing.T) {
	t.Parallel()
	for size, fits := range map[int]bool{MaxBytes: true, MaxBytes + 1: false} {
		var text string
		err := ask(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Signed") != "7" || r.Header.Get("Content-Type") != "application/json" {
				t.Errorf("sent %v", r.Header)
			}
			w.Header().Set("Content-Type", "application/json; charset=UTF-8")
			fmt.Fprintf(w, "%q", strings.Repeat("x", size-2))
		}, &text)
		if (err == nil) != fits || fits && len(text) != MaxBytes-2 {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}
