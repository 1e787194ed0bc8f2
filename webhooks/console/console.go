// Package console is the staff's pages: who waits, what is being said, and the
// buttons to take a conversation, reply in it and hand it back. They work
// without scripts; with the one in pages/ they are live.
package console

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/intents"
)

// Limits of the pages.
const (
	MaxForm    = 64 << 10         // bytes of a form
	MaxReply   = dialogue.MaxText // characters of a reply
	MaxNote    = 500              // characters of the note at a hand-back
	MaxStreams = 200              // streams of events open at once
	listed     = 200              // conversations in the list
	mostMarks  = 1000             // marks of conversations looked through for it
)

// Conversations is what is known of conversations (package state keeps them).
type Conversations interface {
	// Load returns the state of a conversation; it is nil when there is none.
	Load(ctx context.Context, conversation, input string) (bot.Snapshot, error)
	// Messages, Watch and Desks are as [bot.Log] says.
	Messages(ctx context.Context, conversation string, after int64) ([]bot.Message, error)
	Watch(ctx context.Context, conversation string) <-chan struct{}
	Desks(ctx context.Context, limit int) ([]bot.Desk, error)
}

// Kept is what has been said, as long as it is kept (package store keeps it).
type Kept interface {
	// Transcript returns the messages of a conversation with Seq > after, oldest
	// first, at most limit.
	Transcript(ctx context.Context, conversation string, after int64, limit int) ([]bot.Message, error)
}

// Lookers knows who has a conversation before them, and who writes in it
// (package state keeps it).
type Lookers interface {
	See(ctx context.Context, p bot.Presence) error
	Present(ctx context.Context, doing bot.Doing, conversation string) ([]bot.Presence, error)
}

// Allow counts one more use of key and says whether it is among the first limit
// of the present span of time; if not, wait is how long that span lasts still.
type Allow func(ctx context.Context, key string, limit int, per time.Duration) (ok bool, wait time.Duration, err error)

// Once says whether it is asked of a key for the first time within a span of time.
type Once func(ctx context.Context, key string, within time.Duration) (first bool, err error)

// Options are what the console works with. All but Secure, Issuer
// and Push are needed.
type Options struct {
	Bot           *bot.Bot
	Conversations Conversations
	Accounts      *staff.Accounts
	Snags         staff.Snags
	Cases         staff.Cases
	Notes         staff.Notes
	Examples      staff.Examples
	Reviews       staff.Reviews
	Answers       staff.Answers
	Marks         staff.Marks
	Orders        Orders
	Customers     Customers
	Photos        Photos
	Lookers       Lookers
	Finder        staff.Finder
	Kept          Kept
	Seek          func(text string) intents.Sought
	Teach         func(context.Context) error // lets the bot learn from the examples accepted, and give the answers accepted
	Figures       Figures
	Topics        func(lang, text string) []string // of a message, as headwords
	Allow         Allow
	Issuer        *Issuer // vouches for staff; nil: passwords alone do
	Once          Once
	TelegramGroup bool  // staff answer in a group of Telegram too
	Push          *Push // calls staff who have the console closed; nil: nobody does
	Secure        bool  // staff reach the console by https: its cookies travel no other way
	Clock         func() time.Time
	Log           *slog.Logger
}

// Console serves the pages under /console.
type Console struct {
	Options
	streams atomic.Int32
	ending  chan struct{} // closed when streams must end
}

// New returns a console that serves nothing yet.
func New(o Options) *Console {
	return &Console{Options: o, ending: make(chan struct{})}
}

