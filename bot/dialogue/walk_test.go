package dialogue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/voice"
	"tiski/catalog"
)

// texts are what a customer may write. Those that may take something out of
// the cart stand in removals.
var texts = []string{
	"moi", "etsin vedenpitäviä talvikenkiä lapselle koko 30, alle 80 euroa", "onko tätä sinisenä?", "mustana", "koko 42", "eka", "se halvempi",
	"kuinka pesen tämän?", "paljonko se maksaa?", "onko halvempia", "saako alennusta?", "suosittele lahjaa", "jag söker en mössa", "do you have rain coats",
	"haluan tilata", "tilaan", "kassalle", "otan sen", "2 kpl", "otan 150 kappaletta", "joo", "ei", "ok", "en tiedä", "mitä", "apua", "ootko ihminen?",
	"Maija Virtanen", "Maija", "maija.virtanen@example.com", "maija@", "040 123 4567", "123", "Kotikatu 5 A 2, 00530 Helsinki", "Kotikatu 5", "00530", "22100 Mariehamn", "99999",
	"kotiin", "noutopisteeseen", "myymälästä", "laskulla", "maksan noudettaessa", "en halua postiin vaan kotiin", "paljonko toimitus maksaa?", "milloin paketti tulee jos tilaan nyt?",
	"miten palautan tuotteen?", "palautusaika", "vaihtaisin koon", "missä rahani ovat", "kengästä irtosi pohja", "onko lahjakortteja", "mistä löydän tilini", "milloin olette auki", "haluan puhua ihmiselle",
	"missä tilaukseni on?", "T-123456", "tilaus T-999999", "peru tilaus T-123456", "mitä tietoja minusta on?", "huono palvelu", "kiitos", "näytä kori", "mikä on elämän tarkoitus",
	"asdf qwer zxcv", "", "   ", "😀😀", "???", "\x00\xff", strings.Repeat("ä ", 1999), strings.Repeat("!", dialogue.MaxText+1), strings.Repeat("😀", 500) + "kengät",
	"etsin " + strings.Repeat("villasukat ", 300), "laatu kestävä kotimainen", "halvin tarjous opiskelija", "🧦 koko 38", "peruuta", "lopeta", "unohda koko juttu",
	"maksoin jo", "miten maksan", "linkki ei toimi", "uusi maksulinkki", "kortilla", "mobilepaylla",
}

var removals = []string{"poista eka", "poista kaikki korista", "tyhjennä kori", "ota pois se sininen", "remove the shoes", "vaihda määräksi 1"}

// taps that no button of now says.
var strayTaps = []string{
	"", ":", "order:", "order:0", "order:zzzz", "add:", "add:no-such", "sku:", "sku:NO-SUCH", "opt:", "opt:a:b:c", "narrow:size:", "narrow:shoe:1", "shelf:no-such",
	"qty:NO:1", "qty:NO:-1", "qty::", "rm:NO", "del:", "del:teleport", "pay:gold", "edit:soul", "edit:name", "edit:delivery", "change", "stop", "which", "cart", "checkout", "human", "keep",
	"track:", "track:T-000000", "withdraw:T-000000", "withdraw!:T-000000", "topic:nonsense", "take:", "take:return:lines:99", "take:withdraw:sure:yes", "take:exchange:swap:NO", "skip:complain:picture", "points:use", "points:no", "review:T-123456", "review:T-123456:0:5", "review:T-123456:9:9", "take:review:by:yes", "take:review:product:A", "open:return", "open:complain", "open:exchange", "open:soul", "consent:service:yes", "consent:service:no", "consent:personal:yes", "consent:personal:no", "consent:soul:yes", "consent:service:", "erase", "take:erase:erase:yes", "take:feedback:rating:bad", "payby:bank", "payby:invoice", "payby:", "payby:gold", "topic:return_policy", "nonsense", strings.Repeat("x", 5000), "\xff", "add:\x00",
}

