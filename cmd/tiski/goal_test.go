package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog"
	"tiski/intents/finnish"
)

// What simulated customers come for.
const (
	buys      = "buys"
	tracks    = "tracks"
	sendsBack = "sends back"
	cancels   = "buys and cancels"
	complains = "complains" // a person takes it on
	mistakes  = "tracks with a wrong number"
)

// What a customer does at a question besides answering it.
const (
	asking   = "asks"
	chatting = "chats"
	skipping = "skips"
	stopping = "stops"
	adding   = "adds"      // the line kept for later
	slipping = "slips"     // tells something wrong and mends it at the next question
	late     = "slip late" // mends it at the summary
	twice    = "slips twice"
)

// wanted is a line that a customer wants to buy.
type wanted struct {
	product *catalog.Product
	variant *catalog.Variant
	instead *catalog.Variant // chosen first by mistake, nil when nothing is
	qty     int
}

// goal is what a customer wants, and how it goes about it.
type goal struct {
	kind     string
	lines    []wanted
	contact  catalog.Contact
	address  catalog.Address
	delivery string
	payment  string
	whims    map[string]string // what it does besides, by the slot asked
	taps     float64           // how often it taps instead of writing
	typos    float64           // how often its hand slips
}

var (
	firstNames = []string{"Maija", "Matti", "Aino", "Eero", "Liisa", "Juha", "Sari", "Timo", "Anna-Kaisa", "Jukka", "Päivi", "Oskari", "Mika", "Emma"}
	lastNames  = []string{"Virtanen", "Meikäläinen", "Korhonen", "Mäkelä", "Järvinen", "Lehtonen-Salo", "Niemi", "Öhman", "Laine", "Ruusu", "Kuusisto"}
	streets    = []string{"Kotikatu 5 A 2", "Mannerheimintie 12", "Rantatie 7 B 14", "Koulukuja 3", "Satamakatu 21 C", "Peltolantie 114", "Vanha Turuntie 9 as 4"}
	places     = [][2]string{{"00530", "Helsinki"}, {"33100", "Tampere"}, {"90100", "Oulu"}, {"20100", "Turku"}, {"40100", "Jyväskylä"}, {"65100", "Vaasa"}, {"99800", "Inari"}}
)

// drawGoal draws what a customer wants from what the shop has.
func drawGoal(chance *rand.Rand, shop *catalog.Shop) goal {
	g := goal{kind: buys, whims: map[string]string{}, taps: []float64{0, 0.3, 0.8}[chance.IntN(3)], typos: []float64{0, 0, 0.25}[chance.IntN(3)]}
	if n := chance.IntN(20); n < 6 {
		g.kind = []string{tracks, sendsBack, cancels, complains, mistakes, cancels}[n]
	}
	first, last := one(chance, firstNames), one(chance, lastNames)
	mail := strings.NewReplacer("ä", "a", "ö", "o").Replace(strings.ToLower(first + "." + last))
	g.contact = catalog.Contact{Name: first + " " + last, Email: mail + "@example.com", Phone: fmt.Sprintf("+35840%07d", 1000000+chance.IntN(8999999))}
	place := places[chance.IntN(len(places))]
	g.address = catalog.Address{Street: one(chance, streets), Postcode: place[0], City: place[1]}
	for range []int{1, 1, 1, 2, 2, 3, 4}[chance.IntN(7)] {
		if w, ok := drawLine(chance, shop); ok && !slices.ContainsFunc(g.lines, func(l wanted) bool { return l.product == w.product }) {
			g.lines = append(g.lines, w)
		}
	}
	for g.delivery == "" {
		if ways := g.deliveries(shop); len(ways) > 0 {
			g.delivery = one(chance, ways)
		} else {
			g.lines = g.lines[1:] // too much for any of them
		}
	}
	g.payment = "invoice"
	if g.delivery == "myymalanouto" {
		g.payment = one(chance, []string{"invoice", "at_store"})
	}
	for _, slot := range []string{"name", "email", "phone", "address", "delivery", "payment", "confirm", "option"} {
		if chance.IntN(5) == 0 {
			whims := []string{asking, chatting, skipping, stopping, slipping, late, twice, adding}
			if slot == "option" || slot == "confirm" {
				whims = whims[:2]
			}
			g.whims[slot] = one(chance, whims)
		}
	}
	return g
}

