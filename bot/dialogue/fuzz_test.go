package dialogue_test

import (
	"slices"
	"testing"

	"tiski/bot/dialogue"
)

// FuzzAnyState steps with any input from any state that decodes: a document
// that somebody mutilated, or one of another program. Nothing may panic, the
// cart may only lose what the customer takes out, and what is remembered stays
// small.
func FuzzAnyState(f *testing.F) {
	shelves, err := demoShelves()
	if err != nil {
		f.Fatal(err)
	}
	for _, document := range []string{
		``, `{}`, `{"schema":1,"cart":[{"sku":"R-AAMU-TSI","qty":1}],"pending":{"slot":"size"}}`,
		`{"schema":2,"lang":"fi","greeted":true,"cart":[{"sku":"R-AAMU-TSI","qty":2}],"tasks":[{"kind":"buy","asked":"email"}],"contact":{"Name":"Maija Virtanen"}}`,
		`{"schema":2,"lang":"xx","cart":[{"sku":"NO-SUCH","qty":-4},{"sku":"R-AAMU-TSI","qty":1000000}],"shown":["no-such"],"focus":"no-such","tasks":[{"kind":"add","product":"no-such","asked":"size","values":{"size":"L"}}]}`,
		`{"schema":2,"tasks":[{"kind":"resume","asked":"which_task"},{"kind":"resume"},{"kind":"nonsense","asked":"soul"}],"dropped":{"kind":"nonsense"}}`,
		`{"schema":2,"tasks":[{"kind":"buy","asked":"confirm","anew":true,"filled":["soul","name"],"skipped":["x"]}],"delivery":"teleport","payment":"gold","summary":{"id":"1","total":5},"working":""}`,
		`{"schema":2,"tasks":[{"kind":"track","asked":"order_no","order":"T-1"}],"handoff":{"stage":"offered"},"query":{"Text":"kengät","Limit":-1}}`,
	} {
		for _, choices := range []string{"", "moi, tilaisin kengät", "\x00\x10\x20\x30\x40\x50\x60\x70"} {
			f.Add([]byte(document), "eiku 43", []byte(choices))
			f.Add([]byte(document), "peruuta", []byte(choices))
		}
	}
	f.Fuzz(func(t *testing.T, document []byte, text string, choices []byte) {
		state, err := dialogue.Decode(document)
		if err != nil || len(document) > 4000 || len(text) > 2*dialogue.MaxText {
			return
		}
		w := newWalk(t, shelves, choices[:min(len(choices), 12)])
		version := w.version
		step := func(in dialogue.Input) []dialogue.Effect {
			version++
			world := shelves[0].world(w.now, version, w.stock)
			if said, ok := in.(dialogue.Said); ok {
				world.Reading = shelves[0].model.Read(said.Text, state.Hint(w.now))
			}
			var effects []dialogue.Effect
			state, effects = w.step(state, in, world)
			if w.state, err = state.Encode(); err != nil || len(w.state) > 16<<10 {
				t.Fatalf("a state of %d bytes after %#v: %v", len(w.state), in, err)
			}
			return effects
		}
		step(dialogue.Said{Text: text})
		for w.at < len(w.choices) {
			before := state
			in := w.input()
			effects := step(in)
			if said, ok := in.(dialogue.Said); ok && slices.Contains(texts, said.Text) && !mended(effects) {
				w.checkKept(before, state)
			}
		}
	})
}

// mended reports whether it was said that the cart is another one now.
func mended(effects []dialogue.Effect) bool {
	return slices.ContainsFunc(effects, func(e dialogue.Effect) bool {
		say, ok := e.(dialogue.Say)
		return ok && slices.ContainsFunc(say.Parts, func(p dialogue.Part) bool {
			return p.Key == "order.gone" || p.Key == "cart.gone" || p.Key == "cart.some_gone" || p.Key == "order.sold_out" || p.Key == "order.only" || p.Key == "order.changed"
		})
	})
}

// checkKept: what was in the cart still is.
func (w *walk) checkKept(before, next dialogue.State) {
	w.t.Helper()
	for _, was := range before.Cart {
		if !slices.ContainsFunc(next.Cart, func(l dialogue.Line) bool { return l.SKU == was.SKU && l.Qty >= was.Qty }) {
			w.failf("lost from the cart: %+v, which was %+v and is %+v", was, before.Cart, next.Cart)
		}
	}
}
