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

// mark labels a conversation, puts it out of sight for a while, closes or opens it.
func (c *Console) mark(v *visit) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	if v.FormValue("do") == "close" {
		return c.close(v, conversation)
	}
	d, _, err := c.deskOf(v.ctx(), conversation)
	if err != nil {
		return err
	}
	now, act := c.Clock(), v.FormValue("do")
	if !slices.Contains([]string{"label", "snooze", "open"}, act) {
		return errForm
	}
	if err := c.exists(v, conversation); err != nil {
		return err
	}
	err = c.Marks.ChangeMark(v.ctx(), conversation, func(m *staff.Mark) {
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
		}
		m.Since = now
	})
	if err != nil {
		return err
	}
	return c.noted(v, act, conversation, talkPath(conversation))
}

// close closes a conversation. One that this person holds is handed back to the bot
// first; one that another holds, or in which the customer waits, is not closed.
func (c *Console) close(v *visit, conversation string) error {
	reason := v.FormValue("reason")
	if !slices.Contains(reasons, reason) {
		return errForm
	}
	turn, err := c.handle(v, "close", dialogue.HandedBack{Staff: v.who.Name})
	if err != nil {
		return err
	}
	if turn.State.Handoff.With(v.who.Name) != dialogue.WithBot {
		return c.refuse(v, http.StatusConflict, v.words.T("close.held"))
	}
	if err := staff.Close(v.ctx(), c.Marks, conversation, reason, c.Clock()); err != nil {
		return err
	}
	return c.noted(v, "close", conversation, home)
}