// walk is a conversation that takes any turn. What it does next is told by
// bytes, so that the same bytes always make the same walk.
type walk struct {
	t       *testing.T
	shelves []shelf
	choices []byte
	at      int
	now     time.Time
	version int64
	stock   map[string]int
	state   []byte          // as JSON
	live    *dialogue.State // as the last step left it
	taps    []string        // of buttons shown, latest last
	work    []dialogue.Work
	workIDs []string
	orders  []catalog.Order
	told    []string // what was done, to tell of a failure
}

func newWalk(t *testing.T, shelves []shelf, choices []byte) *walk {
	w := &walk{t: t, shelves: shelves, choices: choices, now: time.Date(2026, 12, 22, 9, 0, 0, 0, catalog.Helsinki), version: 1000, stock: map[string]int{}}
	for i := range shelves[0].shop.Products {
		for _, v := range shelves[0].shop.Products[i].Variants {
			if v.Stock != catalog.StockUnknown {
				w.stock[v.SKU] = v.Stock
			}
		}
	}
	return w
}

// pick takes the next choice, of n.
func (w *walk) pick(n int) int {
	if w.at >= len(w.choices) || n == 0 {
		return 0
	}
	w.at++
	return int(w.choices[w.at-1]) % n
}

func (w *walk) failf(format string, args ...any) {
	w.t.Helper()
	from := max(0, len(w.told)-12)
	w.t.Fatalf("%s\nafter … %s", fmt.Sprintf(format, args...), strings.Join(w.told[from:], "\n        "))
}

// run goes on until the choices are used up.
func (w *walk) run() {
	w.t.Helper()
	for w.at < len(w.choices) {
		if w.pick(8) == 0 {
			w.now = w.now.Add(time.Duration(w.pick(256)) * time.Hour / 16)
		}
		s := w.shelves[0]
		if w.pick(10) == 0 {
			s = w.shelves[1]
		}
		if w.pick(12) == 0 && len(w.state) > 0 {
			w.sellOut()
		}
		w.turn(s, w.input())
	}
}

// sellOut lets somebody else buy the last of something in the cart.
func (w *walk) sellOut() {
	state := w.decoded()
	if len(state.Cart) > 0 {
		w.stock[state.Cart[w.pick(len(state.Cart))].SKU] = w.pick(2)
	}
}

func (w *walk) decoded() dialogue.State {
	s, err := dialogue.Decode(w.state)
	if err != nil {
		w.failf("%v", err)
	}
	return s
}

