package main

import (
	"fmt"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/intents"
)

// visit is a conversation of a simulated customer with the shop: the real
// understanding, the real dialogue and the real words, over stock and books of
// its own.
type visit struct {
	shelf   *bot.Shelf
	now     time.Time
	version int64
	state   dialogue.State
	stock   map[string]int // pieces left of what was ordered here
	books   []catalog.Order
	told    strings.Builder // the transcript
	inputs  int

	says    []dialogue.Say  // said last, by the bot
	words   []voice.Message // the same in words
	called  string          // why staff were called, ""
	summary *dialogue.Say   // shown last
	placed  *catalog.Order
	broken  []string // promises that were not kept
}

func newVisit(shelf *bot.Shelf, conversation uint64) *visit {
	hours := time.Duration(conversation%160) * time.Hour // any time of the week
	return &visit{
		shelf: shelf, now: time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki).Add(hours), version: 1000,
		stock: map[string]int{}, state: dialogue.State{Lang: "fi"},
	}
}

func (t *visit) pieces(sku string) (int, bool) {
	n, counted := t.stock[sku]
	return n, counted
}

// do hands an input in, carries out what it causes, and writes both down.
func (t *visit) do(in dialogue.Input) {
	t.inputs++
	t.now = t.now.Add(20 * time.Second)
	switch in := in.(type) {
	case dialogue.Said:
		fmt.Fprintf(&t.told, "\n> %s\n", in.Text)
	case dialogue.Tapped:
		fmt.Fprintf(&t.told, "\n> [%s] %s\n", in.Label, in.Tap)
	}
	before, lastWords := t.state, t.words
	t.says, t.words = nil, nil
	work := t.step(in)
	for _, w := range work {
		t.step(w)
	}
	t.keep(in, before, lastWords)
	fmt.Fprintf(&t.told, "= %s, asks %q, %v\n", t.state.Stage(), t.state.Pending(), t.state.Cart)
}

// step steps once, answers the look-ups of the turn, and returns the results
// of the work it asked for.
func (t *visit) step(in dialogue.Input) (results []dialogue.Input) {
	t.version++
	world := dialogue.World{
		Now: t.now, Conversation: "web:simulated", Version: t.version, Shop: t.shelf.Shop, Personas: t.shelf.Personas, Stock: t.pieces,
		Find: func(q catalog.Query) catalog.Found { return t.shelf.Index.Find(q, t.pieces) }, Reviews: t.shelf.Reviews.Ask,
		Pairs: func(q catalog.PairQuery) []catalog.Pair { return t.shelf.Pairs.With(q, nil) },
	}
	if said, ok := in.(dialogue.Said); ok {
		world.Reading = t.shelf.Model.Read(said.Text, intents.Hint{Lang: t.state.Lang, Pending: t.state.Pending(), Now: t.now})
	}
	before := t.state
	next, effects := dialogue.Step(t.state, in, world)
	all := effects
	for range 3 {
		var look *dialogue.Look
		for _, e := range effects {
			if l, ok := e.(dialogue.Look); ok {
				look = &l
			}
		}
		if look == nil {
			break
		}
		world.Effects = len(all)
		next, effects = dialogue.Step(next, dialogue.Looked{Orders: t.lookUp(*look)}, world)
		all = append(all, effects...)
	}
	t.state = t.kept(next)
	for i, e := range all {
		id := dialogue.EffectID(world.Conversation, world.Version, i)
		switch e := e.(type) {
		case dialogue.Say:
			t.hear(e)
		case dialogue.CallStaff:
			t.called = e.Reason
		case dialogue.PlaceOrder:
			t.checkOrder(in, before, e.Order)
			results = append(results, dialogue.Done{Effect: id, Work: e.Work(), Order: t.sell(e.Order)})
		case dialogue.OpenCase:
			opened := e.Case
			opened.Number = "P-100001"
			if opened.Kind == catalog.Withdrawal && t.cancel(opened.Order).Status == catalog.Cancelled {
				opened.State = catalog.CaseCancelled
			}
			results = append(results, dialogue.Done{Effect: id, Work: e.Work(), Case: opened})
		}
	}
	return results
}

