package console

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// queue is who waits for a person.
type queue struct {
	N      int
	Newest int64 // since when the last to come waits, or a mention is there, Unix milliseconds
	Named  bool  // the newest is a mention
	Notes  []mention
	Absent []staff.Member // who of the staff is away
	Away   bool           // who looks is away: nothing sounds
}

// mention is a note that is meant for who looks, and was not seen yet.
type mention struct {
	staff.Note
	Path, Title string
}

// mentionDays are the days for which a mention is told.
const mentionDays = 30

// mentioned adds to a queue what mentions this person.
func (c *Console) mentioned(v *visit, q queue) (queue, error) {
	all, err := c.Notes.MentionsOf(v.ctx(), v.who.Name, c.Clock().AddDate(0, 0, -mentionDays))
	for _, n := range all {
		q.Notes = append(q.Notes, mention{n, talkPath(n.Conversation), v.words.customer(n.Conversation, "")})
		if at := n.At.UnixMilli(); at > q.Newest {
			q.Newest, q.Named = at, true
		}
	}
	return q, err
}

// queueOf counts who waits in sight.
func (c *Console) queueOf(desks []bot.Desk, marks map[string]staff.Mark) queue {
	var q queue
	for _, d := range desks {
		if !d.Waiting.IsZero() && !marks[d.Conversation].Sleeps(c.Clock(), d.Last) {
			q.N++
			q.Newest = max(q.Newest, d.Waiting.UnixMilli())
		}
	}
	return q
}

// desk is a conversation in the list.
type desk struct {
	bot.Desk
	Path    string
	Channel string
	Mine    bool
	Labels  []string
}

// row is a desk on a page.
type row struct {
	Page page
	Desk desk
}

// lists are the conversations by who has them, how many things need a hand, and
// how many cases are open.
type lists struct {
	Waiting, Held, Bot []desk
	Asleep, Over       []desk // out of sight for now, and closed
	Snags, Cases       int
	Hours              catalog.Hours
}

func (c *Console) list(v *visit) error {
	p, err := c.listPage(v)
	if err != nil {
		return err
	}
	return c.show(v, http.StatusOK, "list", p)
}

func (c *Console) liveList(v *visit) error {
	p, err := c.listPage(v)
	if err != nil {
		return err
	}
	return c.showLive(v, "list", p)
}

// liveQueue is who waits, for the pages of which nothing else changes.
func (c *Console) liveQueue(v *visit) error {
	desks, marks, err := c.desks(v.ctx(), listed)
	if err != nil {
		return err
	}
	return c.render(v, http.StatusOK, "list", "queue", page{Live: v.Path(), Queue: c.queueOf(desks, marks)})
}

func (c *Console) listPage(v *visit) (page, error) {
	desks, marks, err := c.desks(v.ctx(), listed)
	if err != nil {
		return page{}, err
	}
	snags, err := c.Snags.Snags(v.ctx(), listed)
	if err != nil {
		return page{}, err
	}
	cases, err := c.Cases.OpenCases(v.ctx(), listed)
	if err != nil {
		return page{}, err
	}
	l := lists{Snags: len(snags), Cases: len(cases), Hours: c.Bot.Shelf().Shop.Hours}
	for _, d := range desks {
		one := c.desk(v, d, marks[d.Conversation])
		to := map[string]*[]desk{standsWaiting: &l.Waiting, standsHeld: &l.Held, standsBot: &l.Bot, standsAsleep: &l.Asleep, standsOver: &l.Over}[standing(d, marks[d.Conversation], c.Clock())]
		*to = append(*to, one)
	}
	slices.SortStableFunc(l.Held, sooner)
	return page{Live: "/console/live", Queue: c.queueOf(desks, marks), Body: l}, nil
}

// sooner puts one's own conversations before those of others, and of each the
// customer first who has waited for a word the longest.
func sooner(a, b desk) int {
	after := func(late bool) int {
		if late {
			return 1
		}
		return 0
	}
	return cmp.Or(after(b.Mine)-after(a.Mine), after(a.Unheard.IsZero())-after(b.Unheard.IsZero()), a.Unheard.Compare(b.Unheard))
}

// desk is a conversation as this person sees it listed.
func (c *Console) desk(v *visit, d bot.Desk, m staff.Mark) desk {
	one := desk{
		Desk: d, Path: talkPath(d.Conversation), Channel: channelOf(d.Conversation),
		Mine: d.Holder == v.who.Name && d.Holder != "", Labels: m.Labels,
	}
	one.Name = v.words.customer(d.Conversation, d.Name)
	return one
}

// desks are so many conversations at most, and how staff have marked them.
func (c *Console) desks(ctx context.Context, most int) ([]bot.Desk, map[string]staff.Mark, error) {
	desks, err := c.Conversations.Desks(ctx, most)
	if err != nil {
		return nil, nil, err
	}
	marks, err := c.Marks.Marks(ctx, mostMarks)
	return desks, marks, err
}

// deskOf finds a conversation in the staff's list. One that is not among those
// listed has a desk without a name.
func (c *Console) deskOf(ctx context.Context, conversation string) (bot.Desk, queue, error) {
	desks, marks, err := c.desks(ctx, listed)
	if err != nil {
		return bot.Desk{}, queue{}, err
	}
	for _, d := range desks {
		if d.Conversation == conversation {
			return d, c.queueOf(desks, marks), nil
		}
	}
	return bot.Desk{Conversation: conversation}, c.queueOf(desks, marks), nil
}

// customer is the name of a customer, or something to tell them apart by.
func (w words) customer(conversation, name string) string {
	if name = plainName(name); name != "" {
		return name
	}
	id := []rune(conversation)
	return w.T("customer.unnamed", "code", strings.ToUpper(string(id[max(0, len(id)-4):])))
}

// plainName is a name without signs that nobody sees: those that turn the
// direction of what stands around it, and controls. One that is written from right
// to left is kept apart from its surroundings.
func plainName(name string) string {
	backwards := false
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			return -1
		}
		backwards = backwards || unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
		return r
	}, name))
	if backwards {
		return "\u2068" + name + "\u2069"
	}
	return name
}

func channelOf(conversation string) string {
	channel, _, _ := strings.Cut(conversation, ":")
	return channel
}

func talkPath(conversation string) string { return "/console/talk/" + url.PathEscape(conversation) }
