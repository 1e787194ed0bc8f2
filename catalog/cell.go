package catalog

import "strings"

// Cell is a text as a cell of a table in CSV: a spreadsheet takes no formula
// from it.
func Cell(text string) string {
	if strings.IndexAny(text, "=+-@\t\r") == 0 {
		return "'" + text
	}
	return text
}
