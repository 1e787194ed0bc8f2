package feed

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readTable hands on the rows of TSV or CSV. The first row names the fields;
// its signs tell what stands between them.
func readTable(in *bufio.Reader, put func(item)) error {
	header, err := in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	header = strings.TrimSpace(header)
	comma := ','
	for _, c := range []rune{'\t', ';'} {
		if strings.ContainsRune(header, c) {
			comma = c
			break
		}
	}
	names := strings.Split(header, string(comma))
	for i, n := range names {
		n = strings.ToLower(strings.Trim(strings.TrimSpace(n), `"`))
		names[i] = strings.ReplaceAll(strings.TrimPrefix(n, "g:"), " ", "_")
	}
	if !slices.Contains(names, "id") || !slices.Contains(names, "title") || !slices.Contains(names, "price") {
		return errors.New("no feed: the first row does not name id, title and price")
	}
	rows := csv.NewReader(in)
	rows.Comma = comma
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	rows.ReuseRecord = true
	for count := 1; ; count++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("item %d: %w", count, err)
		}
		if count > MaxItems {
			return ErrTooLarge
		}
		fields := make(map[string]string, len(row))
		for i, value := range row[:min(len(row), len(names))] {
			if value = strings.TrimSpace(value); value != "" && fields[names[i]] == "" {
				fields[names[i]] = value
			}
		}
		put(item{count, fields})
	}
}
