package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// way is a step from one state to the next.
type way[S ~string] struct {
	from, to S
	when     string // for the drawing; "" when the states say it all
}

// ways are the steps that something with states may take.
type ways[S ~string] []way[S]

func (w ways[S]) lead(from, to S) bool {
	return slices.ContainsFunc(w, func(way way[S]) bool { return way.from == from && way.to == to })
}

func (w ways[S]) know(s S) bool {
	return slices.ContainsFunc(w, func(way way[S]) bool { return way.from == s || way.to == s })
}

func (w ways[S]) leave(s S) bool {
	return slices.ContainsFunc(w, func(way way[S]) bool { return way.from == s })
}

// graph draws the ways as a Mermaid state diagram.
func (w ways[S]) graph() string {
	var b strings.Builder
	var ends []S
	fmt.Fprintf(&b, "stateDiagram-v2\n    [*] --> %s\n", w[0].from)
	for _, way := range w {
		fmt.Fprintf(&b, "    %s --> %s", way.from, way.to)
		if way.when != "" {
			fmt.Fprintf(&b, " : %s", way.when)
		}
		b.WriteByte('\n')
		if !w.leave(way.to) && !slices.Contains(ends, way.to) {
			ends = append(ends, way.to)
		}
	}
	for _, end := range ends {
		fmt.Fprintf(&b, "    %s --> [*]\n", end)
	}
	return b.String()
}

// IllegalStep is a step that the life of an order or a case does not have.
type IllegalStep struct{ Of, From, To string }

func (e *IllegalStep) Error() string {
	return fmt.Sprintf("%s may not go from %q to %q", e.Of, e.From, e.To)
}
