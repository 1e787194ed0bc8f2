package staff_test

import (
	"errors"
	"runtime"
	"testing"

	"tiski/bot/staff"
)

// argon2Memory is what stretching one password takes, in bytes.
const argon2Memory = 19 << 20

// TestEveryNameCostsTheSame: whoever signs in, a password is stretched once, so that
// time tells no names. It counts the memory taken, and therefore runs alone.
func TestEveryNameCostsTheSame(t *testing.T) {
	a, _ := withAino(t)
	for _, name := range []string{"mia", "leena"} {
		if err := a.Add(t.Context(), staff.Account{Name: name, Display: name, Role: staff.Agent}, password); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.SetRole(t.Context(), staff.Account{Name: "aino"}, "leena", staff.Gone); err != nil {
		t.Fatal(err)
	}
	if err := a.Records.SetPassword(t.Context(), "mia", ""); err != nil { // she signs in at the issuer alone
		t.Fatal(err)
	}
	for _, name := range []string{"aino", "matti", "mia", "leena", "AINO "} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := a.SignIn(t.Context(), name, "arvaus1234", "")
		runtime.ReadMemStats(&after)
		if !errors.Is(err, staff.ErrSignIn) {
			t.Errorf("%q: %v", name, err)
		}
		if n := (after.TotalAlloc - before.TotalAlloc) / argon2Memory; n != 1 {
			t.Errorf("%q stretches a password %d times", name, n)
		}
	}
}
