package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tiski/catalog"
)

// Recaller is a system that takes cancellations and refunds too.
type Recaller interface {
	// Recall takes an order back, or money of it. The same recall again does
	// nothing more. Errors are as those of [System].
	Recall(ctx context.Context, o catalog.Order, r catalog.Recall) error
}

// RecallDue is a recall that is to be told to the shop's own system.
type RecallDue struct {
	catalog.Recall
	Order catalog.Order
	Tries int // earlier ones
}

// Recalls knows what has to be taken back in the shop's own system (package store
// keeps it: each is noted in the transaction that takes it back here).
type Recalls interface {
	// ClaimRecalls returns recalls that are due, and keeps them from others until a
	// moment.
	ClaimRecalls(ctx context.Context, now, until time.Time, most int) ([]RecallDue, error)
	// EndRecall notes that the system has done it too.
	EndRecall(ctx context.Context, id string, at time.Time) error
	// DelayRecall lets it be tried again at a moment.
	DelayRecall(ctx context.Context, id string, until time.Time) error
	// HoldRecall holds it for staff.
	HoldRecall(ctx context.Context, id, why string, at time.Time) error
}

// recalls takes back all that is due, one after the other.
func (h *Handover) recalls(ctx context.Context) error {
	system, takes := h.System.(Recaller)
	if h.Recalls == nil || !takes {
		return nil
	}
	for {
		now := h.Clock()
		due, err := h.Recalls.ClaimRecalls(ctx, now, now.Add(pushHold), pushBatch)
		if err != nil {
			return fmt.Errorf("claim recalls: %w", err)
		}
		for _, r := range due {
			if err := h.recall(ctx, system, r); err != nil {
				return err
			}
		}
		if len(due) < pushBatch {
			return nil
		}
	}
}

// recall takes one back, and notes what came of it.
func (h *Handover) recall(ctx context.Context, system Recaller, r RecallDue) error {
	limited, cancel := context.WithTimeout(ctx, pushTime)
	err := system.Recall(limited, r.Order, r.Recall)
	cancel()
	now, log := h.Clock(), h.Log.With("order", r.Order.Number, "recall", r.ID)
	var rejected *catalog.Rejected
	switch {
	case err == nil:
		log.Info("the shop's own system has taken an order or its money back")
		return h.Recalls.EndRecall(ctx, r.ID, now)
	case ctx.Err() != nil: // stopped in the middle: the claim runs out
		return nil
	case errors.As(err, &rejected):
		log.Error("a recall waits for staff", "why", rejected.Why, "err", err)
		return h.Recalls.HoldRecall(ctx, r.ID, rejected.Why, now)
	case r.Tries+1 >= pushTries:
		log.Error("a recall waits for staff", "why", HeldUnreachable, "err", err)
		return h.Recalls.HoldRecall(ctx, r.ID, HeldUnreachable, now)
	}
	log.Warn("a recall is tried again later", "tries", r.Tries+1, "err", err)
	return h.Recalls.DelayRecall(ctx, r.ID, now.Add(pauseAfter(err, r.Tries)))
}
