// Package staff is the people behind the counter: their accounts, how they
// sign in, what they may do, and the trail of what they did. It has no pages;
// the console shows it.
package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tiski/bot/seal"
)

// Limits of an account, in characters.
const (
	MaxName     = 60
	MaxDisplay  = 60
	MinPassword = 8
	MaxPassword = 200
)

// Errors of accounts.
var (
	ErrUnknown = errors.New("no such record")                     // from Records
	ErrTaken   = errors.New("the name or the address is taken")   // Add, SetEmail
	ErrSignIn  = errors.New("wrong name, password, link or code") // never says which
	ErrCode    = errors.New("a code is wanted still")             // SignIn, UseLink: the token is for SecondStep
	ErrSession = errors.New("not signed in")                      // Session: unknown, ended or too old
)

// Limit is a limit that a new account breaks: Of is "name", "display", "role",
// "password" or "email".
type Limit struct{ Of, told string }

func (l *Limit) Error() string { return l.told }

func limit(of, format string, with ...any) error { return &Limit{of, fmt.Sprintf(format, with...)} }

// Account is a member of staff.
type Account struct {
	Name    string // signs in with it; lower case, never changes, serves as the id
	Display string // what customers see
	Role    Role
	Email   string // by which an issuer vouches for them, lower case; "" for none
}

// Accounts adds people, signs them in and out and writes their acts down.
type Accounts struct {
	Records Records
	Trail   Trail
	Now     func() time.Time

	seal *seal.Key // of second factors; nil: they are kept open
}

// NewAccounts keeps accounts in records and acts in trail, by the wall clock.
func NewAccounts(records Records, trail Trail) *Accounts {
	return &Accounts{Records: records, Trail: trail, Now: time.Now}
}

// Add makes an account, or returns ErrTaken, or says which limit it breaks.
// The name and the address are folded to lower case.
func (a *Accounts) Add(ctx context.Context, who Account, password string) error {
	who.Name, who.Email = foldName(who.Name), foldEmail(who.Email)
	if err := checkName(who.Name); err != nil {
		return err
	}
	if err := checkDisplay(who.Display); err != nil {
		return err
	}
	if !slices.Contains(Roles, who.Role) {
		return limit("role", "a role is one of %v, not %q", Roles, who.Role)
	}
	if err := checkEmail(who.Email); err != nil {
		return err
	}
	if err := checkPassword(password); err != nil {
		return err
	}
	if err := a.Records.AddStaff(ctx, who, hashPassword(password)); err != nil {
		return fmt.Errorf("add account: %w", err)
	}
	return nil
}

func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > MaxName {
		return limit("name", "a name has 1–%d characters", MaxName)
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@+", r) {
			return limit("name", "a name has letters, digits and . _ - @ +, not %q", r)
		}
	}
	return nil
}

func checkDisplay(display string) error {
	if n := utf8.RuneCountInString(display); n < 1 || n > MaxDisplay || !utf8.ValidString(display) {
		return limit("display", "a display name has 1–%d characters", MaxDisplay)
	}
	for _, r := range display {
		if !unicode.IsPrint(r) {
			return limit("display", "a display name has printable characters, not %q", r)
		}
	}
	return nil
}

func checkPassword(password string) error {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > MaxPassword {
		return limit("password", "a password has %d–%d characters", MinPassword, MaxPassword)
	}
	return nil
}

// foldName makes names that look the same the same.
func foldName(name string) string {
	return strings.ToLower(norm.NFKC.String(strings.TrimSpace(name)))
}
