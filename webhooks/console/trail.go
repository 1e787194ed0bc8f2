package console

import (
	"net/http"
	"strings"

	"tiski/bot/staff"
)

// traced is how many acts the page of acts shows.
const traced = 500

// trail is the page of what staff have seen and done.
type trail struct {
	About string // whom or what it is about; "" for all
	Acts  []staff.Act
}

// trail shows what was done, and writes down that it was looked at.
func (c *Console) trail(v *visit) error {
	about := strings.TrimSpace(v.QueryParam("about"))
	acts, err := c.Accounts.Trail.Acts(v.ctx(), about, traced)
	if err != nil {
		return err
	}
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, "view_trail", cut(about, staff.MaxSubject)); err != nil {
		return err
	}
	return c.show(v, http.StatusOK, "trail", page{Body: trail{about, acts}})
}

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}
