package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tiski/catalog"
)

// child names the database that a second process, this test again, is to fill.
const child = "TISKI_STORE_TEST_DATABASE"

func TestMain(m *testing.M) {
	if url := os.Getenv(child); url != "" {
		if err := fill(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	if err := server.stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// filled is how many orders fill places: shared/0, shared/1 …
const filled = 40

// fill places orders and prints the ID of each.
func fill(url string) error {
	s, err := Open(context.Background(), url)
	if err != nil {
		return err
	}
	for i := range filled {
		o, err := s.Place(context.Background(), anOrder(fmt.Sprintf("shared/%d", i), "A"))
		if err != nil {
			return err
		}
		fmt.Println(o.ID)
	}
	return s.Close()
}

// filler is a second process that fills the database.
func filler(t *testing.T, url string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), child+"="+url)
	c.Stderr = os.Stderr
	return c
}

// both runs a test on SQLite and on PostgreSQL, each with a database of its own
// that has all tables and nothing in them.
func both(t *testing.T, test func(t *testing.T, url string)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		made, err := sqliteMade()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "tiski.db")
		if err := os.WriteFile(path, made, 0o600); err != nil {
			t.Fatal(err)
		}
		test(t, path)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, server.database(t, withTables))
	})
}

// anotherWaits returns when a transaction waits for the one that is open, or would
// have by now. In SQLite, which writes one at a time, it will.
func anotherWaits(t *testing.T, s *Store) {
	t.Helper()
	if s.lock == "" {
		return
	}
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if number1(t, s, `SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) > 0 {
			return
		}
	}
}

// bothNew runs a test on SQLite and on PostgreSQL, each with no table yet.
func bothNew(t *testing.T, test func(t *testing.T, url string)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, filepath.Join(t.TempDir(), "tiski.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, server.database(t, empty))
	})
}

// sqliteMade is a database file with all tables: to make them takes longer than
// most tests.
var sqliteMade = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "tiski-store-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "tiski.db")
	s, err := Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func open(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// anOrder is an order of one piece of each SKU.
func anOrder(id string, skus ...string) catalog.Order {
	o := catalog.Order{
		ID:           id,
		Conversation: "widget:1",
		Placed:       noon,
		Contact:      catalog.Contact{Name: "Aino Virtanen", Email: "aino@example.fi", Phone: "+358401234567"},
	}
	for _, sku := range skus {
		o.Lines = append(o.Lines, catalog.OrderLine{SKU: sku, Qty: 1, Unit: 1290})
	}
	return o
}

func place(t testing.TB, s *Store, o catalog.Order) catalog.Order {
	t.Helper()
	placed, err := s.Place(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

func setStock(t testing.TB, s *Store, told map[string]int) {
	t.Helper()
	if err := s.SetStock(t.Context(), told, noon); err != nil {
		t.Fatal(err)
	}
}

func wantStock(t *testing.T, s *Store, want map[string]int) {
	t.Helper()
	got, err := s.Stock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("stock is %v, want %v", got, want)
	}
}

// number1 returns the single number of a query.
func number1(t *testing.T, s *Store, query string, args ...any) int {
	t.Helper()
	var n int
	if err := s.db.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
