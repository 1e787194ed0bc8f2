package search

import (
	"maps"
	"sync"
)

// lay puts the posts of parts that follow each other into one list, a term after
// the other, and together what else they have found. The ids of the terms are then
// those of the first part.
func (x *Index) lay(parts []*builder) {
	all := parts[0]
	to := make([][]int32, len(parts))
	for part, b := range parts {
		to[part] = make([]int32, len(b.ids))
		for text, id := range b.ids {
			to[part][id] = all.id(text)
		}
		maps.Copy(all.spelt, b.spelt)
	}
	x.ends = make([]uint32, len(all.ids))
	for part, b := range parts {
		for id, t := range b.tally {
			x.ends[to[part][id]] += t.count
		}
	}
	n := uint32(0)
	for id, count := range x.ends {
		x.ends[id] = n // until all parts have moved it: where the term begins
		n += count
	}
	x.posts = make([]post, n)
	var wg sync.WaitGroup
	wg.Go(func() { x.spelling = newSpelling(all.spelt) })
	for part, b := range parts {
		for id := range b.tally {
			t, end := &b.tally[id], &x.ends[to[part][id]]
			t.next = *end
			*end += t.count
		}
		wg.Go(func() {
			for _, p := range b.put {
				t := &b.tally[p.id]
				x.posts[t.next] = p.post
				t.next++
			}
		})
	}
	wg.Wait()
	x.tell()
}

// tell finds out in which tongues the terms say what products are, and which
// stand in many.
func (x *Index) tell() {
	x.naming, x.crowds = make([]naming, len(x.ends)), map[int32]*crowd{}
	for id := range x.terms() {
		posts := x.lists(id)[0]
		x.naming[id] = namingOf(posts)
		if len(posts) > int(x.size)/many {
			x.crowds[id] = crowdOf(posts, int(x.size))
		}
	}
}
