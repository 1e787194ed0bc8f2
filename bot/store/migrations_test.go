package store

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"tiski/catalog"
)

// TestAnOlderDatabaseGoesOn takes a database back to its first schema, with an
// order in it, and opens it again.
func TestAnOlderDatabaseGoesOn(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		o := place(t, s, anOrder("1", "A"))
		files, err := fs.Sub(migrations, "migrations")
		if err != nil {
			t.Fatal(err)
		}
		dialect := goose.DialectSQLite3
		if strings.HasPrefix(url, "postgres:") {
			dialect = goose.DialectPostgres
		}
		provider, err := goose.NewProvider(dialect, s.db, files, goose.WithDisableGlobalRegistry(true))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := provider.DownTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		old := map[string]any{
			"ID": "1", "Number": o.Number, "Conversation": o.Conversation, "Status": "placed", "Placed": noon,
			"Lines": []any{map[string]any{"SKU": "A", "Qty": 1, "Unit": 1290, "VAT": 255}}, "Total": 1290,
		}
		document, err := json.Marshal(old)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.db.ExecContext(t.Context(), `UPDATE orders SET document = $1`, string(document)); err != nil {
			t.Fatal(err)
		}

		s = open(t, url)
		place(t, s, anOrder("2", "A"))
		if got := place(t, s, anOrder("1", "A")); got.Number != o.Number || got.Total != 1290 {
			t.Errorf("the order has become %+v", got)
		}
		if _, ok, err := s.ByToken(t.Context(), ""); err != nil || ok {
			t.Errorf("the page of no token: %v, %v", ok, err)
		}
		openCase(t, s, "1", o.Number, begin(aShop(t), catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
		wantStock(t, s, map[string]int{"A": 4}) // it had not left: it is cancelled
	})
}
