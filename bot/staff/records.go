package staff

import (
	"context"
	"time"
)

// Records keeps who works here and what opens their accounts (package store
// keeps it in SQL).
type Records interface {
	People
	Keys
	Factors
	Telegrams
	Absences
	Pushes
}

// People keeps accounts.
type People interface {
	// AddStaff writes an account with the hash of its password ("" when it has
	// none), or returns ErrTaken.
	AddStaff(ctx context.Context, a Account, hash string) error
	// Staff returns an account and the hash of its password, or ErrUnknown.
	Staff(ctx context.Context, name string) (a Account, hash string, err error)
	// Members returns all accounts by name, and their sessions that last after now.
	Members(ctx context.Context, now time.Time) ([]Member, error)
	// SetRole changes what an account may do, or returns ErrUnknown.
	SetRole(ctx context.Context, name string, role Role) error
	// StaffByEmail returns the account with an e-mail address, or ErrUnknown.
	StaffByEmail(ctx context.Context, email string) (Account, error)
	// SetEmail writes an e-mail address, or returns ErrUnknown, or ErrTaken when it
	// is another's.
	SetEmail(ctx context.Context, name, email string) error
	// SetPassword writes the hash of a new password, or returns ErrUnknown.
	SetPassword(ctx context.Context, name, hash string) error
}

// Keys keeps what is known of tokens.
type Keys interface {
	// AddKey writes a key and forgets those that ran out before now.
	AddKey(ctx context.Context, k Key, now time.Time) error
	// Key returns the key of a kind with this hash, or ErrUnknown.
	Key(ctx context.Context, kind Kind, hash string) (Key, error)
	// TakeKey removes that key and returns it to exactly one caller; the others
	// get ErrUnknown.
	TakeKey(ctx context.Context, kind Kind, hash string) (Key, error)
	// KeysOf returns the keys of a kind of an account, the newest first.
	KeysOf(ctx context.Context, kind Kind, name string) ([]Key, error)
	// DropKeys removes all keys of these kinds of an account.
	DropKeys(ctx context.Context, name string, kinds ...Kind) error
}

// Factors keeps second factors.
type Factors interface {
	// Factor returns the second factor of an account, or ErrUnknown.
	Factor(ctx context.Context, name string) (Factor, error)
	// SetFactor writes it over any other.
	SetFactor(ctx context.Context, name string, f Factor) error
	// UseStep notes that the code of a step was used; false when it, or a later
	// one, had been already.
	UseStep(ctx context.Context, name string, step int64) (bool, error)
	// DropFactor removes it with its recovery codes.
	DropFactor(ctx context.Context, name string) error
}

// Telegrams keeps which accounts of Telegram are whose.
type Telegrams interface {
	// SetTelegram links an account of Telegram to a member of staff; earlier links
	// of either end.
	SetTelegram(ctx context.Context, name string, telegram int64, since time.Time) error
	// StaffInTelegram returns whose an account of Telegram is, or ErrUnknown.
	StaffInTelegram(ctx context.Context, telegram int64) (Account, error)
	// TelegramSince returns since when a member of staff has one; zero: they have none.
	TelegramSince(ctx context.Context, name string) (time.Time, error)
	// DropTelegram ends the link of a member of staff.
	DropTelegram(ctx context.Context, name string) error
}

// Absences keeps who is away.
type Absences interface {
	// SetAway notes since when somebody is away, or with zero that they are here, or
	// returns ErrUnknown.
	SetAway(ctx context.Context, name string, since time.Time) error
}

// Trail keeps acts (package store keeps them in SQL).
type Trail interface {
	AddAct(ctx context.Context, a Act) error
	// Acts returns the latest acts, newest first, at most limit: all, or those
	// that are of whom or what about names, a member of staff or a subject.
	Acts(ctx context.Context, about string, limit int) ([]Act, error)
}
