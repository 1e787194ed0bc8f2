package catalog

import (
	"cmp"
	"math/bits"
	"slices"
)

// split shares an amount by weights, to the cent: each share is rounded down,
// and the cents left over go to the largest remainders, the first of equals
// first. No weight is negative, and the amount is at most their sum, so no
// share is larger than its weight.
func split(amount Cents, weights []Cents) []Cents {
	shares := make([]Cents, len(weights))
	var sum, left Cents
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		return shares
	}
	rests := make([]uint64, len(weights))
	order := make([]int, len(weights))
	left = amount
	for i, w := range weights {
		// The product of two amounts may need more than 64 bits.
		high, low := bits.Mul64(uint64(amount), uint64(w))
		share, rest := bits.Div64(high, low, uint64(sum))
		shares[i], rests[i], order[i] = Cents(share), rest, i
		left -= shares[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rests[b], rests[a]) })
	for _, i := range order[:left] {
		shares[i]++
	}
	return shares
}
