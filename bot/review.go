package bot

import (
	"context"
	"log/slog"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/catalog/search"
)

// Reviews is where it is kept what customers think of goods that they bought
// (package store keeps it in SQL).
type Reviews interface {
	// WriteReview keeps a review of goods of an order for staff to read. One of the
	// same goods of the order, written before, gives way to it.
	WriteReview(ctx context.Context, id, conversation string, w dialogue.WriteReview) error
}

// review keeps what a customer thinks of goods.
func (b *Bot) review(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	done := dialogue.Done{Effect: w.ID, Work: w.Kind}
	written, err := wanted[dialogue.WriteReview](w)
	if err != nil {
		return done, err
	}
	if b.Reviews == nil {
		return done, nil
	}
	return done, b.Reviews.WriteReview(ctx, w.ID, conversation, written)
}

// reviewPause is how often it is looked whether staff have let a review be told.
const reviewPause = 15 * time.Second

// Reviewed knows which reviews customers are told (package store).
type Reviewed interface {
	// ReviewsMark changes whenever ShownReviews may.
	ReviewsMark(ctx context.Context) (string, error)
	// ShownReviews are those that staff let be told.
	ShownReviews(ctx context.Context) ([]catalog.Review, error)
}

// Reader puts the reviews that staff let be told beside those of the shop's
// files. Each node has one.
type Reader struct {
	Reviewed Reviewed
	Bot      *Bot
	Log      *slog.Logger

	mark string // of what was read last
}

// Run reads at once and then whenever something has changed, until ctx ends.
func (r *Reader) Run(ctx context.Context) error {
	if err := r.Once(ctx); err != nil && ctx.Err() == nil {
		r.Log.Warn("the reviews of customers are not told yet", "err", err)
	}
	return repeat(ctx, reviewPause, r.Once, r.Log, "reviews are told as they were")
}

// Once reads the reviews if they have changed.
func (r *Reader) Once(ctx context.Context) error {
	mark, err := r.Reviewed.ReviewsMark(ctx)
	if err != nil || mark == r.mark {
		return err
	}
	all, err := r.Reviewed.ShownReviews(ctx)
	if err != nil {
		return err
	}
	r.Bot.tellReviews(all)
	r.mark = mark
	return nil
}

// told are the reviews that customers are told of.
type told struct {
	shelf *search.Reviews // of the shop's files or system
	own   []catalog.Review
	all   *search.Reviews // both
}

// tellReviews puts these reviews of customers beside those on the shelf.
func (b *Bot) tellReviews(own []catalog.Review) {
	b.telling.Lock()
	defer b.telling.Unlock()
	b.told.Store(besides(b.shelf.Load(), own))
}

// swap puts a shelf in place, and the reviews of customers beside its own.
func (b *Bot) swap(shelf *Shelf) {
	b.telling.Lock()
	defer b.telling.Unlock()
	b.shelf.Store(shelf)
	if was := b.told.Load(); was == nil {
		b.told.Store(besides(shelf, nil))
	} else if was.shelf != shelf.Reviews {
		b.told.Store(besides(shelf, was.own))
	}
}

func besides(shelf *Shelf, own []catalog.Review) *told {
	t := &told{shelf: shelf.Reviews, own: own, all: shelf.Reviews}
	switch {
	case len(own) == 0:
	case t.all == nil:
		t.all = shelf.Index.Reviews(own)
	default:
		t.all = t.all.With(own)
	}
	return t
}
