package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"tiski/bot/persona"
)

// Prospect is a customer who wants offers.
type Prospect struct {
	Customer     string // id
	Conversation string // the one they joined last
	Profile      persona.Profile
	Last         time.Time // when they were last sent something of the kind that is looked for; zero: never
}

// Unsent is something that customers have not been sent.
type Unsent struct {
	Kind    string    // of sendings
	Subject string    // "" for any of the kind
	Since   time.Time // after which they have not; zero: never
	Wording int       // which version of the question of offers they must have agreed to; 0: any
}

// Audience knows who wants offers (package store keeps them in SQL).
type Audience interface {
	// Prospects returns customers who want offers and have not been sent something,
	// in the order of their ids, those after one.
	Prospects(ctx context.Context, of Unsent, after string, most int) ([]Prospect, error)
}

// Campaign is what is offered now, and to whom.
type Campaign struct {
	ID     string
	Unsent Unsent
	// For is what tells a customer of it; false: they do not get it.
	For func(p Prospect, now time.Time) (in Input, ok bool)
}

// How campaigns are sent: replies to customers go before them.
const (
	campaignPause = 5 * time.Second // between looks
	campaignBatch = 25              // customers looked at in one
	campaignYield = time.Second     // for so long messages may have waited to be sent, before campaigns wait for them
)

// Campaigner sends the campaigns that run. Any number of nodes may: a customer
// gets each once.
type Campaigner struct {
	Audience Audience
	Running  func(ctx context.Context) ([]Campaign, error)
	Handle   func(ctx context.Context, conversation string, in Input) (Turn, error) // Bot.Handle
	// Late is for how long the message has waited that should have been sent first
	// of all; nil: nothing is pushed.
	Late  func(ctx context.Context) (time.Duration, error)
	Clock func() time.Time
	Log   *slog.Logger

	at map[string]string // how far each campaign has come: id of a customer
}

// Run looks for whom to send something until ctx ends.
func (c *Campaigner) Run(ctx context.Context) error {
	return repeat(ctx, campaignPause, c.Once, c.Log, "campaigns cannot be sent")
}

// Once goes on with every campaign that runs. One that has come to the end of
// its audience begins anew with the next look: customers come, and some could
// not be sent it at once. Who cannot be sent it keeps no other from it.
func (c *Campaigner) Once(ctx context.Context) error {
	if c.at == nil {
		c.at = map[string]string{}
	}
	if c.Late != nil {
		late, err := c.Late(ctx)
		if err != nil || late > campaignYield {
			return err
		}
	}
	all, err := c.Running(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for _, running := range all {
		some, err := c.Audience.Prospects(ctx, running.Unsent, c.at[running.ID], campaignBatch)
		if err != nil {
			return fmt.Errorf("campaign %s: %w", running.ID, err)
		}
		for _, p := range some {
			if err := c.offer(ctx, running, p); err != nil {
				faults = append(faults, fmt.Errorf("campaign %s: %w", running.ID, err))
			}
			c.at[running.ID] = p.Customer
		}
		if len(some) < campaignBatch {
			c.at[running.ID] = ""
		}
	}
	return errors.Join(faults...)
}

// offer hands a campaign to one customer's conversation, which sends it when it
// may.
func (c *Campaigner) offer(ctx context.Context, running Campaign, p Prospect) error {
	in, ok := running.For(p, c.Clock())
	if !ok {
		return nil
	}
	_, err := c.Handle(ctx, p.Conversation, in)
	return err
}
