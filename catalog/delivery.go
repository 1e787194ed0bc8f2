package catalog

import (
	"slices"
	"strings"
	"time"
)

// Kinds of delivery.
const (
	Home        = "home"
	PickupPoint = "pickup_point"
	Locker      = "locker"
	StorePickup = "store_pickup"
)

var deliveryKinds = []string{Home, PickupPoint, Locker, StorePickup}

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
	Cutoff   int      // minutes after midnight: later orders count from the next working day; 0: none
	Ref      string   // how the shop's own system names it; "" without one
	Most     Bulk     // that it takes; what is 0 is no limit
}

// Days is a range of working days, both ends included.
type Days struct{ Min, Max int }

// Window is when goods arrive: an estimate, both days included, dates only.
type Window struct{ Earliest, Latest time.Time }

// ValidPostcode reports whether s has the form of a Finnish postal code: five
// digits.
func ValidPostcode(s string) bool { return len(s) == 5 && strings.Trim(s, "0123456789") == "" }

// DeliveryMethod returns the way of delivery with this id, or nil.
func (s *Shop) DeliveryMethod(id string) *DeliveryMethod {
	for i := range s.Delivery {
		if s.Delivery[i].ID == id {
			return &s.Delivery[i]
		}
	}
	return nil
}

// DeliveryFor returns the ways of delivery that serve a postal code, in the
// order of the shop's file: all of them for "", none for what is no postal code.
func (s *Shop) DeliveryFor(code string) []*DeliveryMethod {
	if code != "" && !ValidPostcode(code) {
		return nil
	}
	var serve []*DeliveryMethod
	for i := range s.Delivery {
		if m := &s.Delivery[i]; code == "" || m.Serves(code) {
			serve = append(serve, m)
		}
	}
	return serve
}

// Serves reports whether m goes to a postal code.
func (m *DeliveryMethod) Serves(code string) bool {
	within := func(prefixes []string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(code, p) })
	}
	return (len(m.Areas) == 0 || within(m.Areas)) && !within(m.Except)
}

// PriceFor returns what delivery of goods of this worth costs.
func (m *DeliveryMethod) PriceFor(goods Cents) Cents {
	if m.FreeFrom > 0 && goods >= m.FreeFrom {
		return 0
	}
	return m.Price
}

// Arrives estimates when goods ordered at from arrive: handling and then
// transit, in Finnish working days. An order after the cut-off or on a day
// that is not worked counts from the next working day.
func (m *DeliveryMethod) Arrives(from time.Time) Window {
	day := midnight(from)
	if m.Cutoff > 0 && from.After(atMinute(day, m.Cutoff)) {
		day = day.AddDate(0, 0, 1)
	}
	day = workdayFrom(day)
	return Window{
		Earliest: addWorkdays(day, m.Handling.Min+m.Transit.Min),
		Latest:   addWorkdays(day, m.Handling.Max+m.Transit.Max),
	}
}

// WithCarriage returns the same shop with the prices that its own system asks
// for the ways of delivery that have the same name there, in any language, and
// those for which there is none: how long they take nobody has told.
func (s *Shop) WithCarriage(told []Carriage) (with *Shop, unknown []Carriage) {
	other := *s
	other.Delivery = slices.Clone(s.Delivery)
	for _, c := range told {
		found := false
		for i := range other.Delivery {
			m := &other.Delivery[i]
			for _, name := range m.Name {
				if strings.EqualFold(strings.TrimSpace(c.Name), name) {
					m.Price, m.FreeFrom, m.Ref, found = c.Price, c.FreeFrom, c.Ref, true
				}
			}
		}
		if !found {
			unknown = append(unknown, c)
		}
	}
	return &other, unknown
}
