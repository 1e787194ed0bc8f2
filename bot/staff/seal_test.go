package staff_test

import (
	"bytes"
	"errors"
	"testing"

	"tiski/bot/staff"
)

// TestSecretsAreSealed: what the database has makes no codes, what was kept open is
// sealed too, and with another key only recovery codes help.
func TestSecretsAreSealed(t *testing.T) {
	t.Parallel()
	a, c, secret, codes := withFactor(t)
	kept := func() staff.Secret {
		t.Helper()
		f, err := a.Records.Factor(t.Context(), "aino")
		if err != nil {
			t.Fatal(err)
		}
		return f.Secret
	}
	if !bytes.Equal(kept(), secret) {
		t.Fatal("without a key it is not kept open")
	}
	for range 2 { // at every start
		if err := a.Seal(t.Context(), []byte("a secret of the settings")); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(kept(), secret) || len(kept()) == len(secret) {
			t.Fatalf("%x is kept of %x", kept(), secret)
		}
	}
	before := kept()
	if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), secret.Code(c.now), ""); err != nil {
		t.Errorf("its codes are not taken: %v", err)
	}
	if f, err := a.Factor(t.Context(), aino); err != nil || !bytes.Equal(f.Secret, secret) {
		t.Errorf("%x, %v", f.Secret, err)
	}

	// Sealed for one account it is no other's.
	if err := a.Add(t.Context(), staff.Account{Name: "mia", Display: "Mia", Role: staff.Agent}, password); err != nil {
		t.Fatal(err)
	}
	if err := a.Records.SetFactor(t.Context(), "mia", staff.Factor{Secret: before, Since: c.now}); err != nil {
		t.Fatal(err)
	}
	if f, err := a.Factor(t.Context(), staff.Account{Name: "mia"}); err != nil || f.Secret != nil {
		t.Errorf("Mia has %x, %v", f.Secret, err)
	}

	if err := a.Seal(t.Context(), []byte("another secret")); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{secret.Code(c.now), staff.Secret(nil).Code(c.now), ""} {
		if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), code, ""); !errors.Is(err, staff.ErrSignIn) {
			t.Errorf("with another key %q signs in: %v", code, err)
		}
	}
	if f, err := a.OfferFactor(t.Context(), aino); err != nil || f.Secret != nil {
		t.Errorf("another factor is offered in its place: %v, %v", f, err)
	}
	if _, _, err := a.SecondStep(t.Context(), halfWay(t, a), codes[0], ""); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	here, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil {
		t.Fatal(err)
	}
	there, _, err := a.SignIn(t.Context(), "aino", password, "")
	if err != nil {
		t.Fatal(err)
	}
	const other = "toinen salasana"
	var limit *staff.Limit
	if err := a.ChangePassword(t.Context(), aino, here, "väärä", other); !errors.Is(err, staff.ErrSignIn) {
		t.Errorf("wrong: %v", err)
	}
	if err := a.ChangePassword(t.Context(), aino, here, password, "lyhyt12"); !errors.As(err, &limit) || limit.Of != "password" {
		t.Errorf("short: %v", err)
	}
	if err := a.ChangePassword(t.Context(), aino, here, password, other); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Session(t.Context(), here); err != nil {
		t.Errorf("this session ends: %v", err)
	}
	if _, err := a.Session(t.Context(), there); !errors.Is(err, staff.ErrSession) {
		t.Errorf("the other session goes on: %v", err)
	}
	if _, _, err := a.SignIn(t.Context(), "aino", password, ""); !errors.Is(err, staff.ErrSignIn) {
		t.Errorf("the old password: %v", err)
	}
	if _, _, err := a.SignIn(t.Context(), "aino", other, ""); err != nil {
		t.Errorf("the new password: %v", err)
	}
}
