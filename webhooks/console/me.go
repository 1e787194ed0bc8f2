package console

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"tiski/bot/staff"
)

// me is the page of one's own account.
type me struct {
	Alert    string // what went wrong; ""
	Factor   staff.Factor
	Address  string   // opens an authenticator app on this device
	Codes    []string // of recovery, shown once
	Sessions []staff.Open
	Telegram bool      // the staff have a group there
	Linked   time.Time // since when this account is known there; zero: it is not
	Link     string    // a code that links it, shown once
}

func (c *Console) me(v *visit) error { return c.showMe(v, http.StatusOK, me{}) }

// refuseMe shows the page with why something was not done.
func (c *Console) refuseMe(v *visit, status int, why string) error {
	return c.showMe(v, status, me{Alert: why})
}

// showMe shows the page with what is shown once.
func (c *Console) showMe(v *visit, status int, m me) (err error) {
	if m.Factor, err = c.Accounts.OfferFactor(v.ctx(), v.who); err != nil {
		return err
	}
	m.Address = m.Factor.Secret.Address(v.words.T("brand"), v.who.Name)
	if m.Sessions, err = c.Accounts.Sessions(v.ctx(), v.who, v.session); err != nil {
		return err
	}
	if m.Telegram = c.TelegramGroup; m.Telegram {
		if m.Linked, err = c.Accounts.TelegramSince(v.ctx(), v.who); err != nil {
			return err
		}
	}
	return c.show(v, status, "me", page{Alert: m.Alert, Body: m})
}

// Secret is the key to type into an app, in groups of four.
func (m me) Secret() string {
	var b strings.Builder
	for i, r := range m.Factor.Secret.String() {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// startFactor takes a second factor into use, and shows the recovery codes once.
func (c *Console) startFactor(v *visit) error {
	return c.withCode(v, func(code string) error {
		codes, err := c.Accounts.StartFactor(v.ctx(), v.who, code)
		if err != nil {
			return err
		}
		return c.showMe(v, http.StatusOK, me{Codes: codes})
	})
}

func (c *Console) endFactor(v *visit) error {
	return c.withCode(v, func(code string) error {
		if err := c.Accounts.EndFactor(v.ctx(), v.who, code); err != nil {
			return err
		}
		return v.Redirect(http.StatusSeeOther, "/console/me")
	})
}

// changePassword gives this person another password; other browsers are signed
// out.
func (c *Console) changePassword(v *visit) error {
	allowed, err := c.mayCode(v, v.who)
	if err != nil {
		return err
	}
	if !allowed {
		return c.refuseMe(v, http.StatusTooManyRequests, v.words.T("sign_in.often"))
	}
	err = c.Accounts.ChangePassword(v.ctx(), v.who, v.session, v.FormValue("old"), v.FormValue("new"))
	var limit *staff.Limit
	switch {
	case errors.Is(err, staff.ErrSignIn):
		return c.refuseMe(v, http.StatusConflict, v.words.T("password.wrong"))
	case errors.As(err, &limit):
		return c.refuseMe(v, http.StatusBadRequest, v.words.T("members.limit.password"))
	case err != nil:
		return err
	}
	return v.Redirect(http.StatusSeeOther, "/console/me")
}

// withCode does what wants a code of one's own, not too often.
func (c *Console) withCode(v *visit, do func(code string) error) error {
	allowed, err := c.mayCode(v, v.who)
	if err != nil {
		return err
	}
	if !allowed {
		return c.refuseMe(v, http.StatusTooManyRequests, v.words.T("sign_in.often"))
	}
	err = do(v.FormValue("code"))
	if errors.Is(err, staff.ErrSignIn) {
		return c.refuseMe(v, http.StatusConflict, v.words.T("code.wrong"))
	}
	return err
}

func (c *Console) endSession(v *visit) error {
	if err := c.Accounts.EndSession(v.ctx(), v.who, v.FormValue("session")); err != nil && !errors.Is(err, staff.ErrUnknown) {
		return err
	}
	return v.Redirect(http.StatusSeeOther, "/console/me")
}

// browser names the browser of a visit, as well as its header tells.
func (v *visit) browser() string {
	agent := v.Request().UserAgent()
	first := func(names [][2]string) string {
		for _, n := range names {
			if strings.Contains(agent, n[0]) {
				return n[1]
			}
		}
		return ""
	}
	program := first([][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"Chrome", "Chrome"}, {"CriOS", "Chrome"}, {"Safari", "Safari"}})
	device := first([][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"}})
	return strings.Trim(program+" · "+device, " ·")
}
