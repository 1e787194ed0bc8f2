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
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/staff"
)

// Cookies of the console. Only the console's own paths see them.
const (
	sessionCookie  = "tiski_staff"    // token of a session
	halfCookie     = "tiski_half"     // token of a sign-in that wants a code still
	visitCookie    = "tiski_visit"    // random, for the forms of somebody who is not signed in
	languageCookie = "tiski_language" // "fi" or "en", when chosen
	chosenLife     = 365 * 24 * time.Hour
)

// policy is stricter than the server's own: nothing but the console's files
// and pictures of products.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// visit is one request of one person.
type visit struct {
	echo.Context
	words   words
	who     staff.Account  // zero when not signed in
	session string         // token; "" when not signed in
	secret  string         // what the forms of this person are bound to
	members []staff.Member // once everybody has asked for them
}

// trouble is an answer that is not what was asked for, told in a sentence.
type trouble struct {
	status int
	key    string // of the sentence
}

func (t *trouble) Error() string { return t.key }

var (
	errForm    = &trouble{http.StatusForbidden, "trouble.form"}
	errLarge   = &trouble{http.StatusRequestEntityTooLarge, "trouble.large"}
	errSession = &trouble{http.StatusUnauthorized, "trouble.session"}
	errTalk    = &trouble{http.StatusNotFound, "trouble.talk"}
	errRole    = &trouble{http.StatusForbidden, "trouble.role"}
	errReport  = &trouble{http.StatusNotFound, "trouble.report"}
	errAway    = &trouble{http.StatusServiceUnavailable, "trouble.away"}
)

// open serves a page that needs no session.
func (c *Console) open(serve func(*visit) error) echo.HandlerFunc {
	return func(e echo.Context) error {
		return c.answer(c.arrive(e), func(v *visit) error {
			v.secret = v.cookie(visitCookie)
			if v.secret == "" {
				v.secret = rand.Text()
				c.keep(v, visitCookie, v.secret, 0)
			}
			if err := v.checkForm(); err != nil {
				return err
			}
			return serve(v)
		})
	}
}

// signedIn serves a page to staff. Somebody without a session is led to the
// sign-in from a page that was opened, and told so anywhere else.
func (c *Console) signedIn(serve func(*visit) error) echo.HandlerFunc {
	return func(e echo.Context) error {
		return c.answer(c.arrive(e), func(v *visit) (err error) {
			v.session = v.cookie(sessionCookie)
			v.who, err = c.Accounts.Session(v.ctx(), v.session)
			if errors.Is(err, staff.ErrSession) {
				if v.Request().Method == http.MethodGet && !isLive(v.Path()) {
					return v.Redirect(http.StatusSeeOther, "/console/sign-in?"+url.Values{"to": {v.Request().URL.EscapedPath()}}.Encode())
				}
				return errSession
			}
			if err != nil {
				return err
			}
			v.secret = v.session
			if err := v.checkForm(); err != nil {
				return err
			}
			return serve(v)
		})
	}
}

// as serves a page to those staff who may do what a role may.
func (c *Console) as(role staff.Role, serve func(*visit) error) echo.HandlerFunc {
	return c.signedIn(func(v *visit) error {
		if !v.who.Role.May(role) {
			return errRole
		}
		return serve(v)
	})
}

// isLive tells the routes that scripts ask and nobody opens.
func isLive(route string) bool {
	return strings.HasSuffix(route, "/live") || strings.HasSuffix(route, "/events")
}

func (c *Console) arrive(e echo.Context) *visit {
	v := &visit{Context: e}
	chosen := e.QueryParam("lang")
	if _, known := languages()[chosen]; known {
		c.keep(v, languageCookie, chosen, chosenLife)
	} else {
		chosen = v.cookie(languageCookie)
	}
	v.words = wordsFor(chosen, e.Request().Header.Get("Accept-Language"))
	h := e.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, policy)
	h.Set(echo.HeaderXContentTypeOptions, "nosniff")
	h.Set(echo.HeaderReferrerPolicy, "same-origin")
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set(echo.HeaderVary, "Cookie, Accept-Language")
	return v
}

// answer serves, and tells what goes wrong on a page of the console.
func (c *Console) answer(v *visit, serve func(*visit) error) error {
	err := serve(v)
	if err == nil {
		return nil
	}
	var told *trouble
	if !errors.As(err, &told) {
		told = errAway
		if v.ctx().Err() == nil {
			c.Log.Error("a page of the console failed", "route", v.Request().Method+" "+v.Path(), "err", err)
		}
	}
	return c.tell(v, told)
}

// checkForm refuses a form that was not on a page of this person.
func (v *visit) checkForm() error {
	r := v.Request()
	if r.Method != http.MethodPost {
		return nil
	}
	limit, parse := int64(MaxForm), r.ParseForm
	if takesUpload(v.Path()) {
		limit += MaxPicture
		parse = func() error { return r.ParseMultipartForm(limit) }
		if err := http.NewResponseController(v.Response().Writer).SetReadDeadline(time.Now().Add(pictureTime)); err != nil {
			return fmt.Errorf("wait for a picture: %w", err)
		}
	}
	r.Body = http.MaxBytesReader(v.Response(), r.Body, limit)
	var large *http.MaxBytesError
	if err := parse(); errors.As(err, &large) {
		return errLarge
	} else if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return errForm
	}
	if subtle.ConstantTimeCompare([]byte(r.PostForm.Get("form")), []byte(v.formToken())) != 1 {
		return errForm
	}
	return nil
}

// formToken proves that a form comes from a page of this person. A secret
// cannot be found from it.
func (v *visit) formToken() string {
	sum := sha256.Sum256([]byte("form " + v.secret))
	return hex.EncodeToString(sum[:])
}

// keep sets a cookie; without a life it lasts until the browser closes.
func (c *Console) keep(v *visit, name, value string, life time.Duration) {
	v.SetCookie(&http.Cookie{
		Name: name, Value: value, Path: "/console", MaxAge: int(life.Seconds()),
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode,
	})
}

func (v *visit) cookie(name string) string {
	cookie, err := v.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// conversation is the one that the path names.
func (v *visit) conversation() (string, error) {
	id := v.Param("conversation")
	if v.Request().URL.RawPath == "" {
		return id, nil // the path is decoded already
	}
	id, err := url.PathUnescape(id)
	if err != nil {
		return "", errTalk
	}
	return id, nil
}

// unfit makes "no such conversation" of an id that none has, or can have.
func unfit(err error) error {
	if errors.Is(err, bot.ErrUnfit) || errors.Is(err, bot.ErrUnknown) {
		return errTalk
	}
	return err
}

func (v *visit) ctx() context.Context { return v.Request().Context() }
