package feed

import (
	"bufio"
	"errors"
	"slices"
	"strings"

	"tiski/catalog"
)

// readTable hands on the rows of TSV or CSV.
func readTable(in *bufio.Reader, put func(item)) error {
	return catalog.ReadTable(in, maxItems, func(names []string) error {
		for i, n := range names {
			names[i] = strings.ReplaceAll(strings.TrimPrefix(n, "g:"), " ", "_")
		}
		if !slices.Contains(names, "id") || !slices.Contains(names, "title") || !slices.Contains(names, "price") {
			return errors.New("no feed: the first row does not name id, title and price")
		}
		return nil
	}, func(number int, fields map[string]string) { put(item{number, fields}) })
}