func (w *walk) input() dialogue.Input {
	s := w.decoded()
	switch { // the straight way to an order is taken often enough
	case len(w.work) > 0 && w.pick(2) == 0:
		return w.result()
	case s.Handoff.Stage == dialogue.Held && w.pick(4) == 0:
		return dialogue.HandedBack{Staff: s.Handoff.Staff}
	case s.Summary != nil && w.pick(3) == 0:
		return dialogue.Tapped{Tap: "order:" + s.Summary.ID}
	case s.Has(dialogue.Buy) && w.pick(2) == 0:
		return w.fill(s)
	case len(s.Cart) > 0 && w.pick(8) == 0:
		return dialogue.Tapped{Tap: "checkout"}
	}
	switch w.pick(16) {
	case 0, 1, 2, 3, 4:
		return dialogue.Said{Text: texts[w.pick(len(texts))]}
	case 5:
		if w.pick(3) == 0 {
			return dialogue.Said{Text: removals[w.pick(len(removals))]}
		}
		return w.fill(s)
	case 6, 7, 8, 9, 10, 11:
		if len(w.taps) > 0 {
			return dialogue.Tapped{Tap: w.taps[len(w.taps)-1-w.pick(min(len(w.taps), 12))]}
		}
		return dialogue.Opened{Lang: []string{"", "fi", "sv", "xx"}[w.pick(4)]}
	case 12:
		if len(w.taps) > 0 && w.pick(2) == 0 {
			return dialogue.Tapped{Tap: w.taps[w.pick(len(w.taps))]} // of long ago
		}
		return dialogue.Tapped{Tap: strayTaps[w.pick(len(strayTaps))]}
	case 13:
		return []dialogue.Input{
			dialogue.Sent{Kind: "photo"}, dialogue.Commanded{Command: "cart"}, dialogue.Commanded{Command: "help"}, dialogue.Commanded{Command: "nonsense"},
			dialogue.Shared{Name: "Maija Virtanen", Phone: "+358401234567"}, dialogue.Shared{}, dialogue.Opened{}, dialogue.Commanded{Command: "human"}, dialogue.Viewed{Product: "A"}, dialogue.NotLike{Persona: "kiire"}, dialogue.Unsent{Seq: 3},
		}[w.pick(9)]
	case 14:
		return []dialogue.Input{
			dialogue.Taken{Staff: "maija", Name: "Maija"}, dialogue.Taken{Staff: "pekka", Name: "Pekka"}, dialogue.StaffSaid{Staff: "maija", Name: "Maija", Text: "Hei!"},
			dialogue.HandedBack{Staff: "maija", Note: "Lähetän uuden."}, dialogue.HandedBack{Staff: "maija"}, dialogue.HandedBack{Staff: "pekka"},
		}[w.pick(6)]
	default:
		return []dialogue.Input{
			dialogue.Rang{Timer: "waiting"}, dialogue.Rang{Timer: "later"},
			dialogue.Moved{Order: catalog.Order{Number: "T-123456", Status: catalog.Delivered, Delivered: w.now, Lines: []catalog.OrderLine{{SKU: "A", Product: "A", Title: "Kaamos", Qty: 1, Unit: 100}}}},
			dialogue.CampaignRan{Campaign: "talvi", Offer: dialogue.Offer{Text: catalog.Text{"fi": "Talvi tulee."}, Products: []string{"villavuona-villasukat"}}, Until: w.now.AddDate(0, 0, 3)},
			dialogue.GoodsCame{Shelves: []string{"asusteet"}, Products: []string{"villavuona-villasukat"}, Until: w.now.AddDate(0, 0, 3)},
			dialogue.Done{Effect: "web:1/2/0", Work: dialogue.Reminding, Later: dialogue.Later{Sending: dialogue.Sending{Kind: dialogue.CartLeft}, Until: w.now.AddDate(0, 0, 1)}},
			dialogue.Done{Effect: "web:1/2/0", Work: dialogue.Reminding, Later: dialogue.Later{Sending: dialogue.Sending{Kind: dialogue.AskReview, Subject: "T-123456"}, Until: w.now.AddDate(0, 0, 1)}},
			dialogue.Done{Effect: "web:1/2/0", Work: dialogue.Reminding, Later: dialogue.Later{Sending: dialogue.Sending{Kind: dialogue.HowWasIt, Subject: "T-123456"}, Until: w.now.AddDate(0, 0, 1)}},
			dialogue.Looked{Purse: &catalog.Purse{Points: 500, Known: true, Until: w.now.AddDate(0, 1, 0)}, Why: "use"}, dialogue.Rang{Timer: "nonsense"}, dialogue.Failed{}, dialogue.Looked{}, dialogue.Done{Effect: "web:1/1/0", Reason: "failed"},
			dialogue.Moved{Order: catalog.Order{Number: "T-123456", Status: catalog.Shipped, Lines: []catalog.OrderLine{{SKU: "A", Title: "Kaamos", Qty: 1, Unit: 100}}, Tracking: "JJFI60000000000000001"}},
			dialogue.PaymentTold{}, dialogue.ReservationOver{Order: "T-100000"}, dialogue.Refunded{Order: "T-100000", Sum: 500}, dialogue.Refunded{Order: "T-100001", Sum: 500, Failed: true},
			dialogue.Done{Work: dialogue.AskingPayment}, dialogue.Done{Work: dialogue.SettlingPayment, Reason: "unknown"}, dialogue.Done{Work: dialogue.CheckingPayment},
		}[w.pick(21)]
	}
}

// fill answers what is asked, so that walks come as far as orders.
func (w *walk) fill(s dialogue.State) dialogue.Input {
	if s.Pending() == "" {
		return dialogue.Tapped{Tap: "checkout"}
	}
	answers := map[string]string{
		"name": "Maija Virtanen", "email": "maija@example.com", "phone": "040 123 4567", "address": "Kotikatu 5 A 2, 00530 Helsinki",
		"postal_code": "00530 Helsinki", "delivery": "kotiin", "payment": []string{"laskulla", "verkkopankilla", "kortilla"}[w.pick(3)], "confirm": "joo", "order_no": "T-123456", "size": "M", "color": "musta",
	}
	return dialogue.Said{Text: answers[s.Pending()]}
}