// kept is the state as it comes back from its document.
func (t *visit) kept(s dialogue.State) dialogue.State {
	document, err := s.Encode()
	if err == nil {
		s, err = dialogue.Decode(document)
	}
	if err != nil || len(document) > 16<<10 {
		t.breaks("a state of %d bytes: %v", len(document), err)
	}
	return s
}

func (t *visit) hear(s dialogue.Say) {
	m := t.shelf.Voice.Render(s, voice.Tone{Lang: t.state.Lang, Persona: t.state.Persona.Persona(), Seed: fmt.Sprint(t.version)})
	t.says, t.words = append(t.says, s), append(t.words, m)
	fmt.Fprintf(&t.told, "< %s\n", strings.ReplaceAll(m.Text, "\n", "\n  "))
	for _, c := range m.Cards {
		fmt.Fprintf(&t.told, "  | %s, %s %s\n", c.Title, c.Price, strings.ReplaceAll(c.Text, "\n", " "))
	}
	for _, b := range m.Buttons {
		fmt.Fprintf(&t.told, "  [%s]", b.Label)
	}
	if len(m.Buttons) > 0 {
		t.told.WriteByte('\n')
	}
	for _, p := range s.Parts {
		if p.Key == "summary.title" {
			t.summary = &s
		}
	}
}

// lookUp finds orders as the shop's books do.
func (t *visit) lookUp(l dialogue.Look) []catalog.Order {
	var found []catalog.Order
	for _, o := range t.books {
		own := o.Conversation == "web:simulated"
		if (l.Orders == "" && own) || o.Number == l.Orders && (own || l.Email != "" && o.Contact.Email == l.Email || l.Phone != "" && o.Contact.Phone == l.Phone) {
			found = append(found, o)
		}
	}
	return found
}

// sell takes an order into the books and its goods out of stock.
func (t *visit) sell(o catalog.Order) catalog.Order {
	o.Number = fmt.Sprintf("T-%06d", 700000+len(t.books))
	for _, l := range o.Lines {
		_, v := t.shelf.Shop.Variant(l.SKU)
		left := v.Stock
		if n, counted := t.stock[l.SKU]; counted {
			left = n
		}
		if v.Stock != catalog.StockUnknown {
			if t.stock[l.SKU] = left - l.Qty; t.stock[l.SKU] < 0 {
				t.breaks("%d pieces of %s are sold, there were %d", l.Qty, l.SKU, left)
			}
		}
	}
	t.books = append(t.books, o)
	t.placed = &o
	return o
}

func (t *visit) cancel(number string) catalog.Order {
	for i := range t.books {
		if t.books[i].Number == number {
			t.books[i].Status = catalog.Cancelled
			return t.books[i]
		}
	}
	return catalog.Order{}
}

// said reports whether a reply of this key, or beginning with it when it ends
// with a full stop, was given last.
func (t *visit) said(key string) bool {
	for _, s := range t.says {
		for _, p := range s.Parts {
			if p.Key == key || strings.HasSuffix(key, ".") && strings.HasPrefix(p.Key, key) {
				return true
			}
		}
	}
	return false
}

// button finds a button shown last by the beginning of its tap.
func (t *visit) button(tap string) (dialogue.Tapped, bool) {
	for _, m := range t.words {
		for _, b := range m.Buttons {
			if strings.HasPrefix(b.Tap, tap) {
				return dialogue.Tapped{Tap: b.Tap, Label: b.Label}, true
			}
		}
		for _, c := range m.Cards {
			for _, b := range c.Buttons {
				if strings.HasPrefix(b.Tap, tap) {
					return dialogue.Tapped{Tap: b.Tap, Label: b.Label}, true
				}
			}
		}
	}
	return dialogue.Tapped{}, false
}
