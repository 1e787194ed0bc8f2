package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// MaxBrowser is how many characters are kept of the name of a browser.
const MaxBrowser = 60

// Kind of a key.
type Kind string

// Kinds of keys.
const (
	session  Kind = "session"
	link     Kind = "link"     // signs in once
	half     Kind = "half"     // a session that wants a code still
	spare    Kind = "recovery" // stands in for such a code, once
	telegram Kind = "telegram" // links an account of Telegram, once
)

// Key is what is kept of a token; only who it was issued to has the token.
type Key struct {
	Kind    Kind
	Hash    string // SHA-256 of the token, in hex
	Staff   string // the account it opens
	Since   time.Time
	Until   time.Time
	Browser string // that it was given to, in a word or two; may be empty
}

// owner returns the account that a key opens, or ErrUnknown when the hash is
// another's or its time is over.
func (a *Accounts) owner(ctx context.Context, k Key, hash string) (Account, error) {
	if subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hash)) != 1 || !a.Now().Before(k.Until) {
		return Account{}, ErrUnknown
	}
	who, _, err := a.Records.Staff(ctx, k.Staff)
	if err == nil && who.Role == Gone {
		return Account{}, ErrUnknown
	}
	return who, err
}

// opened returns the account that a token opens, or ErrSession.
func (a *Accounts) opened(ctx context.Context, kind Kind, token string) (Account, error) {
	hash := digest(token)
	key, err := a.Records.Key(ctx, kind, hash)
	var who Account
	if err == nil {
		who, err = a.owner(ctx, key, hash)
	}
	if errors.Is(err, ErrUnknown) {
		return Account{}, ErrSession
	}
	if err != nil {
		return Account{}, fmt.Errorf("look up %s: %w", kind, err)
	}
	return who, nil
}

// clip shortens what a browser calls itself.
func clip(browser string) string {
	if r := []rune(browser); len(r) > MaxBrowser {
		return string(r[:MaxBrowser])
	}
	return browser
}

// issue makes a token of 256 random bits, 43 characters fit for a URL or a
// cookie, and keeps its key.
func (a *Accounts) issue(ctx context.Context, kind Kind, name string, life time.Duration, browser string) (string, error) {
	bits := make([]byte, 32)
	rand.Read(bits)
	token := base64.RawURLEncoding.EncodeToString(bits)
	return token, a.keepKey(ctx, kind, token, name, life, browser)
}

// keepKey keeps the key of a token.
func (a *Accounts) keepKey(ctx context.Context, kind Kind, token, name string, life time.Duration, browser string) error {
	now := a.Now()
	return a.Records.AddKey(ctx, Key{Kind: kind, Hash: digest(token), Staff: name, Since: now, Until: now.Add(life), Browser: clip(browser)}, now)
}

// digest returns the hash under which a token's key is kept.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
