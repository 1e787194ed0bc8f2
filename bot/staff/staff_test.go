package staff_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot/staff"
	"tiski/bot/store"
)

const password = "kahvia & pullaa"

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// clock is a clock that a test turns.
type clock struct{ now time.Time }

func counter(t *testing.T) (*staff.Accounts, *clock) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := &clock{noon}
	a := staff.NewAccounts(s, s)
	a.Now = func() time.Time { return c.now }
	return a, c
}

func withAino(t *testing.T) (*staff.Accounts, *clock) {
	t.Helper()
	a, c := counter(t)
	if err := a.Add(t.Context(), staff.Account{Name: "aino", Display: "Aino", Role: staff.Agent}, password); err != nil {
		t.Fatal(err)
	}
	return a, c
}

func TestAddKeepsToItsLimits(t *testing.T) {
	t.Parallel()
	a, _ := counter(t)
	long := strings.Repeat("ö", 60)
	for _, c := range []struct {
		name, display, password string
		role                    staff.Role
		ok                      bool
	}{
		{long, long, strings.Repeat("ä", 200), staff.Admin, true},
		{"mia.o_k-1+x@example.fi", "M", "åäöåäöåä", staff.Agent, true},
		{long + "x", "M", password, staff.Agent, false},
		{"", "M", password, staff.Agent, false},
		{" ", "M", password, staff.Agent, false},
		{"mia o", "M", password, staff.Agent, false},
		{"mia\x00", "M", password, staff.Agent, false},
		{"mia\xff", "M", password, staff.Agent, false},
		{"mia", long + "x", password, staff.Agent, false},
		{"mia", "", password, staff.Agent, false},
		{"mia", "M\n", password, staff.Agent, false},
		{"mia", "M\xff", password, staff.Agent, false},
		{"mia", "M", "åäöåäöå", staff.Agent, false},
		{"mia", "M", strings.Repeat("ä", 201), staff.Agent, false},
		{"mia", "M", password, "", false},
		{"mia", "M", password, "owner", false},
	} {
		err := a.Add(t.Context(), staff.Account{Name: c.name, Display: c.display, Role: c.role}, c.password)
		if (err == nil) != c.ok {
			t.Errorf("%q %q %q %q: %v", c.name, c.display, c.password, c.role, err)
		}
		if err != nil && c.password != "" && strings.Contains(err.Error(), c.password) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestANameIsTakenInAnyCase(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	if err := a.Add(t.Context(), staff.Account{Name: " AINO", Display: "Toinen", Role: staff.Agent}, password); !errors.Is(err, staff.ErrTaken) {
		t.Errorf("got %v", err)
	}
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	token, who, err := a.SignIn(t.Context(), "Aino ", password, "")
	if err != nil || who != (staff.Account{Name: "aino", Display: "Aino", Role: staff.Agent}) {
		t.Fatal(who, err)
	}
	other, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil || other == token || len(token) != 43 {
		t.Errorf("tokens %q and %q, %v", token, other, err)
	}
	if got, err := a.Session(t.Context(), token); got != who || err != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	for range 2 {
		if err := a.SignOut(t.Context(), token); err != nil {
			t.Error(err)
		}
	}
	if _, err := a.Session(t.Context(), token); !errors.Is(err, staff.ErrSession) {
		t.Errorf("signed out: %v", err)
	}
	if _, err := a.Session(t.Context(), other); err != nil {
		t.Errorf("the other session ended too: %v", err)
	}
}

func TestWrongSignIns(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	for _, c := range [][2]string{
		{"aino", password + "x"},
		{"aino", ""},
		{"aino", strings.Repeat("x", staff.MaxPassword+1)},
		{"matti", password},
		{"", password},
		{strings.Repeat("x", staff.MaxName+1), password},
		{"a\x00\xff", password},
	} {
		token, who, err := a.SignIn(t.Context(), c[0], c[1], "")
		if err != staff.ErrSignIn || token != "" || who != (staff.Account{}) {
			t.Errorf("%q %q: %q %+v %v", c[0], c[1], token, who, err)
		}
	}
}

func TestAnUnknownNameTakesAsLongAsAWrongPassword(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	// The quickest of a few is what the work itself takes.
	quickest := map[string]time.Duration{"aino": time.Hour, "matti": time.Hour}
	for range 4 {
		for name := range quickest {
			start := time.Now()
			if _, _, err := a.SignIn(t.Context(), name, "wrong password", ""); err != staff.ErrSignIn {
				t.Fatal(err)
			}
			quickest[name] = min(quickest[name], time.Since(start))
		}
	}
	if known, unknown := quickest["aino"], quickest["matti"]; known > 3*unknown || unknown > 3*known {
		t.Errorf("a known name takes %s, an unknown one %s", known, unknown)
	}
}

func TestAPasswordIsTheSameFromAnyKeyboard(t *testing.T) {
	t.Parallel()
	a, _ := counter(t)
	if err := a.Add(t.Context(), staff.Account{Name: "mia", Display: "Mia", Role: staff.Admin}, "hyvää yötä"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.SignIn(t.Context(), "mia", "hyva\u0308a\u0308 yo\u0308ta\u0308", ""); err != nil {
		t.Error(err)
	}
}

func TestASessionEndsByItself(t *testing.T) {
	t.Parallel()
	a, c := withAino(t)
	token, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil {
		t.Fatal(err)
	}
	c.now = noon.Add(staff.SessionLife - time.Second)
	if _, err := a.Session(t.Context(), token); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	c.now = noon.Add(staff.SessionLife)
	if _, err := a.Session(t.Context(), token); !errors.Is(err, staff.ErrSession) {
		t.Errorf("at its end: %v", err)
	}
}

func TestTokensThatOpenNothing(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	link, err := a.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	session, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{"", "x", link, strings.Repeat("A", 43), session + "A", session[:42], session + "\n", "\x00"} {
		if _, err := a.Session(t.Context(), token); !errors.Is(err, staff.ErrSession) {
			t.Errorf("%q: %v", token, err)
		}
		if err := a.SignOut(t.Context(), token); err != nil {
			t.Errorf("signing %q out: %v", token, err)
		}
	}
	if _, _, err := a.UseLink(t.Context(), session, ""); !errors.Is(err, staff.ErrSignIn) {
		t.Errorf("a session used as a link: %v", err)
	}
	if _, err := a.Session(t.Context(), session); err != nil {
		t.Errorf("the session has ended: %v", err)
	}
}

func TestAOneTimeLinkSignsInOnce(t *testing.T) {
	t.Parallel()
	a, _ := counter(t)
	link, err := a.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sessions := make([]string, 8)
	var all sync.WaitGroup
	for i := range sessions {
		all.Go(func() {
			var err error
			if sessions[i], _, err = a.UseLink(t.Context(), link, ""); err != nil && err != staff.ErrSignIn {
				t.Error(err)
			}
		})
	}
	all.Wait()
	opened := strings.Join(sessions, "")
	who, err := a.Session(t.Context(), opened) // more than one would make no token
	if err != nil || who.Name != "demo" || who.Role != staff.Admin {
		t.Errorf("got %+v, %v by %q", who, err, opened)
	}
	if _, _, err := a.SignIn(t.Context(), "demo", "", ""); err != staff.ErrSignIn {
		t.Errorf("demo signs in without a password: %v", err)
	}
}

func TestEachStartHasItsLink(t *testing.T) {
	t.Parallel()
	a, c := counter(t)
	var links []string
	for range 3 {
		link, err := a.OneTimeLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		links = append(links, link)
	}
	c.now = noon.Add(staff.LinkLife - time.Second)
	for _, link := range links[:2] {
		if _, _, err := a.UseLink(t.Context(), link, ""); err != nil {
			t.Errorf("a second before its end: %v", err)
		}
	}
	c.now = noon.Add(staff.LinkLife)
	if _, _, err := a.UseLink(t.Context(), links[2], ""); err != staff.ErrSignIn {
		t.Errorf("at its end: %v", err)
	}
}

func TestTheTrail(t *testing.T) {
	t.Parallel()
	a, c := withAino(t)
	token, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil {
		t.Fatal(err)
	}
	c.now = noon.Add(time.Minute)
	if err := a.Audit(t.Context(), "aino", "take", "telegram:1001"); err != nil {
		t.Fatal(err)
	}
	if err := a.SignOut(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	acts, err := a.Trail.Acts(t.Context(), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, act := range acts {
		got = append(got, act.Staff+" "+act.Act+" "+act.Subject+" "+act.At.Sub(noon).String())
	}
	if got := strings.Join(got, "; "); got != "aino sign_out  1m0s; aino take telegram:1001 1m0s; aino sign_in  0s" {
		t.Errorf("got %s", got)
	}
}

func TestAnActHasLimits(t *testing.T) {
	t.Parallel()
	a, _ := counter(t)
	long := strings.Repeat("ö", staff.MaxSubject)
	if err := a.Audit(t.Context(), "aino", long[:2*staff.MaxAct], long); err != nil {
		t.Error(err)
	}
	for _, act := range [][2]string{{"", "x"}, {long[:2*staff.MaxAct+2], "x"}, {"x", long + "x"}} {
		if err := a.Audit(t.Context(), "aino", act[0], act[1]); err == nil {
			t.Errorf("%d and %d bytes were written down", len(act[0]), len(act[1]))
		}
	}
}

func TestADatabaseThatIsAwayIsNoWrongPassword(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	a := staff.NewAccounts(s, s)
	link, err := a.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, _, signIn := a.SignIn(t.Context(), "aino", password, "")
	_, _, useLink := a.UseLink(t.Context(), link, "")
	_, session := a.Session(t.Context(), link)
	_, oneTime := a.OneTimeLink(t.Context())
	for what, err := range map[string]error{
		"sign in": signIn, "use link": useLink, "session": session, "make link": oneTime,
		"sign out": a.SignOut(t.Context(), link),
		"audit":    a.Audit(t.Context(), "aino", "take", ""),
	} {
		if err == nil || errors.Is(err, staff.ErrSignIn) || errors.Is(err, staff.ErrSession) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
