package telegram

import (
	"context"
	"time"

	"github.com/go-telegram/bot/models"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Group is a group of Telegram with topics in which staff answer customers: one
// topic for each conversation that waits for a person or is held by one. All of it
// is needed, and the door's Bookmark, Pace and Allow.
type Group struct {
	Chat    int64 // its id
	Talks   Talks
	Counter Counter
	Staff   Staff
	Topics  Topics
	Clock   func() time.Time
}

// Talks is what staff see of conversations (package state keeps them).
type Talks interface {
	// Load returns the state of a conversation; it is nil when there is none.
	Load(ctx context.Context, conversation, input string) (bot.Snapshot, error)
	// Messages, Watch and Desks are as [bot.Log] says.
	Messages(ctx context.Context, conversation string, after int64) ([]bot.Message, error)
	Watch(ctx context.Context, conversation string) <-chan struct{}
	Desks(ctx context.Context, limit int) ([]bot.Desk, error)
}

// Counter is where staff act; *bot.Bot is one.
type Counter interface {
	// Act hands in what a member of staff does; bot.ErrUnknown when there is no
	// such conversation.
	Act(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error)
	// Veil covers in a line what the group need not know.
	Veil(s dialogue.State, text string) string
}

// Member is somebody of the staff.
type Member struct {
	Name    string // of the account
	Display string // what customers see
}

// Staff knows who works here, and what they did.
type Staff interface {
	// Member returns whose an account of Telegram is; ok is false when it is of
	// nobody who works here.
	Member(ctx context.Context, id int64) (m Member, ok bool, err error)
	// Link links an account of Telegram by a code from the console; ok is false
	// when the code is not good.
	Link(ctx context.Context, code string, id int64) (m Member, ok bool, err error)
	// Audit writes down what somebody did to a conversation.
	Audit(ctx context.Context, m Member, act, conversation string) error
	// Close marks a conversation as closed.
	Close(ctx context.Context, conversation string) error
	// TurnAway notes that somebody is away, or here again: whichever they were not.
	TurnAway(ctx context.Context, m Member) (away bool, err error)
}

// Topics keeps where staff see what (package store keeps it in SQL).
type Topics interface {
	// OpenTopics returns the topics that are not closed, and those without a
	// conversation: these must not be seen any more.
	OpenTopics(ctx context.Context, chat int64) ([]bot.Topic, error)
	TopicOf(ctx context.Context, chat int64, conversation string) (t bot.Topic, found bool, err error)
	TopicAt(ctx context.Context, chat int64, thread int) (t bot.Topic, found bool, err error)
	SetTopic(ctx context.Context, t bot.Topic) error
	DropTopic(ctx context.Context, chat int64, thread int) error
}

// groupVia is how the group's own lines are told from those that staff wrote
// elsewhere: they stand in it already.
const groupVia = "telegram group"

// ofGroup reports whether an update is of the staff's group.
func (d *Door) ofGroup(u models.Update) bool {
	c := chatOf(u)
	return d.Group != nil && c.ID == d.Group.Chat && c.Type == models.ChatTypeSupergroup
}

// inOrder is the chat whose updates are handled one after another: a customer's,
// or the staff's group; 0 of any other.
func (d *Door) inOrder(u models.Update) int64 {
	if d.ofGroup(u) {
		return d.Group.Chat
	}
	return chat(u)
}
