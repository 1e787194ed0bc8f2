// Package persona asks: who is this customer like? Evidence goes in; a
// probability over the shop's personas and the reasons come out. It is pure.
// A persona changes the tone of replies and the order of hits, never a price,
// an availability or a right.
package persona

// Neutral is the persona used until there is clear evidence of another.
const Neutral = "neutral"

// Persona is an idealised kind of customer, one file of the shop.
type Persona struct {
	ID     string
	Name   string
	Tone   string             // "warm", "brisk", "thorough", "plain"
	Values map[string]float64 // what weighs, 0–1: "price", "quality", "speed", "domestic", "ecological"
	Words  []string           // beginnings of words that are evidence of it, lower case, in any language
	Intent map[string]float64 // intents that are evidence of it, weight 0–1
}

// Set is the shop's personas, Neutral among them.
type Set []Persona

// Get returns the persona with this id, or Neutral's.
func (s Set) Get(id string) Persona {
	for _, p := range s {
		if p.ID == id {
			return p
		}
	}
	return Persona{ID: Neutral}
}

// Belief is what is believed of one customer; it lives in the conversation's
// state.
type Belief struct {
	P       map[string]float64 `json:"p,omitempty"`       // probability by persona; nil: nothing known yet
	Used    string             `json:"used,omitempty"`    // the persona in use; "" is Neutral
	Reasons []string           `json:"reasons,omitempty"` // latest evidence, newest last, at most 8: "word:halv → saver"
}