// Mount adds the console's routes.
func (c *Console) Mount(e *echo.Echo) {
	e.GET("/console/files/:file", file)

	e.GET("/console/sign-in", c.open(c.askSignIn))
	e.POST("/console/sign-in", c.open(c.signIn))
	e.GET("/console/link/:token", c.open(c.askLink))
	e.POST("/console/link/:token", c.open(c.useLink))
	e.GET("/console/code", c.open(c.askCode))
	e.POST("/console/code", c.open(c.giveCode))
	e.GET("/console/oidc", c.open(c.askIssuer))
	e.GET("/console/oidc/back", c.open(c.backFromIssuer))
	e.POST("/console/sign-out", c.signedIn(c.signOut))

	e.GET("/console", c.signedIn(c.list))
	e.GET("/console/live", c.signedIn(c.liveList))
	e.GET("/console/queue/live", c.signedIn(c.liveQueue))
	e.GET("/console/events", c.signedIn(c.events))

	e.GET("/console/search", c.signedIn(c.search))
	e.GET("/console/search/live", c.signedIn(c.hits))

	e.GET("/console/me", c.signedIn(c.me))
	e.POST("/console/me/factor", c.signedIn(c.startFactor))
	e.POST("/console/me/factor/end", c.signedIn(c.endFactor))
	e.POST("/console/me/password", c.signedIn(c.changePassword))
	e.POST("/console/me/away", c.signedIn(c.setAway))
	e.POST("/console/me/telegram", c.signedIn(c.telegramCode))
	e.POST("/console/me/telegram/end", c.signedIn(c.endTelegram))
	e.POST("/console/me/push", c.signedIn(c.subscribe))
	e.POST("/console/me/session/end", c.signedIn(c.endSession))

	e.GET("/console/staff", c.as(staff.Admin, c.members))
	e.POST("/console/staff/add", c.as(staff.Admin, c.addMember))
	e.POST("/console/staff/role", c.as(staff.Admin, c.setRole))
	e.POST("/console/staff/email", c.as(staff.Admin, c.setEmail))
	e.POST("/console/staff/factor", c.as(staff.Admin, c.resetFactor))
	e.GET("/console/report", c.as(staff.Lead, c.report))
	e.GET("/console/report.csv", c.as(staff.Lead, c.export))
	e.GET("/console/trail", c.as(staff.Admin, c.trail))

	e.GET("/console/snags", c.signedIn(c.snags))
	e.POST("/console/snags/again", c.signedIn(c.again))
	e.POST("/console/snags/settle", c.signedIn(c.settle))

	e.GET("/console/cases", c.signedIn(c.cases))
	e.POST("/console/cases/advance", c.signedIn(c.advance))

	e.GET("/console/reviews", c.as(staff.Lead, c.reviews))
	e.POST("/console/reviews", c.as(staff.Lead, c.judgeReview))

	e.GET("/console/examples", c.signedIn(c.examples))
	e.POST("/console/examples", c.signedIn(c.judge))
	e.POST("/console/examples/teach", c.signedIn(c.teach))

	e.GET("/console/answers", c.signedIn(c.answers))
	e.POST("/console/answers", c.signedIn(c.writeAnswer))
	e.POST("/console/answers/use", c.as(staff.Lead, c.useAnswers))
	e.GET("/console/answers.yaml", c.as(staff.Lead, c.exportAnswers))

	e.GET("/console/talk/:conversation", c.signedIn(c.view))
	e.GET("/console/talk/:conversation/photo/:id", c.signedIn(c.photo))
	e.GET("/console/talk/:conversation/whole", c.signedIn(c.whole))
	e.GET("/console/talk/:conversation/live", c.signedIn(c.liveTalk))
	e.POST("/console/talk/:conversation/take", c.signedIn(c.take))
	e.POST("/console/talk/:conversation/reply", c.signedIn(c.reply))
	e.POST("/console/talk/:conversation/picture", c.signedIn(c.sendPicture))
	e.POST("/console/talk/:conversation/back", c.signedIn(c.handBack))
	e.POST("/console/talk/:conversation/note", c.signedIn(c.remark))
	e.POST("/console/talk/:conversation/mark", c.signedIn(c.mark))
	e.POST("/console/talk/:conversation/cancel", c.signedIn(c.cancel))
	e.POST("/console/talk/:conversation/letter", c.signedIn(c.resend))
	e.POST("/console/talk/:conversation/address", c.signedIn(c.readdress))
	e.POST("/console/talk/:conversation/received", c.signedIn(c.receive))
	e.POST("/console/talk/:conversation/persona", c.signedIn(c.notLike))
	e.GET("/console/talk/:conversation/reading/:seq", c.signedIn(c.explain))
	e.POST("/console/talk/:conversation/reading/:seq", c.signedIn(c.correct))
}

// Run keeps streams open and calls staff until ctx ends, so that a server that stops
// need not wait for them. Call it once.
func (c *Console) Run(ctx context.Context) error {
	pushed := make(chan struct{})
	go func() {
		defer close(pushed)
		c.push(ctx)
	}()
	<-ctx.Done()
	close(c.ending)
	<-pushed
	return nil
}
