package console

import (
	"context"
	"errors"
	"net/http"
	"time"

	"tiski/bot/staff"
)

// snag is something that needs a hand, as the page shows it.
type snag struct {
	staff.Snag
	Path string // of the conversation
}

// snags is the page of all that needs a hand.
type snags struct {
	All []snag
	May bool // who looks may do something about them
}

func (c *Console) snags(v *visit) error {
	return c.showSnags(v, http.StatusOK, "")
}

func (c *Console) showSnags(v *visit, status int, alert string) error {
	all, err := c.Snags.Snags(v.ctx(), listed)
	if err != nil {
		return err
	}
	body := snags{May: v.who.Role == staff.Admin}
	for _, s := range all {
		body.All = append(body.All, snag{s, talkPath(s.Conversation)})
	}
	return c.show(v, status, "snags", page{Alert: alert, Body: body})
}

// again lets what needs a hand be tried again.
func (c *Console) again(v *visit) error {
	return c.free(v, "try_again", func(ctx context.Context, id string, at time.Time) error { return c.Snags.TryAgain(ctx, id, at) })
}

// settle notes that somebody has done it by hand.
func (c *Console) settle(v *visit) error {
	return c.free(v, "settle", func(ctx context.Context, id string, at time.Time) error {
		return c.Snags.Settle(ctx, id, v.who.Name, at)
	})
}

// free does what frees a snag, and writes it down. It is for admins: orders and
// money depend on it.
func (c *Console) free(v *visit, act string, do func(context.Context, string, time.Time) error) error {
	if v.who.Role != staff.Admin {
		return c.showSnags(v, http.StatusForbidden, v.words.T("snag.role"))
	}
	id := v.FormValue("snag")
	err := do(v.ctx(), id, c.Clock())
	if errors.Is(err, staff.ErrUnknown) {
		return c.showSnags(v, http.StatusConflict, v.words.T("snag.gone"))
	}
	if err != nil {
		return err
	}
	return c.noted(v, act, v.FormValue("order"), "/console/snags")
}

// Why tells in a sentence what is wrong.
func (p page) Why(s snag) string {
	return p.T("snag."+s.Kind+"."+s.Why, "outside", s.Outside, "total", p.Money(s.Total), "told", p.Money(s.Told))
}
