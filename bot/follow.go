package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// Shipments knows the orders under way whose parcels have a code (package store
// keeps them).
type Shipments interface {
	// ClaimParcels returns orders of whose parcels the carrier is to be asked, and
	// keeps them from others until a moment; those it could read even when it
	// fails for others.
	ClaimParcels(ctx context.Context, now, until time.Time, most int) ([]catalog.Order, error)
	// DelayParcel lets the carrier be asked of an order's parcel at a moment.
	DelayParcel(ctx context.Context, order string, until time.Time) error
	// HoldParcel leaves an order, whose parcel is on its way back, to staff.
	HoldParcel(ctx context.Context, order string, at time.Time) error
	// OfParcel returns the orders under way with a code.
	OfParcel(ctx context.Context, code string) ([]catalog.Order, error)
	// Advance takes an order a step on; see package store.
	Advance(ctx context.Context, number string, to catalog.Status, cause string, at time.Time) (catalog.Order, error)
}

// ByCarrier is the cause of steps that a carrier told of.
const ByCarrier = "carrier"

// How parcels are followed.
const (
	followPause = 10 * time.Second // between looks
	followBatch = 10               // asked about at a look
	followAgain = 30 * time.Minute // a parcel that the carrier knows
	followLater = 2 * time.Hour    // one that it does not know, or did not tell of
)

// UnderWay reports whether an order's parcel may be on its way.
func UnderWay(s catalog.Status) bool {
	return s == catalog.Handed || s == catalog.Packed || s == catalog.Shipped || s == catalog.Ready
}

// parcelSteps is what the states of a parcel make of its order.
var parcelSteps = map[catalog.ParcelState]catalog.Status{
	catalog.ParcelMoving:    catalog.Shipped,
	catalog.ParcelOnRound:   catalog.Shipped,
	catalog.ParcelReady:     catalog.Ready,
	catalog.ParcelDelivered: catalog.Delivered,
}

// Follower follows the parcels of orders under way, takes the orders on, and
// tells the customers. Any number of nodes may: a parcel is asked about by one of
// them at a time, and taking an order where it is already changes nothing.
type Follower struct {
	Shipments Shipments
	Parcels   *Parcels
	Handle    func(ctx context.Context, conversation string, in Input) (Turn, error) // Bot.Handle
	Clock     func() time.Time
	Log       *slog.Logger
}

// Run asks about what is due until ctx ends; at once it returns when there is
// nobody to ask.
func (f *Follower) Run(ctx context.Context) error {
	if !f.Parcels.Tracks() {
		return nil
	}
	return repeat(ctx, followPause, f.Once, f.Log, "parcels cannot be followed")
}

// Once asks about some of the parcels that are due now. One that fails does not
// keep the others from it.
func (f *Follower) Once(ctx context.Context) error {
	now := f.Clock()
	due, err := f.Shipments.ClaimParcels(ctx, now, now.Add(followAgain), followBatch)
	faults := []error{err}
	for _, o := range due {
		found, err := f.Parcels.Track(ctx, o.Tracking)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			err = f.take(ctx, o, found)
		default: // what carriers do not answer, Parcels has told of
			err = f.Shipments.DelayParcel(ctx, o.ID, f.Clock().Add(followLater))
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("follow order %s: %w", o.Number, err))
		}
	}
	return errors.Join(faults...)
}

// Take takes down what a carrier told by itself of a parcel.
func (f *Follower) Take(ctx context.Context, told catalog.Parcel) error {
	f.Parcels.Heard(told)
	orders, err := f.Shipments.OfParcel(ctx, told.Code)
	if err != nil {
		return err
	}
	for _, o := range orders {
		if err := f.take(ctx, o, told); err != nil {
			return fmt.Errorf("follow order %s: %w", o.Number, err)
		}
	}
	return nil
}

// take takes an order where its parcel is. The customer is told first: told and
// not taken down, it is taken down the next time; the other way round nobody would
// tell any more.
func (f *Follower) take(ctx context.Context, o catalog.Order, p catalog.Parcel) error {
	now := f.Clock()
	if p.State == catalog.ParcelReturning {
		f.Log.Warn("a parcel is on its way back; staff have to see to it", "order", o.Number)
		return f.Shipments.HoldParcel(ctx, o.ID, now)
	}
	to := parcelSteps[p.State]
	if to == "" || to == o.Status || o.Status.Step(to) != nil {
		return nil
	}
	at := p.At
	if at.Before(o.Placed) || at.After(now) {
		at = now
	}
	moved := o
	moved.Status = to
	id := "order/" + o.Number + "/" + string(to)
	if o.Conversation != "" {
		if _, err := f.Handle(ctx, o.Conversation, Input{ID: id, What: dialogue.Moved{Order: moved}}); err != nil {
			return fmt.Errorf("tell the customer: %w", err)
		}
	}
	_, err := f.Shipments.Advance(ctx, o.Number, to, ByCarrier, at)
	var illegal *catalog.IllegalStep
	if errors.As(err, &illegal) { // the shop has taken it elsewhere meanwhile
		return nil
	}
	return err
}
