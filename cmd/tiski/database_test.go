package main

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/store"
)

// TestTranscriptsAreSealedAndRead goes through what a shopkeeper does: no key, a
// key, another one before it, and at last the first one gone.
func TestTranscriptsAreSealedAndRead(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	one, two := base64.StdEncoding.EncodeToString(make([]byte, store.KeySize)), base64.StdEncoding.EncodeToString([]byte(strings.Repeat("2", store.KeySize)))
	for step, c := range []struct {
		keys, told, sealed string
		refused            bool
	}{
		{keys: "", told: "kept open"},
		{keys: one, told: "0 older", sealed: "1 messages are sealed"},
		{keys: "", told: "kept open", refused: true},
		{keys: two, told: "0 older", refused: true},
		{keys: two + ", " + one, told: "1 older", sealed: "1 messages are sealed"},
		{keys: one, told: "0 older", refused: true},
		{keys: two, told: "0 older", sealed: "0 messages are sealed"},
	} {
		s, err := readSettings([]string{"TRANSCRIPT_KEYS=" + c.keys})
		if err != nil {
			t.Fatal(err)
		}
		var told, sealed strings.Builder
		if err := s.tellSeal(&told); err != nil || !strings.Contains(told.String(), c.told) || strings.Contains(told.String(), one) {
			t.Errorf("%d: check tells %q, %v", step, &told, err)
		}
		kept, err := s.openDatabase(t.Context(), data)
		if c.refused {
			if err == nil || !strings.Contains(err.Error(), "TRANSCRIPT_KEYS") {
				t.Errorf("%d: the start is refused with %v", step, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := kept.SaveMessages(t.Context(), bot.Excerpt{Conversation: "widget:1", Messages: []bot.Message{{Seq: 1, From: dialogue.ByCustomer, Text: "hei", At: time.UnixMilli(1)}}}); err != nil {
			t.Fatal(err)
		}
		if err := sealKept(t.Context(), kept, &sealed); (err == nil) != (c.sealed != "") || !strings.HasPrefix(sealed.String(), c.sealed) {
			t.Errorf("%d: sealing tells %q, %v", step, &sealed, err)
		}
		if said, err := kept.Transcript(t.Context(), "widget:1", 0, 9); err != nil || len(said) != 1 || said[0].Text != "hei" {
			t.Errorf("%d: the transcript is %+v, %v", step, said, err)
		}
		if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTranscriptKeysThatAreNone(t *testing.T) {
	t.Parallel()
	good := base64.StdEncoding.EncodeToString(make([]byte, store.KeySize))
	for _, keys := range []string{
		"salasana", good[:40], good + good, good + ",x", strings.TrimRight(good, "="),
		base64.StdEncoding.EncodeToString(make([]byte, store.KeySize-1)), base64.StdEncoding.EncodeToString(make([]byte, store.KeySize+1)),
	} {
		_, err := readSettings([]string{"TRANSCRIPT_KEYS=" + keys})
		if err == nil || !strings.Contains(err.Error(), "TRANSCRIPT_KEYS") || strings.Contains(err.Error(), keys) {
			t.Errorf("%q: %v", keys, err)
		}
	}
}
