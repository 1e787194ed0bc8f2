package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"tiski/catalog"
)

// PointFinder is a carrier, or somebody who knows many, that tells where parcels
// can be fetched.
type PointFinder interface {
	Name() string // in the log
	// Points returns at most limit places near a Finnish postal code, the nearest first.
	Points(ctx context.Context, postcode string, limit int) ([]catalog.Point, error)
}

// Tracker is a carrier, or somebody who knows many, that tells where a parcel is.
type Tracker interface {
	Name() string // in the log
	// Track takes a code as catalog.TrackingCode writes it. A code that it does
	// not know, or that is of another carrier, is catalog.ErrNoParcel.
	Track(ctx context.Context, code string) (catalog.Parcel, error)
}

// ErrNoCarrier means that no carrier is configured that could be asked.
var ErrNoCarrier = errors.New("no carrier is configured")

// How carriers are asked.
const (
	carrierPatience = 5 * time.Second // for all carriers together
	nearPoints      = 10              // of those near a postal code; not all go with every delivery
	pointsLife      = 24 * time.Hour
	pointsKept      = 5_000 // postal codes; Finland has some 3 000
	parcelLife      = 15 * time.Minute
	parcelsKept     = 10_000
)

// Parcels asks the carriers of a shop, and remembers for a while what they said.
// They are asked in order until one knows. The zero value knows no carrier.
type Parcels struct {
	Finders  []PointFinder
	Trackers []Tracker
	Clock    func() time.Time
	Log      *slog.Logger

	once    sync.Once
	near    *answers[[]catalog.Point]
	parcels *answers[catalog.Parcel]
}

// FindsPoints reports whether somebody can be asked for pick-up points.
func (p *Parcels) FindsPoints() bool { return len(p.Finders) > 0 }

// Tracks reports whether somebody can be asked for parcels.
func (p *Parcels) Tracks() bool { return len(p.Trackers) > 0 }

// Near returns at most ten places near a Finnish postal code where a parcel
// can be fetched, the nearest first; none when there are none. It waits five
// seconds at most, and remembers for a day. Without a carrier it is
// ErrNoCarrier; any other error means that none answered.
func (p *Parcels) Near(ctx context.Context, postcode string) ([]catalog.Point, error) {
	switch {
	case !p.FindsPoints():
		return nil, ErrNoCarrier
	case !catalog.ValidPostcode(postcode):
		return nil, fmt.Errorf("pick-up points: %q is no postal code", postcode)
	}
	p.prepare()
	return p.near.get(ctx, postcode, func(ctx context.Context) ([]catalog.Point, error) {
		var faults []error
		for i, f := range p.Finders {
			ctx, cancel := patience(ctx, i+1 < len(p.Finders))
			found, err := f.Points(ctx, postcode, nearPoints)
			cancel()
			if err != nil {
				faults = append(faults, p.complain(ctx, f.Name(), "pick-up points", err))
				continue
			}
			if len(found) > 0 {
				return found[:min(len(found), nearPoints)], nil
			}
		}
		return nil, errors.Join(faults...)
	})
}

// code is what a carrier may print; a longer or stranger one is asked of nobody.
var code = regexp.MustCompile(`^[0-9A-Z]{6,40}$`)

// Track tells where the parcel of a code is. It waits five seconds at most, and
// remembers for a quarter of an hour. A code that no carrier knows is
// catalog.ErrNoParcel, without a carrier it is ErrNoCarrier; any other error
// means that one who may know did not answer.
func (p *Parcels) Track(ctx context.Context, tracking string) (catalog.Parcel, error) {
	tracking = catalog.TrackingCode(tracking)
	switch {
	case !p.Tracks():
		return catalog.Parcel{}, ErrNoCarrier
	case !code.MatchString(tracking):
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	p.prepare()
	return p.parcels.get(ctx, tracking, func(ctx context.Context) (catalog.Parcel, error) {
		var faults []error
		for i, t := range p.Trackers {
			ctx, cancel := patience(ctx, i+1 < len(p.Trackers))
			found, err := t.Track(ctx, tracking)
			cancel()
			switch {
			case err == nil:
				return found, nil
			case !errors.Is(err, catalog.ErrNoParcel):
				faults = append(faults, p.complain(ctx, t.Name(), "parcels", err))
			}
		}
		if err := errors.Join(faults...); err != nil {
			return catalog.Parcel{}, err
		}
		return catalog.Parcel{}, catalog.ErrNoParcel
	})
}

// Heard remembers what a carrier told of a parcel by itself.
func (p *Parcels) Heard(told catalog.Parcel) {
	p.prepare()
	p.parcels.remember(catalog.TrackingCode(told.Code), answer[catalog.Parcel]{value: told})
}

// patience lets a silent carrier leave half of the time to those after it.
func patience(ctx context.Context, more bool) (context.Context, context.CancelFunc) {
	end, limited := ctx.Deadline()
	if !more || !limited {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Until(end)/2)
}

func (p *Parcels) prepare() {
	p.once.Do(func() {
		p.near = &answers[[]catalog.Point]{life: pointsLife, most: pointsKept, clock: p.Clock}
		p.parcels = &answers[catalog.Parcel]{life: parcelLife, most: parcelsKept, clock: p.Clock, also: catalog.ErrNoParcel}
	})
}

// complain logs that a carrier did not answer, and returns its error.
func (p *Parcels) complain(ctx context.Context, carrier, about string, err error) error {
	p.Log.WarnContext(ctx, "a carrier does not answer", "carrier", carrier, "about", about, "err", err)
	return err
}
