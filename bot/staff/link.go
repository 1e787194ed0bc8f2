package staff

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// LinkLife is how long a one-time link can be used.
const LinkLife = time.Hour

// demo is who a one-time link signs in: an account without a password.
var demo = Account{Name: "demo", Display: "Demo", Role: Admin}

// OneTimeLink returns a token for a link that signs its first user in as the
// account "demo". It makes the account when there is none.
func (a *Accounts) OneTimeLink(ctx context.Context) (token string, err error) {
	if err := a.Records.AddStaff(ctx, demo, ""); err != nil && !errors.Is(err, ErrTaken) {
		return "", fmt.Errorf("make the demo account: %w", err)
	}
	token, err = a.issue(ctx, link, demo.Name, LinkLife, "")
	if err != nil {
		return "", fmt.Errorf("make a one-time link: %w", err)
	}
	return token, nil
}

// UseLink begins a session by the token of a one-time link, or returns
// ErrSignIn when it was used before or is too old. ErrCode is as of SignIn.
func (a *Accounts) UseLink(ctx context.Context, token, browser string) (session string, who Account, err error) {
	if who, err = a.taken(ctx, link, token); err != nil {
		return "", Account{}, err
	}
	return a.admit(ctx, who, "sign_in_link", browser)
}

// taken ends the key of a token and returns whose it was, or ErrSignIn when there
// is none.
func (a *Accounts) taken(ctx context.Context, kind Kind, token string) (who Account, err error) {
	hash := digest(token)
	key, err := a.Records.TakeKey(ctx, kind, hash)
	if err == nil {
		who, err = a.owner(ctx, key, hash)
	}
	if errors.Is(err, ErrUnknown) {
		return Account{}, ErrSignIn
	}
	if err != nil {
		return Account{}, fmt.Errorf("use a key of kind %s: %w", kind, err)
	}
	return who, nil
}
