package store

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
)

func TestNotesAndExamples(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	at := time.UnixMilli(1_800_000_000_000)
	for _, n := range []staff.Note{{ID: "2", Conversation: "widget:1", At: at.Add(1), Text: "toinen"}, {ID: "1", Conversation: "widget:1", At: at, Text: "eka"}, {ID: "1", Conversation: "widget:1", At: at, Text: "sama"}, {ID: "3", Conversation: "widget:2", At: at}} {
		if err := s.AddNote(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	notes, err := s.NotesOf(t.Context(), "widget:1")
	if err != nil || len(notes) != 2 || notes[0].Text != "eka" || !notes[0].At.Equal(at) {
		t.Errorf("%+v, %v", notes, err)
	}
	for _, id := range []string{"a", "b", "c"} {
		e := staff.Example{ID: id, Conversation: "widget:1", At: at, Staff: "aino", Lang: "fi", Text: "missä se on", Was: "product_search", Intent: "order_status"}
		if err := s.ProposeExample(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.AcceptExample(t.Context(), "a", "missä mun paketti on", "order_status"), s.RemoveExample(t.Context(), "b")); err != nil {
		t.Fatal(err)
	}
	for _, again := range []error{s.AcceptExample(t.Context(), "a", "x", "y"), s.RemoveExample(t.Context(), "b")} {
		if !errors.Is(again, staff.ErrUnknown) {
			t.Errorf("again: %v", again)
		}
	}
	if _, err := s.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}}, at); err != nil {
		t.Fatal(err)
	}
	taught, err := s.Examples(t.Context(), true, 9)
	if err != nil || len(taught) != 1 || taught[0].Text != "missä mun paketti on" || taught[0].Conversation != "" || !taught[0].Accepted {
		t.Errorf("accepted: %+v, %v", taught, err)
	}
	if waiting, err := s.Examples(t.Context(), false, 9); err != nil || len(waiting) != 0 {
		t.Errorf("an erased customer's words wait to be accepted: %+v, %v", waiting, err)
	}
	if notes, err := s.NotesOf(t.Context(), "widget:1"); err != nil || len(notes) != 0 {
		t.Errorf("notes of an erased customer: %+v, %v", notes, err)
	}
}

func TestMentionsOf(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for i, text := range []string{"@aino katsotko?", "kysy @Aino.", "aino@example.fi", "@ainoliisa tietää", "(@aino)", "liian vanha @aino"} {
			n := staff.Note{ID: strconv.Itoa(i), Conversation: "widget:" + strconv.Itoa(i), At: noon.Add(time.Duration(i) * time.Minute), Staff: "mia", Text: text}
			if i == 5 {
				n.At = noon.Add(-time.Second)
			}
			if err := s.AddNote(t.Context(), n); err != nil {
				t.Fatal(err)
			}
		}
		own := staff.Note{ID: "own", Conversation: "widget:7", At: noon, Staff: "aino", Text: "@aino muista"}
		if err := s.AddNote(t.Context(), own); err != nil {
			t.Fatal(err)
		}
		of := func(name string) (ids string) {
			t.Helper()
			all, err := s.MentionsOf(t.Context(), name, noon)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range all {
				ids += n.ID
			}
			return ids
		}
		if got := of("aino"); got != "410" {
			t.Errorf("mentions: %s", got)
		}
		for _, act := range []staff.Act{{At: noon.Add(4 * time.Minute), Staff: "aino", Act: "view", Subject: "widget:4"}, {At: noon, Staff: "aino", Act: "view", Subject: "widget:1"}, {At: noon.Add(time.Hour), Staff: "mia", Act: "view", Subject: "widget:0"}} {
			if err := s.AddAct(t.Context(), act); err != nil {
				t.Fatal(err)
			}
		}
		if got := of("aino"); got != "10" {
			t.Errorf("after looking: %s", got)
		}
		if got := of("ainoliisa"); got != "3" {
			t.Errorf("of another: %s", got)
		}
	})
}
