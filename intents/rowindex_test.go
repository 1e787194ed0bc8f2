package intents

import (
	"maps"
	"math/rand/v2"
	"testing"
)

func TestRowIndex(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(3, 4))
	for _, room := range []int{0, leastSlots / 2, leastSlots/2 + 1, 5000} {
		x, want := newRowIndex(room), map[uint32]int32{}
		for row := range int32(4000) {
			key := chance.Uint32()
			if row%5 == 0 {
				key = uint32(row % 50) // alike, 0 among them, and put again
			}
			x.put(key, row)
			want[key] = row
		}
		for key, row := range want {
			if got, ok := x.row(key); !ok || got != row {
				t.Fatalf("room %d: key %d has row %d, %v, want %d", room, key, got, ok, row)
			}
		}
		for range 4000 {
			key := chance.Uint32()
			if _, known := want[key]; known {
				continue
			}
			if row, ok := x.row(key); ok {
				t.Fatalf("room %d: key %d that was never put has row %d", room, key, row)
			}
		}
		if got := maps.Collect(x.all()); !maps.Equal(got, want) {
			t.Errorf("room %d: %d keys, want %d", room, len(got), len(want))
		}
		if 2*x.n > len(x.slots) {
			t.Errorf("room %d: %d of %d slots are taken", room, x.n, len(x.slots))
		}
	}
}
