package staff

import (
	"context"
	"time"

	"tiski/catalog"
)

// OpenCase is a case that is not over, with its order.
type OpenCase struct {
	Case  catalog.Case
	Order catalog.Order
}

// Cases is what customers want of goods that they have bought (package store
// keeps it).
type Cases interface {
	// OpenCases returns the cases that are not over, the longest waiting first.
	OpenCases(ctx context.Context, most int) ([]OpenCase, error)
	// AdvanceCase takes a case one step on, as by has seen to. Money that an order
	// was paid with through a provider goes back with catalog.CaseRefunded. A step
	// that the case may not take is a *catalog.IllegalStep, a number nobody has is
	// ErrUnknown.
	AdvanceCase(ctx context.Context, number string, to catalog.CaseState, by string, at time.Time) (catalog.Case, error)
}
