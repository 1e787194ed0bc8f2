package staff_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot/staff"
)

var aino = staff.Account{Name: "aino", Display: "Aino", Role: staff.Agent}

// withFactor is Aino, who signs in with codes too.
func withFactor(t *testing.T) (*staff.Accounts, *clock, staff.Secret, []string) {
	t.Helper()
	a, c := withAino(t)
	f, err := a.OfferFactor(t.Context(), aino)
	if err != nil {
		t.Fatal(err)
	}
	codes, err := a.StartFactor(t.Context(), aino, f.Secret.Code(c.now))
	if err != nil || len(codes) != staff.RecoveryCodes {
		t.Fatal(codes, err)
	}
	c.now = c.now.Add(time.Minute)
	return a, c, f.Secret, codes
}

// halfWay is the token of Aino's first step.
func halfWay(t *testing.T, a *staff.Accounts) string {
	t.Helper()
	token, who, err := a.SignIn(t.Context(), "aino", password, "")
	if err != staff.ErrCode || who != (staff.Account{}) {
		t.Fatalf("signing in with a password alone: %+v, %v", who, err)
	}
	return token
}

func TestAFactorIsOfferedUntilItIsStarted(t *testing.T) {
	t.Parallel()
	a, c := withAino(t)
	first, err := a.OfferFactor(t.Context(), aino)
	if err != nil {
		t.Fatal(err)
	}
	again, err := a.OfferFactor(t.Context(), aino)
	if err != nil || again.Secret.String() != first.Secret.String() || len(first.Secret) != 20 {
		t.Errorf("offered %s, then %s, %v", first.Secret, again.Secret, err)
	}
	for _, code := range []string{"", "000000x", first.Secret.Code(c.now.Add(-time.Hour))} {
		if _, err := a.StartFactor(t.Context(), aino, code); err != staff.ErrSignIn {
			t.Errorf("started by %q: %v", code, err)
		}
	}
	if _, _, err := a.SignIn(t.Context(), "aino", password, ""); err != nil {
		t.Errorf("an offer alone asks for a code: %v", err)
	}
	if _, err := a.StartFactor(t.Context(), staff.Account{Name: "matti"}, ""); err != staff.ErrSignIn {
		t.Errorf("started without an offer: %v", err)
	}
}

func TestTheSecondStep(t *testing.T) {
	t.Parallel()
	a, c, secret, _ := withFactor(t)
	token := halfWay(t, a)
	if _, err := a.Session(t.Context(), token); err != staff.ErrSession {
		t.Errorf("the first step opens a session: %v", err)
	}
	for _, code := range []string{"", "x", secret.Code(c.now.Add(5 * time.Minute)), secret.Code(noon)} {
		if _, _, err := a.SecondStep(t.Context(), token, code, ""); err != staff.ErrSignIn {
			t.Errorf("by %q: %v", code, err)
		}
	}
	code := secret.Code(c.now)
	session, who, err := a.SecondStep(t.Context(), token, code[:3]+" "+code[3:], "")
	if err != nil || who != aino {
		t.Fatal(who, err)
	}
	if got, err := a.Session(t.Context(), session); err != nil || got != aino {
		t.Error(got, err)
	}
	if _, _, err := a.SecondStep(t.Context(), token, secret.Code(c.now.Add(30*time.Second)), ""); err != staff.ErrSession {
		t.Errorf("a first step that was used: %v", err)
	}
	if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), code, ""); err != staff.ErrSignIn {
		t.Errorf("a code that was used: %v", err)
	}
	if _, err := a.StartFactor(t.Context(), aino, secret.Code(c.now.Add(30*time.Second))); err != staff.ErrSignIn {
		t.Errorf("started twice: %v", err)
	}
}

func TestOneOfManyUsesACode(t *testing.T) {
	t.Parallel()
	a, c, secret, _ := withFactor(t)
	var in atomic.Int32
	var all sync.WaitGroup
	for range 4 {
		token := halfWay(t, a)
		all.Go(func() {
			_, _, err := a.SecondStep(t.Context(), token, secret.Code(c.now), "")
			if err == nil {
				in.Add(1)
			} else if err != staff.ErrSignIn {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 {
		t.Errorf("%d signed in by one code", in.Load())
	}
}

func TestTheSecondStepMustNotTakeLong(t *testing.T) {
	t.Parallel()
	a, c, secret, _ := withFactor(t)
	token := halfWay(t, a)
	c.now = c.now.Add(staff.HalfLife - time.Second)
	if _, err := a.Half(t.Context(), token); err != nil {
		t.Errorf("a second before: %v", err)
	}
	c.now = c.now.Add(time.Second)
	if _, _, err := a.SecondStep(t.Context(), token, secret.Code(c.now), ""); err != staff.ErrSession {
		t.Errorf("too late: %v", err)
	}
}

func TestARecoveryCodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	a, c, _, codes := withFactor(t)
	c.now = c.now.AddDate(5, 0, 0)
	typed := strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))
	if _, who, err := a.SecondStep(t.Context(), halfWay(t, a), typed, ""); err != nil || who != aino {
		t.Fatal(who, err)
	}
	if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), codes[3], ""); err != staff.ErrSignIn {
		t.Errorf("used again: %v", err)
	}
	if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), codes[4], ""); err != nil {
		t.Errorf("the next: %v", err)
	}
}

