package console

import (
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// looker is one of the others who have a conversation before them.
type looker struct {
	Name string
	Type bool // a reply
}

// looks notes that this person looks, and perhaps writes to the customer, and
// tells who else does.
func (c *Console) looks(v *visit, conversation string, t *talk) error {
	me := bot.Presence{Conversation: conversation, Doing: bot.Looking, Staff: v.who.Name, Name: v.who.Display, At: c.Clock()}
	if err := c.Lookers.See(v.ctx(), me); err != nil {
		return err
	}
	if t.Holding == dialogue.WithMe && v.QueryParam("typing") != "" {
		me.Doing = bot.Typing
		if err := c.Lookers.See(v.ctx(), me); err != nil {
			return err
		}
	}
	looks, err := c.Lookers.Present(v.ctx(), bot.Looking, conversation)
	if err != nil {
		return err
	}
	all, err := c.Lookers.Present(v.ctx(), bot.Typing, conversation)
	if err != nil {
		return err
	}
	typing := map[string]time.Time{}
	for _, one := range all {
		typing[one.Staff] = one.At
	}
	t.Writes = typing[""].After(lastOf(t.Lines, dialogue.ByCustomer))
	for _, l := range looks {
		if l.Staff != me.Staff {
			t.Others = append(t.Others, looker{l.Name, typing[l.Staff].After(lastOf(t.Lines, dialogue.ByStaff))})
		}
	}
	return nil
}

// lastOf is when a speaker last said something; who wrote it writes no more.
func lastOf(said []line, who dialogue.Speaker) (at time.Time) {
	for _, l := range said {
		if l.From == who {
			at = l.At
		}
	}
	return at
}
