package bot

import (
	"context"
	"fmt"

	"tiski/bot/dialogue"
)

// Belongings are what is kept of one customer, by name.
type Belongings struct {
	Conversations []string
	Orders        []string // ids
	Emails        []string // that the orders were made with
	Address       string   // that is proved to be theirs, whatever was done with it; "" when none is
}

// Erased is what an erasure left.
type Erased struct {
	Kept int      // orders that stay in the books without their customer
	Open []string // numbers of those that are not over, and lose the customer then
}

// forget erases what is kept of a conversation's customer: their conversations
// in memory, the letters on disk, and at last what the database has, by which a
// crash on the way is made up for. This work itself is left to be answered.
func (b *Bot) forget(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	e, err := wanted[dialogue.ForgetCustomer](w)
	if err != nil {
		return dialogue.Done{}, err
	}
	done := dialogue.Done{Effect: w.ID, Work: w.Kind, Lang: e.Lang}
	all := Belongings{Conversations: []string{conversation}}
	if b.Customers != nil {
		if all, err = b.Customers.Belongings(ctx, conversation); err != nil {
			return done, err
		}
	}
	if err := b.Erase(ctx, all, w.ID); err != nil {
		return done, err
	}
	if b.Customers == nil {
		return done, nil
	}
	erased, err := b.Customers.Erase(ctx, all, b.clock())
	done.Kept, done.Open = erased.Kept, erased.Open
	return done, err
}

// Erase forgets a customer's conversations in memory, but for the work of one
// id, and removes the letters to them on disk.
func (b *Bot) Erase(ctx context.Context, all Belongings, except string) error {
	for _, c := range all.Conversations {
		b.memory.forget(c)
		if err := b.conversations.Erase(ctx, c, except); err != nil {
			return err
		}
	}
	if b.Letters == nil {
		return nil
	}
	if _, err := b.Letters(all.Emails); err != nil {
		return fmt.Errorf("remove letters: %w", err)
	}
	return nil
}
