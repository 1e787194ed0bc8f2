package staff

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
)

// sealed is the length of a secret as it is kept: nonce, secret and tag of AES-GCM.
const sealed = 12 + secretLen + 16

// Seal keeps secrets of second factors under a key made of a secret of the
// settings from now on, also those that were kept open: who reads the database
// alone can make no codes. Call it before anybody signs in. With another secret
// later the factors are lost, and only recovery codes or an admin help.
func (a *Accounts) Seal(ctx context.Context, secret []byte) error {
	key, err := hkdf.Key(sha256.New, secret, nil, "tiski second factors of staff", 32)
	if err != nil {
		return fmt.Errorf("make the key of second factors: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return fmt.Errorf("make the key of second factors: %w", err)
	}
	if a.seal, err = cipher.NewGCM(block); err != nil {
		return fmt.Errorf("make the key of second factors: %w", err)
	}
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
		nonce := make([]byte, a.seal.NonceSize())
		rand.Read(nonce)
		f.Secret = a.seal.Seal(nonce, nonce, f.Secret, []byte(name))
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
		n := a.seal.NonceSize()
		if open, err := a.seal.Open(nil, kept[:n], kept[n:], []byte(name)); err == nil {
			f.Secret = open
		}
	}
	return f, nil
}
