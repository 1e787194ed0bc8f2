package catalog

import (
	"errors"
	"fmt"
	"time"
)

// Rejected is an order that the shop's own system does not take as it is, or has
// taken in a way that a person must look at. Trying again helps nothing.
type Rejected struct {
	Why     string // one of those below
	Outside string // how the system names the order; "" when it has none
	Told    Cents  // of RejectedTotal: what the system counts
}

// Why an order is rejected.
const (
	RejectedTotal    = "total"    // the system counts another total than the customer accepted
	RejectedCurrency = "currency" // the system does not sell in euros
	RejectedGoods    = "goods"    // the system does not know some of the goods
	RejectedOther    = "refused"  // the system says no
	RejectedUnsure   = "unsure"   // it cannot be told whether the system has the order already
)

func (r *Rejected) Error() string {
	return fmt.Sprintf("the shop's system does not take the order: %s", r.Why)
}

// Recall takes back, in the shop's own system, an order that it has, or money of it.
type Recall struct {
	ID      string // unique for ever: the same again takes nothing more back
	Outside string // how the system names the order
	Amount  Cents  // that was given back; 0: the order is cancelled
}

// Later is a fault of the moment that says when to try again.
type Later struct {
	After time.Duration
	Err   error
}

func (l *Later) Error() string { return l.Err.Error() }
func (l *Later) Unwrap() error { return l.Err }

// News is what the shop's own system tells of itself.
type News struct {
	Order    string // number of an order; "" when it is not about one
	Outside  string // how the system names that order; "" when it does not say
	Status   Status // that the order has come to; "" when that says nothing to us
	Tracking string // code of its parcel; ""
	Product  string // how the system names a product that has changed or is gone; "" when it is not about one
}

// ErrForged is a call that the shop's own system, or the carrier, that it seems to
// be of did not sign.
var ErrForged = errors.New("the call is not signed by its sender")
