package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

// carrier answers with points and parcels after a while.
type carrier struct {
	after  time.Duration
	points int
	parcel catalog.Parcel
	err    error
	asked  atomic.Int64
}

func (c *carrier) wait(ctx context.Context) error {
	c.asked.Add(1)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(c.after):
		return c.err
	}
}

func (c *carrier) Name() string { return "test" }

func (c *carrier) Points(ctx context.Context, postcode string, limit int) ([]catalog.Point, error) {
	if err := c.wait(ctx); err != nil {
		return nil, err
	}
	var found []catalog.Point
	for i := range c.points {
		found = append(found, catalog.Point{Name: fmt.Sprintf("%s/%d of %d", postcode, i, limit)})
	}
	return found, nil
}

func (c *carrier) Track(ctx context.Context, code string) (catalog.Parcel, error) {
	if err := c.wait(ctx); err != nil {
		return catalog.Parcel{}, err
	}
	p := c.parcel
	p.Code = code
	return p, nil
}

func parcels(finders []bot.PointFinder, trackers []bot.Tracker) *bot.Parcels {
	return &bot.Parcels{Finders: finders, Trackers: trackers, Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
}

func TestNobodyToAsk(t *testing.T) {
	t.Parallel()
	var none bot.Parcels
	if none.FindsPoints() || none.Tracks() {
		t.Error("it says that it can be asked")
	}
	if _, err := none.Near(t.Context(), "00100"); !errors.Is(err, bot.ErrNoCarrier) {
		t.Errorf("near: %v", err)
	}
	if _, err := none.Track(t.Context(), "JJFI64574900000137203"); !errors.Is(err, bot.ErrNoCarrier) {
		t.Errorf("track: %v", err)
	}
}

func TestPointsAreAskedOnceADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := &carrier{points: 12, after: time.Second}
		p := parcels([]bot.PointFinder{c}, nil)
		var askers sync.WaitGroup
		for range 20 { // at the same time
			askers.Go(func() {
				got, err := p.Near(t.Context(), "00100")
				if err != nil || len(got) != 10 || got[0].Name != "00100/0 of 10" {
					t.Errorf("%v, %v", got, err)
				}
			})
		}
		askers.Wait()
		for _, wait := range []struct {
			d    time.Duration
			want int64
		}{{24*time.Hour - time.Second, 1}, {time.Second, 2}} {
			time.Sleep(wait.d)
			if _, err := p.Near(t.Context(), "00100"); err != nil {
				t.Error(err)
			}
			if n := c.asked.Load(); n != wait.want {
				t.Errorf("after %s more asked %d times, want %d", wait.d, n, wait.want)
			}
		}
		if _, err := p.Near(t.Context(), "0010"); err == nil {
			t.Error("half a postal code is asked for")
		}
	})
}

func TestCarriersInOrder(t *testing.T) {
	t.Parallel()
	down := errors.New("503")
	for name, c := range map[string]struct {
		carriers []*carrier
		parcel   catalog.ParcelState
		points   int
		err      string // of parcels; of points too, but those nobody has are none
		took     time.Duration
	}{
		"the first knows":         {[]*carrier{{points: 2, parcel: catalog.Parcel{State: catalog.ParcelReady}}, {err: down}}, catalog.ParcelReady, 2, "", 0},
		"the second knows":        {[]*carrier{{err: catalog.ErrNoParcel}, {points: 1, parcel: catalog.Parcel{State: catalog.ParcelMoving}}}, catalog.ParcelMoving, 1, "", 0},
		"the first is down":       {[]*carrier{{err: down}, {points: 1, parcel: catalog.Parcel{State: catalog.ParcelMoving}}}, catalog.ParcelMoving, 1, "", 0},
		"the first is silent":     {[]*carrier{{after: time.Hour}, {points: 1, parcel: catalog.Parcel{State: catalog.ParcelMoving}}}, catalog.ParcelMoving, 1, "", 2500 * time.Millisecond},
		"one that may know fails": {[]*carrier{{err: down}, {err: catalog.ErrNoParcel}}, "", 0, "503", 0},
		"nobody knows":            {[]*carrier{{err: catalog.ErrNoParcel}, {err: catalog.ErrNoParcel}}, "", 0, "no parcel", 0},
		"all are silent":          {[]*carrier{{after: time.Hour}, {after: time.Hour}}, "", 0, "deadline", 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var finders []bot.PointFinder
				var trackers []bot.Tracker
				for _, one := range c.carriers {
					finders, trackers = append(finders, one), append(trackers, one)
				}
				p := parcels(finders, trackers)
				start := time.Now()
				parcel, err := p.Track(t.Context(), "jjfi 6457 4900 0001")
				if took := time.Since(start); took != c.took {
					t.Errorf("took %s", took)
				}
				if parcel.State != c.parcel || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
					t.Errorf("track: %+v, %v", parcel, err)
				}
				if err == nil && parcel.Code != "JJFI645749000001" {
					t.Errorf("asked for %q", parcel.Code)
				}
				points, err := p.Near(t.Context(), "00100")
				if len(points) != c.points || (err == nil) != (c.err == "") {
					t.Errorf("near: %+v, %v", points, err)
				}
			})
		})
	}
}

func TestParcelsAreRememberedForAQuarter(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		life time.Duration
	}{
		"known":         {nil, 15 * time.Minute},
		"unknown":       {catalog.ErrNoParcel, 15 * time.Minute},
		"not answering": {errors.New("500"), 20 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				one := &carrier{err: c.err}
				p := parcels(nil, []bot.Tracker{one})
				for _, wait := range []struct {
					d    time.Duration
					want int64
				}{{0, 1}, {c.life - 1, 1}, {1, 2}} {
					time.Sleep(wait.d)
					if _, err := p.Track(t.Context(), "MH12345678"); !errors.Is(err, c.err) {
						t.Error(err)
					}
					if n := one.asked.Load(); n != wait.want {
						t.Errorf("after %s more asked %d times, want %d", wait.d, n, wait.want)
					}
				}
			})
		})
	}
}

func TestStrangeCodesAreAskedOfNobody(t *testing.T) {
	t.Parallel()
	one := &carrier{}
	p := parcels(nil, []bot.Tracker{one})
	for _, code := range []string{"", "12345", strings.Repeat("1", 41), "MH12345678&x=1", "MH1234567Ä", "../../../etc"} {
		if _, err := p.Track(t.Context(), code); !errors.Is(err, catalog.ErrNoParcel) {
			t.Errorf("%q: %v", code, err)
		}
	}
	if n := one.asked.Load(); n != 0 {
		t.Errorf("asked %d times", n)
	}
	if _, err := p.Track(t.Context(), strings.Repeat("1", 40)); err != nil {
		t.Error(err)
	}
}

// Who gives up waiting does not spoil it for others, and memory has a bound.
func TestManyAskers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one := &carrier{after: time.Second}
		p := parcels(nil, []bot.Tracker{one})
		hasty, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := p.Track(hasty, "MH12345678"); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if _, err := p.Track(t.Context(), "MH12345678"); err != nil || one.asked.Load() != 1 {
			t.Errorf("%v, asked %d times", err, one.asked.Load())
		}
		one.after = 0
		for i := range 30_000 {
			if _, err := p.Track(t.Context(), fmt.Sprintf("MH%08d", i)); err != nil {
				t.Fatal(err)
			}
		}
		if n := p.Remembered(); n > 10_000 || n < 5_000 {
			t.Errorf("%d parcels are remembered", n)
		}
	})
}
