package staff

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"
)

// MaxEmail is how many characters an e-mail address of staff has at most.
const MaxEmail = 200

// SetEmail gives an account the address by which an issuer vouches for it, "" for
// none: ErrTaken when it is another's, a *[Limit] when it is none.
func (a *Accounts) SetEmail(ctx context.Context, by Account, name, email string) error {
	email = foldEmail(email)
	if err := checkEmail(email); err != nil {
		return err
	}
	if err := a.Records.SetEmail(ctx, name, email); err != nil {
		return fmt.Errorf("set an e-mail address: %w", err)
	}
	return a.Audit(ctx, by.Name, "member_email", name)
}

// SignInVouched begins a session of the account with an e-mail address that an
// issuer vouches for, or returns ErrSignIn. A second factor is the issuer's to ask.
// The caller has made sure that the issuer said so, just now and of this browser.
func (a *Accounts) SignInVouched(ctx context.Context, email, browser string) (token string, who Account, err error) {
	if email = foldEmail(email); email == "" {
		return "", Account{}, ErrSignIn
	}
	who, err = a.Records.StaffByEmail(ctx, email)
	if errors.Is(err, ErrUnknown) || err == nil && who.Role == Gone {
		return "", Account{}, ErrSignIn
	}
	if err != nil {
		return "", Account{}, fmt.Errorf("sign in whom an issuer vouches for: %w", err)
	}
	return a.begin(ctx, who, "sign_in_oidc", browser)
}

// foldEmail makes addresses the same that nobody tells apart.
func foldEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func checkEmail(email string) error {
	if email == "" {
		return nil
	}
	to, err := mail.ParseAddress(email)
	if err != nil || to.Address != email || utf8.RuneCountInString(email) > MaxEmail {
		return limit("email", "an e-mail address looks like maija@shop.example and has at most %d characters", MaxEmail)
	}
	return nil
}
