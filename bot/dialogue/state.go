// Package dialogue decides: Step takes the state of a conversation, an input
// and the world, and returns the next state and the effects wanted. It is pure:
// the same arguments always give the same results.
package dialogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// schema is the version of State's JSON. A newer program reads older states;
// an older program refuses newer ones.
const schema = 4

// Limits of a state.
const (
	MaxLines = 30 // lines in a cart
	MaxQty   = 99 // pieces in a line
)

// State is all that a conversation remembers. It is one flat JSON document.
type State struct {
	Schema    int               `json:"schema"`
	Lang      string            `json:"lang,omitempty"`
	Greeted   bool              `json:"greeted,omitempty"` // has been told that it talks with a bot
	Cart      []Line            `json:"cart,omitempty"`
	Shown     []string          `json:"shown,omitempty"`     // ids of the products shown last, in order
	Page      string            `json:"page,omitempty"`      // the product whose page the customer looks at, as the page names it
	PageCart  []Line            `json:"page_cart,omitempty"` // what the customer's page has in its cart
	Focus     string            `json:"focus,omitempty"`     // id of the product talked about
	Earlier   []Goods           `json:"earlier,omitempty"`   // talked about before what is shown now, the last first
	Question  string            `json:"question,omitempty"`  // what was asked last of one of them
	Query     *catalog.Query    `json:"query,omitempty"`     // the last search, for narrowing
	Amount    *Amount           `json:"amount,omitempty"`    // told of goods that are not taken yet
	Tasks     []Task            `json:"tasks,omitempty"`     // what the customer is in the middle of; the last is talked about, the others wait
	Dropped   *Task             `json:"dropped,omitempty"`   // the task cancelled last, until something else is said
	Contact   catalog.Contact   `json:"contact,omitzero"`
	Address   catalog.Address   `json:"address,omitzero"`
	Delivery  string            `json:"delivery,omitempty"` // id of a delivery method
	Points    *Points           `json:"points,omitempty"`   // looked up last
	Point     *catalog.Point    `json:"point,omitempty"`    // where the parcel is to be fetched; anyPoint: the customer leaves that to the carrier
	Payment   string            `json:"payment,omitempty"`  // id of a payment method
	Whither   string            `json:"whither,omitempty"`  // postal code that delivery was asked to last
	Code      string            `json:"code,omitempty"`     // of a discount, as the shop writes it
	Purse     *catalog.Purse    `json:"purse,omitempty"`    // points, looked up last
	Spend     int               `json:"spend,omitempty"`    // points that the order uses
	Friend    string            `json:"friend,omitempty"`   // a friend's code that holds
	Summary   *Summary          `json:"summary,omitempty"`  // the summary in force; its button orders
	Working   string            `json:"working,omitempty"`  // id of the effect whose result is waited for
	Order     *OrderRef         `json:"order,omitempty"`    // the last order of this conversation
	Paying    *Paying           `json:"paying,omitempty"`   // the order that awaits its payment
	Refund    *Refunded         `json:"refund,omitempty"`   // the last money that went back, or must be given back by staff
	Known     []Known           `json:"known,omitempty"`    // orders shown to be this customer's
	Sought    *Sought           `json:"sought,omitempty"`   // the order looked for last, while it is not found
	Case      *CaseRef          `json:"case,omitempty"`     // the last case of this conversation
	Handoff   Handoff           `json:"handoff,omitzero"`
	Called    bool              `json:"called,omitempty"` // a person has been called to the conversation, or has taken it, at some time
	Persona   persona.Belief    `json:"persona"`
	Profile   persona.Profile   `json:"profile,omitzero"`    // what is known of the customer
	Consents  map[string]string `json:"consents,omitempty"`  // what the customer answered, by purpose
	Worded    map[string]int    `json:"worded,omitempty"`    // which version of the question that was, by purpose
	Wondered  []string          `json:"wondered,omitempty"`  // purposes that consent was asked for by the way
	Untracked bool              `json:"untracked,omitempty"` // does not want to be guessed about
	Heard     time.Time         `json:"heard,omitzero"`      // when the customer last did something
	Spoke     bool              `json:"spoke,omitempty"`     // the customer has written something
	Topic     string            `json:"topic,omitempty"`     // what was told last, so that a short message may go on with it
	Misses    int               `json:"misses,omitempty"`    // messages not understood in a row
	Unsolved  string            `json:"unsolved,omitempty"`  // what the customer was offered a person for last
	Times     int               `json:"times,omitempty"`     // how many times in a row
	Angry     int               `json:"angry,omitempty"`     // angry messages since a person handed the conversation back
	Said      uint64            `json:"said,omitempty"`      // digest of the last reply, so that none is said twice in a row
	Album     string            `json:"album,omitempty"`     // the last that photos came in: one answer is enough
	Hurried   bool              `json:"hurried,omitempty"`   // has been told that messages come too fast
	Name      string            `json:"name,omitempty"`      // what the channel calls the customer, for staff
	Narrowed  []string          `json:"narrowed,omitempty"`  // options asked about in this search
	Storied   []string          `json:"storied,omitempty"`   // products of which a story was told, the last last
	Advised   bool              `json:"advised,omitempty"`   // has been offered what goes with something
	Unadvised bool              `json:"unadvised,omitempty"` // wants nothing recommended unasked
	Promises  []Promise         `json:"promises,omitempty"`  // of persons, not kept yet
	Wishes    []Wish            `json:"wishes,omitempty"`    // what the customer wants to hear of when it is back
	Later     []Later           `json:"later,omitempty"`     // what the customer may be sent unasked
}

