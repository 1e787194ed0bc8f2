package console

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"tiski/bot/staff"
)

// oidcCookie is what a sign-in at the issuer began with: a secret, and the page
// wanted.
const (
	oidcCookie = "tiski_oidc"
	oidcLife   = 10 * time.Minute
	oidcOnce   = 24 * time.Hour // for which it is known that a sign-in was
)

// Issuer vouches for staff by OpenID Connect: who they are and by what e-mail
// address. Whether an account has that address the shop says, and a second factor is the
// issuer's to ask. It is found out about at the first sign-in, so that a shop
// starts without it.
type Issuer struct {
	Address string // that its tokens name
	Client  string
	Secret  string
	Back    string       // address of /console/oidc/back in the world
	HTTP    *http.Client // must have a limit of time

	mu       sync.Mutex
	provider *oidc.Provider
}

// errVouch means that what the issuer says of somebody is not good enough.
var errVouch = errors.New("the issuer does not vouch for them")

// signing is by what a sign-in is known when the browser comes back; all are made
// of one secret that only this browser has.
type signing struct{ state, nonce, verifier string }

func newSigning(secret string) signing {
	of := func(what string) string {
		sum := sha256.Sum256([]byte("oidc " + what + " " + secret))
		return hex.EncodeToString(sum[:])
	}
	return signing{of("state"), of("nonce"), of("verifier")}
}

func (i *Issuer) context(ctx context.Context) context.Context { return oidc.ClientContext(ctx, i.HTTP) }

// discover asks the issuer for its addresses and keys, until it has told them once.
func (i *Issuer) discover(ctx context.Context) (*oidc.Provider, oauth2.Config, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider == nil {
		p, err := oidc.NewProvider(i.context(ctx), i.Address)
		if err != nil {
			return nil, oauth2.Config{}, fmt.Errorf("ask the issuer of staff: %w", err)
		}
		i.provider = p
	}
	return i.provider, oauth2.Config{
		ClientID: i.Client, ClientSecret: i.Secret, RedirectURL: i.Back,
		Endpoint: i.provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email"},
	}, nil
}

// email is the address of who comes back with a code: errVouch when anything about
// it is not as it must be.
func (i *Issuer) email(ctx context.Context, code string, s signing, now func() time.Time) (string, error) {
	provider, config, err := i.discover(ctx)
	if err != nil {
		return "", err
	}
	ctx = i.context(ctx)
	tokens, err := config.Exchange(ctx, code, oauth2.VerifierOption(s.verifier))
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.Response.StatusCode < 500:
		return "", fmt.Errorf("the code is refused with %d: %w", refused.Response.StatusCode, errVouch)
	case errors.As(err, &refused): // whose text may be of the person
		return "", fmt.Errorf("the issuer answers %d", refused.Response.StatusCode)
	case err != nil:
		return "", fmt.Errorf("ask the issuer for a token: %w", err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	token, err := provider.Verifier(&oidc.Config{ClientID: i.Client, SupportedSigningAlgs: []string{oidc.RS256}, Now: now}).Verify(ctx, raw)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errVouch, err)
	}
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
		Party    string `json:"azp"`
	}
	switch err := token.Claims(&claims); {
	case err != nil:
		return "", fmt.Errorf("its claims cannot be read: %w", errVouch)
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(s.nonce)) != 1:
		return "", fmt.Errorf("the token is of another sign-in: %w", errVouch)
	case claims.Party != "" && claims.Party != i.Client, claims.Party == "" && len(token.Audience) > 1:
		return "", fmt.Errorf("the token is another's: %w", errVouch)
	case !claims.Verified:
		return "", fmt.Errorf("the address is not verified: %w", errVouch)
	}
	return claims.Email, nil
}

// askIssuer leads to the issuer.
func (c *Console) askIssuer(v *visit) error {
	to := within(v.QueryParam("to"))
	if c.Issuer == nil {
		return v.Redirect(http.StatusSeeOther, "/console/sign-in")
	}
	_, config, err := c.Issuer.discover(v.ctx())
	if err != nil {
		c.Log.Warn("nobody vouches for staff", "err", err)
		return c.showEntrance(v, http.StatusServiceUnavailable, v.words.T("oidc.away"), entrance{To: to})
	}
	secret := rand.Text()
	s := newSigning(secret)
	c.keep(v, oidcCookie, secret+"."+url.QueryEscape(to), oidcLife)
	return v.Redirect(http.StatusSeeOther, config.AuthCodeURL(s.state, oidc.Nonce(s.nonce), oauth2.S256ChallengeOption(s.verifier)))
}

// backFromIssuer lets in whom the issuer vouches for: the browser that went there,
// once, when an account has the address.
func (c *Console) backFromIssuer(v *visit) error {
	secret, page, _ := strings.Cut(v.cookie(oidcCookie), ".")
	page, _ = url.QueryUnescape(page)
	to := within(page)
	c.keep(v, oidcCookie, "", -time.Second)
	refuse := func(status int, key string) error {
		return c.showEntrance(v, status, v.words.T(key), entrance{To: to})
	}
	s := newSigning(secret)
	if c.Issuer == nil || secret == "" || subtle.ConstantTimeCompare([]byte(v.QueryParam("state")), []byte(s.state)) != 1 {
		return refuse(http.StatusUnauthorized, "oidc.again")
	}
	first, err := c.Once(v.ctx(), "oidc:"+s.state, oidcOnce)
	if err != nil {
		return err
	}
	if !first {
		return refuse(http.StatusUnauthorized, "oidc.again")
	}
	code := v.QueryParam("code")
	if code == "" { // it says why in words of its own, which may tell of the person
		return refuse(http.StatusUnauthorized, "oidc.refused")
	}
	email, err := c.Issuer.email(v.ctx(), code, s, c.Clock)
	if errors.Is(err, errVouch) {
		c.Log.Warn("somebody is not let in", "err", err)
		return refuse(http.StatusUnauthorized, "oidc.refused")
	}
	if err != nil {
		c.Log.Warn("nobody vouches for staff", "err", err)
		return refuse(http.StatusServiceUnavailable, "oidc.away")
	}
	session, _, err := c.Accounts.SignInVouched(v.ctx(), email, v.browser())
	if errors.Is(err, staff.ErrSignIn) {
		return refuse(http.StatusUnauthorized, "oidc.unknown")
	}
	return c.admit(v, session, to, err)
}
