package console

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// formID is what freshID makes.
var formID = regexp.MustCompile(`^[A-Z2-7]{26,64}$`)

func freshID() string { return rand.Text() }

// take gives the conversation to who asks, unless somebody was first.
func (c *Console) take(v *visit) error {
	turn, err := c.handle(v, "take", dialogue.Taken{Staff: v.who.Name, Name: v.who.Display})
	if err != nil {
		return err
	}
	if turn.State.Handoff.With(v.who.Name) == dialogue.WithOther {
		return c.refuse(v, http.StatusConflict, v.words.T("take.late", "name", turn.State.Handoff.Name))
	}
	return c.done(v, "take", turn)
}

// reply passes on the words of who holds the conversation.
func (c *Console) reply(v *visit) error {
	text, picture := strings.TrimSpace(lines(v.FormValue("text"))), v.FormValue("picture")
	switch {
	case picture != "" && !c.isStockPicture(picture):
		return errForm
	case text == "":
		return c.refuse(v, http.StatusBadRequest, v.words.T("reply.empty"))
	case utf8.RuneCountInString(text) > MaxReply:
		return c.refuse(v, http.StatusBadRequest, v.words.T("reply.long", "n", strconv.Itoa(MaxReply)))
	}
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	said, err := c.Conversations.Messages(v.ctx(), conversation, 0)
	if err != nil {
		return unfit(err)
	}
	if newer(said, v.FormValue("seen")) {
		return c.refuse(v, http.StatusConflict, v.words.T("reply.newer"))
	}
	if !takesPictures(conversation) {
		picture = ""
	}
	return c.say(v, dialogue.StaffSaid{Staff: v.who.Name, Name: v.who.Display, Text: text, Photo: picture})
}

// say passes on what who holds the conversation says or sends.
func (c *Console) say(v *visit, what dialogue.StaffSaid) error {
	turn, err := c.handle(v, "reply", what)
	if err != nil {
		return err
	}
	if len(turn.Messages) == 0 {
		if turn.State.Handoff.With(v.who.Name) == dialogue.WithOther {
			return c.refuse(v, http.StatusConflict, v.words.T("reply.other", "name", turn.State.Handoff.Name))
		}
		return c.refuse(v, http.StatusConflict, v.words.T("reply.bot"))
	}
	return c.done(v, "reply", turn)
}

// handBack lets the bot go on, with what was promised.
func (c *Console) handBack(v *visit) error {
	note := strings.TrimSpace(lines(v.FormValue("note")))
	if utf8.RuneCountInString(note) > MaxNote {
		return c.refuse(v, http.StatusBadRequest, v.words.T("back.long", "n", strconv.Itoa(MaxNote)))
	}
	turn, err := c.handle(v, "back", dialogue.HandedBack{Staff: v.who.Name, Note: note})
	if err != nil {
		return err
	}
	if len(turn.Messages) == 0 && turn.State.Handoff.With(v.who.Name) == dialogue.WithOther {
		return c.refuse(v, http.StatusConflict, v.words.T("back.other", "name", turn.State.Handoff.Name))
	}
	return c.done(v, "hand_back", turn)
}

// handle hands an act in as an input, by the id of its form: the same form sent
// twice is one act.
func (c *Console) handle(v *visit, act string, what dialogue.Input) (bot.Turn, error) {
	conversation, err := v.conversation()
	if err != nil {
		return bot.Turn{}, err
	}
	id := v.FormValue("id")
	if !formID.MatchString(id) {
		return bot.Turn{}, errForm
	}
	turn, err := c.Bot.Act(v.ctx(), conversation, bot.Input{ID: "staff/" + act + "/" + id, At: c.Clock(), What: what})
	return turn, unfit(err)
}

// done writes an act down, unless nothing came of it or it was handled before,
// and leads back to the conversation.
func (c *Console) done(v *visit, act string, turn bot.Turn) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	if len(turn.Messages) > 0 && !turn.Repeated {
		if err := c.Accounts.Audit(v.ctx(), v.who.Name, act, conversation); err != nil {
			return err
		}
	}
	return v.Redirect(http.StatusSeeOther, talkPath(conversation))
}

// noted writes down what was done to something, and leads to a page.
func (c *Console) noted(v *visit, act, subject, page string) error {
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, act, subject); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, page)
}

// lines writes the ends of lines as the rest of the house does.
func lines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
