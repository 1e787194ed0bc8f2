package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot"
	"tiski/bot/dialogue"
)

const (
	linkCommand = "/yhdista" // links an account of Telegram by a code from the console
	linkTries   = 5          // codes that one account of Telegram may give in linkTime
	linkTime    = time.Hour
	strangeTime = 24 * time.Hour // in which a stranger is told once that they are one
)

// updateGroup takes an update of the staff's group. Its errors are as of Update.
func (d *Door) updateGroup(ctx context.Context, u models.Update) (err error) {
	switch {
	case u.CallbackQuery != nil:
		err = d.staffTapped(ctx, u)
	case u.Message != nil:
		err = d.staffWrote(ctx, u)
	case u.EditedMessage != nil:
		err = d.staffEdited(ctx, u.EditedMessage)
	}
	if errors.Is(err, bot.ErrUnfit) { // it would be unfit again
		d.Log.Error("an update of the staff's group is dropped", "channel", Channel, "input", u.ID, "err", err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("update %d of the staff's group: %w", u.ID, err)
	}
	return nil
}

// staffWrote passes on what the holder of a conversation writes in its topic. What
// is written elsewhere in the group is nobody's business.
func (d *Door) staffWrote(ctx context.Context, u models.Update) error {
	m := u.Message
	if m.From == nil || m.From.IsBot && m.SenderChat == nil {
		return nil
	}
	if code, ok := strings.CutPrefix(m.Text, linkCommand); ok {
		return d.link(ctx, m, code)
	}
	if message(m, false) == nil { // a topic was closed, somebody joined
		return nil
	}
	t, who, ok, err := d.writer(ctx, m)
	if err != nil || !ok {
		return err
	}
	switch {
	case m.Text == "":
		d.notices.add(m, groupWords["wordless"])
		return nil
	case strings.HasPrefix(m.Text, "/"):
		d.notices.add(m, groupWords["command"])
		return nil
	case utf8.RuneCountInString(m.Text) > dialogue.MaxText:
		d.notices.add(m, groupWords["long"])
		return nil
	}
	in := bot.Input{ID: staffInput("reply", u), What: dialogue.StaffSaid{Staff: who.Name, Name: who.Display, Text: m.Text}, Via: groupVia}
	turn, err := d.Group.Counter.Act(ctx, t.Conversation, in)
	switch {
	case errors.Is(err, bot.ErrUnknown):
		d.notices.add(m, groupWords["over"])
		return nil
	case err != nil:
		return err
	case len(turn.Messages) == 0:
		d.notices.add(m, unheard(turn.State.Handoff, who))
		return nil
	}
	return d.wroteDown(ctx, who, "reply", t.Conversation, turn)
}

// staffEdited tells that what was written anew does not reach the customer.
func (d *Door) staffEdited(ctx context.Context, m *models.Message) error {
	if m.From == nil || m.From.IsBot {
		return nil
	}
	if _, _, ok, err := d.writer(ctx, m); err != nil || !ok {
		return err
	}
	d.notices.add(m, groupWords["edited"])
	return nil
}

// writer is who of the staff wrote in the topic of which conversation. ok is false
// outside of topics, and for others, who are told so once.
func (d *Door) writer(ctx context.Context, m *models.Message) (t bot.Topic, who Member, ok bool, err error) {
	if !m.IsTopicMessage {
		return t, who, false, nil
	}
	if t, ok, err = d.Group.Topics.TopicAt(ctx, d.Group.Chat, m.MessageThreadID); err != nil || !ok {
		return t, who, false, err
	}
	if m.SenderChat == nil {
		if who, ok, err = d.Group.Staff.Member(ctx, m.From.ID); err != nil || ok {
			return t, who, ok, err
		}
	}
	first, _, err := d.Allow(ctx, "group-stranger:"+strconv.FormatInt(m.From.ID, 10), 1, strangeTime)
	if err == nil && first {
		d.notices.add(m, groupWords["stranger"])
	}
	return t, who, false, err
}

// link links who wrote a code to the account that it was made for, and removes the
// message with the code.
func (d *Door) link(ctx context.Context, m *models.Message, code string) error {
	allowed, _, err := d.Allow(ctx, "group-code:"+strconv.FormatInt(m.From.ID, 10), linkTries, linkTime)
	if err != nil {
		return err
	}
	if !allowed || m.SenderChat != nil {
		d.notices.add(m, groupWords["unlinked"])
		return nil
	}
	_, code, _ = strings.Cut(code, " ") // "@tiski_bot" may stand before it
	who, ok, err := d.Group.Staff.Link(ctx, code, m.From.ID)
	switch {
	case err != nil:
		return err
	case ok:
		d.notices.add(m, who.Display+groupWords["linked"])
	default:
		d.notices.add(m, groupWords["unlinked"])
	}
	if _, err := d.api.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: d.Group.Chat, MessageID: m.ID}); err != nil {
		d.Log.Info("a used code stays in the staff's group", "channel", Channel, "err", err)
	}
	return nil
}

// staffTapped does what a button under a topic's message says.
func (d *Door) staffTapped(ctx context.Context, u models.Update) error {
	q := u.CallbackQuery
	word, err := d.tapWord(ctx, u)
	if err != nil {
		return err
	}
	d.acknowledge(ctx, tg.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: word, ShowAlert: word != ""})
	return nil
}

// tapWord does what a button says, and returns what is to be told of it: why it was
// not done, mostly.
func (d *Door) tapWord(ctx context.Context, u models.Update) (string, error) {
	q := u.CallbackQuery
	who, ok, err := d.Group.Staff.Member(ctx, q.From.ID)
	if err != nil {
		return "", err
	}
	if !ok {
		return groupWords["stranger"], nil
	}
	act, thread, ok := readAct(q.Data)
	if !ok {
		return "", nil
	}
	if act == actAway {
		away, err := d.Group.Staff.TurnAway(ctx, who)
		if away {
			return groupWords["away"], err
		}
		return groupWords["here"], err
	}
	t, found, err := d.Group.Topics.TopicAt(ctx, d.Group.Chat, thread)
	if err != nil {
		return "", err
	}
	if !found {
		return groupWords["over"], nil
	}
	in := bot.Input{ID: staffInput(act, u), What: dialogue.HandedBack{Staff: who.Name}}
	if act == actTake {
		in.What = dialogue.Taken{Staff: who.Name, Name: who.Display}
	}
	turn, err := d.Group.Counter.Act(ctx, t.Conversation, in)
	if errors.Is(err, bot.ErrUnknown) {
		return groupWords["over"], nil
	}
	if err != nil {
		return "", err
	}
	switch with := turn.State.Handoff.With(who.Name); {
	case with == dialogue.WithOther:
		return turn.State.Handoff.Name + groupWords["other"], nil
	case act != actTake && with == dialogue.IsWaiting:
		return groupWords["waits"], nil
	case act == actClose:
		if err := d.Group.Staff.Close(ctx, t.Conversation); err != nil {
			return "", err
		}
		return "", d.Group.Staff.Audit(ctx, who, actClose, t.Conversation)
	}
	return "", d.wroteDown(ctx, who, act, t.Conversation, turn)
}

// wroteDown writes an act down, unless nothing came of it or it was handled before.
func (d *Door) wroteDown(ctx context.Context, who Member, act, conversation string, turn bot.Turn) error {
	if len(turn.Messages) == 0 || turn.Repeated {
		return nil
	}
	return d.Group.Staff.Audit(ctx, who, act, conversation)
}

func staffInput(act string, u models.Update) string {
	return "staff/" + act + "/update:" + strconv.FormatInt(u.ID, 10)
}
