package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// How Run looks for what is due.
const (
	workPause = 250 * time.Millisecond // between looks
	workHold  = 15 * time.Second       // how long a claim lasts
	workBatch = 100                    // claimed with one look
	workHands = 32                     // conversations that are seen to at once
	stockAge  = 5 * time.Second        // how old this node's picture of the stock may get
)

// movesStock is the work that may take goods from the shelf, or put them back.
var movesStock = []string{dialogue.PlacingOrder, dialogue.OpeningCase, dialogue.CheckingPayment, dialogue.SettlingPayment, dialogue.ChangingPayment}

// perform carries work out. A refusal is a result; an error means that it is
// not known and must be tried again.
func (b *Bot) perform(ctx context.Context, conversation string, w Work) (done dialogue.Done, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &ownFailure{cause}
		}
	}()
	if slices.Contains(movesStock, w.Kind) {
		defer func() {
			if err := b.RefreshStock(ctx); err != nil {
				b.log.Warn("stock is not fresh", "err", err)
			}
		}()
	}
	switch w.Kind {
	case dialogue.PlacingOrder:
		e, err := wanted[dialogue.PlaceOrder](w)
		if err != nil {
			return dialogue.Done{}, err
		}
		order, err := b.place(ctx, e.Order)
		return result(dialogue.Done{Effect: w.ID, Work: w.Kind, Order: order}, err)
	case dialogue.OpeningCase:
		e, err := wanted[dialogue.OpenCase](w)
		if err != nil {
			return dialogue.Done{}, err
		}
		opened, err := b.openCase(ctx, w.ID, e.Case)
		return result(dialogue.Done{Effect: w.ID, Work: w.Kind, Case: opened}, err)
	case dialogue.Learning:
		return dialogue.Done{Effect: w.ID, Work: w.Kind}, b.learn(ctx, conversation, w)
	case dialogue.Joining:
		return b.join(ctx, conversation, w)
	case dialogue.Identifying:
		return b.identify(ctx, conversation, w)
	case dialogue.Subscribing:
		return b.subscribe(ctx, conversation, w)
	case dialogue.Mailing:
		return b.mail(ctx, conversation, w)
	case dialogue.Reviewing:
		return b.review(ctx, conversation, w)
	case dialogue.Remarking, dialogue.Reminding:
		return b.remind(ctx, conversation, w)
	case dialogue.Forgetting:
		return b.forget(ctx, conversation, w)
	case dialogue.AskingPayment, dialogue.CheckingPayment, dialogue.SettlingPayment, dialogue.ChangingPayment:
		if b.Till != nil {
			return b.pay(ctx, w)
		}
	}
	return dialogue.Done{Effect: w.ID, Work: w.Kind, Reason: "failed"}, nil
}

// wanted reads the effect that a work is to carry out.
func wanted[E dialogue.Effect](w Work) (e E, err error) {
	if err = json.Unmarshal(w.Effect, &e); err != nil {
		err = &ownFailure{err}
	}
	return e, err
}

// pay carries out work with payments.
func (b *Bot) pay(ctx context.Context, w Work) (dialogue.Done, error) {
	switch w.Kind {
	case dialogue.AskingPayment:
		ask, err := wanted[dialogue.AskPayment](w)
		if err != nil {
			return dialogue.Done{}, err
		}
		return b.Till.ask(ctx, w.ID, ask, b.shelf.Load().Shop)
	case dialogue.CheckingPayment:
		check, err := wanted[dialogue.CheckPayment](w)
		if err != nil {
			return dialogue.Done{}, err
		}
		return b.Till.check(ctx, w.ID, check)
	case dialogue.ChangingPayment:
		change, err := wanted[dialogue.ChangePayment](w)
		if err != nil {
			return dialogue.Done{}, err
		}
		return b.Till.change(ctx, w.ID, change, b.shelf.Load().Shop)
	}
	settle, err := wanted[dialogue.SettlePayment](w)
	if err != nil {
		return dialogue.Done{}, err
	}
	return b.Till.settle(ctx, w.ID, settle)
}

func result(done dialogue.Done, err error) (dialogue.Done, error) {
	var refused *Refused
	var ineligible *catalog.Ineligible
	switch {
	case errors.As(err, &refused):
		done.Reason, done.SKUs = refused.Reason, refused.SKUs
		return done, nil
	case errors.As(err, &ineligible):
		done.Reason = ineligible.Why
		return done, nil
	}
	return done, err
}

// openCase opens a case by the shop's terms of now; the one that the store has
// already is never refused.
func (b *Bot) openCase(ctx context.Context, id string, c catalog.Case) (catalog.Case, error) {
	return b.orders.OpenCase(ctx, id, c.Order, func(o catalog.Order, earlier []catalog.Case) (catalog.Case, error) {
		if c.Contact == (catalog.Contact{}) {
			c.Contact = o.Contact
		}
		return b.shelf.Load().Shop.NewCase(c, o, earlier, b.clock())
	})
}

