package store

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

func TestTopics(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := time.UnixMilli(noon.UnixMilli())
		set := func(thread int, conversation, told string, at time.Time) bot.Topic {
			t.Helper()
			topic := bot.Topic{Chat: -100, Thread: thread, Conversation: conversation, Seq: 7, Told: told, At: at}
			if err := s.SetTopic(t.Context(), topic); err != nil {
				t.Fatal(err)
			}
			return topic
		}
		set(1, "widget:1", "maija", at)
		closed := set(2, "widget:2", "", at)
		open := func(chat int64, want ...int) {
			t.Helper()
			topics, err := s.OpenTopics(t.Context(), chat)
			var threads []int
			for _, topic := range topics {
				threads = append(threads, topic.Thread)
			}
			if err != nil || !reflect.DeepEqual(threads, want) {
				t.Errorf("open in %d: %v, %v; want %v", chat, threads, err, want)
			}
		}
		open(-100, 1)
		open(-200)
		if got, found, err := s.TopicOf(t.Context(), -100, "widget:2"); err != nil || !found || !reflect.DeepEqual(got, closed) {
			t.Errorf("%+v, %v, %v", got, found, err)
		}
		if _, found, err := s.TopicAt(t.Context(), -200, 1); err != nil || found {
			t.Errorf("another group's: %v, %v", found, err)
		}

		if _, err := s.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}}, at); err != nil {
			t.Fatal(err)
		}
		set(1, "widget:1", "maija", at) // was on its way
		if got, found, err := s.TopicAt(t.Context(), -100, 1); err != nil || found {
			t.Errorf("erased: %+v, %v", got, err)
		}
		open(-100, 1) // to be removed

		kept := set(3, "widget:3", "", at.AddDate(0, 0, 1))
		if _, err := s.Sweep(t.Context(), catalog.Privacy{Transcripts: 90}, kept.At.AddDate(0, 0, 90)); err != nil {
			t.Fatal(err)
		}
		open(-100, 1, 2)
		if _, found, err := s.TopicOf(t.Context(), -100, "widget:3"); err != nil || !found {
			t.Errorf("not too old yet: %v, %v", found, err)
		}
		if err := s.DropTopic(t.Context(), -100, 1); err != nil {
			t.Fatal(err)
		}
		open(-100, 2)
	})
}

func TestStaffInTelegram(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for _, name := range []string{"aino", "eero"} {
			if err := s.AddStaff(t.Context(), staff.Account{Name: name, Display: name, Role: staff.Agent}, ""); err != nil {
				t.Fatal(err)
			}
		}
		link := func(name string, id int64) {
			t.Helper()
			if err := s.SetTelegram(t.Context(), name, id, noon); err != nil {
				t.Fatal(err)
			}
		}
		whose := func(id int64, want string) {
			t.Helper()
			if who, err := s.StaffInTelegram(t.Context(), id); who.Name != want || (want == "") != errors.Is(err, staff.ErrUnknown) {
				t.Errorf("%d is %q, want %q: %v", id, who.Name, want, err)
			}
		}
		link("aino", 7)
		link("aino", 8) // a new phone
		whose(7, "")
		whose(8, "aino")
		link("eero", 8) // lent to another
		whose(8, "eero")
		if since, err := s.TelegramSince(t.Context(), "aino"); err != nil || !since.IsZero() {
			t.Errorf("aino: %v, %v", since, err)
		}
		if since, err := s.TelegramSince(t.Context(), "eero"); err != nil || !since.Equal(noon) {
			t.Errorf("eero: %v, %v", since, err)
		}
		if err := s.DropTelegram(t.Context(), "eero"); err != nil {
			t.Fatal(err)
		}
		whose(8, "")
	})
}
