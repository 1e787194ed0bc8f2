package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"tiski/catalog"
)

// orders is `tiski orders`: the books of a span of days, a row for each line of
// what was sold, cancelled and refunded.
func orders(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("orders")
	from := f.String("from", "", "the first day, 2026-11-01")
	to := f.String("to", "", "the last day, 2026-11-30; left out: the first day alone")
	asJSON := f.Bool("json", false, "one JSON object a line, amounts in cents, instead of a table for Finnish spreadsheets: semicolons and decimal commas")
	data := dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	first, err := parseDay("-from", *from)
	if err != nil {
		return err
	}
	last := first
	if *to != "" {
		if last, err = parseDay("-to", *to); err != nil {
			return err
		}
	}
	if last.Before(first) {
		return fmt.Errorf("-to is before -from")
	}
	kept, _, err := openKept(ctx, *data)
	if err != nil {
		return err
	}
	defer kept.Close()
	entries, err := kept.Books(ctx, first, last.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	if *asJSON {
		return booksJSON(out, entries)
	}
	return booksCSV(out, entries)
}

func parseDay(name, text string) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, catalog.Helsinki)
	if err != nil {
		return day, fmt.Errorf("%s needs a day such as 2026-11-30, not %q", name, text)
	}
	return day, nil
}

var columns = []string{"date", "time", "order", "reference", "case", "entry", "line", "sku", "title", "qty", "discount", "vat", "net", "tax", "gross"}

func booksCSV(out io.Writer, entries []catalog.Entry) error {
	w := csv.NewWriter(out)
	w.Comma = ';'
	rows := [][]string{columns}
	for _, e := range entries {
		at := e.At.In(catalog.Helsinki)
		rows = append(rows, []string{
			at.Format(time.DateOnly), at.Format(time.TimeOnly), catalog.Cell(e.Order), catalog.Order{Number: e.Order}.Reference(), e.Case, e.Kind, e.Row.Kind,
			catalog.Cell(e.SKU), catalog.Cell(e.Title), strconv.Itoa(e.Qty), decimal(int64(e.Discount), 100), decimal(int64(e.VAT), 10),
			decimal(int64(e.Net), 100), decimal(int64(e.Tax), 100), decimal(int64(e.Gross), 100),
		})
	}
	return w.WriteAll(rows)
}

// decimal writes n/unit with a comma: 1611/100 is "16,11", 255/10 is "25,5".
func decimal(n, unit int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := len(strconv.FormatInt(unit, 10)) - 1
	return fmt.Sprintf("%s%d,%0*d", sign, n/unit, digits, n%unit)
}

func booksJSON(out io.Writer, entries []catalog.Entry) error {
	w := json.NewEncoder(out)
	for _, e := range entries {
		if err := w.Encode(map[string]any{
			"at": e.At.In(catalog.Helsinki).Format(time.RFC3339), "order": e.Order, "reference": catalog.Order{Number: e.Order}.Reference(),
			"case": e.Case, "entry": e.Kind, "line": e.Row.Kind, "sku": e.SKU, "title": e.Title, "qty": e.Qty,
			"discount": e.Discount, "vat": e.VAT, "net": e.Net, "tax": e.Tax, "gross": e.Gross,
		}); err != nil {
			return err
		}
	}
	return nil
}
