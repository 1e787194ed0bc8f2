package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// How the group is shown what happens.
const (
	gather     = 3 * time.Second // in which lines come together in one message: 20 a minute
	shownDesks = 200             // conversations looked through for those that staff have
	shownLines = 12              // earlier messages that a topic begins with
	maxTopic   = 100             // characters of a topic's name; Telegram takes 128
	removeTime = time.Hour       // until a topic that could not be removed is tried again
	groupLease = "telegram group"
	newTopic   = "new"                 // what is told in a topic in which nothing is told yet
	groupLook  = "telegram-group-look" // an input that no door ever sends: with it Load only looks
)

var (
	errElsewhere = errors.New("another node shows the group what happens")
	errNoTopic   = errors.New("the topic is no more")
)

// watchGroup shows the group what happens, on one node at a time, and what this
// node has to say in it, until ctx ends.
func (d *Door) watchGroup(ctx context.Context) error {
	defer d.handOver(ctx, groupLease)
	changed := d.Group.Talks.Watch(ctx, "")
	for wait := d.backoff; ctx.Err() == nil; {
		err := d.sayNotices(ctx)
		if err == nil {
			err = d.showGroup(ctx)
		}
		var busy *bot.SendError
		switch {
		case err == nil || errors.Is(err, errElsewhere):
			wait = d.backoff
			select {
			case <-ctx.Done():
			case <-changed:
			case <-d.notices.wake:
			}
			pause(ctx, d.gather)
		case errors.As(err, &busy) && busy.After > 0:
			pause(ctx, busy.After)
		case ctx.Err() == nil:
			d.Log.Error("cannot show the staff's group what happens", "channel", Channel, "err", err)
			pause(ctx, wait)
			wait = min(2*wait, mostBackoff)
		}
	}
	return nil
}

// showGroup shows what has happened in the conversations that staff have, and
// closes the topics of others. What goes wrong with one does not keep it from the
// others, but when Telegram wants us to wait.
func (d *Door) showGroup(ctx context.Context) error {
	if err := d.ours(ctx); err != nil {
		return err
	}
	desks, err := d.Group.Talks.Desks(ctx, shownDesks)
	if err != nil {
		return err
	}
	open, err := d.Group.Topics.OpenTopics(ctx, d.Group.Chat)
	if err != nil {
		return err
	}
	topics := map[string]bot.Topic{}
	var talks []string
	for _, t := range open {
		if t.Conversation == "" {
			if err := d.removeTopic(ctx, t); err != nil {
				return err
			}
			continue
		}
		topics[t.Conversation] = t
		talks = append(talks, t.Conversation)
	}
	for _, k := range desks {
		if _, has := topics[k.Conversation]; !has && (!k.Waiting.IsZero() || k.Holder != "") {
			talks = append(talks, k.Conversation)
		}
	}
	var faults []error
	for _, conversation := range talks {
		err := d.showTalk(ctx, conversation, topics[conversation])
		if errors.Is(err, errNoTopic) {
			err = d.showTalk(ctx, conversation, bot.Topic{})
		}
		var busy *bot.SendError
		if errors.As(err, &busy) && busy.After > 0 || errors.Is(err, errElsewhere) || ctx.Err() != nil {
			return err
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("show %s: %w", conversation, err))
		}
	}
	return errors.Join(faults...)
}

// ours renews the turn to show the group what happens; errElsewhere when it is
// another node's.
func (d *Door) ours(ctx context.Context) error {
	ours, err := d.Bookmark.Lease(ctx, groupLease, d.holder, leaseTime)
	if err == nil && !ours {
		err = errElsewhere
	}
	return err
}

// showTalk shows what is new in a conversation, in its topic t, or makes it one
// when it must have one.
func (d *Door) showTalk(ctx context.Context, conversation string, t bot.Topic) error {
	snapshot, err := d.Group.Talks.Load(ctx, conversation, groupLook)
	if err != nil {
		return err
	}
	state, err := dialogue.Decode(snapshot.State)
	if err != nil {
		return err
	}
	told := whoHas(state.Handoff)
	found := t.Thread != 0
	if !found {
		if t, found, err = d.Group.Topics.TopicOf(ctx, d.Group.Chat, conversation); err != nil {
			return err
		}
	}
	if told == "" && t.Told == "" {
		return nil
	}
	said, err := d.Group.Talks.Messages(ctx, conversation, t.Seq)
	if err != nil {
		return err
	}
	if t.Told == "" { // what the bot has said since it was closed is told in short
		said = said[max(0, len(said)-shownLines):]
		if t, err = d.openTopic(ctx, conversation, state, t, found); err != nil {
			return err
		}
	}
	return d.showLines(ctx, t, told, state, said)
}

// whoHas is who has a conversation, and what of theirs last did not reach the
// customer, as Topic.Told tells it.
func whoHas(h dialogue.Handoff) string {
	switch h.Stage {
	case dialogue.Requested:
		return "waiting"
	case dialogue.Held:
		told := "held:" + h.Staff
		if n := len(h.Unsent); n > 0 {
			told += "/" + strconv.FormatInt(h.Unsent[n-1], 10)
		}
		return told
	}
	return ""
}

