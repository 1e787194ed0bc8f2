package store

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"tiski/bot/staff"
	"tiski/catalog"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	a := staff.Answer{
		Answer:  catalog.Answer{ID: "vastaus-1", Intent: "store_info", Ask: map[string][]string{"fi": {"onko teillä parkkia"}}, Say: catalog.Text{"fi": "On \"iso\" parkki."}},
		Written: time.UnixMilli(1_800_000_000_000), Staff: "aino",
	}
	b := a
	b.ID, b.Written, b.Accepted = "vastaus-2", a.Written.Add(time.Second), true
	if err := errors.Join(s.SetAnswer(t.Context(), b), s.SetAnswer(t.Context(), a)); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Answers(t.Context(), 9); err != nil || !reflect.DeepEqual(all, []staff.Answer{a, b}) {
		t.Errorf("%+v, %v", all, err)
	}
	a.Accepted, a.Staff = true, "pomo"
	if err := errors.Join(s.SetAnswer(t.Context(), a), s.RemoveAnswer(t.Context(), b.ID)); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Answers(t.Context(), 1); err != nil || !reflect.DeepEqual(all, []staff.Answer{a}) {
		t.Errorf("%+v, %v", all, err)
	}
	if err := s.RemoveAnswer(t.Context(), b.ID); !errors.Is(err, staff.ErrUnknown) {
		t.Errorf("removed twice: %v", err)
	}
}
