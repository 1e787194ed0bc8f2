package staff_test

import (
	"errors"
	"testing"

	"tiski/bot/staff"
)

func TestSomebodyIsHereUntilAllAreAway(t *testing.T) {
	t.Parallel()
	a, _ := counter(t)
	staffed := func(want bool, when string) {
		t.Helper()
		if got, err := a.Staffed(t.Context()); err != nil || got != want {
			t.Errorf("%s: somebody is here: %v, %v", when, got, err)
		}
	}
	away := func(name string, is bool) {
		t.Helper()
		if err := a.SetAway(t.Context(), staff.Account{Name: name}, is); err != nil {
			t.Fatal(err)
		}
	}
	staffed(true, "without accounts")
	link, err := a.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"aino", "eero"} {
		if err := a.Add(t.Context(), staff.Account{Name: name, Display: name, Role: staff.Agent}, password); err != nil {
			t.Fatal(err)
		}
	}
	away("aino", true)
	staffed(true, "one of two is away")
	if err := a.SetRole(t.Context(), staff.Account{Name: "aino"}, "eero", staff.Gone); err != nil {
		t.Fatal(err)
	}
	staffed(false, "the other works here no more, and nobody uses the demo account")
	if _, _, err := a.UseLink(t.Context(), link, ""); err != nil {
		t.Fatal(err)
	}
	staffed(true, "the demo account is used")
	away("demo", true)
	staffed(false, "it is away too")
	away("aino", false)
	staffed(true, "aino is back")
	if err := a.SetAway(t.Context(), staff.Account{Name: "nobody"}, true); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("who is unknown: %v", err)
	}
}
