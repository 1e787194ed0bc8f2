package finnish

import "math/bits"

// trail is how far the roots of a lexicon go along a word. It holds for all words
// that begin alike, as far as they do.
type trail struct {
	far    int                     // bytes that some root may begin with; none begins with more
	hashes [longestWord + 1]uint32 // of so many bytes, up to far
	ends   uint64                  // bit i: a root is the first i bytes
}

// follow goes along a word of at most longestWord bytes.
func (x *Lexicon) follow(word string) *trail {
	t := &trail{}
	t.hashes[0] = hashStart
	for t.far < len(word) {
		h := (t.hashes[t.far] ^ uint32(word[t.far])) * hashPrime
		if !x.begun(h) {
			break
		}
		t.far++
		t.hashes[t.far] = h
		if x.rooted(h, word[:t.far]) {
			t.ends |= 1 << (t.far - 1)
		}
	}
	return t
}

// rooted tells whether a word is a root.
func (x *Lexicon) rooted(hash uint32, word string) bool {
	for n := x.first(hash); n >= 0; n = x.entries[n].next {
		if e := &x.entries[n]; e.hash == hash && e.root == word {
			return true
		}
	}
	return false
}

// reads tells whether an entry makes a word whose first bytes, as many as same,
// are those of the word that the trail was followed along. It is a quick no for
// nearly all words that are none.
func (x *Lexicon) reads(word []byte, t *trail, same int) bool {
	var room [24]tail
	cuts, makes := room[:0], false
	for ends := t.ends & (1<<same - 1); ends != 0; ends &= ends - 1 {
		end := bits.TrailingZeros64(ends) + 1
		if cuts, makes = x.makes(word, end, t.hashes[end], cuts); makes {
			return true
		}
	}
	if t.far < same {
		return false
	}
	h := t.hashes[same]
	for i := same; i < len(word); i++ {
		if h = (h ^ uint32(word[i])) * hashPrime; !x.begun(h) {
			return false
		}
		if cuts, makes = x.makes(word, i+1, h, cuts); makes {
			return true
		}
	}
	return false
}

// makes tells whether an entry whose root ends at byte end makes a word with one
// of its cuts, which it returns: the first entry that asks for them makes them.
func (x *Lexicon) makes(word []byte, end int, hash uint32, cuts []tail) ([]tail, bool) {
	rest := word[end:]
	for n := x.first(hash); n >= 0; n = x.entries[n].next {
		e := &x.entries[n]
		if e.hash != hash || e.root != string(word[:end]) {
			continue
		}
		for _, t := range x.patterns[e.pattern] {
			if len(t.text) > len(rest) || string(rest[:len(t.text)]) != t.text {
				continue
			}
			if len(cuts) == 0 {
				cuts = tails(string(word), cuts)
			}
			from := end + len(t.text)
			for _, c := range cuts {
				if c.end < from || c.end-from > longestEnding {
					continue
				}
				for _, end := range endings()[string(word[from:c.end])] {
					if end.slots&t.slots != 0 && end.after&c.after != 0 {
						return cuts, true
					}
				}
			}
		}
	}
	return cuts, false
}
