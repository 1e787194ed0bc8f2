package staff

import (
	"context"
	"errors"
	"fmt"

	"tiski/bot/seal"
)

// sealed is the length of a secret as it is kept sealed.
const sealed = secretLen + seal.Overhead

// Seal keeps secrets of second factors under a key made of a secret of the
// settings from now on, also those that were kept open: who reads the database
// alone can make no codes. Call it before anybody signs in. With another secret
// later the factors are lost, and only recovery codes or an admin help.
func (a *Accounts) Seal(ctx context.Context, secret []byte) error {
	key, err := seal.New(secret, "tiski second factors of staff")
	if err != nil {
		return err
	}
	a.seal = key
	members, err := a.Members(ctx)
	if err != nil {
		return err
	}
	for _, m := range members {
		kept, err := a.Records.Factor(ctx, m.Name)
		if errors.Is(err, ErrUnknown) || err == nil && len(kept.Secret) != secretLen {
			continue
		}
		if err == nil {
			err = a.setFactor(ctx, m.Name, kept)
		}
		if err != nil {
			return fmt.Errorf("seal the second factor of %s: %w", m.Name, err)
		}
	}
	return nil
}

// setFactor keeps a factor, its secret sealed for this account.
func (a *Accounts) setFactor(ctx context.Context, name string, f Factor) error {
	if a.seal != nil {
		f.Secret = a.seal.Seal(f.Secret, name)
	}
	return a.Records.SetFactor(ctx, name, f)
}

// factor returns a factor with its secret open; it has none, and no code fits,
// when it was sealed with another key.
func (a *Accounts) factor(ctx context.Context, name string) (Factor, error) {
	f, err := a.Records.Factor(ctx, name)
	if err != nil || len(f.Secret) != sealed {
		return f, err
	}
	kept := f.Secret
	f.Secret = nil
	if a.seal != nil {
		if open, err := a.seal.Open(kept, name); err == nil {
			f.Secret = open
		}
	}
	return f, nil
}
