package bot

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"tiski/catalog"
)

// retentionPause is the time between looks whether a day has passed.
const retentionPause = time.Hour

// Sweep is what was removed of one kind because its time was over. It tells
// nothing of whose it was.
type Sweep struct {
	At      time.Time
	Kind    string
	Before  time.Time // what was older went
	Removed int64
}

// Records are what is kept of customers for a time.
type Records interface {
	// Sweep removes what has been kept for as long as terms say and notes it, at
	// most once a day; swept is false when it was too soon.
	Sweep(ctx context.Context, terms catalog.Privacy, now time.Time) (swept bool, err error)
	// NoteSweep notes what was removed elsewhere.
	NoteSweep(ctx context.Context, s Sweep) error
}

// Retention ends what is kept of customers when its time is over.
type Retention struct {
	Records Records
	Terms   func() catalog.Privacy // of the shop of this moment
	// Letters removes the letters on disk that are older than a moment.
	Letters func(before time.Time) (removed int, err error)
	Clock   func() time.Time
	Log     *slog.Logger
}

// Run looks once at its start and then every hour, until ctx ends.
func (r *Retention) Run(ctx context.Context) error {
	if err := r.Once(ctx); err != nil && ctx.Err() == nil {
		r.Log.Error("what is too old cannot be removed", "err", err)
	}
	return repeat(ctx, retentionPause, r.Once, r.Log, "what is too old cannot be removed")
}

// Once removes what is too old now.
func (r *Retention) Once(ctx context.Context) error {
	now, terms := r.Clock(), r.Terms()
	if _, err := r.Records.Sweep(ctx, terms, now); err != nil {
		return err
	}
	before := now.AddDate(0, 0, -terms.Letters)
	removed, err := r.Letters(before)
	if err != nil {
		return fmt.Errorf("remove old letters: %w", err)
	}
	if removed == 0 {
		return nil
	}
	return r.Records.NoteSweep(ctx, Sweep{At: now, Kind: "letter_files", Before: before, Removed: int64(removed)})
}
