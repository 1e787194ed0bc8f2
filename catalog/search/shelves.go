package search

import "tiski/catalog"

// shelves are the categories of a shop and what lies on each.
type shelves struct {
	numbers map[string]int32
	above   []int32   // by shelf: the one above it, or none
	on      [][]int32 // by shelf: the products on it and below it, in order
}

const none = -1

// newShelves takes the categories of a shop, which form a tree.
func newShelves(categories []catalog.Category) shelves {
	s := shelves{numbers: map[string]int32{}, on: make([][]int32, len(categories))}
	for i, c := range categories {
		s.numbers[c.ID] = int32(i)
	}
	for _, c := range categories {
		s.above = append(s.above, s.of(c.Parent))
	}
	return s
}

// of returns the shelf of a category, or none.
func (s *shelves) of(category string) int32 {
	if number, known := s.numbers[category]; known {
		return number
	}
	return none
}

func (s *shelves) put(product, shelf int32) {
	for ; shelf != none; shelf = s.above[shelf] {
		s.on[shelf] = append(s.on[shelf], product)
	}
}

// holds reports whether a shelf is another or stands below it.
func (s *shelves) holds(other, shelf int32) bool {
	for ; shelf != none; shelf = s.above[shelf] {
		if shelf == other {
			return true
		}
	}
	return false
}
