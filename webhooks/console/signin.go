package console

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tiski/bot/staff"
)

// How often signing in may be tried: from one address, and to one name from
// any number of addresses.
const (
	triesFrom = 10
	triesTo   = 30
	triesPer  = 10 * time.Minute
)

// entrance is the page for signing in.
type entrance struct {
	Name   string // as typed
	To     string // the page wanted
	Issuer bool   // who vouches for staff can be asked
}

func (c *Console) askSignIn(v *visit) error {
	return c.showEntrance(v, http.StatusOK, "", entrance{To: within(v.QueryParam("to"))})
}

// showEntrance shows the page for signing in, and what went wrong, if anything.
func (c *Console) showEntrance(v *visit, status int, alert string, e entrance) error {
	e.Issuer = c.Issuer != nil
	return c.show(v, status, "sign-in", page{Alert: alert, Body: e})
}

// signIn gives an unknown name and a wrong password the same answer.
func (c *Console) signIn(v *visit) error {
	name, to := v.FormValue("name"), within(v.FormValue("to"))
	refuse := func(status int, key string) error {
		return c.showEntrance(v, status, v.words.T(key), entrance{Name: name, To: to})
	}
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(name))))
	allowed, err := c.mayTry(v, hex.EncodeToString(sum[:]))
	if err != nil {
		return err
	}
	if !allowed {
		return refuse(http.StatusTooManyRequests, "sign_in.often")
	}
	session, _, err := c.Accounts.SignIn(v.ctx(), name, v.FormValue("password"), v.browser())
	if errors.Is(err, staff.ErrSignIn) {
		return refuse(http.StatusUnauthorized, "sign_in.wrong")
	}
	return c.admit(v, session, to, err)
}

// admit lets somebody in, or asks for the code that is wanted still.
func (c *Console) admit(v *visit, token, to string, err error) error {
	if errors.Is(err, staff.ErrCode) {
		c.keep(v, halfCookie, token, staff.HalfLife)
		return v.Redirect(http.StatusSeeOther, "/console/code?"+url.Values{"to": {to}}.Encode())
	}
	if err != nil {
		return err
	}
	c.keep(v, sessionCookie, token, staff.SessionLife)
	return v.Redirect(http.StatusSeeOther, to)
}

// How often a code may be tried to one account: of a million codes three are
// right at a time.
const (
	codeTries = 10
	codePer   = time.Hour
)

func (c *Console) askCode(v *visit) error {
	return c.show(v, http.StatusOK, "code", page{Body: entrance{To: within(v.QueryParam("to"))}})
}

// giveCode takes the second step of a sign-in.
func (c *Console) giveCode(v *visit) error {
	to, token := within(v.FormValue("to")), v.cookie(halfCookie)
	refuse := func(status int, key string) error {
		return c.show(v, status, "code", page{Alert: v.words.T(key), Body: entrance{To: to}})
	}
	who, err := c.Accounts.Half(v.ctx(), token)
	if errors.Is(err, staff.ErrSession) {
		return v.Redirect(http.StatusSeeOther, "/console/sign-in?"+url.Values{"to": {to}}.Encode())
	}
	if err != nil {
		return err
	}
	allowed, err := c.mayCode(v, who)
	if err != nil {
		return err
	}
	if !allowed {
		return refuse(http.StatusTooManyRequests, "sign_in.often")
	}
	session, _, err := c.Accounts.SecondStep(v.ctx(), token, v.FormValue("code"), v.browser())
	if errors.Is(err, staff.ErrSignIn) {
		return refuse(http.StatusUnauthorized, "code.wrong")
	}
	c.keep(v, halfCookie, "", -time.Second)
	return c.admit(v, session, to, err)
}

// mayCode counts a try of a code.
func (c *Console) mayCode(v *visit, who staff.Account) (bool, error) {
	ok, wait, err := c.Allow(v.ctx(), "console-code:"+who.Name, codeTries, codePer)
	if err == nil && !ok {
		v.Response().Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
	}
	return ok, err
}

// askLink only shows a button, so that a program which looks at links, as chat
// programs do, uses none up.
func (c *Console) askLink(v *visit) error {
	return c.show(v, http.StatusOK, "link", page{})
}

func (c *Console) useLink(v *visit) error {
	allowed, err := c.mayTry(v, "")
	if err != nil {
		return err
	}
	if !allowed {
		return c.show(v, http.StatusTooManyRequests, "link", page{Alert: v.words.T("sign_in.often")})
	}
	session, _, err := c.Accounts.UseLink(v.ctx(), v.Param("token"), v.browser())
	if errors.Is(err, staff.ErrSignIn) {
		return c.showEntrance(v, http.StatusUnauthorized, v.words.T("link.used"), entrance{To: home})
	}
	return c.admit(v, session, home, err)
}

func (c *Console) signOut(v *visit) error {
	if err := c.Accounts.SignOut(v.ctx(), v.session); err != nil {
		return err
	}
	c.keep(v, sessionCookie, "", -time.Second)
	return v.Redirect(http.StatusSeeOther, "/console/sign-in")
}

// mayTry counts a try to sign in, and says in a header when the next is
// welcome if this one is not. No name means that a link is tried.
func (c *Console) mayTry(v *visit, name string) (bool, error) {
	ok, wait, err := c.Allow(v.ctx(), "console-from:"+network(v.RealIP()), triesFrom, triesPer)
	if ok && err == nil && name != "" {
		ok, wait, err = c.Allow(v.ctx(), "console-to:"+name, triesTo, triesPer)
	}
	if err == nil && !ok {
		v.Response().Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
	}
	return ok, err
}

// network is what tries from an address are counted by: the address, or the network
// of an IPv6 one, which its holder has whole.
func network(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil || address.Unmap().Is4() {
		return ip
	}
	whole, _ := address.WithZone("").Prefix(64)
	return whole.String()
}

const home = "/console"

// within is a page of the console to go to after signing in.
func within(to string) string {
	if strings.HasPrefix(to, "/console/talk/") {
		return to
	}
	return home
}
