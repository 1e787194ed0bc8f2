package store

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/voice"
)

const aConversation = "telegram:1001"

func save(t *testing.T, s *Store, conversation string, ms ...bot.Message) {
	t.Helper()
	if err := s.SaveMessages(t.Context(), bot.Excerpt{Conversation: conversation, Messages: ms}); err != nil {
		t.Fatal(err)
	}
}

func transcript(t *testing.T, s *Store, after int64, limit int) []bot.Message {
	t.Helper()
	ms, err := s.Transcript(t.Context(), aConversation, after, limit)
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

func TestTranscript(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		ms := []bot.Message{
			{Seq: 1795168800001, From: dialogue.ByCustomer, Text: "onko näitä koossa 30? 🥾", At: noon},
			{Seq: 1795168800002, From: dialogue.ByBot, Text: "On.", At: noon.Add(time.Second),
				Buttons: []voice.Button{{Tap: "add:KAAMOS-30-SIN", Label: "Lisää koriin"}},
				Cards:   []voice.Card{{Product: "kaamos", Title: "Kaamos", Price: "64,90 €", Image: "/images/a.svg", Buttons: []voice.Button{}}}},
			{Seq: 1795168800003, From: dialogue.ByStaff, Staff: "Aino", Text: "Hei!", At: noon.Add(2 * time.Second)},
		}
		save(t, s, aConversation, ms[1], ms[0])
		save(t, s, aConversation, ms...)
		changed := ms[0]
		changed.Text = "muu"
		save(t, s, aConversation, changed)
		save(t, s, "telegram:2", changed)
		save(t, s, aConversation)
		if got := transcript(t, s, 0, 10); !reflect.DeepEqual(got, ms) {
			t.Errorf("got  %+v\nwant %+v", got, ms)
		}
		if got := transcript(t, s, ms[0].Seq, 1); !reflect.DeepEqual(got, ms[1:2]) {
			t.Errorf("one after the first: %+v", got)
		}
		for _, none := range [][]bot.Message{transcript(t, s, ms[2].Seq, 10), transcript(t, s, 0, 0), transcript(t, s, 0, -1)} {
			if none != nil {
				t.Errorf("got %+v, want nothing", none)
			}
		}
	})
}

func TestATranscriptHasALimit(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	ms := make([]bot.Message, MaxTranscript+1)
	for i := range ms {
		ms[i] = bot.Message{Seq: int64(i + 1), From: dialogue.ByCustomer, Text: "hei", At: noon}
	}
	save(t, s, aConversation, ms...)
	if got := transcript(t, s, 0, MaxTranscript+1); len(got) != MaxTranscript || got[0].Seq != 1 {
		t.Errorf("got %d messages from %d on", len(got), got[0].Seq)
	}
}

func TestAnyTextCanBeKept(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		save(t, s, aConversation,
			bot.Message{Seq: 1, From: dialogue.ByCustomer, Text: "a\x00b\xffc", At: noon, Staff: "\x00"},
			bot.Message{Seq: 2, From: dialogue.ByCustomer, Text: strings.Repeat("ö", 4000), At: noon})
		got := transcript(t, s, 0, 10)
		if len(got) != 2 || got[0].Text != "a\uFFFDb\uFFFDc" || len(got[1].Text) != 8000 {
			t.Errorf("got %+v", got)
		}
	})
}