// Line is a line of the cart.
type Line struct {
	SKU string `json:"sku"`
	Qty int    `json:"qty"`
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
	Stage   string    `json:"stage,omitempty"` // "", "offered", "requested", "held"
	Staff   string    `json:"staff,omitempty"` // account of who holds it
	Name    string    `json:"name,omitempty"`  // and the name shown
	Since   time.Time `json:"since,omitzero"`
	Why     string    `json:"why,omitempty"`
	What    string    `json:"what,omitempty"`   // what the customer wants of a person, left while nobody was at work
	Unheard time.Time `json:"unheard,omitzero"` // held: since when the customer waits for the person's next word
	Unsent  []int64   `json:"unsent,omitempty"` // held: numbers of messages of the person that did not reach the customer, the last of them
}

// Stages of a handoff.
const (
	Offered   = "offered"
	Requested = "requested"
	Held      = "held"
)

// Who has a conversation, seen by a member of staff.
const (
	WithBot   = "bot"
	IsWaiting = "waiting"
	WithMe    = "mine"
	WithOther = "other"
)

// With tells who has the conversation, seen by who has this account.
func (h Handoff) With(staff string) string {
	switch {
	case h.held() && h.Staff == staff:
		return WithMe
	case h.held():
		return WithOther
	case h.Stage == Requested:
		return IsWaiting
	}
	return WithBot
}

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
	if s.Schema < 2 {
		if err := s.migrate(document); err != nil {
			return State{}, err
		}
	}
	s.Schema = schema
	s.bound()
	return s, nil
}

// Encode writes a state as Decode reads it.
func (s State) Encode() ([]byte, error) { return json.Marshal(s) }

// Has reports whether a kind of task is open, talked about or waiting.
func (s State) Has(kind string) bool {
	return slices.ContainsFunc(s.Tasks, func(k Task) bool { return k.Kind == kind })
}

// Pending is the slot of the open question, "" when nothing is asked.
func (s State) Pending() string {
	if len(s.Tasks) == 0 {
		return ""
	}
	return s.Tasks[len(s.Tasks)-1].Asked
}

// Hint is what the conversation so far tells of what the customer says now.
func (s State) Hint(now time.Time) intents.Hint {
	return intents.Hint{Lang: s.Lang, First: !s.Spoke, Pending: s.Pending(), Now: now}
}

// bound holds a document that somebody else wrote to the limits.
func (s *State) bound() {
	s.Tasks = s.Tasks[max(0, len(s.Tasks)-MaxTask):]
	s.Known = s.Known[max(0, len(s.Known)-maxKnown):]
	s.Later = s.Later[max(0, len(s.Later)-maxLater):]
	s.Promises = s.Promises[max(0, len(s.Promises)-maxPromises):]
}

// Stage names where the customer is: browse, cart, checkout, confirm, ordered.
func (s State) Stage() string {
	switch {
	case s.Summary != nil:
		return "confirm"
	case s.Has(Buy):
		return "checkout"
	case len(s.Cart) > 0:
		return "cart"
	case s.Order != nil:
		return "ordered"
	}
	return "browse"
}

// clone copies s so that a change of the copy never shows in the original.
// Pointers are replaced, never written through; slices are copied or clipped.
func (s State) clone() State {
	s.Cart = slices.Clone(s.Cart)
	s.PageCart = slices.Clip(s.PageCart)
	s.Shown = slices.Clip(s.Shown)
	s.Narrowed = slices.Clip(s.Narrowed)
	s.Wishes = slices.Clip(s.Wishes)
	s.Later = slices.Clip(s.Later)
	s.Promises = slices.Clone(s.Promises)
	s.Known = slices.Clone(s.Known)
	s.Handoff.Unsent = slices.Clip(s.Handoff.Unsent)
	s.Tasks = slices.Clone(s.Tasks)
	for i := range s.Tasks {
		s.Tasks[i] = s.Tasks[i].clone()
	}
	return s
}
