package console

import (
	"errors"
	"fmt"
	"net/http"

	"tiski/bot/staff"
	"tiski/catalog"
)

// openCase is a case as the page shows it.
type openCase struct {
	staff.OpenCase
	Path  string   // of the conversation in which the order was made
	Goods []string // with the number of pieces, and for what they are exchanged
	Next  []catalog.CaseState
}

func (c *Console) cases(v *visit) error {
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, "view_cases", ""); err != nil {
		return err
	}
	return c.showCases(v, http.StatusOK, "")
}

func (c *Console) showCases(v *visit, status int, alert string) error {
	open, err := c.Cases.OpenCases(v.ctx(), listed)
	if err != nil {
		return err
	}
	var all []openCase
	for _, o := range open {
		one := openCase{OpenCase: o, Path: talkPath(o.Order.Conversation)}
		for _, l := range o.Case.Lines {
			goods := fmt.Sprintf("%d × %s", l.Qty, o.Order.Lines[l.Line].Title)
			if l.Swap != "" {
				goods += " → " + c.title(l.Swap, v.words.Lang)
			}
			one.Goods = append(one.Goods, goods)
		}
		for _, to := range o.Case.Next() {
			if may(v.who, to) {
				one.Next = append(one.Next, to)
			}
		}
		all = append(all, one)
	}
	return c.show(v, status, "cases", page{Alert: alert, Body: all})
}

// may tells whether somebody may take a case to a state: any of the staff sees
// that goods have come, what costs money is for admins.
func may(who staff.Account, to catalog.CaseState) bool {
	return who.Role == staff.Admin || to == catalog.CaseReceived
}

// advance takes a case one step on, and writes down who did.
func (c *Console) advance(v *visit) error {
	number, to := v.FormValue("case"), catalog.CaseState(v.FormValue("to"))
	if !may(v.who, to) {
		return c.showCases(v, http.StatusForbidden, v.words.T("snag.role"))
	}
	_, err := c.Cases.AdvanceCase(v.ctx(), number, to, v.who.Name, c.Clock())
	var illegal *catalog.IllegalStep
	if errors.As(err, &illegal) || errors.Is(err, staff.ErrUnknown) {
		return c.showCases(v, http.StatusConflict, v.words.T("case.gone"))
	}
	if err != nil {
		return err
	}
	return c.noted(v, "case_"+string(to), number, "/console/cases")
}

// Does is what the button of a step says.
func (p page) Does(c openCase, to catalog.CaseState) string {
	return p.T("case.do."+string(to), "sum", p.Money(c.Case.Refund.Total))
}
