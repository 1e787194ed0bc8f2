package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiski/bot/store"
	"tiski/catalog"
)

// TestOrdersPrintsTheBooks adds up the rows of a day: what was sold, less a
// cancelled order and a refund.
func TestOrdersPrintsTheBooks(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	s, err := store.Open(t.Context(), filepath.Join(data, "tiski.db"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 30, 23, 59, 0, 0, catalog.Helsinki)
	s.Now = func() time.Time { return at }
	var placed []catalog.Order
	for n := range 3 {
		o, err := s.Place(t.Context(), anOrder(shelf.Shop, n, at))
		if err != nil {
			t.Fatal(err)
		}
		placed = append(placed, o)
	}
	if _, err := s.Advance(t.Context(), placed[0].Number, catalog.Cancelled, "test", at); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Advance(t.Context(), placed[1].Number, catalog.Delivered, "test", at); err != nil {
		t.Fatal(err)
	}
	c, err := s.OpenCase(t.Context(), "case", placed[1].Number, func(o catalog.Order, earlier []catalog.Case) (catalog.Case, error) {
		return shelf.Shop.NewCase(catalog.Case{Kind: catalog.Withdrawal, Lines: []catalog.CaseLine{{Line: 2, Qty: 1}}}, o, earlier, at)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AdvanceCase(t.Context(), c.Number, catalog.CaseRefunded, "test", at); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := int64(placed[1].Total + placed[2].Total - c.Refund.Total)

	books := func(args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if err := run(t.Context(), append([]string{"orders", "-data", data}, args...), nil, &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	r := csv.NewReader(strings.NewReader(books("-from", "2026-11-01", "-to", "2026-11-30")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]int64{}
	for _, row := range rows[1:] {
		for i, name := range rows[0] {
			if name == "net" || name == "tax" || name == "gross" {
				cents, err := strconv.ParseInt(strings.ReplaceAll(row[i], ",", ""), 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				sums[name] += cents
			}
		}
		if row[0] != "2026-11-30" || row[1] != "23:59:00" {
			t.Errorf("at %s %s", row[0], row[1])
		}
	}
	if len(rows) != 1+3*3+3+1 || sums["gross"] != want || sums["net"]+sums["tax"] != want {
		t.Errorf("%d rows add up to %v, want %d", len(rows)-1, sums, want)
	}

	var sum int64
	lines := strings.Split(strings.TrimSpace(books("-from", "2026-11-30", "-json")), "\n")
	for _, line := range lines {
		var e struct {
			Gross            int64
			Order, Entry, At string
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		sum += e.Gross
		if e.At != "2026-11-30T23:59:00+02:00" || e.Order == "" || e.Entry == "" {
			t.Errorf("%s", line)
		}
	}
	if sum != want || len(lines) != len(rows)-1 {
		t.Errorf("%d lines of JSON add up to %d", len(lines), sum)
	}
	if none := books("-from", "2026-12-01", "-to", "2026-12-31"); strings.Count(none, "\n") != 1 {
		t.Errorf("a month without orders:\n%s", none)
	}
	for _, args := range [][]string{{}, {"-from", "1.11.2026"}, {"-from", "2026-11-02", "-to", "2026-11-01"}} {
		if err := run(t.Context(), append([]string{"orders", "-data", data}, args...), nil, &bytes.Buffer{}); err == nil {
			t.Errorf("%v is taken", args)
		}
	}
}

func TestCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", "-10 %": "'-10 %", "Sukat": "Sukat", "": ""} {
		if got := catalog.Cell(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	for n, want := range map[int64]string{0: "0,00", 5: "0,05", -1611: "-16,11", 123456: "1234,56"} {
		if got := decimal(n, 100); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
