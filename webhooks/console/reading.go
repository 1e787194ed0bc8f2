package console

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/intents"
)

// maxExample is the longest example that staff teach, in characters.
const maxExample = 300

// shownIntents are told of a reading, the likeliest first.
const shownIntents = 3

// reading is how one message was read, and why.
type reading struct {
	Path, Back string
	Text       string
	Ranked     []chance
	Entities   []string
	For, Than  string // the intent that the reasons speak for, and the one that they weigh it against
	Reasons    []weighed
	Intents    []string
}

// chance is an intent and how likely it is, in percent.
type chance struct {
	Intent  string
	Percent int
}

// weighed is a trait of the message and its part of the decision.
type weighed struct {
	Kind, Trait, Weight string
	Against             bool
}

// explain shows how a message of the customer was read.
func (c *Console) explain(v *visit) error {
	r, err := c.reading(v)
	if err != nil {
		return err
	}
	return c.show(v, http.StatusOK, "reading", page{Body: r})
}

func (c *Console) reading(v *visit) (reading, error) {
	conversation, err := v.conversation()
	if err != nil {
		return reading{}, err
	}
	m, state, err := c.said(v, conversation)
	if err != nil {
		return reading{}, err
	}
	model, hint := c.Bot.Shelf().Model, intents.Hint{Lang: state.Lang, Now: m.At}
	read, why := model.Read(m.Text, hint), model.Explain(m.Text, hint)
	r := reading{
		Path: talkPath(conversation) + "/reading/" + strconv.FormatInt(m.Seq, 10), Back: talkPath(conversation),
		Text: m.Text, For: why.Intent, Than: why.RunnerUp, Intents: intents.Names,
	}
	for _, i := range read.Intents[:min(shownIntents, len(read.Intents))] {
		r.Ranked = append(r.Ranked, chance{i.Name, int(i.P*100 + 0.5)})
	}
	for _, e := range read.Entities {
		r.Entities = append(r.Entities, fmt.Sprintf("%s → %s", e.Text, e.Value))
	}
	for _, why := range why.Reasons {
		r.Reasons = append(r.Reasons, weighed{why.Kind, why.Trait, strconv.FormatFloat(why.Weight, 'f', 1, 64), why.Weight < 0})
	}
	return r, nil
}

// said is the customer's message that the path names, and the state of the
// conversation.
func (c *Console) said(v *visit, conversation string) (bot.Message, dialogue.State, error) {
	snapshot, err := c.Conversations.Load(v.ctx(), conversation, lookID)
	if err != nil {
		return bot.Message{}, dialogue.State{}, unfit(err)
	}
	state, err := dialogue.Decode(snapshot.State)
	if err != nil {
		return bot.Message{}, state, err
	}
	all, err := c.Conversations.Messages(v.ctx(), conversation, 0)
	if err != nil {
		return bot.Message{}, state, err
	}
	for _, m := range all {
		if strconv.FormatInt(m.Seq, 10) == v.Param("seq") && m.From == dialogue.ByCustomer {
			return m, state, nil
		}
	}
	return bot.Message{}, state, errTalk
}

// correct proposes what a message means as an example to learn from.
func (c *Console) correct(v *visit) error {
	r, err := c.reading(v)
	if err != nil {
		return err
	}
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	meant, id := v.FormValue("intent"), v.FormValue("id")
	if !formID.MatchString(id) || !slices.Contains(intents.Names, meant) {
		return errForm
	}
	if utf8.RuneCountInString(r.Text) > maxExample {
		return c.show(v, http.StatusBadRequest, "reading", page{Alert: v.words.T("reading.long", "n", strconv.Itoa(maxExample)), Body: r})
	}
	read := c.Bot.Shelf().Model.Read(r.Text, intents.Hint{})
	err = c.Examples.ProposeExample(v.ctx(), staff.Example{
		ID: id, Conversation: conversation, At: c.Clock(), Staff: v.who.Name, Lang: read.Lang, Text: r.Text, Was: r.Ranked[0].Intent, Intent: meant,
	})
	if err != nil {
		return err
	}
	return c.noted(v, "correct", conversation, talkPath(conversation))
}

// lessons are the examples that wait to be accepted, and those that teach.
type lessons struct {
	Waiting, Taught []staff.Example
	Intents         []string
	May             bool
}

func (c *Console) examples(v *visit) error { return c.showExamples(v, http.StatusOK, "") }

func (c *Console) showExamples(v *visit, status int, alert string) error {
	waiting, err := c.Examples.Examples(v.ctx(), false, listed)
	if err != nil {
		return err
	}
	taught, err := c.Examples.Examples(v.ctx(), true, listed)
	if err != nil {
		return err
	}
	return c.show(v, status, "examples", page{Alert: alert, Body: lessons{waiting, taught, intents.Names, v.who.Role.May(staff.Lead)}})
}

// judge accepts an example as it is written and meant now, or removes it. Only a
// lead may: an example changes what the bot answers to everybody.
func (c *Console) judge(v *visit) error {
	if !v.who.Role.May(staff.Lead) {
		return c.showExamples(v, http.StatusForbidden, v.words.T("examples.role"))
	}
	id, text, meant := v.FormValue("example"), strings.TrimSpace(strings.ReplaceAll(lines(v.FormValue("text")), "\n", " ")), v.FormValue("intent")
	act, do := "example_remove", func() error { return c.Examples.RemoveExample(v.ctx(), id) }
	if v.FormValue("accept") != "" {
		if text == "" || utf8.RuneCountInString(text) > maxExample || !slices.Contains(intents.Names, meant) {
			return c.showExamples(v, http.StatusBadRequest, v.words.T("reading.long", "n", strconv.Itoa(maxExample)))
		}
		act, do = "example_accept", func() error { return c.Examples.AcceptExample(v.ctx(), id, text, meant) }
	}
	if err := do(); errors.Is(err, staff.ErrUnknown) {
		return c.showExamples(v, http.StatusConflict, v.words.T("examples.gone"))
	} else if err != nil {
		return err
	}
	return c.noted(v, act, id, "/console/examples")
}

// teach lets the bot learn from the examples accepted.
func (c *Console) teach(v *visit) error {
	if !v.who.Role.May(staff.Lead) {
		return c.showExamples(v, http.StatusForbidden, v.words.T("examples.role"))
	}
	if err := c.Teach(v.ctx()); err != nil {
		return err
	}
	return c.noted(v, "teach", "", "/console/examples")
}
