package bot

import (
	"context"
	"log/slog"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// TooFewPoints is why an order is refused that uses more points than there are.
const TooFewPoints = "points"

// Purses knows the points of customers (package store keeps them in SQL).
type Purses interface {
	// Purse returns the points of whom a conversation is with, and whether the code
	// of a friend, "" for none, holds for them.
	Purse(ctx context.Context, conversation, friend string) (catalog.Purse, error)
}

// purse looks up the points of a customer.
func (b *Bot) purse(ctx context.Context, conversation string, look dialogue.Look) (dialogue.Input, error) {
	found := dialogue.Looked{Why: look.Purse, Friend: look.Friend, Purse: &catalog.Purse{}}
	if b.Purses == nil {
		return found, nil
	}
	p, err := b.Purses.Purse(ctx, conversation, look.Friend)
	found.Purse = &p
	return found, err
}

// Points books points (package store).
type Points interface {
	// BookPoints books the points of orders whose goods have been kept for long
	// enough by now, each once.
	BookPoints(ctx context.Context, rules catalog.Loyalty, now time.Time) error
}

// pointPause is how often points are booked.
const pointPause = time.Minute

// Bookkeeper books the points that customers earn, while the shop has rules for
// them. Any number of nodes may.
type Bookkeeper struct {
	Points Points
	Rules  func() *catalog.Loyalty
	Clock  func() time.Time
	Log    *slog.Logger
}

// Run books until ctx ends.
func (k *Bookkeeper) Run(ctx context.Context) error {
	return repeat(ctx, pointPause, k.Once, k.Log, "points cannot be booked")
}

// Once books what is due now.
func (k *Bookkeeper) Once(ctx context.Context) error {
	rules := k.Rules()
	if rules == nil {
		return nil
	}
	return k.Points.BookPoints(ctx, *rules, k.Clock())
}
