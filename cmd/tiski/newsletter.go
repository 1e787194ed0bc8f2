package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"time"

	"tiski/catalog"
)

// printSubscribers is `tiski newsletter`: who has confirmed that they want the
// newsletter, with the address of the page on which each can leave.
func printSubscribers(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("newsletter")
	asCSV := f.Bool("csv", false, "print a table with semicolons")
	data := dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	if !*asCSV {
		return fmt.Errorf("write: tiski newsletter -csv")
	}
	kept, s, err := openKept(ctx, *data)
	if err != nil {
		return err
	}
	defer kept.Close()
	all, err := kept.Subscribers(ctx)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.Comma = ';'
	rows := [][]string{{"email", "lang", "confirmed", "leave"}}
	for _, r := range all {
		rows = append(rows, []string{catalog.Cell(r.Email), r.Lang, r.Confirmed.In(catalog.Helsinki).Format(time.DateOnly), s.public + "/newsletter/" + r.Token})
	}
	return w.WriteAll(rows)
}
