// Package carriers is the door of carriers: what they tell by themselves of
// parcels.
package carriers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tiski/catalog"
)

// MaxBody is the largest call that is read, in bytes.
const MaxBody = 64 << 10

// Read proves that a call is a carrier's and understands it. A call that the
// carrier did not sign is catalog.ErrForged.
type Read func(form url.Values) (catalog.Parcel, error)

// Taker takes down what a carrier tells of a parcel; *bot.Follower is one.
type Taker interface {
	Take(ctx context.Context, told catalog.Parcel) error
}

// Options are what the door works with. All are needed.
type Options struct {
	Carriers map[string]Read // by the last part of their addresses: "pakettikauppa"
	Parcels  Taker
	Log      *slog.Logger
}

// Door takes calls at /carriers/….
type Door struct{ Options }

// New returns a door that takes no calls yet.
func New(o Options) *Door { return &Door{o} }

// Mount adds the door's routes, one for each carrier.
func (d *Door) Mount(e *echo.Echo) {
	for name, read := range d.Carriers {
		e.POST("/carriers/"+name, func(c echo.Context) error { return d.take(c, name, read) })
	}
}

// take answers 200 and {"success":true} when what is told is kept, or is of a
// parcel of nobody; 401 when it is not the carrier's, 400 when it cannot be read,
// 503 when it must come again.
func (d *Door) take(c echo.Context, carrier string, read Read) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, MaxBody)
	if err := r.ParseForm(); err != nil {
		return echo.ErrBadRequest.WithInternal(err)
	}
	told, err := read(r.PostForm)
	switch {
	case errors.Is(err, catalog.ErrForged):
		return echo.ErrUnauthorized
	case err != nil && !errors.Is(err, catalog.ErrNoParcel):
		d.Log.Warn("a call of a carrier cannot be understood", "carrier", carrier, "err", err)
		return echo.ErrBadRequest
	case err == nil:
		if err := d.Parcels.Take(r.Context(), told); err != nil {
			d.Log.Warn("a call of a carrier must come again", "carrier", carrier, "err", err)
			return echo.ErrServiceUnavailable
		}
	}
	return c.JSON(http.StatusOK, map[string]bool{"success": true})
}
