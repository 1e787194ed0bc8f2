package console_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiski/bot/staff"
)

// employ adds a member of staff with a role.
func (c *counter) employ(t *testing.T, name string, role staff.Role) {
	t.Helper()
	if err := c.accounts.Add(t.Context(), staff.Account{Name: name, Display: name, Role: role}, password); err != nil {
		t.Fatal(err)
	}
}

func TestRolesHoldBehindThePages(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	for _, role := range staff.Roles {
		c.employ(t, string(role), role)
	}
	for _, who := range staff.Roles {
		b := c.at(t, string(who))
		for _, page := range []struct {
			method, path string
			role         staff.Role
		}{
			{http.MethodGet, "/console/me", staff.Agent},
			{http.MethodGet, "/console/report", staff.Lead},
			{http.MethodGet, "/console/report.csv?table=days", staff.Lead},
			{http.MethodGet, "/console/staff", staff.Admin},
			{http.MethodGet, "/console/trail", staff.Admin},
			{http.MethodPost, "/console/staff/add", staff.Admin},
			{http.MethodPost, "/console/staff/role", staff.Admin},
			{http.MethodPost, "/console/staff/factor", staff.Admin},
			{http.MethodPost, "/console/staff/email", staff.Admin},
		} {
			b.get(t, "/console")
			if page.method == http.MethodGet {
				b.get(t, page.path)
			} else {
				b.submit(t, page.path, url.Values{"name": {"agent"}, "role": {"owner"}})
			}
			if refused := b.status == http.StatusForbidden; refused != !who.May(page.role) {
				t.Errorf("%s %s as %s: %d", page.method, page.path, who, b.status)
			}
		}
	}
}

func TestAdminsSeeToAccounts(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.employ(t, "pomo", staff.Admin)
	b := c.at(t, "pomo")
	add := func(name, display, role, password string) {
		t.Helper()
		b.get(t, "/console/staff")
		b.submit(t, "/console/staff/add", url.Values{"name": {name}, "display": {display}, "role": {role}, "password": {password}})
	}
	add("mia", "<b>Mia", "agent", password)
	b.expect(t, http.StatusSeeOther, "")
	add("mia", "Toinen", "agent", password)
	b.expect(t, http.StatusConflict, "on jo käytössä")
	add("m ia", "Mia", "agent", password)
	b.expect(t, http.StatusBadRequest, "Käyttäjätunnuksessa")
	add("mia2", "", "agent", password)
	b.expect(t, http.StatusBadRequest, "Nimessä")
	add("mia2", "Mia", "owner", password)
	b.expect(t, http.StatusBadRequest, "Valitse rooli")
	add("mia2", "Mia", "lead", "lyhyt")
	b.expect(t, http.StatusBadRequest, "Salasanassa")
	if strings.Contains(b.page, "lyhyt") {
		t.Error("the page tells the password")
	}
	mia := c.at(t, "mia")
	b.get(t, "/console/staff")
	if strings.Contains(b.page, "<b>Mia") || !strings.Contains(b.page, "&lt;b&gt;Mia") {
		t.Error("a name is written as it is")
	}
	b.submit(t, "/console/staff/role", url.Values{"name": {"mia"}, "role": {"gone"}})
	b.expect(t, http.StatusSeeOther, "")
	mia.get(t, "/console")
	if mia.status != http.StatusSeeOther {
		t.Errorf("mia, who has left, gets %d", mia.status)
	}
	b.get(t, "/console/staff")
	b.submit(t, "/console/staff/role", url.Values{"name": {"pomo"}, "role": {"agent"}})
	b.expect(t, http.StatusConflict, "Omaa rooliasi")
	b.get(t, "/console/trail?about=mia")
	for _, want := range []string{"lisäsi henkilön", "sulki tunnuksen"} {
		if !strings.Contains(b.page, want) {
			t.Errorf("the trail lacks %q", want)
		}
	}
	if got := c.acts(t); got != "pomo sign_in; pomo member_add mia; mia sign_in; pomo role_gone mia; pomo view_trail mia" {
		t.Errorf("written down: %s", got)
	}
}

