package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Role is what a member of staff may do.
type Role string

// Roles, each of which may do all that those before it may.
const (
	Agent Role = "agent" // talks with customers
	Lead  Role = "lead"  // reads reports and answers what the bot could not
	Admin Role = "admin" // sees to money, to the accounts and to what was done
)

// Gone is the role of somebody who works here no more: their name stays beside
// what they did, and opens nothing.
const Gone Role = "gone"

// Roles are those of people who work here, the least first.
var Roles = []Role{Agent, Lead, Admin}

// May says whether a role may do what another may.
func (r Role) May(other Role) bool {
	return slices.Index(Roles, r) >= max(0, slices.Index(Roles, other))
}

// ErrOwnRole means that somebody wanted to change their own role: so there is
// always an admin left.
var ErrOwnRole = errors.New("nobody changes their own role")

// Member is an account in the list of all.
type Member struct {
	Account
	Factor   bool      // signs in with a code too
	Sessions int       // that are open
	Away     time.Time // since when they are away; zero: they are here
}

// Members returns all accounts by name.
func (a *Accounts) Members(ctx context.Context) ([]Member, error) {
	members, err := a.Records.Members(ctx, a.Now())
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	return members, nil
}

// SetRole gives an account a role, or Gone. Its sessions end, so that the role
// holds at once everywhere.
func (a *Accounts) SetRole(ctx context.Context, by Account, name string, role Role) error {
	if name == by.Name {
		return ErrOwnRole
	}
	if role != Gone && !slices.Contains(Roles, role) {
		return fmt.Errorf("%q is no role", role)
	}
	if err := a.Records.SetRole(ctx, name, role); err != nil {
		return fmt.Errorf("set a role: %w", err)
	}
	if err := a.Records.DropKeys(ctx, name, session, half, link, telegram); err != nil {
		return fmt.Errorf("end the sessions of %s: %w", name, err)
	}
	if role == Gone {
		if err := a.Records.DropTelegram(ctx, name); err != nil {
			return fmt.Errorf("end the link of %s to Telegram: %w", name, err)
		}
	}
	return a.Audit(ctx, by.Name, "role_"+string(role), name)
}
