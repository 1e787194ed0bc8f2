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

// HalfLife is how long somebody may take to give a code after the password.
const HalfLife = 5 * time.Minute

// SignIn begins a session and returns its token, or ErrSignIn. An unknown name
// takes as much work as a wrong password. With ErrCode the token is for
// [Accounts.SecondStep] alone. The caller limits how often it is tried. browser
// is for the list of sessions.
func (a *Accounts) SignIn(ctx context.Context, name, password, browser string) (token string, who Account, err error) {
	name = foldName(name)
	if checkName(name) != nil || utf8.RuneCountInString(password) > MaxPassword {
		return "", Account{}, ErrSignIn
	}
	who, hash, err := a.Records.Staff(ctx, name)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return "", Account{}, fmt.Errorf("sign in: %w", err)
	}
	if !matches(password, hash) || who.Role == Gone {
		return "", Account{}, ErrSignIn
	}
	return a.admit(ctx, who, "sign_in", browser)
}

// admit begins a session, or the second step of those who have one.
func (a *Accounts) admit(ctx context.Context, who Account, act, browser string) (string, Account, error) {
	f, err := a.Factor(ctx, who)
	if err != nil {
		return "", Account{}, err
	}
	if f.Since.IsZero() {
		return a.begin(ctx, who, act, browser)
	}
	token, err := a.issue(ctx, half, who.Name, HalfLife, browser)
	if err != nil {
		return "", Account{}, fmt.Errorf("begin the second step: %w", err)
	}
	return token, Account{}, ErrCode
}

func (a *Accounts) begin(ctx context.Context, who Account, act, browser string) (string, Account, error) {
	token, err := a.issue(ctx, session, who.Name, SessionLife, browser)
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
	return a.opened(ctx, session, token)
}

// Open is a session in the list of somebody's own.
type Open struct {
	ID      string // ends it; opens nothing
	Since   time.Time
	Until   time.Time
	Browser string
	Here    bool // the one that asks
}

// Sessions returns the open sessions of who asks with a token, the newest first.
func (a *Accounts) Sessions(ctx context.Context, who Account, token string) ([]Open, error) {
	keys, err := a.Records.KeysOf(ctx, session, who.Name)
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	var open []Open
	for _, k := range keys {
		if a.Now().Before(k.Until) {
			open = append(open, Open{ID: k.Hash, Since: k.Since, Until: k.Until, Browser: k.Browser, Here: k.Hash == digest(token)})
		}
	}
	return open, nil
}

// EndSession ends one of somebody's own sessions. One that is another's, or has
// ended, is ErrUnknown.
func (a *Accounts) EndSession(ctx context.Context, who Account, id string) error {
	key, err := a.Records.Key(ctx, session, id)
	if err == nil && key.Staff != who.Name {
		err = ErrUnknown
	}
	if err == nil {
		_, err = a.Records.TakeKey(ctx, session, id)
	}
	if err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return a.Audit(ctx, who.Name, "session_end", "")
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
