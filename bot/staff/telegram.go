package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
)

// TelegramLife is how long a code can be used that links an account of Telegram.
const TelegramLife = 15 * time.Minute

const codeLength = 10 // characters of 5 random bits

// AskTelegram returns a code that links the account of Telegram which gives it
// first to this one. An earlier code ends.
func (a *Accounts) AskTelegram(ctx context.Context, who Account) (code string, err error) {
	if err := a.Records.DropKeys(ctx, who.Name, telegram); err != nil {
		return "", fmt.Errorf("end an earlier code: %w", err)
	}
	code = rand.Text()[:codeLength]
	if err := a.keepKey(ctx, telegram, code, who.Name, TelegramLife, ""); err != nil {
		return "", fmt.Errorf("make a code for Telegram: %w", err)
	}
	return code, nil
}

// LinkTelegram links an account of Telegram to who asked for the code, or returns
// ErrSignIn when it is wrong, was used before or is too old. The caller limits how
// often it is tried.
func (a *Accounts) LinkTelegram(ctx context.Context, code string, id int64) (Account, error) {
	who, err := a.taken(ctx, telegram, strings.ToUpper(strings.TrimSpace(code)))
	if err != nil {
		return Account{}, err
	}
	if err := a.Records.SetTelegram(ctx, who.Name, id, a.Now()); err != nil {
		return Account{}, fmt.Errorf("link an account of Telegram: %w", err)
	}
	return who, a.Audit(ctx, who.Name, "telegram_link", "")
}

// InTelegram returns whose an account of Telegram is, or ErrUnknown when it is of
// nobody who works here.
func (a *Accounts) InTelegram(ctx context.Context, id int64) (Account, error) {
	who, err := a.Records.StaffInTelegram(ctx, id)
	if err == nil && who.Role == Gone {
		err = ErrUnknown
	}
	if err != nil {
		return Account{}, fmt.Errorf("look whose an account of Telegram is: %w", err)
	}
	return who, nil
}

// TelegramSince returns since when an account is linked to one of Telegram; zero
// when it is not.
func (a *Accounts) TelegramSince(ctx context.Context, who Account) (time.Time, error) {
	since, err := a.Records.TelegramSince(ctx, who.Name)
	if err != nil {
		return time.Time{}, fmt.Errorf("look for an account of Telegram: %w", err)
	}
	return since, nil
}

// UnlinkTelegram ends the link to an account of Telegram.
func (a *Accounts) UnlinkTelegram(ctx context.Context, who Account) error {
	if err := a.Records.DropTelegram(ctx, who.Name); err != nil {
		return fmt.Errorf("end the link to Telegram: %w", err)
	}
	return a.Audit(ctx, who.Name, "telegram_unlink", "")
}
