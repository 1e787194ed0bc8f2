package bot

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"tiski/catalog"
)

// How customs are learnt from orders.
const (
	customPause = time.Hour            // between two countings
	customSpan  = 365 * 24 * time.Hour // orders older than this say nothing of today
	mostBaskets = 20_000               // orders that are counted: the latest
)

// Baskets is where it is known what was bought together (package store).
type Baskets interface {
	// Baskets returns the products of each order placed since a moment that was
	// not called off, the latest first, at most so many.
	Baskets(ctx context.Context, since time.Time, most int) ([][]string, error)
}

// Custom keeps count of what customers buy together, for recommendations.
type Custom struct {
	Baskets Baskets
	Bot     *Bot
	Clock   func() time.Time
	Log     *slog.Logger
}

// Run counts at once and then every hour, until ctx ends. What cannot be read
// leaves the last count in use.
func (c *Custom) Run(ctx context.Context) error {
	again := time.NewTicker(customPause)
	defer again.Stop()
	for {
		if err := c.Once(ctx); err != nil && ctx.Err() == nil {
			c.Log.Warn("what is bought together is as it was counted last", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-again.C:
		}
	}
}

// Once counts the orders of now.
func (c *Custom) Once(ctx context.Context) error {
	baskets, err := c.Baskets.Baskets(ctx, c.Clock().Add(-customSpan), mostBaskets)
	if err != nil {
		return fmt.Errorf("count what is bought together: %w", err)
	}
	c.Bot.together.Store(catalog.CountTogether(baskets))
	return nil
}
