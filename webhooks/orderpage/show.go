package orderpage

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"tiski/catalog"
)

// summary is the body of the order's page.
type summary struct {
	Events  []catalog.OrderEvent
	Rows    []line
	Cases   []told
	Payment string                   // the way of paying
	Pay     string                   // where the order can be paid now; ""
	Stands  string                   // how its payment stands: "pending", "failed", "away" when none can be asked for now; ""
	Ways    []*catalog.PaymentMethod // in which a new link to pay can be asked for
	Form    string                   // makes a question for a link one, however often it is sent
	Until   time.Time
	Open    bool // whether something can be withdrawn from
	Why     string
}

// line is a row of the receipt.
type line struct{ catalog.Row }

// Unit is what one piece costs before discounts.
func (l line) Unit() catalog.Cents { return (l.Gross + l.Discount) / catalog.Cents(l.Qty) }

// told is a case with the names of its goods.
type told struct {
	catalog.Case
	Goods []string
}

// show tells all of an order.
func (d *Door) show(v *visit) error { return d.tell(v, http.StatusOK, "") }

// tell tells all of an order, and how its payment stands when that is known.
func (d *Door) tell(v *visit, status int, stands string) error {
	events, err := d.Orders.Events(v.Request().Context(), v.order.Number)
	if err != nil {
		return err
	}
	s := summary{Events: events, Payment: v.order.Payment}
	if v.order.Status == catalog.Awaiting {
		payments, err := d.Orders.PaymentsOf(v.Request().Context(), v.order.Number)
		if err != nil {
			return err
		}
		inTime := v.order.ReservedUntil.After(v.now)
		s.Pay, s.Stands = standing(payments, inTime)
		if s.Stands != pending && inTime {
			s.Ways, s.Form = d.Bot.WaysToPay(v.order), rand.Text()
		}
		s.Stands = cmp.Or(stands, s.Stands)
	}
	for i, r := range v.order.Receipt() {
		if r.Kind == catalog.RowGoods {
			r.Title = v.item(i)
		}
		s.Rows = append(s.Rows, line{r})
	}
	if p := v.shop.PaymentMethod(v.order.Payment); p != nil {
		s.Payment = p.Name.In(v.Lang)
	}
	for _, c := range v.cases {
		t := told{Case: c}
		for _, l := range c.Lines {
			t.Goods = append(t.Goods, fmt.Sprintf("%d × %s", l.Qty, v.item(l.Line)))
		}
		s.Cases = append(s.Cases, t)
	}
	if !v.order.Delivered.IsZero() {
		s.Until = v.shop.Returns.Deadline(v.order.Delivered)
	}
	choices := v.choices()
	s.Open = slices.ContainsFunc(choices, func(c choice) bool { return c.Left > 0 })
	if !s.Open && len(choices) > 0 {
		s.Why = choices[0].Why
	}
	return v.render(status, "order", s)
}

const (
	pending = string(catalog.PaymentPending)
	away    = "away"
)

// standing tells where an order that waits can be paid, and how its last payment
// stands. One that is pending is not asked for again.
func standing(payments []catalog.Payment, inTime bool) (link, state string) {
	for _, p := range payments {
		switch {
		case p.State == catalog.PaymentPending:
			return "", string(p.State)
		case p.State == catalog.PaymentOpen && link == "" && inTime:
			link = p.Link
		}
	}
	if link == "" && len(payments) > 0 && payments[0].State == catalog.PaymentFailed {
		state = string(catalog.PaymentFailed)
	}
	return link, state
}

// item names a line of the order: "Kaamos-talvikengät (tummansininen, 30)".
func (v *visit) item(line int) string {
	l := v.order.Lines[line]
	var options []string
	for _, name := range optionNames(l.Options) {
		options = append(options, v.shop.Translate(name, l.Options[name], v.Lang))
	}
	// A line does not end at the hyphen of "Kaamos Pakkanen -talvikengät".
	title := strings.ReplaceAll(cmp.Or(l.Title, l.SKU), " -", " \u2011")
	if len(options) > 0 {
		title += " (" + strings.Join(options, ", ") + ")"
	}
	return title
}

// optionNames has colour and size first, as the shop's other pages.
func optionNames(options map[string]string) []string {
	place := map[string]int{"color": -2, "size": -1}
	return slices.SortedFunc(maps.Keys(options), func(a, b string) int { return cmp.Or(place[a]-place[b], strings.Compare(a, b)) })
}

// Coming reports whether the order's goods are still to arrive.
func (p page) Coming() bool {
	switch p.order.Status {
	case catalog.Placed, catalog.Paid, catalog.Handed, catalog.Packed, catalog.Shipped:
		return !p.order.Delivery.Window.Latest.IsZero()
	}
	return false
}

// Invoice reports whether an invoice is still to be paid.
func (p page) Invoice() bool {
	return p.order.Payment == catalog.Invoice && p.order.Paid.IsZero()
}

// Underway reports whether the goods of a case are still to be sent.
func (p page) Underway(c catalog.Case) bool {
	return c.State == catalog.CaseOpen || c.State == catalog.CaseInstructed
}