// place writes the order unless a price has moved since the customer accepted
// it. Goods that are paid first are reserved for the time the shop gives. An
// order that the store has already is never refused.
func (b *Bot) place(ctx context.Context, o catalog.Order) (catalog.Order, error) {
	own, err := b.orders.OfConversation(ctx, o.Conversation)
	if err != nil {
		return catalog.Order{}, fmt.Errorf("look for order %s: %w", o.ID, err)
	}
	for _, placed := range own {
		if placed.ID == o.ID {
			return placed, nil
		}
	}
	shop := b.shelf.Load().Shop
	if err := accepted(shop, o); err != nil {
		return catalog.Order{}, err
	}
	name(shop, &o)
	if p := shop.PaymentMethod(o.Payment); p != nil && p.First() && o.Total > 0 {
		o.ReservedUntil = b.clock().Add(shop.Reserve)
	}
	return b.orders.Place(ctx, o)
}

// name notes how the shop's own system names what is ordered, so that the order
// can be handed over whatever the shop sells by then.
func name(shop *catalog.Shop, o *catalog.Order) {
	o.Lines = slices.Clone(o.Lines)
	for i, l := range o.Lines {
		if _, v := shop.Variant(l.SKU); v != nil {
			o.Lines[i].Ref = v.Ref
		}
	}
	if m := shop.DeliveryMethod(o.Delivery.Method); m != nil {
		o.Delivery.Ref = m.Ref
	}
}

// accepted refuses an order that the shop would not sell now for what the
// customer accepted.
func accepted(shop *catalog.Shop, o catalog.Order) error {
	for _, l := range o.Lines {
		p, v := shop.Variant(l.SKU)
		if v == nil {
			return &Refused{Reason: "gone", SKUs: []string{l.SKU}}
		}
		if p.PriceOf(v) != l.Unit {
			return &Refused{Reason: "price", SKUs: []string{l.SKU}}
		}
	}
	quote, err := shop.QuoteOrder(o)
	if err != nil || quote.Total != o.Total {
		return &Refused{Reason: "price"}
	}
	return nil
}

// RefreshStock takes the stock from the store.
func (b *Bot) RefreshStock(ctx context.Context) error {
	stock, err := b.orders.Stock(ctx)
	if err != nil {
		return fmt.Errorf("refresh stock: %w", err)
	}
	b.stock.Store(&stock)
	return nil
}

// Run takes up timers that ring and work that a crash or a slow database left,
// and keeps the stock and who is away fresh, until ctx ends.
func (b *Bot) Run(ctx context.Context) error {
	hands := b.hands(ctx)
	defer hands.wait()
	due := time.NewTicker(workPause)
	defer due.Stop()
	stock := time.NewTicker(stockAge)
	defer stock.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-stock.C:
			if err := b.RefreshStock(ctx); err != nil {
				b.log.Warn("stock is not fresh", "err", err)
			}
			if err := b.RefreshStaff(ctx); err != nil {
				b.log.Warn("who is away is not fresh", "err", err)
			}
		case <-due.C:
			if err := b.handOut(ctx, hands); err != nil && ctx.Err() == nil {
				b.log.Error("cannot take up work", "err", err)
			}
		}
	}
}

// TakeUp handles what is due now.
func (b *Bot) TakeUp(ctx context.Context) error {
	hands := b.hands(ctx)
	defer hands.wait()
	return b.handOut(ctx, hands)
}

func (b *Bot) hands(ctx context.Context) *hands {
	return newHands(workHands, func(due Due) {
		if err := b.takeUp(ctx, due); err != nil {
			b.log.Warn("work is left for later", "conversation", due.Conversation, "err", err)
		}
	})
}

// handOut gives what is due now to hands and does not wait for them, so that what
// takes long keeps no timer of another conversation from ringing.
func (b *Bot) handOut(ctx context.Context, hands *hands) error {
	for {
		all, err := b.conversations.Claim(ctx, b.clock(), workHold, workBatch)
		if err != nil {
			return fmt.Errorf("claim: %w", err)
		}
		for _, due := range all {
			hands.give(due)
		}
		if len(all) < workBatch {
			return nil
		}
	}
}

func (b *Bot) takeUp(ctx context.Context, due Due) error {
	if due.Work == nil {
		id := "timer/" + due.Timer + "/" + strconv.FormatInt(due.At.UnixMilli(), 10)
		_, err := b.Handle(ctx, due.Conversation, Input{ID: id, What: dialogue.Rang{Timer: due.Timer}})
		return err
	}
	leave, err := b.queues.enter(ctx, due.Conversation)
	if err != nil {
		return err
	}
	defer leave()
	for work := []Work{*due.Work}; len(work) > 0; work = work[1:] {
		_, more, err := b.carryOut(ctx, due.Conversation, work[0])
		if err != nil {
			return err
		}
		work = append(work, more...)
	}
	return nil
}
