package staff

import (
	"context"
	"time"

	"tiski/catalog"
)

// Review is what a customer wrote of goods that they bought.
type Review struct {
	catalog.Review
	Order        string // number
	Conversation string // that it was written in; "" when it is not told any more
	Shown        bool   // customers are told of it
}

// Refusals are why a review may be kept back or taken down. That it is critical
// is none: nobody may leave such reviews out (KSL 2:8 a).
var Refusals = []string{"improper", "personal", "other", "false"}

// Reviews keeps the reviews that customers write (package store keeps them in SQL).
type Reviews interface {
	// WrittenReviews returns those that are shown, the latest first, or those that
	// wait to be read, the oldest first.
	WrittenReviews(ctx context.Context, shown bool, most int) ([]Review, error)
	// JudgeReview shows a review when why is "", else keeps it back for one of the
	// Refusals. It returns ErrUnknown for one that is so already, or has changed
	// since it was read.
	JudgeReview(ctx context.Context, id, why string, at time.Time) error
}
