package bot

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
)

// Prospect is a customer who wants offers.
type Prospect struct {
	Customer     string // id
	Conversation string // the one they joined last
	Profile      persona.Profile
}

// Audience knows who wants offers (package store keeps them in SQL).
type Audience interface {
	// Prospects returns customers who want offers and have not had a campaign's, in
	// the order of their ids, those after one.
	Prospects(ctx context.Context, campaign, after string, most int) ([]Prospect, error)
}

// Campaign is what is offered now, and to whom.
type Campaign struct {
	ID    string
	Until time.Time
	Offer dialogue.Offer
	// Fits reports whether a customer gets it; bought are the categories that it
	// was decided by.
	Fits func(p persona.Profile, now time.Time) (bought []string, ok bool)
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
	Running  func() []Campaign
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
// not be sent it at once.
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
	for _, running := range c.Running() {
		some, err := c.Audience.Prospects(ctx, running.ID, c.at[running.ID], campaignBatch)
		if err != nil {
			return fmt.Errorf("campaign %s: %w", running.ID, err)
		}
		for _, p := range some {
			if err := c.offer(ctx, running, p); err != nil {
				return fmt.Errorf("campaign %s: %w", running.ID, err)
			}
			c.at[running.ID] = p.Customer
		}
		if len(some) < campaignBatch {
			c.at[running.ID] = ""
		}
	}
	return nil
}

// offer hands a campaign to one customer's conversation, which sends it when it
// may.
func (c *Campaigner) offer(ctx context.Context, running Campaign, p Prospect) error {
	bought, ok := running.Fits(p.Profile, c.Clock())
	if !ok {
		return nil
	}
	running.Offer.Bought = bought
	what := dialogue.CampaignRan{Campaign: running.ID, Offer: running.Offer, Until: running.Until, Lang: p.Profile.Lang.Value}
	_, err := c.Handle(ctx, p.Conversation, Input{ID: "campaign/" + running.ID, What: what})
	return err
}
