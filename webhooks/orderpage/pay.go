package orderpage

import (
	"net/http"
	"slices"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// pay asks for a new link to pay the order, in its conversation as the chat does,
// and leads on to it. An order that cannot be paid is shown as it stands.
func (d *Door) pay(v *visit) error {
	method, form := v.FormValue("method"), v.FormValue("form")
	offered := slices.ContainsFunc(d.Bot.WaysToPay(v.order), func(p *catalog.PaymentMethod) bool { return p.ID == method })
	home := page{visit: v}.Path("")
	if !offered || !formID.MatchString(form) {
		return v.Redirect(http.StatusSeeOther, home)
	}
	ctx := v.Request().Context()
	in := bot.Input{ID: "page/pay/" + v.order.Number + "/" + form, What: dialogue.PageAsked{Order: v.order, Method: method}}
	if _, err := d.Bot.Handle(ctx, v.order.Conversation, in); err != nil {
		d.Log.Warn("a payment cannot be asked for on the order's page", "conversation", v.order.Conversation, "order", v.order.Number, "err", err)
		return d.tell(v, http.StatusServiceUnavailable, away)
	}
	payments, err := d.Orders.PaymentsOf(ctx, v.order.Number)
	if err != nil {
		return err
	}
	if len(payments) > 0 {
		switch last := payments[0]; {
		case last.State == catalog.PaymentOpen && last.Link != "":
			return v.Redirect(http.StatusSeeOther, last.Link)
		case last.State == catalog.PaymentAsked, last.State == catalog.PaymentFailed:
			return d.tell(v, http.StatusServiceUnavailable, away)
		}
	}
	return v.Redirect(http.StatusSeeOther, home)
}
