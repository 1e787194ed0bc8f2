// Package persona asks: who is this customer like? Evidence goes in; what is
// believed of the customer and the reasons come out. It is pure. A persona
// changes words, the order and number of hits, and what is told first, never a
// price, an availability, a discount or a right.
package persona

import (
	"maps"

	"tiski/catalog"
	"tiski/intents"
)

// Neutral is the persona used until there is clear evidence of another.
const Neutral = "neutral"

// Persona is an idealised kind of customer, one file of the shop.
type Persona struct {
	ID      string
	Name    string       // as staff see it
	Called  catalog.Text // as customers are told it in other languages than Name's
	Picture string       // a drawing as SVG, shown to staff; "" without one
	Day     string       // a short story of a day, told to staff
	Goals   []string
	Worries []string // what staff should know of them

	Values     map[string]float64  // what weighs in goods, 0–1, by the names of [Values]
	Words      []string            // beginnings of words that are evidence of it, lower case, in any language
	Phrases    []string            // words one after another, whole; one that ends with * is a beginning
	Says       map[string][]string // by language, lines as such customers write them, of <id>.txt and <id>.<lang>.txt beside the file
	Statements []string            // phrases by which customers say themselves that they are so
	Signs      map[string]float64  // intents and names of [Signs] that speak for it, or below 0 against it; −1–1
	Categories []string            // shelves that it likes, with those below
	Hours      []int               // hours of the day, 0–23, at which it writes more than others do
	Channels   []string            // channels that it uses more than others do

	Tone     string   // how it is spoken to: one of [Tones], "" for the shop's usual words
	Cards    int      // hits shown at once, 1–8
	Narrow   bool     // is asked what narrows a search, beside the hits
	Length   string   // how much is told of a product: one of [Lengths]
	Facts    []string // what of a product is told first: names of [Facts]
	Reviews  []string // Finnish words of what reviews must speak of to be told first
	Next     []string // best next actions, offered as buttons: names of [Actions]
	Patience int      // messages not understood before a person is offered, 1–3
}

// Told is the name as customers are told it.
func (p *Persona) Told() catalog.Text {
	told := catalog.Text{"fi": p.Name}
	maps.Copy(told, p.Called)
	return told
}

// ofBuyer reports whether the persona is one of who buys, whomever the goods are
// for: who is in a hurry or counts euros is so for a gift, too.
func (p *Persona) ofBuyer() bool {
	buyer := max(p.Values["speed"], p.Values["price"])
	for _, weight := range p.Values {
		if weight > buyer {
			return false
		}
	}
	return buyer > 0
}

// Names that the shop's files may use.
var (
	Tones   = []string{"plain", "warm", "brisk", "thorough", "assured"}
	Values  = []string{"price", "speed", "quality", "domestic", "ecological", "technical", "style", "care"}
	Lengths = []string{"short", "normal", "long"}
	Facts   = []string{"stock", "delivery", "delivery_cost", "material", "care", "features", "facts", "returns", "warranty"}
	Actions = []string{"compare", "cheaper", "delivery_time", "delivery_cost", "return_policy", "human"}
)

// Signs are what a message shows besides its words and intents.
var Signs = []string{
	SignLimit, SignCheaper, SignDearer, SignDiscount, SignMaterial, SignCare, SignSizes,
	SignCompare, SignSoon, SignPopular, SignWarranty, SignBrief, SignLong, SignQuick,
}

// The signs by name.
const (
	SignLimit    = "price_limit" // names a sum to stay under
	SignCheaper  = "cheaper"     // asks for the cheaper or cheapest
	SignDearer   = "dearer"      // asks for the dearer or dearest
	SignDiscount = "discount"    // asks for a discount
	SignMaterial = "material"    // names a material or asks for it
	SignCare     = "care"        // asks how something is washed or cared for
	SignSizes    = "sizes"       // asks for measures, or names a size to the half
	SignCompare  = "compare"     // asks what differs
	SignSoon     = "soon"        // needs it by today or tomorrow, or asks for the quickest
	SignPopular  = "popular"     // asks what others buy
	SignWarranty = "warranty"    // asks of the warranty before buying
	SignBrief    = "brief"       // writes few words, unasked
	SignLong     = "long"        // writes many
	SignQuick    = "quick"       // answers within seconds
)

// Set is the shop's personas, Neutral among them, over its goods of the moment.
// It is immutable.
type Set struct {
	all    []Persona
	buyers []bool            // of each persona: it is one of who buys
	clues  map[uint32][]clue // by the first letters of their first word
	signs  map[string]sign
	liked  map[string][]bool    // by category
	fits   map[string][]float64 // by product: how much better than the shop's goods do on average

	unused catalog.Mistakes
}

// Unused are the lines of the files that tell nothing in this shop: personas
// may be older or younger than its shelves.
func (s Set) Unused() catalog.Mistakes { return s.unused }

// All are the personas, by id.
func (s Set) All() []Persona { return s.all }

// Lines are what customers of each kind write in a language, by which messages
// are told apart: [intents.LearnKinds] learns from them.
func (s Set) Lines(lang string) []intents.Example {
	var lines []intents.Example
	for _, p := range s.all {
		for _, line := range p.Says[lang] {
			lines = append(lines, intents.Example{Text: line, Intent: p.ID})
		}
	}
	return lines
}

// index is where a persona stands among all; -1 when there is none such.
func (s *Set) index(id string) int {
	for i := range s.all {
		if s.all[i].ID == id {
			return i
		}
	}
	return -1
}

// Get returns the persona with this id, or Neutral's.
func (s Set) Get(id string) Persona {
	neutral := Persona{ID: Neutral, Narrow: true, Cards: usualCards, Patience: usualPatience}
	for _, p := range s.all {
		switch p.ID {
		case id:
			return p
		case Neutral:
			neutral = p
		}
	}
	return neutral
}
