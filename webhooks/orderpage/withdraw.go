package orderpage

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
)

// Limits of the form.
const (
	maxName  = 100 // characters
	maxEmail = 254 // characters (RFC 5321)
)

// form is what the two steps of a withdrawal ask (Directive (EU) 2023/2673):
// who, of what, and where the receipt goes. Nothing more may be demanded.
type form struct {
	ID      string // makes the withdrawal one, however often the form is sent
	Name    string
	Email   string
	Choices []choice
	Wrong   []string // keys of what is to be mended
}

// choice is one line of the order in the form.
type choice struct {
	Line  int
	Item  string
	Left  int    // pieces that may be withdrawn from; 0: none
	Why   string // why none, or on which condition
	Qty   int    // pieces chosen
	Field string
}

// Counts are the numbers of pieces to choose from, all of them first.
func (c choice) Counts() []int {
	counts := make([]int, 0, c.Left+1)
	for n := c.Left; n >= 0; n-- {
		counts = append(counts, n)
	}
	return counts
}

var formID = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// choices are the lines of the order, all that is left chosen.
func (v *visit) choices() []choice {
	left := make([]int, len(v.order.Lines))
	for i, l := range v.order.Lines {
		left[i] = l.Qty
	}
	for _, c := range v.cases {
		if c.State == catalog.CaseRefused {
			continue
		}
		for _, l := range c.Lines {
			left[l.Line] -= l.Qty
		}
	}
	// An order that has not left is cancelled as a whole, whatever it is of.
	whole := len(v.cases) == 0 && v.order.Status != catalog.Cancelled && v.order.Status.Step(catalog.Cancelled) == nil
	var all []choice
	for i := range v.order.Lines {
		ok, why := v.shop.Eligible(v.order, i, "", v.now)
		c := choice{Line: i, Item: v.item(i), Why: why, Field: "qty" + strconv.Itoa(i)}
		if ok || whole {
			c.Left, c.Qty = left[i], left[i]
		}
		if whole {
			c.Why = ""
		}
		all = append(all, c)
	}
	return all
}

// askWithdrawal is the first step.
func (d *Door) askWithdrawal(v *visit) error {
	f := form{ID: rand.Text(), Name: v.order.Contact.Name, Email: v.order.Contact.Email, Choices: v.choices()}
	return v.render(http.StatusOK, "withdraw", f)
}

// checkWithdrawal looks at the first step, and shows the second: the notice as
// it will be given, and one button.
func (d *Door) checkWithdrawal(v *visit) error {
	f := v.form()
	if len(f.Wrong) > 0 {
		return v.render(http.StatusUnprocessableEntity, "withdraw", f)
	}
	return v.render(http.StatusOK, "confirm", f)
}

// withdraw gives the notice, and shows it on the order's page.
func (d *Door) withdraw(v *visit) error {
	f := v.form()
	id := "page/" + v.order.ID + "/" + f.ID
	if len(f.Wrong) > 0 && !v.given(id) {
		return v.render(http.StatusUnprocessableEntity, "withdraw", f)
	}
	notice := catalog.Case{
		Kind: catalog.Withdrawal, Conversation: v.order.Conversation,
		Contact: catalog.Contact{Name: f.Name, Email: f.Email, Phone: v.order.Contact.Phone},
	}
	for _, c := range f.Choices {
		if c.Qty > 0 {
			notice.Lines = append(notice.Lines, catalog.CaseLine{Line: c.Line, Qty: c.Qty})
		}
	}
	begin := func(o catalog.Order, earlier []catalog.Case) (catalog.Case, error) {
		return d.Shop().NewCase(notice, o, earlier, v.now)
	}
	c, err := d.Orders.OpenCase(v.Request().Context(), id, v.order.Number, begin)
	var ineligible *catalog.Ineligible
	if errors.As(err, &ineligible) {
		f.Wrong = append(f.Wrong, "wrong.changed")
		return v.render(http.StatusConflict, "withdraw", f)
	}
	if err != nil {
		return err
	}
	d.Log.Info("a customer has withdrawn on the order's page", "conversation", v.order.Conversation, "order", v.order.Number, "case", c.Number)
	return v.Redirect(http.StatusSeeOther, page{visit: v}.Path("")+"#"+c.Number)
}

// given reports whether the notice of an id has been given already.
func (v *visit) given(id string) bool {
	return slices.ContainsFunc(v.cases, func(c catalog.Case) bool { return c.ID == id })
}

// form reads the form of a request.
func (v *visit) form() form {
	f := form{
		ID: v.FormValue("form"), Name: strings.TrimSpace(v.FormValue("name")), Email: strings.TrimSpace(v.FormValue("email")),
		Choices: v.choices(),
	}
	wrong := func(key string) { f.Wrong = append(f.Wrong, key) }
	if !formID.MatchString(f.ID) {
		f.ID = rand.Text()
		wrong("wrong.form")
	}
	if f.Name == "" || len([]rune(f.Name)) > maxName {
		wrong("wrong.name")
	}
	if at, err := mail.ParseAddress(f.Email); err != nil || at.Address != f.Email || len(f.Email) > maxEmail {
		wrong("wrong.email")
	}
	chosen := 0
	for i := range f.Choices {
		c := &f.Choices[i]
		qty, err := strconv.Atoi(v.FormValue(c.Field))
		if c.Qty = qty; err != nil || qty < 0 || qty > c.Left {
			c.Qty = 0
		}
		chosen += c.Qty
	}
	if chosen == 0 {
		wrong("wrong.goods")
	}
	return f
}
