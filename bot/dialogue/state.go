// Package dialogue decides: Step takes the state of a conversation, an input
// and the world, and returns the next state and the effects wanted. It is pure:
// the same arguments always give the same results.
package dialogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// schema is the version of State's JSON. A newer program reads older states;
// an older program refuses newer ones.
const schema = 1

// Limits of a state.
const (
	MaxLines = 30 // lines in a cart
	MaxQty   = 99 // pieces in a line
)

// State is all that a conversation remembers. It is one flat JSON document.
type State struct {
	Schema   int             `json:"schema"`
	Lang     string          `json:"lang,omitempty"`
	Greeted  bool            `json:"greeted,omitempty"` // has been told that it talks with a bot
	Cart     []Line          `json:"cart,omitempty"`
	Shown    []string        `json:"shown,omitempty"` // ids of the products shown last, in order
	Focus    string          `json:"focus,omitempty"` // id of the product talked about
	Query    *catalog.Query  `json:"query,omitempty"` // the last search, for narrowing
	Pending  *Pending        `json:"pending,omitempty"`
	Buying   bool            `json:"buying,omitempty"` // between "to the checkout" and the order
	Contact  catalog.Contact `json:"contact"`
	Address  catalog.Address `json:"address"`
	Delivery string          `json:"delivery,omitempty"` // id of a delivery method
	Payment  string          `json:"payment,omitempty"`  // id of a payment method
	Summary  *Summary        `json:"summary,omitempty"`  // the summary in force; its button orders
	Working  string          `json:"working,omitempty"`  // id of the effect whose result is waited for
	Order    *OrderRef       `json:"order,omitempty"`    // the last order of this conversation
	Handoff  Handoff         `json:"handoff"`
	Persona  persona.Belief  `json:"persona"`
	Misses   int             `json:"misses,omitempty"`  // messages not understood in a row
	Last     map[string]int  `json:"last,omitempty"`    // how often a reply was said, for variants
	Hurried  bool            `json:"hurried,omitempty"` // has been told that messages come too fast
	Name     string          `json:"name,omitempty"`    // what the channel calls the customer, for staff
	Asked    map[string]bool `json:"asked,omitempty"`   // narrowing questions asked in this search
}

// Line is a line of the cart.
type Line struct {
	SKU string `json:"sku"`
	Qty int    `json:"qty"`
}

// Pending is the open question.
type Pending struct {
	Slot    string            `json:"slot"`              // what is asked: "size", "name", "order_no" …
	For     string            `json:"for"`               // the task it belongs to: add, buy, find, recommend, about, remove, track
	Product string            `json:"product,omitempty"` // add: the product being chosen
	Options map[string]string `json:"options,omitempty"` // add: options chosen so far
	Qty     int               `json:"qty,omitempty"`
	Order   string            `json:"order,omitempty"` // track: the order number given
	Tries   int               `json:"tries,omitempty"` // answers not understood
}

// Summary is what the customer was last shown before ordering.
type Summary struct {
	ID     string         `json:"id"`
	Total  catalog.Cents  `json:"total"`
	Window catalog.Window `json:"window"`
}

// OrderRef is an order placed in this conversation.
type OrderRef struct {
	Number string         `json:"number"`
	Status catalog.Status `json:"status"`
}

// Handoff is where the conversation stands between bot and staff.
type Handoff struct {
	Stage string    `json:"stage,omitempty"` // "", "offered", "requested", "held"
	Staff string    `json:"staff,omitempty"` // account of who holds it
	Name  string    `json:"name,omitempty"`  // and the name shown
	Since time.Time `json:"since,omitzero"`
	Why   string    `json:"why,omitempty"`
}

// Stages of a handoff.
const (
	Offered   = "offered"
	Requested = "requested"
	Held      = "held"
)

// ErrNewer means that a newer program has written the state; this one must
// leave the conversation to it.
var ErrNewer = errors.New("the state is of a newer program")

// Decode reads a state; nothing gives a new one.
func Decode(document []byte) (State, error) {
	if len(document) == 0 {
		return State{Schema: schema}, nil
	}
	var s State
	if err := json.Unmarshal(document, &s); err != nil {
		return State{}, fmt.Errorf("decode state: %w", err)
	}
	if s.Schema > schema {
		return State{}, fmt.Errorf("decode state: schema %d: %w", s.Schema, ErrNewer)
	}
	s.Schema = schema
	return s, nil
}

// Encode writes a state as Decode reads it.
func (s State) Encode() ([]byte, error) { return json.Marshal(s) }

// Stage names where the customer is: browse, cart, checkout, confirm, ordered.
func (s State) Stage() string {
	switch {
	case s.Summary != nil:
		return "confirm"
	case s.Buying:
		return "checkout"
	case len(s.Cart) > 0:
		return "cart"
	case s.Order != nil:
		return "ordered"
	}
	return "browse"
}

// clone copies s so that a change of the copy never shows in the original.
// Pointers and maps are replaced, never written through; slices are clipped.
func (s State) clone() State {
	s.Cart = slices.Clone(s.Cart)
	s.Shown = slices.Clip(s.Shown)
	s.Last = maps.Clone(s.Last)
	s.Asked = maps.Clone(s.Asked)
	if s.Pending != nil {
		p := *s.Pending
		p.Options = maps.Clone(p.Options)
		s.Pending = &p
	}
	if s.Query != nil {
		q := *s.Query
		s.Query = &q
	}
	return s
}
