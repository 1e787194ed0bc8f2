package console_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot/dialogue"
	"tiski/webhooks/console"
)

func TestNoSessionNoPage(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hear(t, dialogue.Said{Text: "hei, salaista"})
	for _, session := range []string{"", "väärä", strings.Repeat("A", 43)} {
		for path, to := range map[string]string{
			"/console":         "/console/sign-in?to=%2Fconsole",
			talkPath:           "/console/sign-in?to=" + url.QueryEscape(talkPath),
			"/console/live":    "",
			"/console/events":  "",
			talkPath + "/live": "",
		} {
			b := c.browser(t)
			if session != "" {
				b.steal(t, session)
			}
			b.get(t, path)
			want := http.StatusSeeOther
			if to == "" {
				want = http.StatusUnauthorized
			}
			if b.status != want || b.header.Get("Location") != to || strings.Contains(b.page, "salaista") {
				t.Errorf("%s with session %q: %d to %q, want %d to %q", path, session, b.status, b.header.Get("Location"), want, to)
			}
		}
		for _, act := range []string{"take", "reply", "back"} {
			b := c.browser(t)
			b.get(t, "/console/sign-in")
			b.submit(t, talkPath+"/"+act, url.Values{"id": {strings.Repeat("A", 26)}, "text": {"hei"}})
			b.expect(t, http.StatusUnauthorized, "Kirjautumisesi on päättynyt")
		}
	}
	if got := c.acts(t); got != "" {
		t.Errorf("written down: %s", got)
	}
}

// steal puts a session of somebody's making into the browser.
func (b *browser) steal(t *testing.T, session string) {
	t.Helper()
	u, err := url.Parse(b.url + "/console")
	if err != nil {
		t.Fatal(err)
	}
	b.client.Jar.SetCookies(u, []*http.Cookie{{Name: "tiski_staff", Value: url.QueryEscape(session), Path: "/console"}})
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.browser(t)
	b.get(t, "/console/sign-in?to="+url.QueryEscape(talkPath))
	b.submit(t, "/console/sign-in", url.Values{"name": {"Aino"}, "password": {password}, "to": {talkPath}})
	if b.status != http.StatusSeeOther || b.header.Get("Location") != talkPath {
		t.Fatalf("%d to %q", b.status, b.header.Get("Location"))
	}
	cookie := b.header.Get("Set-Cookie")
	for _, want := range []string{"tiski_staff=", "HttpOnly", "SameSite=Lax", "Path=/console", "Max-Age=43200"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("no %s in %s", want, strings.Split(cookie, ";")[1:])
		}
	}
	b.get(t, "/console")
	if b.status != http.StatusOK || !strings.Contains(b.page, "Aino") {
		t.Fatalf("%d %s", b.status, b.page)
	}
	b.submit(t, "/console/sign-out", nil)
	if b.status != http.StatusSeeOther {
		t.Errorf("sign-out: %d", b.status)
	}
	b.get(t, "/console")
	if b.status != http.StatusSeeOther {
		t.Errorf("after sign-out: %d", b.status)
	}
	if got := c.acts(t); got != "aino sign_in; aino sign_out" {
		t.Errorf("written down: %s", got)
	}
}

func TestWrongSignInsLookTheSame(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	pages := map[string]bool{}
	for _, name := range []string{"aino", "matt"} {
		b := c.browser(t)
		b.get(t, "/console/sign-in")
		b.submit(t, "/console/sign-in", url.Values{"name": {name}, "password": {"arvaus1234"}})
		b.expect(t, http.StatusUnauthorized, "Käyttäjätunnus tai salasana on väärin.")
		pages[hiddenForm.ReplaceAllString(strings.ReplaceAll(b.page, name, "NAME"), "")] = true
	}
	if len(pages) != 1 {
		t.Errorf("an unknown name and a wrong password get %d different pages", len(pages))
	}
	if strings.Contains(c.trace.String(), "arvaus") {
		t.Error("the log tells the password")
	}
}

