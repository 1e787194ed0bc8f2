package console

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/bot/staff"
)

// lookID is an input that no door ever sends: with it Load only looks.
const lookID = "console-look"

// talk is one conversation.
type talk struct {
	Path    string
	Title   string
	Holding string // as dialogue.Handoff.With tells
	Handoff dialogue.Handoff
	Lines   []line
	Facts   facts
	Brief   []briefLine
	Asked   string // the open question's slot, in words; ""
	Notes   []staff.Note
	Remark  string   // a note that was not written
	Mates   []string // names of the others who work here, the first of them
	Unsent  []line   // what staff said last that did not reach the customer
	Others  []looker
	Writes  bool // the customer does, just now
	Stock   []stockReply
	Marking marking
	Known   customer
	Bot     string // what the bot would answer; ""
	Seen    int64  // the last message on the page
	Picture string // address of a drawing that goes with it; "" for none
	Attach  bool   // the channel takes pictures of staff
	Draft   string // a reply that was not sent
	Note    string // a hand-back's note that was not sent
	Lang    string // the customer's
}

// line is one message of the transcript.
type line struct {
	bot.Message
	Class  string
	Who    string
	Spoken bool // the text is what somebody said, not the name of something without words
}

// speech is a line on a page.
type speech struct {
	Page  page
	Line  line
	Path  string // of the conversation
	Reads bool   // staff may look how the line was read
}

// facts are what is known of the customer.
type facts struct {
	Channel, Lang, Stage string
	Page                 string // name of the product whose page is looked at; ""
	Persona              *kind
	Contact              []string
	Cart                 []item
	Order                *dialogue.OrderRef
}

// item is a line of the cart.
type item struct {
	Qty   int
	Title string
}

// view shows a conversation, and writes down that it was looked at. Of one that is
// over so long that nothing but its messages is kept, these are shown.
func (c *Console) view(v *visit) error {
	p, err := c.talkPage(v)
	if errors.Is(err, errTalk) {
		return c.whole(v)
	}
	if err != nil {
		return err
	}
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, "view", conversation); err != nil {
		return err
	}
	return c.show(v, http.StatusOK, "talk", p)
}

func (c *Console) liveTalk(v *visit) error {
	p, err := c.talkPage(v)
	if err != nil {
		return err
	}
	return c.showLive(v, "talk", p)
}

// refuse shows the conversation with why something was not done, and what was
// written still in its field.
func (c *Console) refuse(v *visit, status int, why string) error {
	p, err := c.talkPage(v)
	if err != nil {
		return err
	}
	p.Alert = why
	t := p.Body.(talk)
	if picture := v.FormValue("picture"); c.isStockPicture(picture) {
		t.Picture = picture
	}
	t.Draft, t.Note, t.Remark = v.FormValue("text"), v.FormValue("note"), v.FormValue("remark")
	p.Body = t
	return c.show(v, status, "talk", p)
}

func (c *Console) talkPage(v *visit) (page, error) {
	conversation, err := v.conversation()
	if err != nil {
		return page{}, err
	}
	snapshot, err := c.Conversations.Load(v.ctx(), conversation, lookID)
	if err != nil {
		return page{}, unfit(err)
	}
	if snapshot.State == nil {
		return page{}, errTalk
	}
	state, err := dialogue.Decode(snapshot.State)
	if err != nil {
		return page{}, err
	}
	said, err := c.Conversations.Messages(v.ctx(), conversation, 0)
	if err != nil {
		return page{}, err
	}
	d, waiting, err := c.deskOf(v.ctx(), conversation)
	if err != nil {
		return page{}, err
	}
	t := talk{
		Path: talkPath(conversation), Title: v.words.customer(conversation, d.Name),
		Holding: state.Handoff.With(v.who.Name), Handoff: state.Handoff,
		Facts: c.facts(v.words, conversation, state), Lang: state.Lang,
	}
	for _, m := range said {
		l := v.words.line(m)
		t.Lines = append(t.Lines, l)
		t.Seen = m.Seq
		if slices.Contains(state.Handoff.Unsent, m.Seq) {
			t.Unsent = append(t.Unsent, l)
		}
	}
	t.Brief = c.brief(v.words, state)
	if slot := state.Pending(); slot != "" {
		t.Asked = v.words.known(slot, "slot")
	}
	if t.Notes, err = c.Notes.NotesOf(v.ctx(), conversation); err != nil {
		return page{}, err
	}
	if t.Mates, err = c.mates(v); err != nil {
		return page{}, err
	}
	if err := c.looks(v, conversation, &t); err != nil {
		return page{}, err
	}
	if t.Marking, err = c.marking(v.ctx(), d); err != nil {
		return page{}, err
	}
	if t.Known, err = c.customer(v, conversation, state); err != nil {
		return page{}, err
	}
	if t.Holding == dialogue.WithMe {
		t.Attach = takesPictures(conversation)
		t.Stock = c.stockReplies(v, state, t.Attach)
		if t.Bot, err = c.suggested(v, conversation, said); err != nil {
			return page{}, err
		}
	}
	return page{Live: t.Path + "/live", Queue: waiting, Body: t}, nil
}

