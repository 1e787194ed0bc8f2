package console

import (
	"context"
	"net/http"
	"slices"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
)

// reasons are what a conversation is closed for.
var reasons = []string{staff.Solved, "no_reply", "duplicate", "spam"}

// snooze is the shorter of the two times for which a conversation can be put out
// of sight; the other is until customer service opens next.
const snooze = time.Hour

// label is one that a conversation may have.
type label struct {
	Name string
	Has  bool
}

// marking is how a conversation is put in order.
type marking struct {
	staff.Mark
	Closed, Sleeps bool
	All            []label
	Reasons        []string
}

func (c *Console) marking(ctx context.Context, d bot.Desk) (marking, error) {
	m, err := c.Marks.MarkOf(ctx, d.Conversation)
	if err != nil {
		return marking{}, err
	}
	w := marking{Mark: m, Closed: m.Over(d.Last), Sleeps: m.Sleeps(c.Clock(), d.Last), Reasons: reasons}
	for _, name := range c.Bot.Shelf().Shop.Service.Labels {
		w.All = append(w.All, label{name, slices.Contains(m.Labels, name)})
	}
	return w, nil
}

// mark labels a conversation, puts it out of sight for a while, closes or opens
// it. One that somebody waits in or holds is not closed by another.
func (c *Console) mark(v *visit) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	m, err := c.Marks.MarkOf(v.ctx(), conversation)
	if err != nil {
		return err
	}
	d, _, err := c.deskOf(v.ctx(), conversation)
	if err != nil {
		return err
	}
	now, act := c.Clock(), v.FormValue("do")
	if !m.Sleeps(now, d.Last) {
		m.Snoozed = time.Time{} // what woke it has woken it for good
	}
	switch act {
	case "label":
		m.Labels = nil
		for _, name := range c.Bot.Shelf().Shop.Service.Labels {
			if slices.Contains(v.Request().PostForm["label"], name) {
				m.Labels = append(m.Labels, name)
			}
		}
	case "snooze":
		m.Snoozed = now.Add(snooze)
		if v.FormValue("until") == "open" {
			m.Snoozed = c.Bot.Shelf().Shop.Hours.NextOpen(c.Bot.Shelf().Shop.Hours.ServiceEnd(now))
		}
	case "open":
		m.Snoozed, m.Closed, m.Reason = time.Time{}, time.Time{}, ""
	case "close":
		if m.Reason = v.FormValue("reason"); !slices.Contains(reasons, m.Reason) {
			return errForm
		}
		refused, err := c.letGo(v, conversation)
		if err != nil || refused {
			return err
		}
		now = c.Clock() // handing it back was the last that happened
		m.Closed = now
	default:
		return errForm
	}
	if err := c.exists(v, conversation); err != nil {
		return err
	}
	m.Since = now
	if err := c.Marks.SetMark(v.ctx(), m); err != nil {
		return err
	}
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, act, conversation); err != nil {
		return err
	}
	if act == "close" {
		return v.Redirect(http.StatusSeeOther, home)
	}
	return v.Redirect(http.StatusSeeOther, talkPath(conversation))
}

// letGo hands a conversation that this person holds back to the bot before it is
// closed, and refuses when another holds it or the customer waits.
func (c *Console) letGo(v *visit, conversation string) (refused bool, err error) {
	turn, err := c.handle(v, "close", dialogue.HandedBack{Staff: v.who.Name})
	if err != nil {
		return false, err
	}
	if turn.State.Handoff.With(v.who.Name) != dialogue.WithBot {
		return true, c.refuse(v, http.StatusConflict, v.words.T("close.held"))
	}
	return false, nil
}
