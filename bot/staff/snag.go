package staff

import (
	"context"
	"time"

	"tiski/catalog"
)

// Snag is something that went wrong and needs a hand.
type Snag struct {
	ID           string
	Kind         string
	Why          string // of SnagPush: catalog.Rejected… or bot.Held…; of SnagRefund: bot.RefundGivenUp; of SnagParcel: the catalog.ParcelState; of SnagRecall: RecallCancel or RecallRefund, by hand or not
	Order        string // number
	Conversation string // where the order was made
	Total        catalog.Cents
	Told         catalog.Cents // of a push that is stuck for its total: what the shop's system counts; of a refund or recall: what is to go back
	Outside      string        // how the shop's own system names the order, or the carrier its parcel; ""
	Since        time.Time
	Again        bool // it can be tried again
}

// Kinds of snags.
const (
	SnagPush   = "push"   // an order that the shop's own system has not taken
	SnagParcel = "parcel" // an order whose parcel is on its way back
	SnagRefund = "refund" // money that a payment provider did not give back
	SnagRecall = "recall" // what the shop's own system has not taken back
)

// What a recall takes back.
const (
	RecallCancel = "cancel"
	RecallRefund = "refund"
	// RecallByHand ends either where the system takes nothing back by itself.
	RecallByHand = ".hand"
)

// Snags is what needs a hand (package store keeps it).
type Snags interface {
	// Snags returns what needs a hand, the longest waiting first.
	Snags(ctx context.Context, most int) ([]Snag, error)
	// TryAgain lets one be tried again at once, or returns ErrUnknown.
	TryAgain(ctx context.Context, id string, at time.Time) error
	// Settle notes that staff have done it themselves, or returns ErrUnknown.
	Settle(ctx context.Context, id, by string, at time.Time) error
}
