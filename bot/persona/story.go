package persona

import "tiski/catalog"

// Story is the one of a product's stories that speaks to what a persona values
// most, nil when none does; always nil for Neutral.
func (s Set) Story(id string, p *catalog.Product) *catalog.Story {
	like := s.Get(id)
	if like.ID == Neutral {
		return nil
	}
	var best *catalog.Story
	for i := range p.Stories {
		told := &p.Stories[i]
		if weight := like.Values[told.Value]; weight >= important && (best == nil || weight > like.Values[best.Value]) {
			best = told
		}
	}
	return best
}