// deliveries are the ways of delivery that take what is wanted.
func (g goal) deliveries(shop *catalog.Shop) (ways []string) {
	var lines []catalog.OrderLine
	for _, l := range g.lines {
		lines = append(lines, catalog.OrderLine{SKU: l.variant.SKU, Qty: l.qty})
	}
	for _, id := range []string{"noutopiste", "pakettiautomaatti", "kotiinkuljetus", "myymalanouto"} {
		if shop.DeliveryMethod(id).Takes(shop.Bulk(lines)) {
			ways = append(ways, id)
		}
	}
	return ways
}

// drawLine draws a variant that can be bought.
func drawLine(chance *rand.Rand, shop *catalog.Shop) (wanted, bool) {
	p := &shop.Products[chance.IntN(len(shop.Products))]
	var had []*catalog.Variant
	for i := range p.Variants {
		if p.Variants[i].Stock > 0 {
			had = append(had, &p.Variants[i])
		}
	}
	if len(had) == 0 {
		return wanted{}, false
	}
	w := wanted{product: p, variant: one(chance, had), qty: 1}
	if chance.IntN(4) == 0 {
		w.qty = min(1+chance.IntN(3), w.variant.Stock)
	}
	if chance.IntN(5) == 0 {
		if v := one(chance, had); len(differing(v, w.variant)) == 1 {
			w.instead = v
		}
	}
	return w, true
}

// differing are the options in which two variants of a product are unlike.
func differing(a, b *catalog.Variant) []string {
	var all []string
	for name, value := range a.Options {
		if b.Options[name] != value {
			all = append(all, name)
		}
	}
	return all
}

func one[T any](chance *rand.Rand, of []T) T { return of[chance.IntN(len(of))] }

// kindOf is what a product is called when its maker is not known: its noun in
// the partitive, "" when its name has none that stands by itself.
func kindOf(p *catalog.Product) string {
	for word := range strings.FieldsSeq(p.Name["fi"]) {
		if noun, ok := strings.CutPrefix(word, "-"); ok {
			noun = finnish.Base().Inflect(noun, finnish.Form{Case: finnish.Partitive, Plural: strings.HasSuffix(noun, "t")})
			switch p.Audience {
			case "women":
				return "naisten " + noun
			case "men":
				return "miesten " + noun
			case "child":
				return "lasten " + noun
			}
			return noun
		}
	}
	return ""
}

// before is an order that the customer made some days ago.
func (g goal) before(now time.Time, shelf *bot.Shelf, number string) catalog.Order {
	o := catalog.Order{
		ID: "before", Number: number, Conversation: "web:earlier", Status: catalog.Shipped, Placed: now.AddDate(0, 0, -3), Lang: "fi",
		Contact: g.contact, Address: g.address, Currency: shelf.Shop.Currency, Tracking: "JJFI63200000000",
		Delivery: catalog.OrderDelivery{Method: g.delivery, Kind: catalog.PickupPoint, Window: catalog.Window{Earliest: now, Latest: now.AddDate(0, 0, 2)}},
	}
	for _, l := range g.lines {
		o.Lines = append(o.Lines, catalog.OrderLine{SKU: l.variant.SKU, Product: l.product.ID, Title: l.product.Name["fi"], Options: l.variant.Options, Qty: l.qty, Unit: l.product.PriceOf(l.variant)})
	}
	return o
}

// told is the goal in a line.
func (g goal) told() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %s, %v", g.kind, g.delivery, g.payment, g.whims)
	for _, l := range g.lines {
		fmt.Fprintf(&b, ", %d × %s", l.qty, l.variant.SKU)
		if l.instead != nil {
			fmt.Fprintf(&b, " after %s", l.instead.SKU)
		}
	}
	return b.String()
}
