package dialogue_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/catalog/search"
	"tiski/intents"
	"tiski/intents/finnish"
)

// shelf is a shop with what is needed to talk of it.
type shelf struct {
	shop     *catalog.Shop
	index    *search.Index
	reviews  *search.Reviews
	pairs    *search.Pairs
	personas persona.Set
	model    *intents.Model
	voice    *voice.Voice
}

// demoShelves are the demo shop, and the same at another time: some products
// dearer, some gone.
var demoShelves = sync.OnceValues(func() ([]shelf, error) {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		return nil, err
	}
	s := shelf{shop: shop, index: search.New(shop, finnish.Base())}
	s.reviews, s.pairs = s.index.Reviews(shop.Reviews), s.index.Pairs()
	if s.personas, err = persona.Load(demo.FS, shop, intents.Names); err != nil {
		return nil, err
	}
	if s.voice, err = voice.New(shop, demo.FS, s.personas, finnish.Base()); err != nil {
		return nil, err
	}
	learnt, err := intents.BuiltIn()
	if err != nil {
		return nil, err
	}
	words := intents.Vocabulary{}
	for i := range shop.Categories {
		words.Categories = append(words.Categories, intents.Term{Value: shop.Categories[i].ID, Names: []string{shop.Categories[i].Name["fi"]}})
	}
	if s.model, err = intents.NewModel(learnt, intents.Data(), words); err != nil {
		return nil, err
	}
	var changed []catalog.Product
	for i, p := range shop.Products {
		if i%7 == 3 {
			continue
		}
		p.Variants = slices.Clone(p.Variants)
		if i%2 == 0 {
			p.Price += 100
		}
		changed = append(changed, p)
	}
	later := s
	if later.shop, err = shop.WithProducts(changed, shop.Categories); err != nil {
		return nil, err
	}
	later.personas = s.personas.With(later.shop)
	later.index = search.New(later.shop, finnish.Base())
	return []shelf{s, later}, nil
})

// world is what a step of a conversation may know of the shelf.
func (s shelf) world(now time.Time, version int64, stock map[string]int) dialogue.World {
	pieces := func(sku string) (int, bool) {
		n, counted := stock[sku]
		return n, counted
	}
	return dialogue.World{
		Now: now, Conversation: "web:1", Version: version, Remembers: true, Shop: s.shop, Personas: s.personas, Stock: pieces, Payments: map[string]bool{"paytrail": true, "stripe": true},
		Find:    func(q catalog.Query) catalog.Found { return s.index.Find(q, pieces) },
		Reviews: s.reviews.Ask,
		Pairs:   func(q catalog.PairQuery) []catalog.Pair { return s.pairs.With(q, nil) },
	}
}

// Every word that the shop's files give a persona is heard when it is said.
func TestEveryWordOfAPersonaIsHeard(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	s := shelves[0]
	for _, p := range s.personas.All() {
		for _, word := range p.Words {
			world := s.world(time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), 1, nil)
			world.Reading = intents.Reading{Text: word, Lang: "fi", Intents: []intents.Intent{{Name: intents.Greeting, P: 1}}, Acted: []string{intents.Greeting}}
			next, _ := dialogue.Step(dialogue.State{}, dialogue.Said{Text: "No, " + strings.ToUpper(word) + "!"}, world)
			if !slices.ContainsFunc(next.Persona.Reasons, func(reason persona.Reason) bool { return reason.For == p.ID }) {
				t.Errorf("%q is no evidence of %s", word, p.ID)
			}
		}
	}
}
