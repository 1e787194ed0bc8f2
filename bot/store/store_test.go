package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
)

func TestAReopenedDatabaseHasEverything(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s, err := Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		save(t, s, aConversation, bot.Message{Seq: 1, From: dialogue.ByCustomer, Text: "hei", At: noon})
		addAino(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, url)
		if again := place(t, s, anOrder("1", "A")); again.Number != o.Number {
			t.Errorf("order %s has become %s", o.Number, again.Number)
		}
		wantStock(t, s, map[string]int{"A": 4})
		if got := transcript(t, s, 0, 1); len(got) != 1 {
			t.Error("the transcript is gone")
		}
		if _, _, err := s.Staff(t.Context(), "aino"); err != nil {
			t.Error(err)
		}
	})
}

func TestASecondProcessSellsFromTheSameStock(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 2 * filled})
		other := filler(t, url)
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		for i := range filled {
			place(t, s, anOrder(fmt.Sprintf("mine/%d", i), "A"))
		}
		if err := other.Wait(); err != nil {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 0})
	})
}

func TestAKilledProcessOrdersOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": filled})
		other := filler(t, url)
		out, err := other.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 5 {
			if !lines.Scan() {
				t.Fatal("the other process ended early")
			}
		}
		if err := other.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = other.Wait() // it says that it was killed
		for i := range filled {
			place(t, s, anOrder(fmt.Sprintf("shared/%d", i), "A"))
		}
		wantStock(t, s, map[string]int{"A": 0})
		if n := number1(t, s, `SELECT COUNT(*) FROM orders`); n != filled {
			t.Errorf("%d orders, want %d", n, filled)
		}
	})
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	bothNew(t, func(t *testing.T, url string) {
		each(4, func(i int) {
			s, err := Open(t.Context(), url)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Place(t.Context(), anOrder(fmt.Sprint(i), "A")); err != nil {
				t.Error(err)
			}
		})
	})
}

func TestAFileIsMadeWhereItIsNamed(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tiski.db", "uusi kansio/äö.db", "a?b#c%20d&e.db"} {
		path := filepath.Join(t.TempDir(), "data", name)
		open(t, path)
		info, err := os.Stat(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if info.Size() == 0 || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has %d bytes and mode %s", name, info.Size(), info.Mode())
		}
	}
}

func TestMemoryIsEachOpenersOwn(t *testing.T) {
	t.Parallel()
	one, other := open(t, Memory), open(t, Memory)
	setStock(t, one, map[string]int{"A": 1})
	wantStock(t, other, map[string]int{})
}

func TestMemorySurvivesACancelledQuery(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	setStock(t, s, map[string]int{"A": 1})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Stock(gone); err == nil {
		t.Error("a cancelled query answered")
	}
	wantStock(t, s, map[string]int{"A": 1})
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	occupied := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(occupied, []byte("this is no database, and long enough to be told from one: "+strings.Repeat("x", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"mysql://root:hunter2@db/shop":                       `unknown kind "mysql"`,
		"postgres://tiski:hunter2@127.0.0.1:1/shop":          "connect",
		"postgres://tiski:hunter2@127.0.0.1:nowhere/?x=%%%1": "parse",
		t.TempDir():                         "directory",
		occupied:                            "not a database",
		filepath.Join(occupied, "tiski.db"): "not a directory",
	} {
		s, err := Open(t.Context(), url)
		if err == nil {
			s.Close()
			t.Errorf("%s was opened", url)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestMemoryHasTheTablesOfAFile looks that a database in memory is made like a
// file, and keeps the rules between its tables.
func TestMemoryHasTheTablesOfAFile(t *testing.T) {
	t.Parallel()
	schema := func(path string) string {
		t.Helper()
		s := open(t, path)
		var all, on string
		if err := s.db.QueryRowContext(t.Context(), `SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master ORDER BY name)`).Scan(&all); err != nil {
			t.Fatal(err)
		}
		if err := s.db.QueryRowContext(t.Context(), `PRAGMA foreign_keys`).Scan(&on); err != nil || on != "1" {
			t.Errorf("%s: foreign keys %q: %v", path, on, err)
		}
		return all
	}
	kept, forgotten := schema(filepath.Join(t.TempDir(), "tiski.db")), schema(Memory)
	if kept != forgotten {
		t.Errorf("in memory %s\nin a file %s", forgotten, kept)
	}
}
