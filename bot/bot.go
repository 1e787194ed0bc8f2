// Package bot is the shell around the pure dialogue: it loads the state, reads
// the message, steps, commits what was decided in one write, carries out what
// was committed, and delivers what is to be said.
package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/voice"
	"tiski/catalog"
)

// Input is an event and what the door knows of it.
type Input struct {
	ID   string         // unique in the conversation for ever; the same id is never handled twice
	At   time.Time      // when the door got it; zero: now
	What dialogue.Input //
	Name string         // what the channel calls the customer, for the staff's list; may be empty

	Photo string // id of a picture that came with what was said; may be empty
	Via   string // where staff wrote it, when that shows their words itself; may be empty

	Answered bool // the door answers with what is said to it at once: that is not pushed

	cause string // id of the input whose work this is the result of
	begun bool   // it begins no conversation
}

// Message is one line of a conversation, as logged and as sent.
type Message struct {
	Seq     int64            `json:"seq"`
	From    dialogue.Speaker `json:"from"` // bot, customer, staff or system
	Text    string           `json:"text"`
	Buttons []voice.Button   `json:"buttons,omitempty"`
	Cards   []voice.Card     `json:"cards,omitempty"`
	Invoice *voice.Invoice   `json:"invoice,omitempty"` // to be paid in the channel itself
	Photo   string           `json:"photo,omitempty"`   // id of a picture that the customer or staff sent, kept apart; or the address of a drawing of the shop, /images/…
	Staff   string           `json:"staff,omitempty"`   // the name of the person, when From is staff
	Via     string           `json:"via,omitempty"`     // as Input says
	At      time.Time        `json:"at"`
}

// Button, Card, Invoice and InvoiceLine are what a message offers, in words.
type (
	Button      = voice.Button
	Card        = voice.Card
	Invoice     = voice.Invoice
	InvoiceLine = voice.InvoiceLine
)

// Turn is what came of an input.
type Turn struct {
	Messages []Message // what is said to the customer because of it
	State    dialogue.State
	Acted    []string // the intents acted on
	Repeated bool     // the input had been handled before; Messages are those of that time

	was     dialogue.State // before it
	effects []dialogue.Effect
	read    time.Duration // that reading took
	step    time.Duration // and stepping, with look-ups and wording
}

// ErrConflict means that the conversation has moved on since it was loaded.
var ErrConflict = errors.New("conversation has moved on")

// ErrUnfit means that a turn, or the id of a conversation or input, is over a
// limit of the memory of conversations: the same again will not do.
var ErrUnfit = errors.New("does not fit the limits")

// Conversations is the memory of conversations (package state keeps it in
// Redis). Every method may be called from any number of goroutines and nodes.
type Conversations interface {
	// Load returns what is known of a conversation, and whether this input id
	// was handled before. One round trip.
	Load(ctx context.Context, conversation, input string) (Snapshot, error)
	// Commit writes everything a turn decided, atomically, or returns
	// ErrConflict and writes nothing. One round trip.
	Commit(ctx context.Context, c Commit) error
	// Claim returns work and timers that are due now, claimed for this caller
	// until now+hold; at most limit.
	Claim(ctx context.Context, now time.Time, hold time.Duration, limit int) ([]Due, error)
	// Erase forgets a conversation at once, but for the work of one id.
	Erase(ctx context.Context, conversation, except string) error
}

// Snapshot is a conversation as loaded.
type Snapshot struct {
	State   []byte    // nil when the conversation is new
	Version int64     // a new conversation begins at the present Unix milliseconds
	Seq     int64     // sequence number of the last message; begins likewise
	Seen    bool      // the input id was handled before
	Replies []Message // when Seen: the messages it caused that are to the customer
}

// Commit is one turn, to be written as a whole or not at all.
type Commit struct {
	Conversation string
	Channel      string // what stands before ":" in the conversation
	Input        string // id of the input handled
	Cause        string // id of an earlier input whose work this one is the result of; its replies are these too
	Version      int64  // as loaded; the commit makes it Version+1
	Seq          int64  // as loaded
	New          bool   // the conversation was unknown when it was loaded
	State        []byte
	Log          []Message // numbered from Seq+1
	Outbox       []Message // those of Log that a pushing channel must send; empty for channels that read the log
	Unsay        bool      // drop bot words that are still in the outbox first
	Held         bool      // a person holds the conversation: bot words are not sent
	Work         []Work    // new work
	Done         []string  // ids of work now finished, and names of timers that rang
	Timers       []Timer   // to set
	Drop         []string  // timers to drop
	Desk         Desk      // what the staff's list shows
	At           time.Time
}

