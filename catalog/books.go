package catalog

import (
	"cmp"
	"slices"
	"time"
)

// OrderEvent is one step of an order, kept for ever.
type OrderEvent struct {
	From, To Status // the same when something is told that changes no status
	At       time.Time
	Cause    string // who or what made it: an effect's id, "carrier", an account
}

// Entry is a row of the books.
type Entry struct {
	At    time.Time
	Order string
	Case  string // of a refund
	Kind  string // EntrySale, EntryCancel or EntryRefund
	Row          // negative unless it is a sale
}

// Kinds of entries.
const (
	EntrySale   = "sale"
	EntryCancel = "cancel"
	EntryRefund = "refund"
)

// History is an order with all that has become of it.
type History struct {
	Order  Order
	Events []OrderEvent // oldest first
	Cases  []CaseHistory
}

// CaseHistory is a case with all that has become of it.
type CaseHistory struct {
	Case   Case
	Events []CaseEvent // oldest first
}

// Entries are what an order's history says to the books, oldest first. It is
// sold when it is paid, if it is paid first, else when it is placed or its payment
// is put off; what was
// reserved and never paid, and what was sold elsewhere and is only kept here,
// is not in them. Cancelling or refusing takes the whole sale back; money that
// goes back for that is no second entry.
func (h History) Entries() []Entry {
	var entries []Entry
	enter := func(at time.Time, number, kind string, rows []Row) {
		for _, r := range rows {
			if kind != EntrySale {
				r = Row{Kind: r.Kind, SKU: r.SKU, Title: r.Title, VAT: r.VAT}.less(r)
			}
			entries = append(entries, Entry{At: at, Order: h.Order.Number, Case: number, Kind: kind, Row: r})
		}
	}
	first := slices.ContainsFunc(h.Events, func(e OrderEvent) bool { return e.To == Awaiting })
	sold := false
	for _, e := range h.Events {
		switch {
		case e.From == e.To:
		case !sold && (e.To == Paid || e.To == Placed && (!first || e.From == Awaiting)):
			sold = true
			enter(e.At, "", EntrySale, h.Order.Receipt())
		case sold && (e.To == Cancelled || e.To == Refused):
			sold = false
			enter(e.At, "", EntryCancel, h.Order.Receipt())
		}
	}
	for _, c := range h.Cases {
		for _, e := range c.Events {
			if e.To == CaseRefunded {
				enter(e.At, c.Case.Number, EntryRefund, c.Case.Refund.Rows)
			}
		}
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.At.UnixMilli(), b.At.UnixMilli()) })
	return entries
}
