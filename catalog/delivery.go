package catalog

import "time"

// Kinds of delivery.
const (
	Home        = "home"
	PickupPoint = "pickup_point"
	Locker      = "locker"
	StorePickup = "store_pickup"
)

// DeliveryMethod is one way the shop sends goods.
type DeliveryMethod struct {
	ID       string
	Kind     string // Home, PickupPoint, Locker or StorePickup
	Name     Text
	Info     Text
	Price    Cents
	FreeFrom Cents    // goods worth at least this go free; 0: never
	Areas    []string // prefixes of postal codes served; empty: all of Finland
	Except   []string // prefixes not served
	Handling Days     // working days before the parcel leaves
	Transit  Days     // working days on the way
	Cutoff   int      // minutes after midnight: later orders count from the next working day
}

// Days is a range of working days, both ends included.
type Days struct{ Min, Max int }

// Window is when goods arrive: an estimate, both days included, dates only.
type Window struct{ Earliest, Latest time.Time }