func TestSigningInTooOften(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.browser(t)
	b.get(t, "/console/sign-in")
	for i := range 10 {
		b.submit(t, "/console/sign-in", url.Values{"name": {fmt.Sprint("arvaus", i, "/")}, "password": {"x"}}) // no account has such a name
		b.expect(t, http.StatusUnauthorized, "väärin")
	}
	for range 2 {
		b.submit(t, "/console/sign-in", url.Values{"name": {"aino"}, "password": {password}})
		b.expect(t, http.StatusTooManyRequests, "liian monta")
		if b.header.Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
	b.get(t, "/console/link/x")
	b.submit(t, "/console/link/x", nil)
	b.expect(t, http.StatusTooManyRequests, "liian monta")
	c.pass(10 * time.Minute)
	b.submit(t, "/console/sign-in", url.Values{"name": {"aino"}, "password": {password}})
	if b.status != http.StatusSeeOther {
		t.Errorf("ten minutes later: %d %s", b.status, b.alert())
	}
}

// Who has a network of IPv6 has all addresses in it.
func TestSigningInFromANetwork(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	b := c.browser(t)
	b.get(t, "/console/sign-in")
	for i := range 11 {
		b.from = fmt.Sprintf("2a00:1450:4001:1::%x", i+1)
		b.submit(t, "/console/sign-in", url.Values{"name": {fmt.Sprint("aino", i, "/")}, "password": {"x"}})
		if want := i == 10; (b.status == http.StatusTooManyRequests) != want {
			t.Errorf("try %d: %d", i, b.status)
		}
	}
	b.from = "2a00:1450:4001:2::1"
	b.submit(t, "/console/sign-in", url.Values{"name": {"aino/"}, "password": {"x"}})
	b.expect(t, http.StatusUnauthorized, "väärin")
}

func TestNobodyIsSentElsewhere(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	for _, to := range []string{"https://evil.example/console/talk/", "//evil.example", "/console/../x", "/x", "javascript:alert(1)", ""} {
		b := c.browser(t)
		b.get(t, "/console/sign-in?to="+url.QueryEscape(to))
		b.submit(t, "/console/sign-in", url.Values{"name": {"aino"}, "password": {password}, "to": {to}})
		if b.header.Get("Location") != "/console" {
			t.Errorf("%q leads to %q", to, b.header.Get("Location"))
		}
	}
}

func TestALinkIsUsedByItsButtonOnly(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	token, err := c.accounts.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := "/console/link/" + token
	for range 3 { // as chat programs do that show what a link leads to
		preview := c.browser(t)
		preview.get(t, path)
		if preview.status != http.StatusOK || !strings.Contains(preview.page, "<button>Kirjaudu sisään</button>") {
			t.Fatalf("%d %s", preview.status, preview.page)
		}
	}
	b := c.browser(t)
	b.get(t, path)
	b.submit(t, path, nil)
	if b.status != http.StatusSeeOther || b.header.Get("Location") != "/console" {
		t.Fatalf("%d %s", b.status, b.alert())
	}
	b.get(t, "/console")
	if b.status != http.StatusOK {
		t.Errorf("after the link: %d", b.status)
	}
	second := c.browser(t)
	second.get(t, path)
	second.submit(t, path, nil)
	second.expect(t, http.StatusUnauthorized, "jo käytetty")
	if got := c.acts(t); got != "demo sign_in_link" {
		t.Errorf("written down: %s", got)
	}
	if strings.Contains(c.trace.String(), token) {
		t.Error("the log tells the token")
	}
}

func TestAFormOfAnotherPageIsRefused(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hire(t, "mia", "Mia")
	c.hear(t, dialogue.Said{Text: "hei"})
	aino, mia := c.at(t, "aino"), c.at(t, "mia")
	mia.get(t, talkPath)
	others := hiddenForm.FindStringSubmatch(mia.page)[1]
	id := url.Values{"id": {strings.Repeat("A", 26)}, "text": {"hei"}}
	for _, form := range []string{"", "x", others} {
		for _, path := range []string{talkPath + "/take", talkPath + "/reply", talkPath + "/back", "/console/sign-out", "/console/sign-in", "/console/link/x"} {
			fields := url.Values{"form": {form}}
			for name, values := range id {
				fields[name] = values
			}
			aino.send(t, http.MethodPost, path, fields)
			aino.expect(t, http.StatusForbidden, "Lomake on vanhentunut")
		}
	}
	aino.get(t, talkPath)
	if aino.status != http.StatusOK || !strings.Contains(aino.page, `data-holding="bot"`) {
		t.Error("something was done")
	}
}

func TestAFormHasALimit(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	b.get(t, "/console")
	b.submit(t, "/console/sign-out", url.Values{"more": {strings.Repeat("x", 64<<10)}})
	b.expect(t, http.StatusRequestEntityTooLarge, "liikaa tekstiä")
}

func TestCookiesStayInsideHTTPS(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		e := echo.New()
		console.New(console.Options{Secure: secure, Clock: time.Now}).Mount(e)
		answer := httptest.NewRecorder()
		e.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/console/sign-in?lang=en", nil))
		cookies := answer.Result().Cookies()
		if len(cookies) != 2 {
			t.Fatalf("%d cookies", len(cookies))
		}
		for _, cookie := range cookies {
			if cookie.Secure != secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
				t.Errorf("by https %t: %s", secure, cookie)
			}
		}
	}
}
