package console

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
)

// remark writes a note for the other staff; anybody may, whoever holds the
// conversation.
func (c *Console) remark(v *visit) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	text, id := strings.TrimSpace(lines(v.FormValue("remark"))), v.FormValue("id")
	switch {
	case !formID.MatchString(id):
		return errForm
	case text == "":
		return c.refuse(v, http.StatusBadRequest, v.words.T("notes.empty"))
	case utf8.RuneCountInString(text) > staff.MaxRemark:
		return c.refuse(v, http.StatusBadRequest, v.words.T("back.long", "n", strconv.Itoa(staff.MaxRemark)))
	}
	if err := c.exists(v, conversation); err != nil {
		return err
	}
	n := staff.Note{ID: id, Conversation: conversation, At: c.Clock(), Staff: v.who.Name, Name: v.who.Display, Text: bot.Mask(text)}
	if err := c.Notes.AddNote(v.ctx(), n); err != nil {
		return err
	}
	return c.noted(v, "note", conversation, talkPath(conversation))
}

// mostMates is how many names are offered to be mentioned; any other can be typed.
const mostMates = 8

// mates are the names of others who work here.
func (c *Console) mates(v *visit) ([]string, error) {
	members, err := c.everybody(v)
	var names []string
	for _, m := range members {
		if m.Name != v.who.Name && m.Role != staff.Gone && len(names) < mostMates {
			names = append(names, m.Name)
		}
	}
	return names, err
}

// exists refuses what would begin a conversation.
func (c *Console) exists(v *visit, conversation string) error {
	snapshot, err := c.Conversations.Load(v.ctx(), conversation, lookID)
	if err != nil {
		return unfit(err)
	}
	if snapshot.State == nil {
		return errTalk
	}
	return nil
}

// stockReply is a reply that staff need again and again, filled in.
type stockReply struct {
	ID, Text string
	Image    string // address of the drawing that goes with it; "" for none
}

// stockReplies are the shop's, in the customer's language and for this
// conversation, with pictures where its channel takes them.
func (c *Console) stockReplies(v *visit, s dialogue.State, pictures bool) []stockReply {
	shop := c.Bot.Shelf().Shop
	name, _, _ := strings.Cut(s.Contact.Name, " ")
	order := ""
	if s.Order != nil {
		order = s.Order.Number
	}
	fill := strings.NewReplacer(" {name}", spaced(name), "{name}", name, "{order}", order, "{shop}", shop.Company.Name, "{me}", v.who.Display)
	var all []stockReply
	for _, r := range shop.Service.Replies {
		reply := stockReply{ID: r.ID, Text: fill.Replace(r.Text.In(s.Lang))}
		if pictures && r.Image != "" {
			reply.Image = imagePath + r.Image
		}
		all = append(all, reply)
	}
	return all
}

// spaced is a name after a space, nothing when there is none.
func spaced(name string) string {
	if name == "" {
		return ""
	}
	return " " + name
}

// suggested is what the bot would answer to the customer's last message, when
// nobody has answered it.
func (c *Console) suggested(v *visit, conversation string, said []bot.Message) (string, error) {
	for i := len(said) - 1; i >= 0; i-- {
		switch said[i].From {
		case dialogue.ByStaff:
			return "", nil
		case dialogue.ByCustomer:
			return c.Bot.Suggest(v.ctx(), conversation, said[i].Text)
		}
	}
	return "", nil
}

// newer reports whether the customer has said something that was not on the page
// when this form was begun.
func newer(said []bot.Message, seen string) bool {
	last, err := strconv.ParseInt(seen, 10, 64)
	for _, m := range said {
		if err == nil && m.Seq > last && m.From == dialogue.ByCustomer {
			return true
		}
	}
	return false
}
