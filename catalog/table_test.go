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
		err := ReadTable(bufio.NewReader(strings.NewReader(text)), 10, func([]string) error { return nil }, func(number int, fields map[string]string, _ error) {
			got = append(got, fmt.Sprint(number, " ", fields["a"], " ", fields["b"]))
		})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// TestARowIsNoWiderThanTheNames: what is shifted is told, not read; empty cells at the end
// shift nothing.
func TestARowIsNoWiderThanTheNames(t *testing.T) {
	t.Parallel()
	for text, wrong := range map[string]bool{
		"id,price,stock\nA1,24,90,3\n":      true,
		"id,price,stock\nA1,\"24,90\",3\n":  false,
		"id,price,stock\nA1,24.90,3,,\n":    false,
		"id;price;stock\nA1;24,90;3\n":      false,
		"id;price;stock\nA1;24,90;3;uusi\n": true,
	} {
		rows := 0
		err := ReadTable(bufio.NewReader(strings.NewReader(text)), 10, func([]string) error { return nil }, func(_ int, _ map[string]string, err error) {
			if rows++; (err != nil) != wrong {
				t.Errorf("%q: %v", text, err)
			}
		})
		if err != nil || rows != 1 {
			t.Errorf("%q: %d rows, %v", text, rows, err)
		}
	}
}
