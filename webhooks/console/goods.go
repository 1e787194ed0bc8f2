package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

// Orders are the orders of a customer and their cases (package store keeps them).
type Orders interface {
	OfConversation(ctx context.Context, conversation string) ([]catalog.Order, error)
	CasesOf(ctx context.Context, number string) ([]catalog.Case, error)
	// Advance takes an order one step on; an *catalog.IllegalStep says that it may
	// not. What was paid goes back when it is cancelled.
	Advance(ctx context.Context, number string, to catalog.Status, cause string, at time.Time) (catalog.Order, error)
	// ResendLetter sends the letter again that told that an order came to a status;
	// staff.ErrOften says that it was sent often enough.
	ResendLetter(ctx context.Context, number string, to catalog.Status, at time.Time) error
	// Readdress sends an order elsewhere, and its confirmation again; an
	// *catalog.IllegalStep says that it has left, staff.ErrElsewhere that the shop's
	// own system has it.
	Readdress(ctx context.Context, number string, to catalog.Address, at time.Time) (catalog.Order, error)
}

// Customers knows which conversations are with the same customer (package store
// keeps it).
type Customers interface {
	Belongings(ctx context.Context, conversation string) (bot.Belongings, error)
	// Identified reports whether the shop has told who a conversation is with.
	Identified(ctx context.Context, conversation string) (bool, error)
}

// bought is an order of the customer on the page.
type bought struct {
	catalog.Order
	Goods  []string // with the number of pieces
	Cases  []ownCase
	Cancel bool // this person may cancel it
}

// ownCase is a case of an order of the customer.
type ownCase struct {
	catalog.Case
	Awaited bool // its goods may come
}

// consented is what a customer answered to being remembered.
type consented struct{ Purpose, Answer string }

// customer is what is known of whom a conversation is with.
type customer struct {
	Verified string // how they have shown who they are: "shop", "order", or "no"
	Orders   []bought
	Consents []consented
	Earlier  []earlier
}

// earlier is another conversation with the same customer.
type earlier struct{ Path, Channel string }

func (c *Console) customer(v *visit, conversation string, s dialogue.State) (customer, error) {
	orders, err := c.Orders.OfConversation(v.ctx(), conversation)
	if err != nil {
		return customer{}, err
	}
	k := customer{Verified: "no"}
	identified, err := c.Customers.Identified(v.ctx(), conversation)
	switch {
	case err != nil:
		return k, err
	case identified:
		k.Verified = "shop"
	case len(s.Known) > 0 || len(orders) > 0:
		k.Verified = "order"
	}
	for _, o := range orders {
		b := bought{Order: o, Cancel: v.who.Role == staff.Admin && o.Status != catalog.Cancelled && o.Status.Step(catalog.Cancelled) == nil}
		for _, l := range o.Lines {
			b.Goods = append(b.Goods, fmt.Sprintf("%d × %s", l.Qty, l.Title))
		}
		cases, err := c.Orders.CasesOf(v.ctx(), o.Number)
		if err != nil {
			return k, err
		}
		for _, one := range cases {
			b.Cases = append(b.Cases, ownCase{one, slices.Contains(one.Next(), catalog.CaseReceived)})
		}
		k.Orders = append(k.Orders, b)
	}
	for _, purpose := range dialogue.Purposes {
		if answer := s.Consents[purpose]; answer != "" {
			k.Consents = append(k.Consents, consented{purpose, answer})
		}
	}
	all, err := c.Customers.Belongings(v.ctx(), conversation)
	if err != nil {
		return k, err
	}
	for _, other := range all.Conversations {
		if other != conversation {
			k.Earlier = append(k.Earlier, earlier{talkPath(other), channelOf(other)})
		}
	}
	return k, nil
}

// cancel cancels an order of this conversation. Only an admin may: it moves money.
func (c *Console) cancel(v *visit) error {
	if v.who.Role != staff.Admin {
		return c.refuse(v, http.StatusForbidden, v.words.T("snag.role"))
	}
	conversation, o, err := c.theirs(v)
	if err != nil {
		return err
	}
	_, err = c.Orders.Advance(v.ctx(), o.Number, catalog.Cancelled, v.who.Name, c.Clock())
	var illegal *catalog.IllegalStep
	if errors.As(err, &illegal) {
		return c.refuse(v, http.StatusConflict, v.words.T("order.late"))
	}
	return c.errandDone(v, err, "order_cancel", conversation, o.Number)
}
