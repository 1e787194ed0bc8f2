package catalog

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

// Err is nil when there are none.
func (ms Mistakes) Err() error {
	if len(ms) == 0 {
		return nil
	}
	return ms
}

// Sort puts them in the order of file and line.
func (ms Mistakes) Sort() {
	slices.SortStableFunc(ms, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}

var (
	yamlLine  = regexp.MustCompile(`line (\d+): (.*)`)
	yamlWords = regexp.MustCompile(`^yaml: | in type .*$`)
)

// NotYAML are the mistakes that YAML finds in a file, each with its line. The error names no
// line for what is wrong on the first one.
func NotYAML(file string, text []byte, err error) Mistakes {
	if line := brokenLine(text); line > 0 {
		return Mistakes{{file, line, notUTF8}}
	}
	why := "not YAML: "
	if strings.HasPrefix(err.Error(), "yaml: unmarshal errors") {
		why = "" // it is, but tells something else than it should
	}
	var all Mistakes
	for _, m := range yamlLine.FindAllStringSubmatch(err.Error(), -1) {
		line, _ := strconv.Atoi(m[1])
		all = append(all, Mistake{file, line, why + yamlWords.ReplaceAllString(m[2], "")})
	}
	if all == nil {
		all = Mistakes{{file, 1, why + yamlWords.ReplaceAllString(err.Error(), "")}}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// Unfilled are the {names} in a text other than those that are filled.
func Unfilled(text string, filled ...string) []string {
	return slices.DeleteFunc(placeholder.FindAllString(text, -1), func(name string) bool {
		return slices.Contains(filled, strings.Trim(name, "{}"))
	})
}
