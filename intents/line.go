package intents

import (
	"slices"
	"strconv"
)

// Line is one of several things wanted in one message: "kaks mustaa ja yks
// valkonen" is two lines. What was not said is zero.
type Line struct {
	Qty      int
	Product  string // id
	Category string // id
	Brand    string
	Size     string
	Color    string
	Material string
	Audience string
	Ref      string
}

// Lines returns what is wanted, line by line. A quantity belongs to what
// follows it until the next one; when the message begins with goods and ends
// in a quantity, to what goes before it. What is named before the first
// quantity counts for every line, and a line that names no goods is of the
// goods of the line before it. What is negated is left out.
func (r Reading) Lines() []Line {
	var said []Entity
	for _, e := range r.Entities {
		if !e.Negated && (e.Kind == Quantity || new(Line).field(e.Kind) != nil) {
			said = append(said, e)
		}
	}
	if len(said) == 0 {
		return nil
	}
	var common Line
	first := slices.IndexFunc(said, func(e Entity) bool { return e.Kind == Quantity })
	last := said[len(said)-1]
	closing := first > 0 && last.Kind == Quantity
	if first > 0 && !closing {
		common = newLine(said[:first])
		said = said[first:]
	}
	var lines []Line
	for len(said) > 0 {
		n := 1
		for n < len(said) && !ends(said[:n], said[n], closing) {
			n++
		}
		line := newLine(said[:n])
		line.inherit(common)
		if len(lines) > 0 && line.Product == "" && line.Category == "" {
			before := lines[len(lines)-1]
			line.inherit(Line{Product: before.Product, Category: before.Category, Brand: before.Brand})
		}
		lines = append(lines, line)
		said = said[n:]
	}
	return lines
}

// ends reports whether a line that consists of these ends before next.
func ends(line []Entity, next Entity, closing bool) bool {
	if closing {
		return line[len(line)-1].Kind == Quantity
	}
	if next.Kind == Quantity {
		return true
	}
	return (next.Kind == Product || next.Kind == Category || next.Kind == Color) &&
		slices.ContainsFunc(line, func(e Entity) bool { return e.Kind == next.Kind && e.Value != next.Value })
}

// newLine returns the line that consists of these; of two of a kind the first counts.
func newLine(said []Entity) Line {
	var l Line
	for _, e := range said {
		if e.Kind == Quantity {
			l.Qty, _ = strconv.Atoi(e.Value) // digits
		} else if at := l.field(e.Kind); *at == "" {
			*at = e.Value
		}
	}
	return l
}

// inherit takes from another line what this one does not tell.
func (l *Line) inherit(from Line) {
	for _, kind := range []string{Product, Category, Brand, Size, Color, Material, Audience, Ref} {
		if at := l.field(kind); *at == "" {
			*at = *from.field(kind)
		}
	}
}

// field returns where a line keeps what entities of this kind tell, or nil.
func (l *Line) field(kind string) *string {
	switch kind {
	case Product:
		return &l.Product
	case Category:
		return &l.Category
	case Brand:
		return &l.Brand
	case Size:
		return &l.Size
	case Color:
		return &l.Color
	case Material:
		return &l.Material
	case Audience:
		return &l.Audience
	case Ref:
		return &l.Ref
	}
	return nil
}
