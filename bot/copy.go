package bot

import (
	"encoding/json"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
)

// Copy is everything that is kept of one customer, for themselves.
type Copy struct {
	At          time.Time            `json:"at"`
	Profiles    []Remembered         `json:"profiles"` // one, unless an address is of customers who are not known to be the same
	Consents    []dialogue.Consent   `json:"consents"`
	Talks       []Talk               `json:"conversations"`
	Orders      []Purchase           `json:"orders"`
	Cases       []Claim              `json:"cases"`
	Sent        []Sent               `json:"sent"`    // unasked
	Said        []Opinion            `json:"said"`    // of how they were served
	Reviews     []catalog.Review     `json:"reviews"` // of goods
	Points      []catalog.PointEvent `json:"points"`
	Invites     []string             `json:"invites"` // their codes for friends
	Newsletters []Newsletter         `json:"newsletters"`
}

// Remembered is a customer in a Copy, as far as they consent.
type Remembered struct {
	Seen    time.Time       `json:"seen"`  // when they were last here, to the day
	Named   bool            `json:"named"` // the shop has told who they are; only a hash of that is kept
	Profile persona.Profile `json:"profile"`
}

// Talk is a conversation in a Copy.
type Talk struct {
	Conversation string          `json:"conversation"`
	Since        time.Time       `json:"since,omitzero"`  // when it became known whose it is
	State        json.RawMessage `json:"state,omitempty"` // what the conversation itself remembers
	Messages     []Message       `json:"messages"`
	Photos       []Photo         `json:"photos,omitempty"`
	Missed       []int64         `json:"missed,omitempty"` // messages that were not understood, by Seq
	Notes        []string        `json:"notes,omitempty"`  // of staff
	Labels       []string        `json:"labels,omitempty"` // given by staff
	Read         []Example       `json:"read,omitempty"`   // messages of which staff noted what they mean
}

// Photo is a picture that the customer sent in a conversation.
type Photo struct {
	ID   string    `json:"id"` // as its message names it
	At   time.Time `json:"at"`
	JPEG []byte    `json:"jpeg"`
}

// Example is a message that the shop's own reading learns from.
type Example struct {
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
	Intent string    `json:"intent"`
}

// Purchase is an order in a Copy, with what happened to it.
type Purchase struct {
	catalog.Order
	Events   []catalog.OrderEvent
	Payments []catalog.Payment
	Returned []Refunded
	Letters  []time.Time // when letters about it and its cases were sent
}

// Refunded is money on its way back to a customer.
type Refunded struct {
	At     time.Time
	Amount catalog.Cents
	State  RefundState
}

// Claim is a case in a Copy, with what happened to it.
type Claim struct {
	catalog.Case
	Events []Step
}

// Step is what became of a case, and when.
type Step struct {
	At time.Time
	To catalog.CaseState
}

// Sent is what a customer was sent unasked.
type Sent struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Subject string    `json:"subject"` // what it was about: goods, an order, a campaign
}

// Opinion is what a customer said of how they were served.
type Opinion struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Subject string    `json:"subject,omitempty"` // a case, an order
	Value   int       `json:"value"`             // the score
	Words   string    `json:"words,omitempty"`
}

// Newsletter is an address to which the newsletter goes, or is asked for.
type Newsletter struct {
	Email     string    `json:"email"`
	Lang      string    `json:"lang"`
	Asked     time.Time `json:"asked"`
	Confirmed time.Time `json:"confirmed,omitzero"` // zero: not yet
}
