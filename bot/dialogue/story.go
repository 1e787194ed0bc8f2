package dialogue

import "slices"

// mostStories is how many products are remembered of which a story was told.
const mostStories = 20

// tellStory tells at most one story with the cards of a new search: of the first
// product that has one for who the customer clearly is like, in their language,
// and that they have not heard. Who is displeased hears none.
func (t *turn) tellStory(cards []Card) {
	if t.displeased() {
		return
	}
	for i := range cards {
		c := &cards[i]
		s := t.w.Personas.Story(t.Persona.Persona(), c.Product)
		if s == nil || s.Say[t.Lang] == "" || slices.Contains(t.Storied, c.Product.ID) {
			continue
		}
		c.Parts, c.Image = append(c.Parts, part("card.story", "text", s.Say)), s.Image
		t.Storied = append(slices.Clip(t.Storied), c.Product.ID)
		t.Storied = t.Storied[max(0, len(t.Storied)-mostStories):]
		return
	}
}
