package catalog

import (
	"fmt"
	"strings"
)

// Mistake is something wrong in one of the shop's files.
type Mistake struct {
	File   string // as in the shop's folder: "products/kengat.yaml"
	Line   int    // from 1; 0 when the file as a whole is meant
	Reason string
}

// Error says "products/kengat.yaml:12: reason".
func (m Mistake) Error() string {
	if m.Line == 0 {
		return m.File + ": " + m.Reason
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Reason)
}

// Mistakes are all that is wrong in a shop's files, a line each.
type Mistakes []Mistake

func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.Error()
	}
	return strings.Join(lines, "\n")
}
