package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"time"
)

// Kind of a key.
type Kind string

// Kinds of keys.
const (
	session Kind = "session"
	link    Kind = "link" // signs in once
)

// Key is what is kept of a token; only who it was issued to has the token.
type Key struct {
	Kind  Kind
	Hash  string // SHA-256 of the token, in hex
	Staff string // the account it opens
	Until time.Time
}

// owner returns the account that a key opens, or ErrUnknown when the hash is
// another's or its time is over.
func (a *Accounts) owner(ctx context.Context, k Key, hash string) (Account, error) {
	if subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hash)) != 1 || !a.Now().Before(k.Until) {
		return Account{}, ErrUnknown
	}
	who, _, err := a.Records.Staff(ctx, k.Staff)
	return who, err
}

// issue makes a token of 256 random bits, 43 characters fit for a URL or a
// cookie, and keeps its key.
func (a *Accounts) issue(ctx context.Context, kind Kind, name string, life time.Duration) (string, error) {
	bits := make([]byte, 32)
	rand.Read(bits)
	token := base64.RawURLEncoding.EncodeToString(bits)
	now := a.Now()
	key := Key{Kind: kind, Hash: digest(token), Staff: name, Until: now.Add(life)}
	if err := a.Records.AddKey(ctx, key, now); err != nil {
		return "", err
	}
	return token, nil
}

// digest returns the hash under which a token's key is kept.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
