package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tiski/bot"
)

// A message waits for its turn, one to a group for that of the group too, and
// one that would have to wait long goes back to its queue.
func TestMessagesWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		waits := map[string]time.Duration{}
		var asked []string
		d := &Door{Options: Options{Limits: DefaultLimits, Pace: func(_ context.Context, key string, n, limit int, span, patience time.Duration) (time.Duration, bool, error) {
			asked = append(asked, fmt.Sprint(key, " ", n, " of ", limit, " in ", span))
			return waits[key], waits[key] <= patience, nil
		}}}
		waits["telegram"], waits["telegram/-7"] = 2*time.Second, time.Second
		start := time.Now()
		if err := d.wait(t.Context(), 7, 3); err != nil || time.Since(start) != 2*time.Second {
			t.Errorf("to a customer: %v after %v", err, time.Since(start))
		}
		start = time.Now()
		if err := d.wait(t.Context(), -7, 1); err != nil || time.Since(start) != 3*time.Second {
			t.Errorf("to a group: %v after %v", err, time.Since(start))
		}
		want := []string{"telegram 3 of 30 in 1s", "telegram/-7 1 of 20 in 1m0s", "telegram 1 of 30 in 1s"}
		if !slices.Equal(asked, want) {
			t.Errorf("asked for %v, want %v", asked, want)
		}
		waits["telegram/-7"] = 40 * time.Second
		start = time.Now()
		var later *bot.SendError
		if err := d.wait(t.Context(), -7, 1); !errors.As(err, &later) || later.After != 40*time.Second || time.Since(start) != 0 {
			t.Errorf("a group that has had its share: %v after %v", err, time.Since(start))
		}
		asked, d.Limits = nil, Limits{}
		if err := d.wait(t.Context(), -7, 1); err != nil || asked != nil {
			t.Errorf("without limits: %v, asked for %v", err, asked)
		}
	})
}
