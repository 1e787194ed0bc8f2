package catalog

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ErrTooLarge is a source of goods with more in it than is read.
var ErrTooLarge = errors.New("it is too large")

// ReadTable hands on the rows of CSV or TSV as fields by the names that the
// first row gives them; its signs tell what stands between them. Rows have the
// numbers that a spreadsheet shows: the first below the names is 2. header may
// write the names otherwise, in place, or refuse them; they come in lower case.
// The first of equal names counts, and empty fields are left out. A row is wrong that has
// more in it than there are names, for then nobody knows which field is which: of "2,50,1"
// the price may be 2 or 2,50. A table of more than so many rows is [ErrTooLarge].
func ReadTable(in *bufio.Reader, most int, header func(names []string) error, row func(number int, fields map[string]string, wrong error)) error {
	first, err := in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	first = strings.TrimPrefix(first, "\ufeff")
	rows := csv.NewReader(io.MultiReader(strings.NewReader(first), in))
	rows.Comma = separator(first)
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	rows.ReuseRecord = true
	var names []string
	inside := 0 // ends of lines in cells, which begin no row
	for count := 0; ; count++ {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) && names != nil {
			return nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		number := 0
		if len(cells) > 0 {
			line, _ := rows.FieldPos(0)
			number = line - inside
		}
		for _, cell := range cells {
			inside += strings.Count(cell, "\n")
		}
		if names == nil {
			names = make([]string, len(cells))
			for i, cell := range cells {
				names[i] = strings.ToLower(strings.TrimSpace(cell))
			}
			if err := header(names); err != nil {
				return err
			}
			continue
		}
		if count > most {
			return ErrTooLarge
		}
		fields := make(map[string]string, len(cells))
		for i, value := range cells[:min(len(cells), len(names))] {
			if value = strings.TrimSpace(value); value != "" && fields[names[i]] == "" {
				fields[names[i]] = value
			}
		}
		var wrong error
		if slices.ContainsFunc(cells[min(len(cells), len(names)):], func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			wrong = fmt.Errorf("it has %d cells, but the first row names %d: put what has a %q in it between quotation marks", len(cells), len(names), rows.Comma)
		}
		if len(fields) > 0 {
			row(number, fields, wrong)
		}
	}
}

// separator is the sign that stands between the names of a first row most often.
func separator(first string) rune {
	best, most := ',', 0
	for _, sign := range []rune{'\t', ';', ','} {
		count, quoted := 0, false
		for _, r := range first {
			switch r {
			case '"':
				quoted = !quoted
			case sign:
				if !quoted {
					count++
				}
			}
		}
		if count > most {
			best, most = sign, count
		}
	}
	return best
}

// Headings writes the names of a first row for whoever must mend it.
func Headings(names []string) string {
	return fmt.Sprintf("the first row names %s", Clip(strings.Join(names, ", "), 300))
}