// line says whose a message is, and names what came without words.
func (w words) line(m bot.Message) line {
	l := line{Message: m, Class: "system", Spoken: m.Text != ""}
	switch m.From {
	case dialogue.ByCustomer, dialogue.ByBot, dialogue.ByStaff:
		l.Class = string(m.From)
	}
	l.Who = w.T("speaker." + l.Class)
	if m.From == dialogue.ByStaff && m.Staff != "" {
		l.Who = m.Staff
	}
	if (m.From == dialogue.ByCustomer || m.Photo != "") && strings.HasPrefix(m.Text, "[") && strings.HasSuffix(m.Text, "]") {
		l.Text, l.Spoken = w.Maybe("sent", m.Text[1:len(m.Text)-1], m.Text), m.Photo == ""
	}
	return l
}

// facts collects what a state tells of a customer; of a persona that is only
// neutral there is nothing to tell.
func (c *Console) facts(w words, conversation string, s dialogue.State) facts {
	shelf := c.Bot.Shelf()
	channel := channelOf(conversation)
	f := facts{
		Channel: w.Maybe("channel", channel, channel),
		Lang:    w.Maybe("lang", s.Lang, s.Lang),
		Stage:   w.Maybe("stage", s.Stage(), ""),
		Order:   s.Order,
	}
	if s.Page != "" {
		shop := shelf.Shop
		p := shop.Product(s.Page)
		if p == nil {
			p, _ = shop.Variant(s.Page)
		}
		if f.Page = s.Page; p != nil {
			f.Page = p.Name.In(w.Lang)
		}
	}
	if id := s.Persona.Persona(); id != persona.Neutral {
		f.Persona = c.kind(w, shelf.Personas.Get(id), s.Persona)
	}
	for _, fact := range []string{s.Contact.Name, s.Contact.Email, s.Contact.Phone} {
		if fact != "" {
			f.Contact = append(f.Contact, fact)
		}
	}
	for _, l := range s.Cart {
		f.Cart = append(f.Cart, item{Qty: l.Qty, Title: c.title(l.SKU, w.Lang)})
	}
	return f
}

// title names a variant: the product and its options, or its SKU when the shop
// has it no more.
func (c *Console) title(sku, lang string) string {
	shop := c.Bot.Shelf().Shop
	p, v := shop.Variant(sku)
	if v == nil {
		return sku
	}
	words := []string{p.Name.In(lang)}
	for _, option := range p.OptionNames() {
		if value := v.Options[option]; value != "" {
			words = append(words, shop.Translate(option, value, lang))
		}
	}
	return strings.Join(words, ", ")
}

// Held says who has a conversation and since when.
func (p page) Held(h dialogue.Handoff) string {
	return p.T("take.other", "name", h.Name, "since", p.Clock(h.Since))
}

// Times is a number of pieces.
func (i item) Times() string { return strconv.Itoa(i.Qty) + " ×" }

// Moment is a time as machines read it.
func (p page) Moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
