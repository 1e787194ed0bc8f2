package store

import (
	"fmt"
	"path/filepath"
	"testing"
)

// A copy made while orders come in has each order whole, and opens as any other.
func TestBackupWhileOrdersComeIn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, to := filepath.Join(folder, "tiski.db"), filepath.Join(folder, "copy.db")
	s := open(t, path)
	sku := "a"
	setStock(t, s, map[string]int{sku: 1000})
	half, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := range 40 {
			if i == 20 {
				close(half)
			}
			if _, err := s.Place(t.Context(), anOrder(fmt.Sprint("widget:1/", i, "/0"), sku)); err != nil {
				t.Error(err)
			}
		}
	}()
	<-half
	if err := Backup(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	<-done
	if err := Backup(t.Context(), path, to); err == nil {
		t.Error("a copy is written over")
	}
	copied := open(t, to)
	var orders, sold int
	if err := copied.db.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM orders`).Scan(&orders); err != nil {
		t.Fatal(err)
	}
	stock, err := copied.Stock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if sold = 1000 - stock[sku]; orders < 20 || sold != orders {
		t.Errorf("%d orders and %d pieces sold", orders, sold)
	}
	if err := Backup(t.Context(), filepath.Join(folder, "none.db"), filepath.Join(folder, "x.db")); err == nil {
		t.Error("a copy of nothing")
	}
}
