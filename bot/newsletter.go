package bot

import (
	"context"
	"time"

	"tiski/bot/dialogue"
)

// Subscriber is who has confirmed that they want the newsletter.
type Subscriber struct {
	Email     string
	Lang      string
	Token     string // of the page on which they can leave
	Confirmed time.Time
}

// Subscribers is where it is kept who wants the newsletter (package store keeps
// it in SQL).
type Subscribers interface {
	// Subscribe has the letter sent by which an address is confirmed.
	Subscribe(ctx context.Context, conversation string, w dialogue.Subscribe) error
	// Unsubscribe ends the newsletters asked for by whom a conversation is with.
	Unsubscribe(ctx context.Context, conversation string) error
}

// subscribe begins or ends a newsletter.
func (b *Bot) subscribe(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	done := dialogue.Done{Effect: w.ID, Work: w.Kind}
	wish, err := wanted[dialogue.Subscribe](w)
	if err != nil {
		return done, err
	}
	switch {
	case b.Subscribers == nil:
		return done, nil
	case wish.Email == "":
		return done, b.Subscribers.Unsubscribe(ctx, conversation)
	}
	return done, b.Subscribers.Subscribe(ctx, conversation, wish)
}
