package telegram

import (
	"context"
	"errors"
	"fmt"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// When the customer is shown that an answer is being written, how long
// Telegram shows it, and how long a tap may take to be acknowledged.
const (
	typingAfter = 300 * time.Millisecond
	typingShown = 4500 * time.Millisecond
	answerTime  = 5 * time.Second
)

// How many messages of one chat are answered, in how long. Telegram would
// repeat one that is refused, so those beyond are taken as said in a hurry.
const (
	messageLimit = 20
	messageTime  = 10 * time.Second
)

// Update takes one update. When it returns nil the update is handled, or there
// is nothing in it to handle; with an error it must be given again.
func (d *Door) Update(ctx context.Context, u models.Update) error {
	if d.ofGroup(u) {
		return d.updateGroup(ctx, u)
	}
	to := chat(u)
	if to == 0 {
		return nil
	}
	switch {
	case d.PaymentToken == "":
	case u.PreCheckoutQuery != nil:
		d.checkOut(ctx, u.PreCheckoutQuery)
		return nil
	case u.ShippingQuery != nil:
		d.shipping(ctx, u.ShippingQuery)
		return nil
	}
	in, ok := read(u)
	if !ok {
		return nil
	}
	if said, ok := in.What.(dialogue.Said); ok && d.Allow != nil {
		allowed, _, err := d.Allow(ctx, conversation(to), messageLimit, messageTime)
		if err != nil {
			return fmt.Errorf("update %d: %w", u.ID, err)
		}
		said.Hurried = !allowed
		in.What = said
	}
	if err := d.handle(ctx, to, d.withPicture(ctx, u, in)); err != nil {
		return fmt.Errorf("update %d: %w", u.ID, err)
	}
	if u.CallbackQuery != nil {
		d.acknowledge(ctx, tg.AnswerCallbackQueryParams{CallbackQueryID: u.CallbackQuery.ID})
	}
	return nil
}

func (d *Door) handle(ctx context.Context, to int64, in bot.Input) error {
	ctx, done := context.WithCancel(ctx)
	defer done()
	slow := time.AfterFunc(typingAfter, func() { d.typing(ctx, to) })
	defer slow.Stop()
	_, err := d.Handler.Handle(ctx, conversation(to), in)
	if errors.Is(err, bot.ErrUnfit) { // it would be unfit again, and the chat must go on
		d.Log.Error("an update is dropped", "conversation", conversation(to), "channel", Channel, "input", in.ID, "err", err)
		return nil
	}
	return err
}

// typing shows that an answer is being written, until ctx ends.
func (d *Door) typing(ctx context.Context, to int64) {
	for ctx.Err() == nil {
		if _, err := d.api.SendChatAction(ctx, &tg.SendChatActionParams{ChatID: to, Action: models.ChatActionTyping}); err != nil {
			return // a courtesy, not worth a second try
		}
		pause(ctx, typingShown)
	}
}

// acknowledge stops the clock on a tapped button, perhaps with a word. The tap is
// handled already, so a failure harms nobody.
func (d *Door) acknowledge(ctx context.Context, a tg.AnswerCallbackQueryParams) {
	ctx, done := context.WithTimeout(ctx, answerTime)
	defer done()
	if _, err := d.api.AnswerCallbackQuery(ctx, &a); err != nil {
		d.Log.Info("a tap was not acknowledged", "channel", Channel, "err", err)
	}
}
