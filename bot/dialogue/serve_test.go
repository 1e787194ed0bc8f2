package dialogue_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// truths are what of the bubbles of a turn must be the same for everybody,
// whoever they seem to be: prices by what they are of, deliveries with price
// and time, terms, totals.
func truths(effects []dialogue.Effect) map[string]string {
	told := map[string]string{}
	for _, e := range effects {
		switch e := e.(type) {
		case dialogue.PlaceOrder:
			told["order"] = fmt.Sprintf("%+v", e.Order)
		case dialogue.Say:
			of := ""
			for _, p := range e.Parts {
				if name := p.With.Get("name"); name != nil || !p.Glue {
					of = fmt.Sprint(name)
				}
				key := fmt.Sprint(p.Key, " ", of, p.With.Get("title"), p.With.Get("item"))
				if strings.HasPrefix(key, "card.") { // of the product that was asked about
					continue
				}
				for _, name := range []string{"price", "low", "high", "days", "window", "count", "rate", "tax"} {
					if v := p.With.Get(name); v != nil && p.Key != "found" && p.Key != "recommended" {
						told[key+"/"+name] = fmt.Sprintf("%+v", v)
					}
				}
			}
			for _, c := range e.Cards {
				for _, p := range c.Parts {
					if price := p.With.Get("price"); price != nil {
						told[c.Product.ID+"/"+p.Key] = fmt.Sprint(price)
					}
					if p.Key == "card.in_stock" || p.Key == "card.few" || p.Key == "card.sold_out" {
						told[c.Product.ID+"/stock"] = p.Key + fmt.Sprint(p.With.Get("count"))
					}
				}
			}
		}
	}
	return told
}

// The same messages give the same prices, stock, totals, deliveries and rights,
// whichever persona a customer is served by.
func TestNobodyIsToldAnotherTruth(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	s := shelves[0]
	chance := rand.New(rand.NewPCG(6, 6))
	asides := []string{
		"paljonko toimitus maksaa", "milloin se tulee perille", "mitä toimitustapoja teillä on", "mikä on palautusaika", "mitä villasukat maksaa",
		"onko alennuskoodeja", "kori", "mikä on halvin teltta", "näytä reppuja", "onko se varastossa", "mitä maksutapoja", "asdf qwer",
	}
	compared := 0
	for range 6 {
		talk := []string{"etsin villasukkia koko 40"}
		for range 4 {
			talk = append(talk, asides[chance.IntN(len(asides))])
		}
		talk = append(talk, "villavuona-villasukat harmaa koko 40/43 koriin", asides[chance.IntN(len(asides))], "tilaan", "Maija Virtanen", "maija@example.com",
			"040 123 4567", "Kotikatu 5, 00530 Helsinki", "lähimpään noutopisteeseen", "laskulla")
		neutral := map[string]string{}
		for _, p := range append([]persona.Persona{s.personas.Get(persona.Neutral)}, s.personas.All()...) {
			state := dialogue.State{Untracked: true, Persona: persona.Belief{Used: p.ID}}
			var cart []dialogue.Line
			own := map[string]string{}
			for i, text := range talk {
				world := s.world(time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), int64(i+1), nil)
				world.Reading = s.model.Read(text, intents.Hint{Lang: "fi", Pending: state.Pending(), Now: world.Now})
				var effects []dialogue.Effect
				state, effects = dialogue.Step(state, dialogue.Said{Text: text}, world)
				for what, is := range truths(effects) {
					own[what] = is
				}
				cart = state.Cart
			}
			if p.ID == persona.Neutral {
				neutral = own
				if !slices.ContainsFunc(slices.Collect(maps.Keys(neutral)), func(what string) bool { return strings.HasPrefix(what, "summary.total") }) {
					t.Fatalf("no total was told: %q", talk)
				}
				continue
			}
			if len(cart) != 1 || state.Summary == nil {
				t.Errorf("%s: %q ends with %v, %+v", p.ID, talk, cart, state.Summary)
			}
			for what, is := range own {
				if was, told := neutral[what]; told && was != is {
					t.Errorf("%s: %s is %s, for everybody %s", p.ID, what, is, was)
				} else if told {
					compared++
				}
			}
			for what := range neutral { // deliveries, terms and totals are told to all
				if _, told := own[what]; !told && slices.ContainsFunc([]string{"delivery.", "return.", "summary.", "payment."}, func(of string) bool { return strings.HasPrefix(what, of) }) {
					t.Errorf("%s is not told %s", p.ID, what)
				}
			}
		}
	}
	if compared < 250 {
		t.Errorf("%d truths were compared only", compared)
	}
}
