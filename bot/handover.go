package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tiski/catalog"
)

// System is the shop's own system, which sends the goods.
type System interface {
	// Push hands an order over and returns how the system names it. The same
	// order again is not made twice: what it was named the first time is
	// returned. A *catalog.Rejected says that staff must look; a *catalog.Later
	// when to try again; any other error may go better another time.
	Push(ctx context.Context, o catalog.Order) (outside string, err error)
}

// Source is where the shop's goods come from, again and again.
type Source interface {
	// Fetch reads all goods. changed is false, and the goods empty, when they are
	// the same as the last time.
	Fetch(ctx context.Context) (g catalog.Goods, changed bool, err error)
}

// Push is an order that goes on to the shop's own system.
type Push struct {
	Order catalog.Order
	Tries int // earlier ones
}

// Pushes knows which orders have to go on (package store keeps them: each is
// noted in the transaction that sells its goods).
type Pushes interface {
	// ClaimPushes returns pushes that are due, and keeps them from others until a
	// moment.
	ClaimPushes(ctx context.Context, now, until time.Time, most int) ([]Push, error)
	// EndPush notes that the system has an order under a name of its own, and
	// takes the order to Handed. One that was given up meanwhile is held for staff.
	EndPush(ctx context.Context, order, outside string, at time.Time) error
	// DelayPush lets an order be tried again at a moment.
	DelayPush(ctx context.Context, order string, until time.Time) error
	// HoldPush holds an order for staff.
	HoldPush(ctx context.Context, order string, why catalog.Rejected, at time.Time) error
}

// Why an order is held for staff besides what [catalog.Rejected] says.
const (
	HeldUnreachable = "unreachable" // the system has not taken it in many tries
	HeldPerhaps     = "perhaps"     // it was cancelled here, and the system was told of it and may have it
)

// How orders are handed over.
const (
	pushPause = 2 * time.Second // between looks
	pushHold  = 3 * time.Minute // how long a claim lasts
	pushTime  = 2 * time.Minute // how long one push may take; less than a claim, so that no two meet
	pushBatch = 1               // claimed at a time: each has its whole time
	pushFirst = 30 * time.Second
	pushLast  = time.Hour // the longest wait between two tries
	pushTries = 12        // then staff are called: after some four hours
)

// Handover hands orders over to the shop's own system, and what is taken back of
// them when the system is a [Recaller]. Any number of nodes may: each order is
// pushed by one of them at a time.
type Handover struct {
	Pushes  Pushes
	Recalls Recalls // nil: staff take orders back there
	System  System
	Clock   func() time.Time
	Log     *slog.Logger
}

// Run hands over what is due until ctx ends.
func (h *Handover) Run(ctx context.Context) error {
	return repeat(ctx, pushPause, h.Once, h.Log, "orders cannot be handed over")
}

// Once hands over all that is due now.
func (h *Handover) Once(ctx context.Context) error {
	for {
		now := h.Clock()
		due, err := h.Pushes.ClaimPushes(ctx, now, now.Add(pushHold), pushBatch)
		if err != nil {
			return fmt.Errorf("claim pushes: %w", err)
		}
		for _, p := range due {
			if err := h.push(ctx, p); err != nil {
				return err
			}
		}
		if len(due) < pushBatch {
			return h.recalls(ctx)
		}
	}
}

// push hands one order over, and notes what came of it.
func (h *Handover) push(ctx context.Context, p Push) error {
	limited, cancel := context.WithTimeout(ctx, pushTime)
	outside, err := h.System.Push(limited, p.Order)
	cancel()
	now, log := h.Clock(), h.Log.With("order", p.Order.Number)
	var rejected *catalog.Rejected
	switch {
	case err == nil:
		log.Info("an order has been handed over", "outside", outside)
		return h.Pushes.EndPush(ctx, p.Order.ID, outside, now)
	case ctx.Err() != nil: // stopped in the middle: the claim runs out
		return nil
	case errors.As(err, &rejected):
		log.Error("an order waits for staff", "why", rejected.Why, "err", err)
		return h.Pushes.HoldPush(ctx, p.Order.ID, *rejected, now)
	case p.Tries+1 >= pushTries:
		log.Error("an order waits for staff", "why", HeldUnreachable, "err", err)
		return h.Pushes.HoldPush(ctx, p.Order.ID, catalog.Rejected{Why: HeldUnreachable}, now)
	}
	log.Warn("an order is pushed again later", "tries", p.Tries+1, "err", err)
	return h.Pushes.DelayPush(ctx, p.Order.ID, now.Add(pauseAfter(err, p.Tries)))
}

// pauseAfter is how long to wait after a fault and so many tries before it; it
// doubles, and is no shorter than the system asks.
func pauseAfter(err error, tries int) time.Duration {
	wait := min(pushLast, pushFirst<<min(tries, 10))
	var later *catalog.Later
	if errors.As(err, &later) {
		wait = max(wait, later.After)
	}
	return wait
}
