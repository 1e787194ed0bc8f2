package store

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/voice"
)

// aKey is a key of transcripts.
func aKey(name string) []byte {
	k := sha256.Sum256([]byte(name))
	return k[:]
}

func openWith(t testing.TB, url string, keys ...[]byte) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, keys...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// onDisk is all that a database has, as who reads its disk sees it.
func onDisk(t *testing.T, s *Store, url string) string {
	t.Helper()
	if !s.file {
		var all strings.Builder
		for _, table := range []string{"messages", "transcript_letters", "missed", "letters"} {
			rows, err := list(t.Context(), s.db, func(rows *sql.Rows) (row string, err error) { return row, rows.Scan(&row) }, `SELECT t::text FROM `+table+` t`)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(strings.Join(rows, "\n"))
		}
		return all.String()
	}
	files, err := filepath.Glob(url + "*")
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

// planted are words that nobody may find without a key.
var planted = []string{"sinivuokko", "kellotapuli", "Lahjapaketti", "Salainen Sanni"}

func wantHidden(t *testing.T, s *Store, url string, hidden bool) {
	t.Helper()
	all := onDisk(t, s, url)
	for _, word := range planted {
		if strings.Contains(all, word) == hidden {
			t.Errorf("%q is to be hidden: %v, and is not so in %d bytes", word, hidden, len(all))
		}
	}
}

// talk is a conversation with all that is planted, and a message without words.
func talk() []bot.Message {
	return []bot.Message{
		{Seq: 1, From: dialogue.ByCustomer, Text: "onko teillä SINIVUOKKOJA vai sinivuokko", At: noon},
		{Seq: 2, From: dialogue.ByBot, Text: "Kellotapulin kello, kellotapuli.", At: noon, Buttons: []voice.Button{{Tap: "a", Label: "Lahjapaketti"}}},
		{Seq: 3, From: dialogue.ByStaff, Staff: "Salainen Sanni", At: noon, Photo: "1"},
	}
}

func TestTranscriptsAreSealed(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		one, two := aKey("one"), aKey("two")
		s := openWith(t, url, one)
		save(t, s, aConversation, talk()...)
		if err := s.MailTranscript(t.Context(), aConversation, "1", "a@example.fi", "fi", talk()); err != nil {
			t.Fatal(err)
		}
		if err := s.AddCounts(t.Context(), nil, []bot.Missed{{Conversation: aConversation, Seq: 1, At: noon, Lang: "fi"}}); err != nil {
			t.Fatal(err)
		}
		wantHidden(t, s, url, true)
		reads := func(s *Store) {
			t.Helper()
			if got := transcript(t, s, 0, 10); !reflect.DeepEqual(got, talk()) {
				t.Errorf("got %+v", got)
			}
			copied, err := s.Copy(t.Context(), bot.Belongings{Conversations: []string{aConversation}})
			if err != nil || len(copied.Talks) != 1 || !reflect.DeepEqual(copied.Talks[0].Messages, talk()) {
				t.Errorf("the copy has %+v, %v", copied.Talks, err)
			}
			asked, err := s.Questions(t.Context(), noon, noon.Add(time.Hour), 9)
			if err != nil || len(asked) != 1 || asked[0].Text != talk()[0].Text {
				t.Errorf("not understood are %+v, %v", asked, err)
			}
			for text, want := range map[string]int{"sinivuokko": 1, "kellotap": 1, "kellotapuli vuok": 0, "taulu": 0} {
				if f, err := s.Find(t.Context(), sought(text)); err != nil || len(f.Said) != want {
					t.Errorf("%q: %+v, %v", text, f.Said, err)
				}
			}
		}
		reads(s)
		for name, keys := range map[string][][]byte{"no key": nil, "another key": {two}} {
			if _, err := Open(t.Context(), url, keys...); !errors.Is(err, ErrSealed) {
				t.Errorf("with %s it opens: %v", name, err)
			}
		}

		s = openWith(t, url, two, one)
		reads(s)
		save(t, s, aConversation, bot.Message{Seq: 4, From: dialogue.ByCustomer, Text: "kiitos", At: noon})
		if _, err := Open(t.Context(), url, one); !errors.Is(err, ErrSealed) {
			t.Errorf("with the old key alone it opens: %v", err)
		}
		if n, err := s.SealKept(t.Context()); err != nil || n != 4 { // three messages and a letter
			t.Errorf("%d are sealed anew, %v", n, err)
		}
		if n, err := s.SealKept(t.Context()); err != nil || n != 0 {
			t.Errorf("%d are sealed once more, %v", n, err)
		}
		s = openWith(t, url, two)
		if got := transcript(t, s, 0, 10); len(got) != 4 || got[3].Text != "kiitos" {
			t.Errorf("with the new key alone: %+v", got)
		}
		due, err := s.ClaimLetters(t.Context(), time.Now().AddDate(1, 0, 0), time.Now().AddDate(2, 0, 0), 9)
		if err != nil || len(due) != 1 || len(due[0].Said) != 3 || due[0].Said[2].Name != "Salainen Sanni" {
			t.Errorf("the letter is %+v, %v", due, err)
		}
	})
}

