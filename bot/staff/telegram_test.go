package staff_test

import (
	"errors"
	"testing"
	"time"

	"tiski/bot/staff"
)

func TestTelegramIsLinkedByACodeOnce(t *testing.T) {
	t.Parallel()
	a, c := withAino(t)
	aino := staff.Account{Name: "aino"}
	ask := func() string {
		t.Helper()
		code, err := a.AskTelegram(t.Context(), aino)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	link := func(code string, ok bool) {
		t.Helper()
		who, err := a.LinkTelegram(t.Context(), code, 7)
		if ok != (err == nil && who.Name == "aino") || !ok && !errors.Is(err, staff.ErrSignIn) {
			t.Errorf("%q: %v, %v", code, who, err)
		}
	}
	earlier, code := ask(), ask()
	link(earlier, false)
	link("", false)
	link(" "+code+"\n", true)
	link(code, false)
	if who, err := a.InTelegram(t.Context(), 7); err != nil || who.Display != "Aino" {
		t.Errorf("%v, %v", who, err)
	}
	if err := a.UnlinkTelegram(t.Context(), aino); err != nil {
		t.Fatal(err)
	}
	if _, err := a.InTelegram(t.Context(), 7); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("unlinked: %v", err)
	}
	late := ask()
	c.now = c.now.Add(staff.TelegramLife)
	link(late, false)
	intime := ask()
	c.now = c.now.Add(staff.TelegramLife - time.Nanosecond)
	link(intime, true)
}

// TestWhoIsGoneIsNobodyInTelegram: neither the link nor a code that was not used
// outlives the work here.
func TestWhoIsGoneIsNobodyInTelegram(t *testing.T) {
	t.Parallel()
	a, _ := withAino(t)
	link := func(id int64) string {
		t.Helper()
		code, err := a.AskTelegram(t.Context(), staff.Account{Name: "aino"})
		if err == nil && id != 0 {
			_, err = a.LinkTelegram(t.Context(), code, id)
		}
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	link(7)
	unused := link(0)
	if err := a.SetRole(t.Context(), staff.Account{Name: "paula"}, "aino", staff.Gone); err != nil {
		t.Fatal(err)
	}
	if who, err := a.InTelegram(t.Context(), 7); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("%v, %v", who, err)
	}
	if _, err := a.LinkTelegram(t.Context(), unused, 8); !errors.Is(err, staff.ErrSignIn) {
		t.Errorf("a code that was not used: %v", err)
	}
}
