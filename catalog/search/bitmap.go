package search

import "math/bits"

// bitmap is a set of products, a bit each.
type bitmap []uint64

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

// putBearing adds the products that bear the name of posts.
func (b bitmap) putBearing(posts []post, tells telling) {
	for _, p := range posts {
		if p.bears(tells) {
			b.set(p.product())
		}
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

// crowd tells in which products a term stands, and where the post of each is, when
// they are so many that this is quicker than to look through the posts.
type crowd struct {
	in     bitmap
	before []uint32 // how many stand before each block of products
}

// many is the part of all products, one in so many, in which a term stands often.
const many = 16

// block is how many words of a bitmap are counted together: a line of memory.
const block = 8

func crowdOf(posts []post, products int) *crowd {
	c := &crowd{in: bitmap(nil).emptied(products)}
	c.in.put(posts)
	n := uint32(0)
	for i, set := range c.in {
		if i%block == 0 {
			c.before = append(c.before, n)
		}
		n += uint32(bits.OnesCount64(set))
	}
	return c
}

// place returns where among the posts that of a product in the crowd is.
func (c *crowd) place(product int32) uint32 {
	last := int(product >> 6)
	at := c.before[last/block]
	for _, set := range c.in[last/block*block : last] {
		at += uint32(bits.OnesCount64(set))
	}
	return at + uint32(bits.OnesCount64(c.in[last]&(1<<(product&63)-1)))
}
