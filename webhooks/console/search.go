package console

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// Limits of a search.
const (
	maxSought    = 200 // characters looked for
	foundTalks   = 500 // conversations that are narrowed down
	shownFound   = 100 // of each kind on the page
	shownHits    = 4   // of each kind while one types
	leastSought  = 2   // characters typed before anything is looked for
	aroundBefore = 60  // characters shown before what was found
	aroundAfter  = 140 // and from it on
)

// How a conversation stands, as the list shows it.
const (
	standsWaiting = "waiting"
	standsHeld    = "held"
	standsBot     = "bot"
	standsAsleep  = "asleep"
	standsOver    = "over"
)

var stands = []string{standsWaiting, standsHeld, standsBot, standsAsleep, standsOver}

// standing tells how a conversation stands.
func standing(d bot.Desk, m staff.Mark, now time.Time) string {
	switch {
	case m.Sleeps(now, d.Last):
		return standsAsleep
	case d.Holder == "" && d.Waiting.IsZero() && m.Over(d.Last):
		return standsOver
	case !d.Waiting.IsZero():
		return standsWaiting
	case d.Holder != "":
		return standsHeld
	}
	return standsBot
}

// days are the spans of time to which a search is narrowed; 0 is all.
var days = []int{0, 1, 7, 30, 90}

// narrowing is what a search is narrowed to; each is "" or 0 for all.
type narrowing struct {
	Text                         string
	State, Label, Owner, Channel string
	Days                         int
}

// choice is one to narrow a search by.
type choice struct{ Value, Name string }

// narrowed is a list of choices on a page.
type narrowed struct {
	Page         page
	Name, Chosen string
	All          []choice
}

// search is the page of what was found.
type search struct {
	narrowing
	States, Labels, Owners, Channels, Spans []choice
	Asked                                   bool // anything at all
	Talks                                   []foundTalk
	Orders                                  []foundOrder
	Cases                                   []foundCase
}

// foundTalk is a conversation, and perhaps what was found in it.
type foundTalk struct {
	desk
	Stands  string
	Noted   bool // found in a note of staff
	Excerpt *excerpt
}

// excerpt is a text around what was found.
type excerpt struct{ Before, Word, After string }

type foundOrder struct {
	catalog.Order
	Path string // of its conversation; "" when there is none
}

type foundCase struct {
	staff.OpenCase
	Path string
}

// search looks through everything that is kept, and writes down that it was
// looked through, not for what.
func (c *Console) search(v *visit) error {
	s := search{narrowing: narrowing{
		Text: strings.TrimSpace(v.QueryParam("q")), State: v.QueryParam("state"), Label: v.QueryParam("label"), Owner: v.QueryParam("owner"), Channel: v.QueryParam("channel"),
	}}
	s.Days, _ = strconv.Atoi(v.QueryParam("days"))
	if !slices.Contains(days, s.Days) {
		s.Days = 0
	}
	if utf8.RuneCountInString(s.Text) > maxSought {
		return errLarge
	}
	desks, marks, err := c.desks(v.ctx(), mostMarks)
	if err != nil {
		return err
	}
	s.offer(v.words, desks, c.Bot.Shelf().Shop.Service.Labels)
	if s.Asked = s.narrowing != (narrowing{}); s.Asked {
		if err := c.find(v, &s, desks, marks); err != nil {
			return err
		}
		if err := c.Accounts.Audit(v.ctx(), v.who.Name, "search", ""); err != nil {
			return err
		}
	}
	return c.show(v, http.StatusOK, "search", page{Body: s})
}

// hits are the first that is found, while somebody types; that they look is written
// down once a minute.
func (c *Console) hits(v *visit) error {
	s := search{narrowing: narrowing{Text: strings.TrimSpace(v.QueryParam("q"))}}
	switch n := utf8.RuneCountInString(s.Text); {
	case n > maxSought:
		return errLarge
	case n >= leastSought:
		desks, marks, err := c.desks(v.ctx(), mostMarks)
		if err != nil {
			return err
		}
		if err := c.find(v, &s, desks, marks); err != nil {
			return err
		}
		s.cut(shownHits)
		first, err := c.Once(v.ctx(), "search:"+v.who.Name, time.Minute)
		if err != nil {
			return err
		}
		if first {
			if err := c.Accounts.Audit(v.ctx(), v.who.Name, "search", ""); err != nil {
				return err
			}
		}
	}
	return c.render(v, http.StatusOK, "search", "hits", page{Body: s})
}

// cut leaves so many of each kind.
func (s *search) cut(most int) {
	s.Talks, s.Orders, s.Cases = s.Talks[:min(len(s.Talks), most)], s.Orders[:min(len(s.Orders), most)], s.Cases[:min(len(s.Cases), most)]
}

// Hits is how many were found.
func (s search) Hits() int { return len(s.Talks) + len(s.Orders) + len(s.Cases) }