func TestAFactorEnds(t *testing.T) {
	t.Parallel()
	a, c, secret, codes := withFactor(t)
	if err := a.EndFactor(t.Context(), aino, "123"); err != staff.ErrSignIn {
		t.Errorf("ended by a wrong code: %v", err)
	}
	if err := a.EndFactor(t.Context(), aino, secret.Code(c.now)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.SignIn(t.Context(), "aino", password, ""); err != nil {
		t.Error(err)
	}
	f, err := a.OfferFactor(t.Context(), aino)
	if err != nil || f.Secret.String() == secret.String() {
		t.Errorf("the next secret is the same: %v", err)
	}
	if _, err := a.StartFactor(t.Context(), aino, f.Secret.Code(c.now)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), codes[0], ""); err != staff.ErrSignIn {
		t.Errorf("a recovery code of the factor before: %v", err)
	}
	if err := a.ResetFactor(t.Context(), staff.Account{Name: "pomo"}, "aino"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.SignIn(t.Context(), "aino", password, ""); err != nil {
		t.Errorf("after a reset: %v", err)
	}
}

func TestALinkWantsACodeToo(t *testing.T) {
	t.Parallel()
	a, c := counter(t)
	link, err := a.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	demo := staff.Account{Name: "demo"}
	f, err := a.OfferFactor(t.Context(), demo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.StartFactor(t.Context(), demo, f.Secret.Code(c.now)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.UseLink(t.Context(), link, ""); err != staff.ErrCode {
		t.Error(err)
	}
}

func TestWhatRolesMay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role, other staff.Role
		may         bool
	}{
		{staff.Agent, staff.Agent, true}, {staff.Agent, staff.Lead, false}, {staff.Lead, staff.Agent, true}, {staff.Lead, staff.Admin, false},
		{staff.Admin, staff.Lead, true}, {staff.Gone, staff.Agent, false}, {"", staff.Agent, false}, {"", "", false}, {"owner", "owner", false},
	} {
		if got := c.role.May(c.other); got != c.may {
			t.Errorf("%q may what %q may: %v", c.role, c.other, got)
		}
	}
}

func TestARoleHoldsAtOnce(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	admin := staff.Account{Name: "pomo", Display: "Pomo", Role: staff.Admin}
	if err := a.Add(t.Context(), admin, password); err != nil {
		t.Fatal(err)
	}
	session, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetRole(t.Context(), admin, "aino", staff.Lead); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Session(t.Context(), session); err != staff.ErrSession {
		t.Errorf("a session of the role before: %v", err)
	}
	if _, who, err := a.SignIn(t.Context(), "aino", password, ""); err != nil || who.Role != staff.Lead {
		t.Errorf("%+v, %v", who, err)
	}
	if err := a.SetRole(t.Context(), admin, "aino", staff.Gone); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.SignIn(t.Context(), "aino", password, ""); err != staff.ErrSignIn {
		t.Errorf("somebody who has left: %v", err)
	}
	if err := a.SetRole(t.Context(), admin, "pomo", staff.Agent); err != staff.ErrOwnRole {
		t.Errorf("one's own role: %v", err)
	}
	if err := a.SetRole(t.Context(), admin, "matti", staff.Agent); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("nobody's role: %v", err)
	}
	if err := a.SetRole(t.Context(), admin, "aino", "owner"); err == nil {
		t.Error("there is an owner")
	}
	members, err := a.Members(t.Context())
	if err != nil || len(members) != 2 || members[0].Name != "aino" || members[0].Role != staff.Gone || members[0].Sessions != 0 || members[1].Factor {
		t.Errorf("%+v, %v", members, err)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	a, c := withAino(t)
	phone, _, err := a.SignIn(t.Context(), "aino", password, "Firefox · Android")
	if err != nil {
		t.Fatal(err)
	}
	c.now = noon.Add(time.Hour)
	desk, _, err := a.SignIn(t.Context(), "aino", password, strings.Repeat("ö", staff.MaxBrowser+1))
	if err != nil {
		t.Fatal(err)
	}
	open, err := a.Sessions(t.Context(), aino, desk)
	if err != nil || len(open) != 2 || !open[0].Here || open[1].Here || open[1].Browser != "Firefox · Android" || !open[1].Since.Equal(noon) ||
		open[0].Browser != strings.Repeat("ö", staff.MaxBrowser) {
		t.Fatalf("%+v, %v", open, err)
	}
	if _, err := a.Session(t.Context(), open[1].ID); err != staff.ErrSession {
		t.Errorf("the list tells tokens: %v", err)
	}
	if err := a.EndSession(t.Context(), staff.Account{Name: "matti"}, open[1].ID); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("ended by another: %v", err)
	}
	if err := a.EndSession(t.Context(), aino, open[1].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Session(t.Context(), phone); err != staff.ErrSession {
		t.Errorf("an ended session: %v", err)
	}
	c.now = c.now.Add(staff.SessionLife)
	if open, err = a.Sessions(t.Context(), aino, desk); err != nil || len(open) != 0 {
		t.Errorf("those that ran out: %+v, %v", open, err)
	}
}
