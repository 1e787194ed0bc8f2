package catalog

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrTooLarge is a source of goods with more in it than is read.
var ErrTooLarge = errors.New("it is too large")

// ReadTable hands on the rows of CSV or TSV, numbered from 1, as fields by the
// names that the first row gives them; its signs tell what stands between them.
// header may write the names otherwise, in place, or refuse them; they come in
// lower case. The first of equal names counts, and empty fields are left out. A
// table of more than so many rows is [ErrTooLarge].
func ReadTable(in *bufio.Reader, most int, header func(names []string) error, row func(number int, fields map[string]string)) error {
	first, err := in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	first = strings.TrimSpace(strings.TrimPrefix(first, "\ufeff"))
	comma := ','
	for _, c := range []rune{'\t', ';'} {
		if strings.ContainsRune(first, c) {
			comma = c
			break
		}
	}
	names := strings.Split(first, string(comma))
	for i, n := range names {
		names[i] = strings.ToLower(strings.Trim(strings.TrimSpace(n), `"`))
	}
	if err := header(names); err != nil {
		return err
	}
	rows := csv.NewReader(in)
	rows.Comma = comma
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	rows.ReuseRecord = true
	for number := 1; ; number++ {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("item %d: %w", number, err)
		}
		if number > most {
			return ErrTooLarge
		}
		fields := make(map[string]string, len(cells))
		for i, value := range cells[:min(len(cells), len(names))] {
			if value = strings.TrimSpace(value); value != "" && fields[names[i]] == "" {
				fields[names[i]] = value
			}
		}
		row(number, fields)
	}
}
