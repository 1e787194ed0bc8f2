package console

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"tiski/bot/staff"
	"tiski/catalog"
)

// maxAddress is the longest line of an address, in characters.
const maxAddress = 100

// resendable are the letters that staff may send again, by what they told that the
// order came to.
var resendable = []catalog.Status{catalog.Placed, catalog.Paid}

// theirs is the conversation looked at, and the order that the form names, of
// its customer.
func (c *Console) theirs(v *visit) (conversation string, o catalog.Order, err error) {
	if conversation, err = v.conversation(); err != nil {
		return "", o, err
	}
	orders, err := c.Orders.OfConversation(v.ctx(), conversation)
	if err != nil {
		return "", o, err
	}
	i := slices.IndexFunc(orders, func(o catalog.Order) bool { return o.Number == v.FormValue("order") })
	if i < 0 {
		return "", o, errForm
	}
	return conversation, orders[i], nil
}

// resend sends a letter of an order again: its confirmation or its receipt.
func (c *Console) resend(v *visit) error {
	conversation, o, err := c.theirs(v)
	if err != nil {
		return err
	}
	to := catalog.Status(v.FormValue("letter"))
	if !slices.Contains(resendable, to) || to == catalog.Paid && o.Paid.IsZero() || o.Contact.Email == "" {
		return errForm
	}
	err = c.Orders.ResendLetter(v.ctx(), o.Number, to, c.Clock())
	if errors.Is(err, staff.ErrOften) {
		return c.refuse(v, http.StatusConflict, v.words.T("letter.often"))
	}
	return c.errandDone(v, err, "letter_"+string(to), conversation, o.Number)
}

// readdress sends an order elsewhere that has not left.
func (c *Console) readdress(v *visit) error {
	conversation, o, err := c.theirs(v)
	if err != nil {
		return err
	}
	field := func(name string) string { return strings.Join(strings.Fields(v.FormValue(name)), " ") }
	to := catalog.Address{Street: field("street"), Postcode: field("postcode"), City: field("city")}
	for _, line := range []string{to.Street, to.City} {
		if n := utf8.RuneCountInString(line); n < 1 || n > maxAddress {
			return c.refuse(v, http.StatusBadRequest, v.words.T("address.empty"))
		}
	}
	if !catalog.ValidPostcode(to.Postcode) {
		return c.refuse(v, http.StatusBadRequest, v.words.T("address.postcode"))
	}
	if m := c.Bot.Shelf().Shop.DeliveryMethod(o.Delivery.Method); m != nil && !m.Serves(to.Postcode) {
		return c.refuse(v, http.StatusConflict, v.words.T("address.unserved", "name", o.Delivery.Name, "code", to.Postcode))
	}
	_, err = c.Orders.Readdress(v.ctx(), o.Number, to, c.Clock())
	var illegal *catalog.IllegalStep
	switch {
	case errors.As(err, &illegal):
		return c.refuse(v, http.StatusConflict, v.words.T("address.late"))
	case errors.Is(err, staff.ErrElsewhere):
		return c.refuse(v, http.StatusConflict, v.words.T("address.elsewhere"))
	case errors.Is(err, staff.ErrOften):
		return c.refuse(v, http.StatusConflict, v.words.T("address.often"))
	}
	return c.errandDone(v, err, "order_address", conversation, o.Number)
}

// receive notes that the goods of a case of this customer have come.
func (c *Console) receive(v *visit) error {
	conversation, o, err := c.theirs(v)
	if err != nil {
		return err
	}
	cases, err := c.Orders.CasesOf(v.ctx(), o.Number)
	if err != nil {
		return err
	}
	number := v.FormValue("case")
	if !slices.ContainsFunc(cases, func(one catalog.Case) bool { return one.Number == number }) {
		return errForm
	}
	_, err = c.Cases.AdvanceCase(v.ctx(), number, catalog.CaseReceived, v.who.Name, c.Clock())
	var illegal *catalog.IllegalStep
	if errors.As(err, &illegal) {
		return c.refuse(v, http.StatusConflict, v.words.T("case.gone"))
	}
	return c.errandDone(v, err, "case_received", conversation, number)
}

// errandDone writes an errand down that had no error, and leads back to the
// conversation.
func (c *Console) errandDone(v *visit, err error, act, conversation, subject string) error {
	if err != nil {
		return err
	}
	return c.noted(v, act, subject, talkPath(conversation))
}