func TestEmailsOfStaff(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.employ(t, "pomo", staff.Admin)
	c.employ(t, "mia", staff.Agent)
	b := c.at(t, "pomo")
	set := func(name, email string) {
		t.Helper()
		b.get(t, "/console/staff")
		b.submit(t, "/console/staff/email", url.Values{"name": {name}, "email": {email}})
	}
	set("mia", " Mia@Shop.example ")
	b.expect(t, http.StatusSeeOther, "")
	b.get(t, "/console/staff")
	if !strings.Contains(b.page, `value="mia@shop.example"`) {
		t.Error("the address is not shown")
	}
	add := url.Values{"name": {"aino"}, "display": {"Aino"}, "role": {"agent"}, "password": {password}, "email": {"mia@shop.example"}}
	b.submit(t, "/console/staff/add", add)
	b.expect(t, http.StatusConflict, "on jo käytössä")
	add.Set("email", "Aino <aino@shop.example>")
	b.submit(t, "/console/staff/add", add)
	b.expect(t, http.StatusBadRequest, "Sähköpostiosoite on muotoa")
	add.Set("email", "aino@shop.example")
	b.submit(t, "/console/staff/add", add)
	b.expect(t, http.StatusSeeOther, "")
	set("aino", "MIA@shop.example")
	b.expect(t, http.StatusConflict, "on jo käytössä")
	set("aino", strings.Repeat("a", staff.MaxEmail-len("@a.example")+1)+"@a.example")
	b.expect(t, http.StatusBadRequest, "Sähköpostiosoite on muotoa")
	set("mia", "")
	b.expect(t, http.StatusSeeOther, "")
	set("aino", "mia@shop.example")
	b.expect(t, http.StatusSeeOther, "")
	b.get(t, "/console/trail?about=mia")
	if !strings.Contains(b.page, "muutti henkilön sähköpostia") {
		t.Error("the change is not written down")
	}
}

var appKey = regexp.MustCompile(`<code class="secret">([^<]*)</code>`)

func TestSigningInWithACode(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	b.get(t, "/console/me")
	if found := appKey.FindStringSubmatch(b.page); found == nil || len(strings.ReplaceAll(found[1], " ", "")) != 32 {
		t.Fatalf("no key on %s", b.page)
	}
	f, err := c.accounts.Factor(t.Context(), staff.Account{Name: "aino"})
	if err != nil {
		t.Fatal(err)
	}
	b.submit(t, "/console/me/factor", url.Values{"code": {"000"}})
	b.expect(t, http.StatusConflict, "Koodi on väärin")
	b.submit(t, "/console/me/factor", url.Values{"code": {f.Secret.Code(c.now())}})
	if got := strings.Count(b.page, "<li><code>"); b.status != http.StatusOK || got != staff.RecoveryCodes {
		t.Fatalf("%d with %d recovery codes", b.status, got)
	}
	b.get(t, "/console/me")
	if strings.Contains(b.page, "<li><code>") || strings.Contains(b.page, f.Secret.String()[:4]) {
		t.Error("the codes or the key are shown again")
	}

	c.pass(time.Minute)
	phone := c.browser(t)
	phone.get(t, "/console/sign-in")
	phone.submit(t, "/console/sign-in", url.Values{"name": {"aino"}, "password": {password}, "to": {talkPath}})
	if to := phone.header.Get("Location"); to != "/console/code?to="+url.QueryEscape(talkPath) {
		t.Fatalf("%d to %s", phone.status, to)
	}
	phone.get(t, "/console")
	if phone.status != http.StatusSeeOther {
		t.Errorf("a password alone opens the console: %d", phone.status)
	}
	phone.get(t, "/console/code?to="+url.QueryEscape(talkPath))
	phone.submit(t, "/console/code", url.Values{"code": {"123456x"}})
	phone.expect(t, http.StatusUnauthorized, "Koodi on väärin")
	phone.submit(t, "/console/code", url.Values{"code": {f.Secret.Code(c.now())}, "to": {talkPath}})
	if to := phone.header.Get("Location"); phone.status != http.StatusSeeOther || to != talkPath {
		t.Fatalf("%d to %s", phone.status, to)
	}

	// The first browser ends the session of the phone.
	b.get(t, "/console/me")
	id := regexp.MustCompile(`name="session" value="([^"]*)"`).FindStringSubmatch(b.page)
	if id == nil {
		t.Fatal("the phone's session is not listed")
	}
	b.submit(t, "/console/me/session/end", url.Values{"session": {id[1]}})
	phone.get(t, "/console")
	if phone.status != http.StatusSeeOther {
		t.Errorf("the ended session opens %d", phone.status)
	}
	if got := c.acts(t); got != "aino sign_in; aino factor_start; aino sign_in_code; aino session_end" {
		t.Errorf("written down: %s", got)
	}
}

