package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"
)

// RecoveryCodes is how many codes there are for the day when the phone is lost.
// Each is good once.
const RecoveryCodes = 10

// Factor is what somebody proves with beside the password: codes of an
// authenticator app.
type Factor struct {
	Secret Secret
	Since  time.Time // when its first code came; zero: it is not in use yet
	Used   int64     // the last step whose code was used
}

// Factor returns the second factor of an account; a zero one when it has none.
func (a *Accounts) Factor(ctx context.Context, who Account) (Factor, error) {
	f, err := a.factor(ctx, who.Name)
	if errors.Is(err, ErrUnknown) {
		return Factor{}, nil
	}
	if err != nil {
		return Factor{}, fmt.Errorf("look up a second factor: %w", err)
	}
	return f, nil
}

// OfferFactor returns a secret for an authenticator app, the same until
// [Accounts.StartFactor] takes it into use.
func (a *Accounts) OfferFactor(ctx context.Context, who Account) (Factor, error) {
	f, err := a.Factor(ctx, who)
	if err != nil || f.Secret != nil || !f.Since.IsZero() {
		return f, err
	}
	f.Secret = newSecret()
	if err := a.setFactor(ctx, who.Name, f); err != nil {
		return Factor{}, fmt.Errorf("offer a second factor: %w", err)
	}
	return f, nil
}

// StartFactor takes the offered factor into use when the code is its own, and
// returns the recovery codes, which are never shown again. Else ErrSignIn.
func (a *Accounts) StartFactor(ctx context.Context, who Account, code string) (codes []string, err error) {
	f, err := a.Factor(ctx, who)
	if err != nil {
		return nil, err
	}
	at, ok := f.Secret.match(digits(code), a.Now())
	if !ok || f.Secret == nil || !f.Since.IsZero() {
		return nil, ErrSignIn
	}
	f.Since, f.Used = a.Now(), at
	if err := a.Records.DropKeys(ctx, who.Name, spare); err != nil {
		return nil, fmt.Errorf("start a second factor: %w", err)
	}
	for range RecoveryCodes {
		text := rand.Text()[:16] // 80 bits
		key := Key{Kind: spare, Hash: recoveryHash(who, text), Staff: who.Name, Since: a.Now(), Until: a.Now().AddDate(20, 0, 0)}
		if err := a.Records.AddKey(ctx, key, a.Now()); err != nil {
			return nil, fmt.Errorf("make recovery codes: %w", err)
		}
		codes = append(codes, text[:4]+"-"+text[4:8]+"-"+text[8:12]+"-"+text[12:])
	}
	if err := a.setFactor(ctx, who.Name, f); err != nil {
		return nil, fmt.Errorf("start a second factor: %w", err)
	}
	return codes, a.Audit(ctx, who.Name, "factor_start", "")
}

// EndFactor takes one's own second factor away, by a code of it. Else ErrSignIn.
func (a *Accounts) EndFactor(ctx context.Context, who Account, code string) error {
	f, err := a.Factor(ctx, who)
	if err != nil {
		return err
	}
	if _, err := a.prove(ctx, who, f, code); err != nil {
		return err
	}
	return a.dropFactor(ctx, who.Name, who.Name)
}

// ResetFactor takes the second factor of somebody who has lost it away.
func (a *Accounts) ResetFactor(ctx context.Context, by Account, name string) error {
	return a.dropFactor(ctx, by.Name, name)
}

func (a *Accounts) dropFactor(ctx context.Context, by, name string) error {
	if err := a.Records.DropFactor(ctx, name); err != nil {
		return fmt.Errorf("take a second factor away: %w", err)
	}
	return a.Audit(ctx, by, "factor_end", name)
}

// SecondStep begins the session that a password or link opened half, by a code
// of the app or a recovery code. ErrSession means that it took too long,
// ErrSignIn that the code is wrong or was used. The caller limits how often it
// is tried.
func (a *Accounts) SecondStep(ctx context.Context, token, code, browser string) (session string, who Account, err error) {
	who, err = a.Half(ctx, token)
	if err != nil {
		return "", Account{}, err
	}
	f, err := a.Factor(ctx, who)
	if err != nil {
		return "", Account{}, err
	}
	act, err := a.prove(ctx, who, f, code)
	if err != nil {
		return "", Account{}, err
	}
	if _, err := a.Records.TakeKey(ctx, half, digest(token)); errors.Is(err, ErrUnknown) {
		return "", Account{}, ErrSession
	} else if err != nil {
		return "", Account{}, fmt.Errorf("end the first step: %w", err)
	}
	return a.begin(ctx, who, act, browser)
}

// Half returns whose first step a token is, or ErrSession.
func (a *Accounts) Half(ctx context.Context, token string) (Account, error) {
	return a.opened(ctx, half, token)
}

// prove checks a code and uses it up, and says how to write it down.
func (a *Accounts) prove(ctx context.Context, who Account, f Factor, code string) (act string, err error) {
	if f.Since.IsZero() {
		return "", ErrSignIn
	}
	if at, ok := f.Secret.match(digits(code), a.Now()); ok {
		fresh, err := a.Records.UseStep(ctx, who.Name, at)
		if err != nil {
			return "", fmt.Errorf("use a code: %w", err)
		}
		if !fresh {
			return "", ErrSignIn
		}
		return "sign_in_code", nil
	}
	_, err = a.Records.TakeKey(ctx, spare, recoveryHash(who, code))
	if errors.Is(err, ErrUnknown) {
		return "", ErrSignIn
	}
	if err != nil {
		return "", fmt.Errorf("use a recovery code: %w", err)
	}
	return "sign_in_recovery", nil
}

// recoveryHash is that of a code of one account, however it is typed.
func recoveryHash(who Account, code string) string {
	return digest(who.Name + "/" + strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code)))
}

// digits is a code without the space that apps show in it.
func digits(code string) string { return strings.ReplaceAll(code, " ", "") }
