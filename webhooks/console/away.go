package console

import (
	"net/http"

	"tiski/bot/staff"
)

// setAway notes that this person is away, or here again: whichever they were not.
func (c *Console) setAway(v *visit) error {
	if err := c.Accounts.SetAway(v.ctx(), v.who, v.FormValue("away") != ""); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, home)
}

// absent tells who of the staff is away, and whether who looks is.
func (c *Console) absent(v *visit) (away []staff.Member, me bool, err error) {
	members, err := c.everybody(v)
	for _, m := range members {
		if m.Role != staff.Gone && !m.Away.IsZero() {
			away = append(away, m)
			me = me || m.Name == v.who.Name
		}
	}
	return away, me, err
}

// everybody is who works here or did, looked up once in a visit.
func (c *Console) everybody(v *visit) (_ []staff.Member, err error) {
	if v.members == nil {
		v.members, err = c.Accounts.Members(v.ctx())
	}
	return v.members, err
}
