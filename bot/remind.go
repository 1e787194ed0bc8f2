package bot

import (
	"context"

	"tiski/bot/dialogue"
)

// Sendings is where it is kept what customers were sent unasked, and what they
// said of how they were served (package store keeps it in SQL).
type Sendings interface {
	// Send notes that something is being sent to whom a conversation is with. why
	// is "" when it may be, also for the same id again, else one of the reasons of
	// dialogue.Remind.
	Send(ctx context.Context, id, conversation string, r dialogue.Remind) (why string, err error)
	// Remark keeps what a customer said.
	Remark(ctx context.Context, id, conversation string, r dialogue.Remark) error
}

// remind notes what is sent unasked and what customers say of how they were
// served.
func (b *Bot) remind(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	done := dialogue.Done{Effect: w.ID, Work: w.Kind, Reason: dialogue.Unwanted}
	if b.Sendings == nil {
		return done, nil
	}
	if w.Kind == dialogue.Remarking {
		remark, err := wanted[dialogue.Remark](w)
		if err != nil {
			return done, err
		}
		done.Reason = ""
		return done, b.Sendings.Remark(ctx, w.ID, conversation, remark)
	}
	r, err := wanted[dialogue.Remind](w)
	if err != nil {
		return done, err
	}
	done.Later = r.Later
	done.Reason, err = b.Sendings.Send(ctx, w.ID, conversation, r)
	return done, err
}
