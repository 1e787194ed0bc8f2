package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/store"
	"tiski/catalog"
)

// road is a shop whose order is on its way.
type road struct {
	t       *testing.T
	store   *store.Store
	order   catalog.Order
	carrier *carrier
	follow  *bot.Follower
	told    []string // "id status"
	deaf    error    // conversations do not answer
}

func newRoad(t *testing.T) *road {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r := &road{t: t, store: s, carrier: &carrier{}}
	r.order, err = s.Place(t.Context(), catalog.Order{
		ID: "1", Conversation: "widget:1", Placed: time.Now(), Lines: []catalog.OrderLine{{SKU: "A", Qty: 1, Unit: 100}},
	})
	if err == nil {
		_, err = s.Track(t.Context(), r.order.Number, "MH12345678")
	}
	if err == nil {
		_, err = s.Advance(t.Context(), r.order.Number, catalog.Packed, "test", time.Now())
	}
	if err != nil {
		t.Fatal(err)
	}
	r.follow = &bot.Follower{
		Shipments: s, Parcels: parcels(nil, []bot.Tracker{r.carrier}), Clock: time.Now, Log: slog.New(slog.DiscardHandler),
		Handle: func(_ context.Context, conversation string, in bot.Input) (bot.Turn, error) {
			if r.deaf == nil {
				r.told = append(r.told, conversation+" "+in.ID+" "+string(in.What.(dialogue.Moved).Order.Status))
			}
			return bot.Turn{}, r.deaf
		},
	}
	return r
}

// asked lets half an hour pass and the carrier say a state.
func (r *road) asked(state catalog.ParcelState, err error) {
	r.t.Helper()
	time.Sleep(2 * time.Hour)
	r.carrier.parcel, r.carrier.err = catalog.Parcel{State: state, At: time.Now().Add(-time.Minute)}, err
	if err := r.follow.Once(r.t.Context()); err != nil && r.deaf == nil {
		r.t.Error(err)
	}
}

func (r *road) is(want catalog.Status) catalog.Order {
	r.t.Helper()
	orders, err := r.store.OfConversation(r.t.Context(), "widget:1")
	if err != nil || len(orders) != 1 || orders[0].Status != want {
		r.t.Fatalf("%+v, %v; want %s", orders, err, want)
	}
	return orders[0]
}

func TestAnOrderFollowsItsParcel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(t)
		for _, c := range []struct {
			state catalog.ParcelState
			err   error
			want  catalog.Status
		}{
			{"", catalog.ErrNoParcel, catalog.Packed},
			{catalog.ParcelExpected, nil, catalog.Packed},
			{catalog.ParcelMoving, nil, catalog.Shipped},
			{catalog.ParcelUnknown, nil, catalog.Shipped},
			{"", errors.New("503"), catalog.Shipped},
			{catalog.ParcelReady, nil, catalog.Ready},
			{catalog.ParcelMoving, nil, catalog.Ready}, // to another point
			{catalog.ParcelTrouble, nil, catalog.Ready},
			{catalog.ParcelDelivered, nil, catalog.Delivered},
		} {
			r.asked(c.state, c.err)
			r.is(c.want)
		}
		if o := r.is(catalog.Delivered); !o.Delivered.Equal(time.Now().Add(-time.Minute).Truncate(time.Millisecond)) {
			t.Errorf("delivered at %s, not when the carrier says", o.Delivered)
		}
		n := "widget:1 order/" + r.order.Number + "/"
		if want := []string{n + "shipped shipped", n + "ready ready", n + "delivered delivered"}; !slices.Equal(r.told, want) {
			t.Errorf("told %q", r.told)
		}
		asked := r.carrier.asked.Load()
		r.asked(catalog.ParcelReturning, nil)
		if r.carrier.asked.Load() != asked {
			t.Error("a parcel that has been delivered is asked about")
		}
	})
}

func TestAParcelThatGoesBackIsForStaff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(t)
		r.asked(catalog.ParcelReturning, nil)
		r.is(catalog.Packed)
		snags, err := r.store.Snags(t.Context(), 10)
		if err != nil || len(snags) != 1 || snags[0].Order != r.order.Number || len(r.told) != 0 {
			t.Errorf("%+v, %v; told %q", snags, err, r.told)
		}
	})
}

// Who cannot be told now is told the next time.
func TestACustomerIsToldBeforeTheOrderMoves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(t)
		r.deaf = errors.New("redis is away")
		r.asked(catalog.ParcelMoving, nil)
		r.is(catalog.Packed)
		r.deaf = nil
		r.asked(catalog.ParcelMoving, nil)
		r.is(catalog.Shipped)
		if len(r.told) != 1 {
			t.Errorf("told %q", r.told)
		}
	})
}

func TestACarrierThatTellsByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(t)
		told := catalog.Parcel{Code: "mh 12345678", State: catalog.ParcelReady}
		for range 2 {
			if err := r.follow.Take(t.Context(), told); err != nil {
				t.Fatal(err)
			}
		}
		r.is(catalog.Ready)
		if len(r.told) != 1 {
			t.Errorf("told %q", r.told)
		}
		if p, err := r.follow.Parcels.Track(t.Context(), "MH12345678"); err != nil || p.State != catalog.ParcelReady || r.carrier.asked.Load() != 0 {
			t.Errorf("%+v, %v: what it told is forgotten", p, err)
		}
		if err := r.follow.Take(t.Context(), catalog.Parcel{Code: "MH99999999", State: catalog.ParcelReady}); err != nil {
			t.Errorf("a parcel of nobody: %v", err)
		}
	})
}

func TestFollowingRunsByTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRoad(t)
		r.carrier.parcel = catalog.Parcel{State: catalog.ParcelMoving}
		ctx, cancel := context.WithTimeout(t.Context(), 61*time.Minute)
		defer cancel()
		if err := r.follow.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if n := r.carrier.asked.Load(); n < 2 || n > 3 {
			t.Errorf("asked %d times in an hour", n)
		}
		if !slices.Contains(r.told, "widget:1 order/"+r.order.Number+"/shipped shipped") {
			t.Errorf("told %q", r.told)
		}
		r.follow.Parcels = parcels(nil, nil)
		if err := r.follow.Run(t.Context()); err != nil { // nobody to ask: it ends at once
			t.Error(err)
		}
	})
}