// openTopic opens the closed topic of a conversation again, or makes it one.
func (d *Door) openTopic(ctx context.Context, conversation string, s dialogue.State, t bot.Topic, found bool) (bot.Topic, error) {
	if err := d.turnInGroup(ctx); err != nil {
		return t, err
	}
	if found {
		_, err := d.api.ReopenForumTopic(ctx, &tg.ReopenForumTopicParams{ChatID: t.Chat, MessageThreadID: t.Thread})
		return t, d.topicFault(ctx, t, err)
	}
	made, err := d.api.CreateForumTopic(ctx, &tg.CreateForumTopicParams{ChatID: d.Group.Chat, Name: split(customerName(conversation, s), maxTopic)[0]})
	if err != nil {
		return t, policy(fmt.Errorf("make a topic: %w", err))
	}
	t = bot.Topic{Chat: d.Group.Chat, Thread: made.MessageThreadID, Conversation: conversation, Told: newTopic}
	return t, d.noteTopic(ctx, t)
}

// page is what one message of Telegram shows of a conversation, up to a number.
type page struct {
	text string
	seq  int64
}

// showLines shows messages, as many as fit in each message of Telegram, then who
// has the conversation when that is news; and closes the topic when nobody has.
func (d *Door) showLines(ctx context.Context, t bot.Topic, told string, s dialogue.State, said []bot.Message) error {
	var lines []page
	seq := t.Seq
	for _, m := range said {
		seq = m.Seq
		if m.Via != groupVia {
			lines = append(lines, page{d.Group.Counter.Veil(s, groupLine(m, s)), m.Seq})
		}
	}
	if told != t.Told {
		lines = append(lines, page{standing(s.Handoff), seq})
	}
	pages := packed(lines)
	for i, p := range pages {
		var keys keyboard
		if i == len(pages)-1 {
			keys = actKeys(t.Thread, s.Handoff)
		}
		if err := d.sayIn(ctx, t, p.text, keys); err != nil {
			return err
		}
		t.Seq = p.seq
		if i == len(pages)-1 && told != "" {
			t.Told = told
		}
		if err := d.noteTopic(ctx, t); err != nil {
			return err
		}
	}
	if told == "" {
		return d.closeTopic(ctx, t, seq)
	}
	if t.Seq == seq {
		return nil
	}
	t.Seq = seq // what staff wrote in the group stands there
	return d.noteTopic(ctx, t)
}

// packed puts lines together, as many as fit into one message. The number of one
// that is cut is told with its end.
func packed(lines []page) []page {
	var pages []page
	for _, l := range lines {
		pieces := split(l.text, maxText)
		for i, text := range pieces {
			last := len(pages) - 1
			if last < 0 || units(paragraphs(pages[last].text, text)) > maxText {
				before := int64(0)
				if last >= 0 {
					before = pages[last].seq
				}
				pages = append(pages, page{seq: before})
				last++
			}
			pages[last].text = paragraphs(pages[last].text, text)
			if i == len(pieces)-1 {
				pages[last].seq = l.seq
			}
		}
	}
	return pages
}

func (d *Door) closeTopic(ctx context.Context, t bot.Topic, seq int64) error {
	if err := d.turnInGroup(ctx); err != nil {
		return err
	}
	_, err := d.api.CloseForumTopic(ctx, &tg.CloseForumTopicParams{ChatID: t.Chat, MessageThreadID: t.Thread})
	if err := d.topicFault(ctx, t, err); err != nil {
		return err
	}
	t.Told, t.Seq = "", seq
	return d.noteTopic(ctx, t)
}

// removeTopic removes a topic, with all that is said in it, whose conversation must
// not be seen any more.
func (d *Door) removeTopic(ctx context.Context, t bot.Topic) error {
	if d.Group.Clock().Before(d.unremoved) {
		return nil
	}
	if err := d.turnInGroup(ctx); err != nil {
		return err
	}
	_, err := d.api.DeleteForumTopic(ctx, &tg.DeleteForumTopicParams{ChatID: t.Chat, MessageThreadID: t.Thread})
	err = d.topicFault(ctx, t, err)
	var fault *bot.SendError
	switch {
	case err == nil:
		return d.Group.Topics.DropTopic(ctx, t.Chat, t.Thread)
	case errors.Is(err, errNoTopic):
		return nil
	case errors.As(err, &fault) && fault.Refused:
		d.unremoved = d.Group.Clock().Add(removeTime)
		d.Log.Error("a topic must be removed by hand, or the bot needs the right to delete messages", "channel", Channel, "err", err)
		return nil
	}
	return err
}

func (d *Door) noteTopic(ctx context.Context, t bot.Topic) error {
	t.At = d.Group.Clock()
	return d.Group.Topics.SetTopic(ctx, t)
}

// topicFault is what an error of a call about a topic means: one that is there no
// more is forgotten.
func (d *Door) topicFault(ctx context.Context, t bot.Topic, err error) error {
	if err == nil {
		return nil
	}
	switch told := strings.ToLower(err.Error()); {
	case strings.Contains(told, "not_modified"), strings.Contains(told, "not modified"): // it is so already
		return nil
	case strings.Contains(told, "thread not found"), strings.Contains(told, "topic_deleted"), strings.Contains(told, "topic_id_invalid"):
		return errors.Join(errNoTopic, d.Group.Topics.DropTopic(ctx, t.Chat, t.Thread))
	}
	return policy(fmt.Errorf("topic: %w", err))
}

// sayIn says something in a topic.
func (d *Door) sayIn(ctx context.Context, t bot.Topic, text string, keys keyboard) error {
	if err := d.ours(ctx); err != nil {
		return err
	}
	return d.topicFault(ctx, t, d.put(ctx, t.Chat, piece{text: text, keys: keys, thread: t.Thread}))
}

// turnInGroup waits until one thing more may be shown in the group.
func (d *Door) turnInGroup(ctx context.Context) error { return d.wait(ctx, d.Group.Chat, 1) }