// offer lists what a search may be narrowed to.
func (s *search) offer(w words, desks []bot.Desk, labels []string) {
	for _, state := range stands {
		s.States = append(s.States, choice{state, w.T("search.state." + state)})
	}
	for _, label := range labels {
		s.Labels = append(s.Labels, choice{label, label})
	}
	owners, channels := map[string]string{}, map[string]string{}
	for _, d := range desks {
		channel := channelOf(d.Conversation)
		channels[channel] = w.Maybe("channel", channel, channel)
		if d.Holder != "" {
			owners[d.Holder] = d.HolderName
		}
	}
	for _, list := range []struct {
		to   *[]choice
		from map[string]string
	}{{&s.Owners, owners}, {&s.Channels, channels}} {
		for _, value := range slices.Sorted(maps.Keys(list.from)) {
			*list.to = append(*list.to, choice{value, list.from[value]})
		}
	}
	for _, n := range days[1:] {
		s.Spans = append(s.Spans, choice{strconv.Itoa(n), w.T("search.days", "n", strconv.Itoa(n))})
	}
}

// find fills in what fits.
func (c *Console) find(v *visit, s *search, desks []bot.Desk, marks map[string]staff.Mark) error {
	now := c.Clock()
	var since time.Time
	if s.Days > 0 {
		since = now.AddDate(0, 0, -s.Days)
	}
	sought := c.Seek(s.Text)
	var found staff.Found
	var err error
	if s.Text != "" {
		found, err = c.Finder.Find(v.ctx(), staff.Sought{
			Text: s.Text, Beginnings: sought.Beginnings(), Since: since, Channel: s.Channel, Most: foundTalks,
			In: func(text string) bool { _, _, ok := sought.In(text); return ok },
		})
		if err != nil {
			return err
		}
	}
	of := map[string]bot.Desk{}
	for _, d := range desks {
		of[d.Conversation] = d
	}
	// keeps returns the desk of a conversation that fits what the search is narrowed to.
	keeps := func(conversation string) (foundTalk, bool) {
		d, listed := of[conversation]
		if !listed {
			d = bot.Desk{Conversation: conversation}
		}
		t := foundTalk{desk: c.desk(v, d, marks[conversation]), Stands: standing(d, marks[conversation], now)}
		fits := (s.State == "" || listed && s.State == t.Stands) && (s.Label == "" || slices.Contains(t.Labels, s.Label)) &&
			(s.Owner == "" || s.Owner == d.Holder) && (s.Channel == "" || s.Channel == t.Channel)
		return t, fits
	}
	seen := map[string]bool{}
	add := func(conversation string, at time.Time, change func(*foundTalk)) {
		t, fits := keeps(conversation)
		if fits && !seen[conversation] && !at.Before(since) {
			seen[conversation] = true
			t.Last = at
			change(&t)
			s.Talks = append(s.Talks, t)
		}
	}
	for _, m := range found.Said {
		add(m.Conversation, m.At, func(t *foundTalk) {
			t.Path = wholePath(m.Conversation, m.Seq)
			t.Excerpt = cutAround(m.Text, sought.In)
		})
	}
	for _, n := range found.Notes {
		add(n.Conversation, n.At, func(t *foundTalk) { t.Noted, t.Excerpt = true, cutAround(n.Text, sought.In) })
	}
	for _, d := range desks {
		if _, _, named := sought.In(d.Name); s.Text == "" || named {
			add(d.Conversation, d.Last, func(*foundTalk) {})
		}
	}
	slices.SortStableFunc(s.Talks, func(a, b foundTalk) int { return b.Last.Compare(a.Last) })
	for _, o := range found.Orders {
		if _, fits := keeps(o.Conversation); fits {
			s.Orders = append(s.Orders, foundOrder{o, talkOf(o)})
		}
	}
	for _, one := range found.Cases {
		if _, fits := keeps(one.Order.Conversation); fits {
			s.Cases = append(s.Cases, foundCase{one, talkOf(one.Order)})
		}
	}
	s.cut(shownFound)
	return nil
}

// talkOf is the path of the conversation in which an order was made, "" when it was
// made in none or that has been forgotten.
func talkOf(o catalog.Order) string {
	if o.Conversation == "" || channelOf(o.Conversation) == "nameless" {
		return ""
	}
	return talkPath(o.Conversation)
}

// cutAround cuts out of a text what is around what was found in it.
func cutAround(text string, in func(string) (start, end int, ok bool)) *excerpt {
	start, end, _ := in(text)
	before, after := []rune(text[:start]), []rune(text[end:])
	e := &excerpt{Before: string(before), Word: text[start:end], After: string(after)}
	if n := len(before) - aroundBefore; n > 0 {
		e.Before = "…" + string(before[n:])
	}
	if len(after) > aroundAfter {
		e.After = string(after[:aroundAfter]) + "…"
	}
	return e
}