func TestCodesAreNotTriedTooOften(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	b.get(t, "/console/me")
	for range 10 {
		b.submit(t, "/console/me/factor", url.Values{"code": {"000"}})
		b.expect(t, http.StatusConflict, "Koodi on väärin")
	}
	b.submit(t, "/console/me/factor", url.Values{"code": {"000"}})
	b.expect(t, http.StatusTooManyRequests, "liian monta")
	if b.header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
}

func TestACodeWithoutAPassword(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	b := c.browser(t)
	b.get(t, "/console/code")
	b.submit(t, "/console/code", url.Values{"code": {"123456"}})
	if to := b.header.Get("Location"); b.status != http.StatusSeeOther || !strings.HasPrefix(to, "/console/sign-in") {
		t.Errorf("%d to %s", b.status, to)
	}
}

func TestOnesOwnPasswordIsChanged(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b, other := c.at(t, "aino"), c.at(t, "aino")
	for _, test := range []struct {
		old, new string
		status   int
		alert    string
	}{
		{"väärä salasana", "uusi salasana", http.StatusConflict, "Nykyinen salasana on väärin"},
		{password, "lyhyt", http.StatusBadRequest, "8–200 merkkiä"},
		{password, "uusi salasana", http.StatusSeeOther, ""},
	} {
		b.get(t, "/console/me")
		b.submit(t, "/console/me/password", url.Values{"old": {test.old}, "new": {test.new}})
		b.expect(t, test.status, test.alert)
	}
	b.get(t, "/console/me")
	other.get(t, "/console/me")
	if b.status != http.StatusOK || other.status != http.StatusSeeOther {
		t.Errorf("here %d, elsewhere %d", b.status, other.status)
	}
}

// TestTelegramIsLinkedOnOnesOwnPage: the page gives a code that works once, and ends
// what it began.
func TestTelegramIsLinkedOnOnesOwnPage(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	b := c.at(t, "aino")
	b.get(t, "/console/me")
	b.submit(t, "/console/me/telegram", nil)
	code := regexp.MustCompile(`/yhdista ([A-Z2-7]{10})`).FindStringSubmatch(b.page)
	if code == nil {
		t.Fatalf("no code on the page: %s", b.page)
	}
	if who, err := c.accounts.LinkTelegram(t.Context(), code[1], 7); err != nil || who.Name != "aino" {
		t.Fatalf("%+v, %v", who, err)
	}
	b.get(t, "/console/me")
	if !strings.Contains(b.page, "Telegramisi on yhdistetty") {
		t.Error("the page does not say that it is linked")
	}
	b.submit(t, "/console/me/telegram/end", nil)
	if _, err := c.accounts.InTelegram(t.Context(), 7); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("the link is not ended: %v", err)
	}
	if got := c.acts(t); got != "aino sign_in; aino telegram_link; aino telegram_unlink" {
		t.Errorf("written down: %s", got)
	}
}
