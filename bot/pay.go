package bot

import (
	"context"
	"time"

	"tiski/catalog"
)

// Provider is a payment provider (packages under catalog/payment). A refusal is
// a *catalog.PaymentRefused; after any other error it is not known whether the
// provider did what it was asked.
type Provider interface {
	Name() string
	// Ask makes a payment of a charge, whose ID it has seen never before or takes
	// for the same charge.
	Ask(ctx context.Context, c catalog.Charge) (catalog.Payment, error)
	// Look tells how a payment stands, by the provider's id of it.
	Look(ctx context.Context, id string) (catalog.Payment, error)
	// Refund gives money back, once by the refund's ID.
	Refund(ctx context.Context, r catalog.Refund) (catalog.PaymentState, error)
}

// Payments is where payments are kept (package store keeps them in SQL).
type Payments interface {
	// BeginPayment writes down that a provider is about to be asked for the price
	// of an order. The payment returned is asked anew, under a Charge of its own,
	// unless its State says that this effect has been answered before. An order
	// that cannot be paid is a *Refused: "paid", "closed", "late" when its
	// reservation is over, "tries" when it was asked too often.
	BeginPayment(ctx context.Context, effect, order, kind, provider string) (catalog.Payment, catalog.Order, error)
	// NotePayment notes what a provider answered to the question.
	NotePayment(ctx context.Context, p catalog.Payment) error
	// SettlePayment takes what a provider tells of a charge, in one transaction;
	// the same effect again returns what came of it. A charge nobody made is a
	// *Refused with reason "unknown".
	SettlePayment(ctx context.Context, effect string, p catalog.Payment) (Settled, error)
	// Unsettled returns what may still bring money for an order, newest first.
	Unsettled(ctx context.Context, order string) ([]catalog.Payment, error)
	Awaited
}

// Awaited is where orders end to await their payment without one.
type Awaited interface {
	// ExpireOrder lets an order expire whose reservation has run out, and returns
	// the order as it then is.
	ExpireOrder(ctx context.Context, order string, now time.Time) (catalog.Order, error)
	// ChangePayment lets an order that awaits its payment be paid in a way of this
	// kind, which the shop keeps itself: it is sold. The same effect again returns
	// the order. One that does not wait is a *Refused as of BeginPayment, or
	// "pending" while a payment of it is.
	ChangePayment(ctx context.Context, effect, order, kind string) (catalog.Order, error)
}

// Settled is what came of something that a provider told.
type Settled struct {
	Order   catalog.Order
	Payment catalog.Payment
	Again   bool          // it was known already; nothing has changed
	Reason  string        // why the order could not take the money: "paid", "changed", "stock", "closed", "amount"; "" when it did, or there was none
	Refund  catalog.Cents // what goes back for that
}

// RefundDue is a refund that is to be made, or of whose end somebody is to be told.
type RefundDue struct {
	catalog.Refund
	Provider     string
	Order        string // number
	Conversation string
	State        RefundState
	Tries        int // earlier ones
}

// RefundState is how far a refund is.
type RefundState string

// States of a refund.
const (
	RefundWaits   RefundState = "due"
	RefundMade    RefundState = "made"
	RefundGivenUp RefundState = "given_up" // staff give it back by hand
)

// Drawer is what the cashier finds in the store.
type Drawer interface {
	// Overdue returns orders whose reservation has run out, the oldest first.
	Overdue(ctx context.Context, now time.Time, most int) ([]catalog.Order, error)
	// Leftover returns payments that are open though their order no longer waits.
	Leftover(ctx context.Context, most int) ([]catalog.Payment, error)
	// ClaimRefunds returns refunds that are due and keeps them from others until
	// a moment.
	ClaimRefunds(ctx context.Context, until time.Time, most int) ([]RefundDue, error)
	// NoteRefund notes the outcome of a try: the refund was made or given up, or
	// is due again at a moment. why is the fault, for staff.
	NoteRefund(ctx context.Context, id string, to RefundState, again time.Time, why string) error
	// EndRefund notes that the end of a refund was told, unless it stands otherwise
	// by now.
	EndRefund(ctx context.Context, id string, told RefundState) error
}