// TestWhatWasOpenIsSealed gives a key to a database that had none.
func TestWhatWasOpenIsSealed(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := openWith(t, url)
		save(t, s, aConversation, talk()...)
		var many []bot.Message
		for i := range int64(sealsAtOnce + 1) {
			many = append(many, bot.Message{Seq: i + 1, From: dialogue.ByCustomer, Text: "hei", At: noon})
		}
		save(t, s, "widget:1", many...)
		wantHidden(t, s, url, false)
		if _, err := s.SealKept(t.Context()); err == nil {
			t.Error("it is sealed without a key")
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}

		s = openWith(t, url, aKey("one"))
		if got := transcript(t, s, 0, 10); !reflect.DeepEqual(got, talk()) {
			t.Errorf("what is open still reads %+v", got)
		}
		if n, err := s.SealKept(t.Context()); err != nil || n != len(many)+3 {
			t.Errorf("%d are sealed, %v", n, err)
		}
		wantHidden(t, s, url, true)
		if got := transcript(t, s, 0, 10); !reflect.DeepEqual(got, talk()) {
			t.Errorf("sealed it is %+v", got)
		}
	})
}

// TestSealedWordsStayInTheirPlace: who writes to the database moves no words from
// one conversation into another.
func TestSealedWordsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	s := openWith(t, Memory, aKey("one"))
	save(t, s, "widget:1", talk()...)
	if _, err := s.db.ExecContext(t.Context(), `UPDATE messages SET conversation = $1`, aConversation); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Transcript(t.Context(), aConversation, 0, 10); err == nil {
		t.Errorf("it reads %+v", got)
	}
}

func TestKeysHaveOneSize(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 16, KeySize - 1, KeySize + 1} {
		if s, err := Open(t.Context(), Memory, make([]byte, n)); err == nil {
			t.Errorf("%d bytes are taken", n)
			s.Close()
		}
	}
}

// BenchmarkFindSealed looks for a word that nobody has said through 20,000 sealed
// messages.
func BenchmarkFindSealed(b *testing.B) {
	s := openWith(b, Memory, aKey("one"))
	var all []bot.Message
	for i := range int64(20_000) {
		all = append(all, bot.Message{Seq: i + 1, At: noon.Add(time.Duration(i) * time.Second), From: dialogue.ByCustomer, Text: fmt.Sprint("millon mun paketti ", i, " tulee perille")})
	}
	if err := s.SaveMessages(b.Context(), bot.Excerpt{Conversation: "widget:1", Messages: all}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if f, err := s.Find(b.Context(), sought("kengät")); err != nil || len(f.Said) > 0 {
			b.Fatal(f, err)
		}
	}
}
