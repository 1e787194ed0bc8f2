package console

import (
	"errors"
	"net/http"

	"tiski/bot/staff"
)

// members is the page of those who work here.
type members struct {
	All   []staff.Member
	Roles []staff.Role
	New   staff.Account // as typed, when it was refused
}

func (c *Console) members(v *visit) error {
	return c.showMembers(v, http.StatusOK, "", staff.Account{Role: staff.Agent})
}

func (c *Console) showMembers(v *visit, status int, alert string, typed staff.Account) error {
	all, err := c.Accounts.Members(v.ctx())
	if err != nil {
		return err
	}
	return c.show(v, status, "members", page{Alert: alert, Body: members{all, staff.Roles, typed}})
}

func (c *Console) addMember(v *visit) error {
	who := staff.Account{Name: v.FormValue("name"), Display: v.FormValue("display"), Role: staff.Role(v.FormValue("role")), Email: v.FormValue("email")}
	err := c.Accounts.Add(v.ctx(), who, v.FormValue("password"))
	var limit *staff.Limit
	switch {
	case errors.Is(err, staff.ErrTaken):
		return c.showMembers(v, http.StatusConflict, v.words.T("members.taken"), who)
	case errors.As(err, &limit):
		return c.showMembers(v, http.StatusBadRequest, v.words.T("members.limit."+limit.Of), who)
	case err != nil:
		return err
	}
	return c.after(v, c.Accounts.Audit(v.ctx(), v.who.Name, "member_add", who.Name))
}

func (c *Console) setRole(v *visit) error {
	err := c.Accounts.SetRole(v.ctx(), v.who, v.FormValue("name"), staff.Role(v.FormValue("role")))
	if errors.Is(err, staff.ErrOwnRole) {
		return c.showMembers(v, http.StatusConflict, v.words.T("members.own"), staff.Account{})
	}
	return c.after(v, err)
}

func (c *Console) setEmail(v *visit) error {
	err := c.Accounts.SetEmail(v.ctx(), v.who, v.FormValue("name"), v.FormValue("email"))
	var limit *staff.Limit
	switch {
	case errors.Is(err, staff.ErrTaken):
		return c.showMembers(v, http.StatusConflict, v.words.T("members.taken"), staff.Account{})
	case errors.As(err, &limit):
		return c.showMembers(v, http.StatusBadRequest, v.words.T("members.limit."+limit.Of), staff.Account{})
	}
	return c.after(v, err)
}

func (c *Console) resetFactor(v *visit) error {
	return c.after(v, c.Accounts.ResetFactor(v.ctx(), v.who, v.FormValue("name")))
}

// after leads back to the members when something was done.
func (c *Console) after(v *visit, err error) error {
	if err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, "/console/staff")
}
