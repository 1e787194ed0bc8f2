package store

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiski/bot/staff"
)

var aino = staff.Account{Name: "aino", Display: "Aino", Role: staff.Agent}

func addAino(t *testing.T, s *Store) {
	t.Helper()
	if err := s.AddStaff(t.Context(), aino, "hash"); err != nil {
		t.Fatal(err)
	}
}

func TestStaffAccounts(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		addAino(t, s)
		if err := s.AddStaff(t.Context(), staff.Account{Name: "aino", Display: "Toinen", Role: staff.Admin}, ""); !errors.Is(err, staff.ErrTaken) {
			t.Errorf("the same name again: %v", err)
		}
		if a, hash, err := s.Staff(t.Context(), "aino"); a != aino || hash != "hash" || err != nil {
			t.Errorf("got %+v %q %v", a, hash, err)
		}
		if _, _, err := s.Staff(t.Context(), "matti"); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("an unknown name: %v", err)
		}
	})
}

func TestStaffEmails(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		addAino(t, s)
		mia := staff.Account{Name: "mia", Display: "Mia", Role: staff.Agent, Email: "mia@a.example"}
		if err := s.AddStaff(t.Context(), mia, ""); err != nil {
			t.Fatal(err)
		}
		if err := s.AddStaff(t.Context(), staff.Account{Name: "other", Email: mia.Email}, ""); !errors.Is(err, staff.ErrTaken) {
			t.Errorf("the same address again: %v", err)
		}
		if a, err := s.StaffByEmail(t.Context(), mia.Email); err != nil || a != mia {
			t.Errorf("got %+v, %v", a, err)
		}
		for _, none := range []string{"", "aino@a.example"} {
			if a, err := s.StaffByEmail(t.Context(), none); !errors.Is(err, staff.ErrUnknown) {
				t.Errorf("%q is of %+v, %v", none, a, err)
			}
		}
		for _, set := range []struct {
			name, email string
			want        error
		}{
			{"aino", mia.Email, staff.ErrTaken}, {"mia", mia.Email, nil}, {"mia", "", nil}, {"aino", mia.Email, nil}, {"aino", "", nil}, {"nobody", "x@a.example", staff.ErrUnknown},
		} {
			if err := s.SetEmail(t.Context(), set.name, set.email); !errors.Is(err, set.want) {
				t.Errorf("%s gets %q: %v, want %v", set.name, set.email, err, set.want)
			}
		}
	})
}

func TestStaffKeys(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		addAino(t, s)
		add := func(hash string, until time.Time) {
			t.Helper()
			if err := s.AddKey(t.Context(), staff.Key{Kind: "link", Hash: hash, Staff: "aino", Until: until}, noon); err != nil {
				t.Fatal(err)
			}
		}
		add("old", noon.Add(-time.Millisecond))
		add("now", noon)
		if k, err := s.Key(t.Context(), "link", "now"); err != nil || k.Kind != "link" || k.Hash != "now" || k.Staff != "aino" || !k.Until.Equal(noon) {
			t.Errorf("got %+v, %v", k, err)
		}
		if _, err := s.Key(t.Context(), "link", "old"); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("a key out of date: %v", err)
		}
		if _, err := s.Key(t.Context(), "session", "now"); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("another kind: %v", err)
		}
		if _, err := s.TakeKey(t.Context(), "session", "now"); !errors.Is(err, staff.ErrUnknown) {
			t.Errorf("taking another kind: %v", err)
		}
		var took atomic.Int32
		each(10, func(int) {
			if k, err := s.TakeKey(t.Context(), "link", "now"); err == nil && k.Staff == "aino" {
				took.Add(1)
			} else if !errors.Is(err, staff.ErrUnknown) {
				t.Error(err)
			}
		})
		if took.Load() != 1 {
			t.Errorf("%d took the key, want 1", took.Load())
		}
		if err := s.AddKey(t.Context(), staff.Key{Kind: "link", Hash: "x", Staff: "matti", Until: noon}, noon); err == nil {
			t.Error("a key for nobody was added")
		}
	})
}

func TestStaffActs(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for i := range 5 {
			if err := s.AddAct(t.Context(), staff.Act{At: noon, Staff: "aino", Act: "take", Subject: fmt.Sprint(i, "\x00")}); err != nil {
				t.Fatal(err)
			}
		}
		acts, err := s.Acts(t.Context(), "", 3)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, a := range acts {
			got += a.Subject
			if !a.At.Equal(noon) || a.Staff != "aino" || a.Act != "take" {
				t.Errorf("got %+v", a)
			}
		}
		if got = strings.ReplaceAll(got, "\uFFFD", ""); got != "432" {
			t.Errorf("got %s, want the last three, newest first", got)
		}
		if none, err := s.Acts(t.Context(), "", -1); err != nil || none != nil {
			t.Errorf("got %v, %v", none, err)
		}
	})
}

// Two of the staff mark a conversation at once: neither undoes what the other does.
func TestTwoMarkAtOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		nodes := []*Store{open(t, url), open(t, url)}
		each(20, func(i int) {
			err := nodes[i%2].ChangeMark(t.Context(), "widget:1", func(m *staff.Mark) {
				m.Labels, m.Since = append(m.Labels, fmt.Sprint(i)), noon
				if i == 7 {
					m.Closed, m.Reason = noon, staff.Solved
				}
			})
			if err != nil {
				t.Error(err)
			}
		})
		m, err := nodes[0].MarkOf(t.Context(), "widget:1")
		if err != nil || len(m.Labels) != 20 || !m.Over(noon) || m.Reason != staff.Solved {
			t.Errorf("%+v, %v", m, err)
		}
	})
}