// turn takes one input and the look-ups it leads to, and checks what must
// always be true.
func (w *walk) turn(s shelf, in dialogue.Input) {
	w.t.Helper()
	w.told = append(w.told, fmt.Sprintf("%T%.80q", in, fmt.Sprint(in)))
	before := w.decoded()
	w.version++
	world := s.world(w.now, w.version, w.stock)
	world.Payments["stripe"] = w.version%3 > 0
	if said, ok := in.(dialogue.Said); ok {
		hint := before.Hint(w.now)
		world.Reading = s.model.Read(said.Text, hint)
	}
	next, effects := w.step(before, in, world)
	all := effects
	for range 3 {
		if len(effects) == 0 {
			break
		}
		look, ok := effects[len(effects)-1].(dialogue.Look)
		if !ok {
			break
		}
		answer := dialogue.Looked{}
		for _, o := range w.orders {
			if o.Number == look.Orders {
				answer.Orders = append(answer.Orders, o)
			}
		}
		world.Effects = len(all)
		next, effects = w.step(next, answer, world)
		all = append(all, effects...)
	}
	document, err := next.Encode()
	if err != nil {
		w.failf("encode: %v", err)
	}
	if len(document) > 16<<10 {
		w.failf("the state has grown to %d bytes: %.300s", len(document), document)
	}
	w.state = document
	w.check(s, in, before, next, all, world)
}

// step steps twice, and holds both to the same results and to leaving the
// state that they were given as it was.
func (w *walk) step(before dialogue.State, in dialogue.Input, world dialogue.World) (dialogue.State, []dialogue.Effect) {
	w.t.Helper()
	defer func() {
		if cause := recover(); cause != nil {
			w.failf("%v\n%s\nof state %+v", cause, debug.Stack(), before)
		}
	}()
	was, err := before.Encode()
	if err != nil {
		w.failf("encode: %v", err)
	}
	next, effects := dialogue.Step(before, in, world)
	again, same := dialogue.Step(before, in, world)
	w.stepLive(before, in, world, next, effects)
	is, err := before.Encode()
	if err != nil || !bytes.Equal(was, is) {
		w.failf("Step changed what it was given, %v:\n%s\n%s", err, was, is)
	}
	if !reflect.DeepEqual(next, again) || !reflect.DeepEqual(effects, same) {
		w.failf("the same arguments gave different results")
	}
	return next, effects
}

// stepLive steps with the state as the step before left it, not read from JSON, and
// holds that to the same results.
func (w *walk) stepLive(before dialogue.State, in dialogue.Input, world dialogue.World, next dialogue.State, effects []dialogue.Effect) {
	w.t.Helper()
	if w.live != nil {
		before = *w.live
	}
	live, same := dialogue.Step(before, in, world)
	for _, pair := range [][2]any{{next, live}, {effects, same}} {
		want, err := json.Marshal(pair[0])
		if err != nil {
			w.failf("encode: %v", err)
		}
		if got, err := json.Marshal(pair[1]); err != nil || !bytes.Equal(got, want) {
			w.failf("it goes differently when the state has not been read from JSON, %v:\n%s\n%s", err, got, want)
		}
	}
	w.live = &live
}

