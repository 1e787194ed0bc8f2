package main

import "testing"

// More garbage may lie about from the first busy second on, and less from the end of
// the third calm one.
func TestGarbage(t *testing.T) {
	g, allocated := &garbage{}, uint64(0)
	for i, step := range []struct {
		within uint64 // bytes allocated in this second
		want   int
	}{
		{150 << 20, busyGarbage}, // the start
		{0, 0},
		{calmBelow - 1, 0},
		{calmBelow, 0}, // not calm: counted anew
		{0, 0},
		{0, 0},
		{0, calmGarbage},
		{0, 0},
		{busyFrom - 1, 0}, // neither calm nor busy
		{busyFrom, busyGarbage},
		{busyFrom - 1, 0},
		{0, 0},
		{0, 0},
		{0, calmGarbage},
	} {
		allocated += step.within
		if got := g.look(allocated); got != step.want {
			t.Errorf("second %d, in which %d bytes were allocated: %d %%, want %d", i, step.within, got, step.want)
		}
	}
}
