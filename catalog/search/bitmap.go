package search

import "math/bits"

// bitmap is a set of products, a bit each.
type bitmap []uint64

func bitmapOf(posts []post, products int) bitmap {
	b := bitmap(nil).emptied(products)
	b.put(posts)
	return b
}

// emptied returns an empty set with room for so many products, in the same memory
// when that is large enough.
func (b bitmap) emptied(products int) bitmap {
	n := (products + 63) / 64
	if cap(b) < n {
		return make(bitmap, n)
	}
	b = b[:n]
	clear(b)
	return b
}

// fill puts all products into the set.
func (b bitmap) fill() {
	for i := range b {
		b[i] = ^uint64(0)
	}
}

// put adds the products of posts.
func (b bitmap) put(posts []post) {
	for _, p := range posts {
		b.set(p.product())
	}
}

func (b bitmap) set(product int32) { b[product>>6] |= 1 << (product & 63) }

func (b bitmap) has(product int32) bool {
	return int(product>>6) < len(b) && b[product>>6]&(1<<(product&63)) != 0
}

// add adds the products that are in two other sets, each no larger than this.
func (b bitmap) add(one, other bitmap) {
	other = other[:len(one)]
	b = b[:len(one)]
	for i, set := range one {
		b[i] |= set & other[i]
	}
}

// drop takes the products of another set, no larger, away.
func (b bitmap) drop(other bitmap) {
	b = b[:len(other)]
	for i, set := range other {
		b[i] &^= set
	}
}

// without lists the products that are not in another set of the same size, in order.
func (b bitmap) without(other bitmap, list []int32) []int32 {
	for i, set := range b {
		for set &^= other[i]; set != 0; set &= set - 1 {
			list = append(list, int32(i<<6+bits.TrailingZeros64(set)))
		}
	}
	return list
}