func (w *walk) check(s shelf, in dialogue.Input, before, next dialogue.State, effects []dialogue.Effect, world dialogue.World) {
	w.t.Helper()
	spoke, acted := false, false
	for i, e := range effects {
		switch e := e.(type) {
		case dialogue.Say:
			spoke = true
			w.checkSay(e, next)
			w.checkWords(s, e, next)
			if before.Handoff.Stage == dialogue.Held && next.Handoff.Stage == dialogue.Held && e.As == dialogue.ByBot {
				w.failf("the bot speaks while a person holds the conversation: %+v", e.Parts)
			}
		case dialogue.PlaceOrder:
			acted = true
			w.checkOrder(s, in, before, e.Order)
			if want := dialogue.EffectID(world.Conversation, world.Version, i); e.Order.ID != want || next.Working != want {
				w.failf("the order has id %s, its effect %s; waited for is %s", e.Order.ID, want, next.Working)
			}
			w.work, w.workIDs = append(w.work, e), append(w.workIDs, e.Order.ID)
		case dialogue.Learn:
			w.checkLearn(e, next)
		case dialogue.CallStaff:
			if !slices.Contains(dialogue.Reasons, e.Reason) {
				w.failf("a person is called for %q, which is none of the reasons", e.Reason)
			}
		case dialogue.Work:
			switch e.Work() {
			case dialogue.Forgetting, dialogue.OpeningCase, dialogue.AskingPayment, dialogue.CheckingPayment, dialogue.SettlingPayment:
				acted = true
				w.work, w.workIDs = append(w.work, e), append(w.workIDs, dialogue.EffectID(world.Conversation, world.Version, i))
			}
		}
	}
	if _, said := in.(dialogue.Said); said && before.Handoff.Stage != dialogue.Held && !spoke && !acted {
		w.failf("nothing is said; tasks %+v, handoff %+v, effects %+v", before.Tasks, before.Handoff, effects)
	}
	acts := slices.ContainsFunc(effects, func(e dialogue.Effect) bool { _, waits := e.(dialogue.SetTimer); return !waits })
	if before.Handoff.Stage == dialogue.Held && next.Handoff.Stage == dialogue.Held && acts {
		switch in.(type) {
		case dialogue.Said, dialogue.Tapped, dialogue.Sent, dialogue.Shared, dialogue.Commanded, dialogue.Opened:
			w.failf("a person holds the conversation, but the bot does %+v", effects)
		}
	}
	w.checkCart(in, before, next, effects)
}

// checkLearn: nothing is kept beyond what the customer allows.
func (w *walk) checkLearn(e dialogue.Learn, next dialogue.State) {
	w.t.Helper()
	service, personal := next.Consents[dialogue.Service] == dialogue.Given, next.Consents[dialogue.Personal] == dialogue.Given
	if len(e.Consents) == 0 && !service && !personal || !reflect.DeepEqual(e.Profile, e.Profile.For(service, personal)) {
		w.failf("%+v is kept, though the customer has answered %v", e, next.Consents)
	}
}

func (w *walk) checkSay(e dialogue.Say, next dialogue.State) {
	w.t.Helper()
	if len(e.Parts) == 0 && len(e.Cards) == 0 {
		w.failf("an empty bubble: %+v", e)
	}
	buttons := slices.Clone(e.Buttons)
	for _, c := range e.Cards {
		buttons = append(buttons, c.Buttons...)
	}
	for _, b := range buttons {
		if b.URL == "" && (len(b.Tap) == 0 || len(b.Tap) > 64) {
			w.failf("a tap of %d bytes: %q", len(b.Tap), b.Tap)
		}
		if id, ok := strings.CutPrefix(b.Tap, "order:"); ok && (next.Summary == nil || next.Summary.ID != id || b.With.Get("price") != next.Summary.Total) {
			w.failf("the order button says %s %v, the summary is %+v", b.Tap, b.With, next.Summary)
		}
		w.taps = append(w.taps, b.Tap)
	}
	w.taps = w.taps[max(0, len(w.taps)-200):]
}

// checkWords: everything that is said is in words.
func (w *walk) checkWords(s shelf, e dialogue.Say, next dialogue.State) {
	w.t.Helper()
	tone := voice.Tone{Lang: next.Lang, Persona: next.Persona.Persona()}
	parts := slices.Clone(e.Parts)
	for _, c := range e.Cards {
		parts = append(parts, c.Parts...)
	}
	for _, b := range e.Buttons {
		parts = append(parts, dialogue.Part{Key: b.Label, With: b.With})
	}
	for _, p := range parts {
		if p.Key == "" {
			continue // an empty line
		}
		if text := s.voice.Render(dialogue.Say{Parts: []dialogue.Part{p}}, tone).Text; text == "" || text == p.Key {
			w.failf("no words in %s for %+v", tone.Lang, p)
		}
		for i := 0; i+1 < len(p.With); i += 2 {
			name, value := p.With[i], p.With[i+1]
			word := dialogue.Part{Key: "text", With: dialogue.Args{"text", value}}
			if s.voice.Render(dialogue.Say{Parts: []dialogue.Part{word}}, tone).Text == "" && reflect.ValueOf(value).Kind() != reflect.Slice {
				w.failf("{%s} of %s is empty in %s: %#v", name, p.Key, tone.Lang, value)
			}
		}
	}
}

