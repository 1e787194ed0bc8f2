package staff

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// SessionLife is how long a sign-in lasts.
const SessionLife = 12 * time.Hour

// SignIn begins a session and returns its token, or ErrSignIn. An unknown name
// takes as much work as a wrong password. The caller limits how often it is
// tried.
func (a *Accounts) SignIn(ctx context.Context, name, password string) (token string, who Account, err error) {
	name = foldName(name)
	if checkName(name) != nil || utf8.RuneCountInString(password) > MaxPassword {
		return "", Account{}, ErrSignIn
	}
	who, hash, err := a.Records.Staff(ctx, name)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return "", Account{}, fmt.Errorf("sign in: %w", err)
	}
	if !matches(password, hash) {
		return "", Account{}, ErrSignIn
	}
	return a.begin(ctx, who, "sign_in")
}

func (a *Accounts) begin(ctx context.Context, who Account, act string) (string, Account, error) {
	token, err := a.issue(ctx, session, who.Name, SessionLife)
	if err != nil {
		return "", Account{}, fmt.Errorf("begin session: %w", err)
	}
	if err := a.Audit(ctx, who.Name, act, ""); err != nil {
		return "", Account{}, err
	}
	return token, who, nil
}

// Session returns who is signed in with this token, or ErrSession.
func (a *Accounts) Session(ctx context.Context, token string) (Account, error) {
	hash := digest(token)
	key, err := a.Records.Key(ctx, session, hash)
	var who Account
	if err == nil {
		who, err = a.owner(ctx, key, hash)
	}
	if errors.Is(err, ErrUnknown) {
		return Account{}, ErrSession
	}
	if err != nil {
		return Account{}, fmt.Errorf("look up session: %w", err)
	}
	return who, nil
}

// SignOut ends a session. A token that opens none is signed out already.
func (a *Accounts) SignOut(ctx context.Context, token string) error {
	key, err := a.Records.TakeKey(ctx, session, digest(token))
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	return a.Audit(ctx, key.Staff, "sign_out", "")
}
