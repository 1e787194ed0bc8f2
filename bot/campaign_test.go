package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"tiski/bot"
)

// everybody is an audience of so many customers.
type everybody int

func (e everybody) Prospects(_ context.Context, _ bot.Unsent, after string, most int) (some []bot.Prospect, err error) {
	for i := range int(e) {
		if id := fmt.Sprintf("%04d", i); id > after && len(some) < most {
			some = append(some, bot.Prospect{Customer: id, Conversation: pushed + ":" + id})
		}
	}
	return some, nil
}

// Campaigns go out a few at a time, and wait while replies wait to be sent.
func TestCampaignsLetRepliesGoFirst(t *testing.T) {
	t.Parallel()
	late, offered := time.Duration(0), 0
	c := &bot.Campaigner{
		Audience: everybody(1000), Clock: time.Now, Log: slog.New(slog.DiscardHandler),
		Running: func(context.Context) ([]bot.Campaign, error) {
			return []bot.Campaign{{ID: "talvi", For: func(bot.Prospect, time.Time) (bot.Input, bool) { return bot.Input{}, true }}}, nil
		},
		Late: func(context.Context) (time.Duration, error) { return late, nil },
		Handle: func(context.Context, string, bot.Input) (bot.Turn, error) {
			offered++
			return bot.Turn{}, nil
		},
	}
	for _, look := range []struct {
		late time.Duration
		want int
	}{{0, 25}, {time.Second, 50}, {time.Second + time.Millisecond, 50}, {time.Minute, 50}, {0, 75}} {
		late = look.late
		if err := c.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if offered != look.want {
			t.Errorf("with replies %v late %d customers in all had an offer, want %d", late, offered, look.want)
		}
	}
}

// A conversation that cannot be handled just now keeps no other customer from
// their offer.
func TestACampaignPassesOverWhoCannotHaveIt(t *testing.T) {
	t.Parallel()
	offered := map[string]int{}
	c := &bot.Campaigner{
		Audience: everybody(60), Clock: time.Now, Log: slog.New(slog.DiscardHandler),
		Running: func(context.Context) ([]bot.Campaign, error) {
			return []bot.Campaign{{ID: "talvi", For: func(bot.Prospect, time.Time) (bot.Input, bool) { return bot.Input{}, true }}}, nil
		},
		Handle: func(_ context.Context, conversation string, _ bot.Input) (bot.Turn, error) {
			if offered[conversation]++; conversation == pushed+":0003" {
				return bot.Turn{}, errors.New("a newer program has it")
			}
			return bot.Turn{}, nil
		},
	}
	for range 3 {
		_ = c.Once(t.Context()) // tells who was passed over
	}
	if len(offered) != 60 {
		t.Errorf("%d customers had an offer", len(offered))
	}
}