func (w *walk) checkOrder(s shelf, in dialogue.Input, before dialogue.State, o catalog.Order) {
	w.t.Helper()
	tap, ok := in.(dialogue.Tapped)
	if !ok || before.Summary == nil || tap.Tap != "order:"+before.Summary.ID {
		w.failf("an order without a tap on its button: summary %+v", before.Summary)
	}
	if before.Working != "" {
		w.failf("a second order while %s is waited for", before.Working)
	}
	quote, err := s.shop.QuoteOrder(o)
	if err != nil || quote.Total != o.Total || o.Total != before.Summary.Total || quote.Delivery != o.Delivery.Price || quote.Fee != o.PaymentFee {
		w.failf("the order costs %d, the summary %d, the quote %+v, %v", o.Total, before.Summary.Total, quote, err)
	}
	var vat catalog.Cents
	for _, v := range o.VAT {
		vat += v.Net + v.Tax
	}
	if vat != o.Total {
		w.failf("the VAT lines sum up to %d of %d", vat, o.Total)
	}
	if o.Contact.Name == "" || o.Contact.Email == "" || o.Contact.Phone == "" || len(o.Lines) != len(before.Cart) {
		w.failf("an order with gaps: %+v", o)
	}
	if o.Delivery.Kind != catalog.StorePickup && (o.Address.Street == "" || o.Address.Postcode == "" || o.Address.City == "") {
		w.failf("an order to nowhere: %+v", o.Address)
	}
	for _, l := range o.Lines {
		if n, counted := w.stock[l.SKU]; counted && n < l.Qty {
			w.failf("ordered %d of %s, there are %d", l.Qty, l.SKU, n)
		}
	}
}

// checkCart: what is in the cart stays there unless the customer takes it out,
// orders it, or it is told that it cannot be had.
func (w *walk) checkCart(in dialogue.Input, before, next dialogue.State, effects []dialogue.Effect) {
	w.t.Helper()
	if len(next.Cart) > dialogue.MaxLines {
		w.failf("%d lines in the cart", len(next.Cart))
	}
	seen := map[string]bool{}
	for _, l := range next.Cart {
		if l.Qty < 1 || l.Qty > dialogue.MaxQty || seen[l.SKU] {
			w.failf("a cart of %+v", next.Cart)
		}
		seen[l.SKU] = true
	}
	switch in := in.(type) {
	case dialogue.Done:
		return
	case dialogue.Said:
		if slices.Contains(removals, in.Text) {
			return
		}
	case dialogue.Tapped:
		verb, _, _ := strings.Cut(in.Tap, ":")
		if slices.Contains([]string{"rm", "qty", "which", "order"}, verb) {
			return
		}
	}
	if !mended(effects) {
		w.checkKept(before, next)
	}
}

func TestAnyWalk(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	orders := 0
	for seed := range uint64(40) {
		chance := rand.New(rand.NewPCG(seed, 7))
		choices := make([]byte, 600)
		for i := range choices {
			choices[i] = byte(chance.Uint32())
		}
		w := newWalk(t, shelves, choices)
		w.run()
		orders += len(w.orders)
	}
	if orders < 20 {
		t.Errorf("the walks came to %d orders only", orders)
	}
}

func FuzzWalk(f *testing.F) {
	shelves, err := demoShelves()
	if err != nil {
		f.Fatal(err)
	}
	for _, choices := range []string{"", "moi, tilaisin kengät ja laukun kotiin", "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"} {
		f.Add([]byte(choices))
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		newWalk(t, shelves, choices[:min(len(choices), 2000)]).run()
	})
}
