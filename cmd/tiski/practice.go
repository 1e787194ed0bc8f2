package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// practice is a payment provider in which no money moves: what `tiski chat` and
// the stories pay with. What has become of a payment is told by "!payment".
type practice struct {
	name string

	mu       sync.Mutex
	down     bool
	payments map[string]catalog.Payment // by id
	last     string                     // id of the one asked last
}

var errDown = errors.New("the provider does not answer")

func newPractice(name string) *practice {
	return &practice{name: name, payments: map[string]catalog.Payment{}}
}

func (p *practice) Name() string { return p.name }

func (p *practice) Ask(_ context.Context, c catalog.Charge) (catalog.Payment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		return catalog.Payment{}, errDown
	}
	p.last = fmt.Sprintf("practice-%d", len(p.payments)+1)
	p.payments[p.last] = catalog.Payment{
		Provider: p.name, ID: p.last, Charge: c.ID, State: catalog.PaymentOpen, Amount: c.Total, Currency: c.Currency,
		Link: "https://pay.example/" + p.name + "/" + p.last,
	}
	return p.payments[p.last], nil
}

func (p *practice) Look(_ context.Context, id string) (catalog.Payment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		return catalog.Payment{}, errDown
	}
	return p.payments[id], nil
}

func (p *practice) Refund(context.Context, catalog.Refund) (catalog.PaymentState, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		return "", errDown
	}
	return catalog.PaymentRefunded, nil
}

// become lets the payment asked last become what is told, and returns it.
func (p *practice) become(state catalog.PaymentState) (catalog.Payment, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	is, ok := p.payments[p.last]
	if ok {
		is.State = state
		p.payments[p.last] = is
	}
	return is, ok
}

// practised are the providers that every chat has.
var practised = []string{"paytrail", "stripe"}

// payment does what a line "!paid" or "!payment WORD" says.
func (c *counter) payment(ctx context.Context, word string) (bot.Turn, error) {
	word, rest, _ := strings.Cut(word, " ")
	switch state := catalog.PaymentState(word); state {
	case "down", "up":
		for _, p := range c.providers {
			p.mu.Lock()
			p.down = word == "down"
			p.mu.Unlock()
		}
		return c.catchUp(ctx, bot.Turn{})
	case catalog.PaymentPaid, catalog.PaymentPending, catalog.PaymentFailed, catalog.PaymentExpired:
		var told catalog.Payment
		for _, p := range c.providers {
			if p.last == "" || told.Charge != "" && p.name != rest {
				continue
			}
			told, _ = p.become(state)
		}
		if told.Charge == "" {
			return c.catchUp(ctx, bot.Turn{}) // nothing was to be paid
		}
		return c.handleAs(ctx, "payment/"+told.Provider+"/"+told.ID+"/"+word, dialogue.PaymentTold{Payment: told})
	}
	return bot.Turn{}, fmt.Errorf("!payment paid, pending, failed, expired, down or up, not %q", word)
}
