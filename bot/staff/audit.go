package staff

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"
)

// Limits of an act, in characters.
const (
	MaxAct     = 60
	MaxSubject = 200
)

// Act is something a member of staff did. Subject is the id of what it was done
// to – a conversation, an order number – never a customer's words or address.
type Act struct {
	At      time.Time
	Staff   string
	Act     string // "take", "sign_in"
	Subject string
}

// Audit writes down that staff did act to subject, now.
func (a *Accounts) Audit(ctx context.Context, staff, act, subject string) error {
	if n := utf8.RuneCountInString(act); n < 1 || n > MaxAct {
		return fmt.Errorf("an act has 1–%d characters", MaxAct)
	}
	if utf8.RuneCountInString(subject) > MaxSubject {
		return fmt.Errorf("the subject of an act has at most %d characters", MaxSubject)
	}
	if err := a.Trail.AddAct(ctx, Act{At: a.Now(), Staff: staff, Act: act, Subject: subject}); err != nil {
		return fmt.Errorf("write down %s: %w", act, err)
	}
	return nil
}
