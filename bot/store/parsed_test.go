package store

import (
	"fmt"
	"testing"
)

// TestStatementsAreKept runs a statement while its rows are being read, and more
// statements than a connection keeps.
func TestStatementsAreKept(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	setStock(t, s, map[string]int{"A": 1, "B": 2})
	tx, err := s.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	const text = `SELECT sku FROM stock WHERE pieces >= $1 ORDER BY sku`
	outer, err := tx.QueryContext(t.Context(), text, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	var read []string
	for outer.Next() {
		inner, err := list(t.Context(), tx, word, text, 2)
		if err != nil {
			t.Fatal(err)
		}
		var sku string
		if err := outer.Scan(&sku); err != nil {
			t.Fatal(err)
		}
		read = append(read, fmt.Sprint(sku, inner))
	}
	if got := fmt.Sprint(read); got != "[A[B] B[B]]" {
		t.Errorf("read %s", got)
	}
	for i := range maxParsed + 1 {
		var n int
		if err := tx.QueryRowContext(t.Context(), fmt.Sprintf(`SELECT %d + $1`, i), 1).Scan(&n); err != nil || n != i+1 {
			t.Fatalf("statement %d: %d, %v", i, n, err)
		}
	}
}
