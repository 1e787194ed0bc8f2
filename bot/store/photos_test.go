package store

import (
	"bytes"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog"
)

func TestPhotos(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		picture := []byte{0xff, 0xd8, 0, '1', 0xff, 0xd9}
		save := func(conversation, id string, jpeg []byte, at time.Time) {
			t.Helper()
			if err := s.SavePhoto(t.Context(), conversation, id, jpeg, at); err != nil {
				t.Fatal(err)
			}
		}
		kept := func(conversation, id string) bool {
			t.Helper()
			got, found, err := s.Photo(t.Context(), conversation, id)
			if err != nil || found && !bytes.Equal(got, picture) {
				t.Fatalf("%v, %v", got, err)
			}
			return found
		}
		save("widget:1", "a", picture, noon)
		save("widget:1", "a", []byte("another"), noon)
		save("widget:2", "a", picture, noon)
		if !kept("widget:1", "a") || kept("widget:1", "b") || kept("widget:3", "a") {
			t.Error("a photo is not found by its conversation and id alone")
		}
		copied, err := s.Copy(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}})
		if err != nil || len(copied.Talks[0].Photos) != 1 || !bytes.Equal(copied.Talks[0].Photos[0].JPEG, picture) {
			t.Errorf("the customer's copy: %+v, %v", copied, err)
		}

		if _, err := s.Erase(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}}, noon.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		save("widget:1", "late", picture, noon) // was on its way
		if kept("widget:1", "a") || kept("widget:1", "late") || !kept("widget:2", "a") {
			t.Error("an erasure takes not the photos of its conversation alone")
		}

		last := catalog.DefaultPrivacy.Photos
		sweep(t, s, noon.AddDate(0, 0, last))
		if !kept("widget:2", "a") {
			t.Error("the photo is gone on its last day")
		}
		if removed := sweep(t, s, noon.AddDate(0, 0, last+1)); removed["photos"] != 1 || kept("widget:2", "a") {
			t.Errorf("a day later %d photos go", removed["photos"])
		}
	})
}
