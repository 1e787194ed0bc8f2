package intents

import (
	"iter"
	"math/bits"
)

// rowIndex finds the row of a feature by its short key. Most features of a
// message are pairs of words that nobody has said before, so a miss has to be
// quick: it costs one look at a table that is never more than half full.
type rowIndex struct {
	slots []slot // a power of two of them
	shift int
	n     int
}

type slot struct {
	key uint32
	row int32 // and one more; 0 of a free slot
}

const leastSlots = 16

// newRowIndex makes an index with room for so many rows before it grows.
func newRowIndex(rows int) *rowIndex {
	width := bits.Len(uint(max(2*rows, leastSlots) - 1))
	return &rowIndex{slots: make([]slot, 1<<width), shift: 32 - width}
}

// at returns the slot of a key, or the free one where it belongs.
func (x *rowIndex) at(key uint32) *slot {
	const golden = 0x9e3779b1 // 2³² by the golden ratio: spreads keys that are alike
	last := uint32(len(x.slots) - 1)
	for i := key * golden >> x.shift; ; i++ {
		if s := &x.slots[i&last]; s.row == 0 || s.key == key {
			return s
		}
	}
}

// row returns the row of a key, and whether it has one.
func (x *rowIndex) row(key uint32) (int32, bool) {
	s := x.at(key)
	return s.row - 1, s.row != 0
}

// put gives a key a row, from 0 on.
func (x *rowIndex) put(key uint32, row int32) {
	s := x.at(key)
	if s.row == 0 {
		if x.n++; 2*x.n > len(x.slots) {
			grown := newRowIndex(2 * x.n)
			for key, row := range x.all() {
				grown.put(key, row)
			}
			*x, s = *grown, grown.at(key)
			x.n++
		}
	}
	*s = slot{key, row + 1}
}

// all goes through the keys and their rows, in no order.
func (x *rowIndex) all() iter.Seq2[uint32, int32] {
	return func(yield func(uint32, int32) bool) {
		for _, s := range x.slots {
			if s.row != 0 && !yield(s.key, s.row-1) {
				return
			}
		}
	}
}