// Work is an effect outside Redis that must be carried out, once.
type Work struct {
	ID     string          `json:"id"`    // conversation/version/index
	Kind   string          `json:"kind"`  // as dialogue.Done tells it
	Cause  string          `json:"cause"` // id of the input that asked for it
	Effect json.RawMessage `json:"effect"`
}

// Timer is a named alarm of one conversation.
type Timer struct {
	Name string
	At   time.Time
}

// Due is work or a timer whose time has come.
type Due struct {
	Conversation string
	Work         *Work  // nil for a timer
	Timer        string // name
	At           time.Time
}

// Desk is a conversation in the staff's list.
type Desk struct {
	Conversation string    `json:"conversation,omitempty"`
	Name         string    `json:"name,omitempty"`   // of the customer, if known
	Lang         string    `json:"lang,omitempty"`   //
	Waiting      time.Time `json:"waiting,omitzero"` // since when a person is waited for
	Reason       string    `json:"reason,omitempty"` // why a person was called
	Holder       string    `json:"holder,omitempty"` // staff id
	HolderName   string    `json:"holderName,omitempty"`
	Unheard      time.Time `json:"unheard,omitzero"` // since when the holder's next word is waited for
	Stage        string    `json:"stage,omitempty"`
	Last         time.Time `json:"last"` // last message
}

// Orders is where orders are kept (package store keeps them in SQL).
type Orders interface {
	// Place writes the order and decrements stock in one transaction. The same
	// ID again returns the order of the first time. An order that no longer
	// fits the stock, or whose code has been used too often, is refused with a
	// *Refused.
	Place(ctx context.Context, o catalog.Order) (catalog.Order, error)
	// OfConversation returns the orders placed in a conversation, newest first, at most 10.
	OfConversation(ctx context.Context, conversation string) ([]catalog.Order, error)
	// ByNumber returns the order if its number and e-mail or phone match, else
	// nothing; which of them was wrong cannot be told from the answer or the time it took.
	ByNumber(ctx context.Context, number, email, phone string) ([]catalog.Order, error)
	// Stock returns pieces left by SKU, of every SKU whose stock is counted.
	Stock(ctx context.Context) (map[string]int, error)
	Cases
}

// Cases is where withdrawals, returns, exchanges and complaints are kept.
type Cases interface {
	// OpenCase opens a case of an order. The same id again returns the case of
	// the first time. begin is given the order and its earlier cases, and returns
	// the case or an error; nobody opens another case of the order meanwhile.
	OpenCase(ctx context.Context, id, number string, begin func(catalog.Order, []catalog.Case) (catalog.Case, error)) (catalog.Case, error)
}

// Customers is where what is known of customers beyond a conversation is kept
// (package store keeps it in SQL).
type Customers interface {
	// Recognise returns what is known of whom a conversation is with; found is
	// false when they were never asked.
	Recognise(ctx context.Context, conversation string) (known dialogue.Recognised, found bool, err error)
	// Learn notes answers and keeps the profile, in one transaction. The same id
	// again changes nothing.
	Learn(ctx context.Context, id, conversation string, l dialogue.Learn) error
	// Belongings are what is kept of whom a conversation is with.
	Belongings(ctx context.Context, conversation string) (Belongings, error)
	// Join makes two conversations those of one customer, who consents by it. A
	// pass that was used before, and conversations of different customers of the
	// shop, are a *Refused: "used", "other". The same id again changes nothing.
	Join(ctx context.Context, j Joint) error
	// Identify notes by which name the shop knows whom a conversation is with. A
	// conversation that is somebody else's is a *Refused: "other".
	Identify(ctx context.Context, conversation, subject string) error
	// Erase removes it, in one transaction, but for what bookkeeping needs.
	Erase(ctx context.Context, b Belongings, now time.Time) (Erased, error)
}

// Refused is an order that could not be placed or changed.
type Refused struct {
	Reason string   // as in dialogue.Done
	SKUs   []string // what it is about
}

func (r *Refused) Error() string { return "refused: " + r.Reason }
