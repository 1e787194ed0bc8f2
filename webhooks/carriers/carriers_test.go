package carriers_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"tiski/catalog"
	"tiski/webhooks/carriers"
)

// taker remembers what it was told.
type taker struct {
	told []string
	fail error
}

func (k *taker) Take(_ context.Context, p catalog.Parcel) error {
	k.told = append(k.told, p.Code+" "+string(p.State))
	return k.fail
}

// read takes "code" and "state" signed by "secret".
func read(form url.Values) (catalog.Parcel, error) {
	switch {
	case form.Get("secret") != "s":
		return catalog.Parcel{}, catalog.ErrForged
	case form.Get("state") == "":
		return catalog.Parcel{}, errors.New("no state")
	case form.Get("state") == "paid":
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	return catalog.Parcel{Code: form.Get("code"), State: catalog.ParcelState(form.Get("state"))}, nil
}

func TestCalls(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path, body string
		fail       error
		want       int
		told       string
	}{
		{"/carriers/koe", "secret=s&code=MH1&state=ready", nil, http.StatusOK, "MH1 ready"},
		{"/carriers/koe", "secret=s&code=MH1&state=ready", errors.New("away"), http.StatusServiceUnavailable, "MH1 ready"},
		{"/carriers/koe", "secret=s&code=MH1&state=paid", nil, http.StatusOK, ""},
		{"/carriers/koe", "secret=x&code=MH1&state=ready", nil, http.StatusUnauthorized, ""},
		{"/carriers/koe", "secret=s&code=MH1", nil, http.StatusBadRequest, ""},
		{"/carriers/koe", "secret=%zz", nil, http.StatusBadRequest, ""},
		{"/carriers/koe", "secret=s&state=ready&code=" + strings.Repeat("1", carriers.MaxBody), nil, http.StatusBadRequest, ""},
		{"/carriers/koe?secret=s&code=MH1&state=ready", "", nil, http.StatusUnauthorized, ""}, // an address ends in logs
		{"/carriers/other", "secret=s&code=MH1&state=ready", nil, http.StatusNotFound, ""},
	} {
		k := &taker{fail: c.fail}
		e := echo.New()
		carriers.New(carriers.Options{Carriers: map[string]carriers.Read{"koe": read}, Parcels: k, Log: slog.New(slog.DiscardHandler)}).Mount(e)
		r := httptest.NewRequest(http.MethodPost, c.path, strings.NewReader(c.body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		if w.Code != c.want || strings.Join(k.told, ",") != c.told {
			t.Errorf("%s %.40s: %d, told %q", c.path, c.body, w.Code, k.told)
		}
		if c.want == http.StatusOK && strings.TrimSpace(w.Body.String()) != `{"success":true}` {
			t.Errorf("%.40s: answered %s", c.body, w.Body)
		}
	}
}
