package search

import "slices"

// paged is a list in pages. One in which some values are to be changed begins as a
// clone of the slice, and shares with the older one all pages but theirs.
type paged[T any] []*[page]T

// page is how many values stand on a page.
const page = 16

// at returns a value, nil when its page has never been written.
func (l paged[T]) at(i int32) *T {
	if n := int(i / page); n < len(l) && l[n] != nil {
		return &l[n][i%page]
	}
	return nil
}

// own returns a value to be written, on a page that is not the older list's.
func (l *paged[T]) own(i int32, older paged[T]) *T {
	n := int(i / page)
	if n >= len(*l) {
		*l = append(*l, make(paged[T], n+1-len(*l))...)
	}
	switch p := (*l)[n]; {
	case p == nil:
		(*l)[n] = new([page]T)
	case n < len(older) && older[n] == p:
		fresh := *p
		(*l)[n] = &fresh
	}
	return &(*l)[n][i%page]
}

// with returns a list with a value changed, or added.
func (l paged[T]) with(i int32, value T) paged[T] {
	changed := slices.Clone(l)
	*changed.own(i, l) = value
	return changed
}
