package catalog

import (
	"bufio"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestRowsAreNumberedAsInASpreadsheet: below the names, blank lines counted and
// the lines within a cell not.
func TestRowsAreNumberedAsInASpreadsheet(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"a,b\n1,x\n\n2,\"y\nz\"\n,\n3,w":                  {"2 1 x", "4 2 y\nz", "6 3 w"},
		"\"GTIN, UPC, EAN, or ISBN\",a,b\n,1,x\n":         {"2 1 x"},
		"\ufeffa;\"kuvaus, pitkä, suomi\";b\r\n1;k;x\r\n": {"2 1 x"},
		"a\tb\n1\tx, y\n":                                 {"2 1 x, y"},
	} {
		var got []string
		err := ReadTable(bufio.NewReader(strings.NewReader(text)), 10, func([]string) error { return nil }, func(number int, fields map[string]string) {
			got = append(got, fmt.Sprint(number, " ", fields["a"], " ", fields["b"]))
		})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}
