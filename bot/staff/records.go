package staff

import (
	"context"
	"time"
)

// Records keeps accounts and keys (package store keeps them in SQL).
type Records interface {
	// AddStaff writes an account with the hash of its password ("" when it has
	// none), or returns ErrTaken.
	AddStaff(ctx context.Context, a Account, hash string) error
	// Staff returns an account and the hash of its password, or ErrUnknown.
	Staff(ctx context.Context, name string) (a Account, hash string, err error)
	// AddKey writes a key and forgets those that ran out before now.
	AddKey(ctx context.Context, k Key, now time.Time) error
	// Key returns the key of a kind with this hash, or ErrUnknown.
	Key(ctx context.Context, kind Kind, hash string) (Key, error)
	// TakeKey removes that key and returns it to exactly one caller; the others
	// get ErrUnknown.
	TakeKey(ctx context.Context, kind Kind, hash string) (Key, error)
}

// Trail keeps acts (package store keeps them in SQL).
type Trail interface {
	AddAct(ctx context.Context, a Act) error
	// Acts returns the latest acts, newest first, at most limit.
	Acts(ctx context.Context, limit int) ([]Act, error)
}
