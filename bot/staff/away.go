package staff

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// SetAway notes that somebody is away from now on, or here again. Nobody who is
// away is called.
func (a *Accounts) SetAway(ctx context.Context, who Account, away bool) error {
	since, act := time.Time{}, "here"
	if away {
		since, act = a.Now(), "away"
	}
	if err := a.Records.SetAway(ctx, who.Name, since); err != nil {
		return fmt.Errorf("note who is away: %w", err)
	}
	return a.Audit(ctx, who.Name, act, "")
}

// TurnAway notes that somebody who is here is away, or the other way round.
func (a *Accounts) TurnAway(ctx context.Context, who Account) (away bool, err error) {
	members, err := a.Members(ctx)
	if err != nil {
		return false, err
	}
	here := slices.ContainsFunc(members, func(m Member) bool { return m.Name == who.Name && m.Away.IsZero() })
	return here, a.SetAway(ctx, who, here)
}

// Staffed reports whether anybody is here. It does not look who is signed in: who
// is not away can be called. Where nobody has an account, somebody is.
func (a *Accounts) Staffed(ctx context.Context) (bool, error) {
	members, err := a.Members(ctx)
	if err != nil {
		return false, err
	}
	away := false
	for _, m := range members {
		switch {
		case m.Role == Gone:
		case !m.Away.IsZero():
			away = true
		case m.Name != demo.Name || m.Sessions > 0: // the demo account is there in every shop
			return true, nil
		}
	}
	return !away, nil
}
