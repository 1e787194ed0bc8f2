package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"tiski/bot"
)

// Limits are how many messages the Bot API lets a bot send. 0 is no limit, for
// a Bot API server of one's own.
type Limits struct {
	Second int // a second, to everybody together
	Group  int // a minute, to one group
}

// DefaultLimits are those that Telegram publishes.
var DefaultLimits = Limits{Second: 30, Group: 20}

// patience is how long a message waits for its turn; one that must wait longer
// goes back into its queue, and others have its place.
const patience = 5 * time.Second

var errPace = errors.New("no turn within the limits yet")

// wait waits until n messages may go to a chat, whichever node sends them.
func (d *Door) wait(ctx context.Context, chat int64, n int) error {
	if group := d.Limits.Group; chat < 0 && group > 0 {
		if err := d.turn(ctx, Channel+"/"+strconv.FormatInt(chat, 10), n, group, time.Minute); err != nil {
			return err
		}
	}
	if second := d.Limits.Second; second > 0 {
		return d.turn(ctx, Channel, n, second, time.Second)
	}
	return nil
}

func (d *Door) turn(ctx context.Context, key string, n, limit int, span time.Duration) error {
	wait, ok, err := d.Pace(ctx, key, n, limit, span, patience)
	if err != nil {
		return fmt.Errorf("wait to send: %w", err)
	}
	if !ok {
		return &bot.SendError{After: wait, Err: errPace}
	}
	pause(ctx, wait)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait to send: %w", err)
	}
	return nil
}
