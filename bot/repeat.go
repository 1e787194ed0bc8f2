package bot

import (
	"context"
	"log/slog"
	"time"
)

// repeat does something after every pause until ctx ends. What goes wrong is
// logged as fault, and tried again with the next turn.
func repeat(ctx context.Context, pause time.Duration, once func(context.Context) error, log *slog.Logger, fault string) error {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := once(ctx); err != nil && ctx.Err() == nil {
				log.Error(fault, "err", err)
			}
		}
	}
}
