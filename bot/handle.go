package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/catalog/search"
	"tiski/intents"
)

// Limits of a turn.
const (
	lookups     = 3               // look-ups answered within one turn
	collisions  = 50              // commits lost to other nodes before giving up
	ownFailures = 3               // failures of an input's or a work's own handling before it is committed as failed
	workTime    = 5 * time.Second // how long a request waits for the work it caused
	longestName = 100             // characters kept of what a channel calls a customer
)

// Shelf is the shop of this moment. It is never changed, only swapped whole.
type Shelf struct {
	Shop     *catalog.Shop
	Index    *search.Index
	Reviews  *search.Reviews
	Pairs    *search.Pairs
	Voice    *voice.Voice
	Personas persona.Set
	Model    *intents.Model
}

// Bot handles every event of every conversation. Its methods may be called
// from any number of goroutines.
type Bot struct {
	Public      string                                     // address of this program, set before it handles anything; begins the links to orders' pages, "" leaves them out
	Till        *Till                                      // takes payments, set before it handles anything; nil: orders are paid in the shop's own ways alone
	Customers   Customers                                  // remembers customers beyond a conversation, set before it handles anything; nil: nobody does
	Tally       *Tally                                     // counts what happens, set likewise; nil: nothing is counted
	Sendings    Sendings                                   // keeps what customers are sent unasked and what they say of it, set likewise; nil: nothing is sent
	Reviews     Reviews                                    // keeps what customers think of goods, set likewise; nil: nobody does
	Purses      Purses                                     // knows the points of customers, set likewise; nil: nobody has any
	Reminders   Reminders                                  // sends reminders by letter where nobody is told of messages, set likewise; nil: they are in the chat alone
	Subscribers Subscribers                                // keeps who wants the newsletter, set likewise; nil: nobody does
	Passes      *Passes                                    // signs links for customers, set before it handles anything; nil: there are none
	Letters     func(to []string) (removed int, err error) // removes the letters on disk to some addresses, set before it handles anything; nil: there are none
	Staffed     func(ctx context.Context) (bool, error)    // whether anybody of the staff is here, set before it handles anything; nil: somebody is
	Parcels     *Parcels                                   // whom to ask of parcels and pick-up points, set before it handles anything; nil: nobody
	Meter       func(Handled)                              // is told of every input, and must be quick; set before it handles anything; nil: nobody is told
	Pushed      func(channel, conversation string)         // is told at once where there is something to push, set likewise; nil: it is found in the outbox

	conversations Conversations
	orders        Orders
	pushes        map[string]bool // channels that are pushed to, by name
	clock         func() time.Time
	log           *slog.Logger
	away          atomic.Bool // as Staffed told last
	shelf         atomic.Pointer[Shelf]
	stock         atomic.Pointer[map[string]int]
	told          atomic.Pointer[told]             // the reviews of the shelf and of customers
	telling       sync.Mutex                       // while shelf and told change
	together      atomic.Pointer[catalog.Together] // what is bought together; nil until it is counted
	queues        queues
	memory        memory
	failures      failures
}

// New returns a bot. pushed names the channels whose messages go through the
// outbox; the others read the log.
func New(conversations Conversations, orders Orders, shelf *Shelf, pushed []string, clock func() time.Time, log *slog.Logger) *Bot {
	b := &Bot{conversations: conversations, orders: orders, pushes: map[string]bool{}, clock: clock, log: log}
	for _, channel := range pushed {
		b.pushes[channel] = true
	}
	b.swap(shelf)
	b.stock.Store(&map[string]int{})
	return b
}

// Swap puts another shelf in place; conversations go on with it.
func (b *Bot) Swap(shelf *Shelf) { b.swap(shelf) }

// Shelf is the shop of this moment.
func (b *Bot) Shelf() *Shelf { return b.shelf.Load() }

// Handle is the one way into a conversation. When it returns without an error
// the input is committed and will never be handled again; with an error nothing
// was committed and the sender must try again.
func (b *Bot) Handle(ctx context.Context, conversation string, in Input) (Turn, error) {
	leave, err := b.queues.enter(ctx, conversation)
	if err != nil {
		return Turn{}, fmt.Errorf("wait for %s: %w", conversation, err)
	}
	defer leave()
	turn, work, err := b.turn(ctx, conversation, in)
	if err != nil {
		return Turn{}, err
	}
	if len(work) == 0 {
		return turn, nil
	}
	ctx, cancel := context.WithTimeout(ctx, workTime)
	defer cancel()
	for len(work) > 0 {
		after, more, err := b.carryOut(ctx, conversation, work[0])
		if err != nil { // it is committed: Run takes it up
			b.log.Warn("work is left for later", "conversation", conversation, "input", work[0].ID, "err", err)
			work = work[1:]
			continue
		}
		turn.Messages = append(turn.Messages, after.Messages...)
		turn.State = after.State
		work = append(work[1:], more...)
	}
	return turn, nil
}

// carryOut performs work and hands its result in as an input of its own, which
// may cause more work. Work whose own carrying out has failed three times on this
// node is handed in as failed, so that nobody waits for it for ever; what was told
// of money is tried until it succeeds.
func (b *Bot) carryOut(ctx context.Context, conversation string, w Work) (Turn, []Work, error) {
	in := Input{ID: w.ID + "/done", cause: w.Cause}
	done, err := b.perform(ctx, conversation, w)
	var own *ownFailure
	switch {
	case err == nil:
		in.What = done
	case errors.As(err, &own) && w.Kind != dialogue.SettlingPayment && b.failures.again(w.ID) >= ownFailures:
		b.log.Error("work could not be carried out", "conversation", conversation, "input", w.ID, "kind", w.Kind, "err", err)
		in.What = dialogue.Failed{Work: w.ID}
	default:
		return Turn{}, nil, err
	}
	turn, more, err := b.turn(ctx, conversation, in)
	if err == nil {
		b.failures.forget(w.ID)
	}
	return turn, more, err
}

// turn loads, steps and commits, again when another node was faster.
func (b *Bot) turn(ctx context.Context, conversation string, in Input) (turn Turn, work []Work, err error) {
	handled := Handled{Conversation: conversation, Input: in.ID, Start: b.clock(), Channel: channelOf(conversation), Kind: kindOf(in.What)}
	defer func() { b.tell(ctx, conversation, in.ID, handled, turn, err) }()
	if in.At.IsZero() {
		in.At = b.clock()
	}
	in.At = in.At.Truncate(time.Millisecond)
	in.What = masked(in.What)
	for range collisions {
		start := b.clock()
		s, guessed := b.memory.guess(conversation)
		if !guessed {
			if s, err = b.conversations.Load(ctx, conversation, in.ID); err != nil {
				return Turn{}, nil, fmt.Errorf("load %s: %w", conversation, err)
			}
		}
		if in.begun && s.isNew() {
			return Turn{}, nil, ErrUnknown
		}
		handled.Load, _ = b.since(start)
		if s.Seen {
			state, err := dialogue.Decode(s.State)
			return Turn{Messages: s.Replies, State: state, Repeated: true}, nil, err
		}
		turn, commit, err := b.decide(ctx, conversation, in, s)
		if err != nil {
			return Turn{}, nil, err
		}
		start = b.clock()
		err = b.conversations.Commit(ctx, commit)
		handled.Commit, _ = b.since(start)
		if guessed && (err == nil || errors.Is(err, ErrConflict)) {
			b.memory.right(err == nil)
		}
		if err == nil {
			b.memory.keep(commit, start)
			if len(commit.Outbox) > 0 && b.Pushed != nil {
				b.Pushed(commit.Channel, conversation)
			}
			b.Tally.note(turn.was, turn, commit, turn.effects, b.Shelf().Shop)
			return turn, commit.Work, nil
		}
		b.memory.forget(conversation)
		if errors.Is(err, ErrUnfit) {
			b.log.Error("a turn is over a limit", "conversation", conversation, "version", s.Version, "input", in.ID, "err", err)
			if turn, commit, err = b.giveUp(ctx, conversation, in, s); err == nil {
				err = b.conversations.Commit(ctx, commit)
			}
			if err == nil {
				return turn, nil, nil
			}
		}
		if !errors.Is(err, ErrConflict) {
			return Turn{}, nil, fmt.Errorf("commit %s: %w", conversation, err)
		}
		handled.Conflicts++
	}
	return Turn{}, nil, fmt.Errorf("commit %s: %w", conversation, ErrConflict)
}

// decide steps, and makes the commit of what was decided. An input whose own
// handling fails for good is committed as failed, so that it cannot block its
// chat for ever.
func (b *Bot) decide(ctx context.Context, conversation string, in Input, s Snapshot) (Turn, Commit, error) {
	var failure error
	for range ownFailures {
		turn, commit, err := b.attempt(ctx, conversation, in, in.What, s)
		var own *ownFailure
		if !errors.As(err, &own) {
			return turn, commit, err
		}
		failure = err
	}
	b.log.Error("an input could not be handled", "conversation", conversation, "version", s.Version, "input", in.ID, "err", failure)
	return b.giveUp(ctx, conversation, in, s)
}

// giveUp makes the commit of an input as failed: an apology, and staff are
// told. Its work or timer ends all the same, and staff see what the customer
// sent. A state that cannot be read is begun afresh.
func (b *Bot) giveUp(ctx context.Context, conversation string, in Input, s Snapshot) (Turn, Commit, error) {
	failed := dialogue.Failed{}
	if done, ok := in.What.(dialogue.Done); ok {
		failed.Work = done.Effect
	}
	isNew := s.isNew()
	if _, err := dialogue.Decode(s.State); err != nil {
		s.State = nil
	}
	turn, commit, err := b.attempt(ctx, conversation, in, failed, s)
	commit.New = isNew
	return turn, commit, err
}

// ownFailure is the fault of an input or a state, not of the world around.
type ownFailure struct{ cause any }

func (f *ownFailure) Error() string { return fmt.Sprintf("handling failed: %T", f.cause) }

// attempt steps with what came in, or with what stands in for it.
func (b *Bot) attempt(ctx context.Context, conversation string, in Input, what dialogue.Input, s Snapshot) (turn Turn, commit Commit, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &ownFailure{cause}
		}
	}()
	state, err := dialogue.Decode(s.State)
	if errors.Is(err, dialogue.ErrNewer) {
		return Turn{}, Commit{}, fmt.Errorf("handle %s: %w", conversation, err)
	}
	if err != nil {
		return Turn{}, Commit{}, &ownFailure{err}
	}
	if in.Name != "" {
		state.Name = shortened(in.Name, longestName)
	}
	shelf := b.shelf.Load()
	world := b.world(shelf, conversation, s.Version+1)
	if state, err = b.recognise(ctx, state, what, world); err != nil {
		return Turn{}, Commit{}, err
	}
	start := b.clock()
	var read time.Duration
	if said, ok := what.(dialogue.Said); ok {
		world.Reading = shelf.Model.Read(said.Text, state.Hint(world.Now))
		read, start = b.since(start)
	}
	switch said := what.(type) {
	case dialogue.StaffSaid:
		world.Reading = shelf.Model.Read(said.Text, intents.Hint{Lang: state.Lang, Now: world.Now})
	case dialogue.HandedBack:
		world.Reading = shelf.Model.Read(said.Note, intents.Hint{Lang: state.Lang, Now: world.Now})
	}
	next, effects := dialogue.Step(state, what, world)
	all := effects
	for range lookups {
		look := pendingLook(effects)
		if look == nil {
			break
		}
		answer, err := b.look(ctx, conversation, *look)
		if err != nil {
			return Turn{}, Commit{}, err
		}
		world.Effects = len(all)
		next, effects = dialogue.Step(next, answer, world)
		all = append(all, effects...)
	}
	turn, commit, err = b.compose(conversation, in, s, next, all, world, shelf)
	turn.was, turn.effects, turn.read = state, all, read
	turn.step, _ = b.since(start)
	return turn, commit, err
}

// pendingLook is the look-up that a step ended with, if any.
func pendingLook(effects []dialogue.Effect) *dialogue.Look {
	for _, e := range effects {
		if look, ok := e.(dialogue.Look); ok {
			return &look
		}
	}
	return nil
}

func (b *Bot) look(ctx context.Context, conversation string, look dialogue.Look) (dialogue.Input, error) {
	if look.Purse != "" {
		return b.purse(ctx, conversation, look)
	}
	if look.Near != "" {
		points, _ := b.Parcels.Near(ctx, look.Near) // who does not answer is logged there, and has no points
		return dialogue.Looked{Near: look.Near, Points: points}, nil
	}
	if look.Consents {
		return b.consents(ctx, conversation)
	}
	own, err := b.orders.OfConversation(ctx, conversation)
	if err != nil {
		return nil, fmt.Errorf("look up the orders of %s: %w", conversation, err)
	}
	var found []catalog.Order
	for _, o := range own {
		if look.Orders == "" || o.Number == look.Orders {
			found = append(found, o)
		}
	}
	proved := false
	if len(found) == 0 && (look.Email != "" || look.Phone != "") {
		proved = true
		if found, err = b.orders.ByNumber(ctx, look.Orders, look.Email, look.Phone); err != nil {
			return nil, fmt.Errorf("look up an order for %s: %w", conversation, err)
		}
	}
	return dialogue.Looked{Orders: found, Proved: proved, Parcels: b.parcels(ctx, found)}, nil
}

// parcels are what the carriers tell now of the orders that are under way, by
// their codes.
func (b *Bot) parcels(ctx context.Context, orders []catalog.Order) map[string]catalog.Parcel {
	if b.Parcels == nil || !b.Parcels.Tracks() {
		return nil
	}
	told := map[string]catalog.Parcel{}
	for _, o := range orders {
		if o.Tracking == "" || o.Status != catalog.Shipped && o.Status != catalog.Ready {
			continue
		}
		if p, err := b.Parcels.Track(ctx, o.Tracking); err == nil {
			told[o.Tracking] = p
		}
	}
	return told
}

func (b *Bot) world(shelf *Shelf, conversation string, version int64) dialogue.World {
	stock := *b.stock.Load()
	pieces := func(sku string) (int, bool) {
		n, counted := stock[sku]
		return n, counted
	}
	var pass func(string, time.Time) string
	if b.Passes != nil {
		pass = func(kind string, until time.Time) string { return b.Passes.Sign(kind, conversation, until) }
	}
	return dialogue.World{
		Pass: pass,
		Now:  b.clock().In(catalog.Helsinki).Truncate(time.Millisecond), Conversation: conversation, Version: version,
		Away: b.away.Load(), Public: b.Public, Remembers: b.Customers != nil, Mails: b.Reminders != nil && !b.pushes[channelOf(conversation)], Points: b.Parcels != nil && b.Parcels.FindsPoints(), Shop: shelf.Shop, Personas: shelf.Personas, Stock: pieces,
		Payments: b.Till.works(channelOf(conversation)),
		Find:     func(q catalog.Query) catalog.Found { return shelf.Index.Find(q, pieces) },
		Reviews:  b.told.Load().all.Ask,
		Pairs:    func(q catalog.PairQuery) []catalog.Pair { return shelf.Pairs.With(q, b.together.Load()) },
	}
}

// compose turns the effects of a turn into words and into one commit.
func (b *Bot) compose(conversation string, in Input, s Snapshot, next dialogue.State, effects []dialogue.Effect, w dialogue.World, shelf *Shelf) (Turn, Commit, error) {
	document, err := next.Encode()
	if err != nil {
		return Turn{}, Commit{}, &ownFailure{err}
	}
	channel := channelOf(conversation)
	c := Commit{
		Conversation: conversation, Channel: channel, Input: in.ID, Cause: in.cause, Version: s.Version, Seq: s.Seq, New: s.isNew(),
		State: document, Held: next.Handoff.Stage == dialogue.Held, At: w.Now, Desk: desk(conversation, in, next),
	}
	t := Turn{State: next}
	if _, said := in.What.(dialogue.Said); said {
		t.Acted = w.Reading.Acted
	}
	seq := s.Seq
	if m, ok := heard(in); ok {
		seq++
		m.Seq, m.At = seq, w.Now
		c.Log = append(c.Log, m)
	}
	tone := voice.Tone{Lang: next.Lang, Persona: next.Persona.Persona(), Formal: next.Profile.Formal.Value != ""}
	for i, e := range effects {
		switch e := e.(type) {
		case dialogue.Say:
			seq++
			tone.Seed = conversation + "/" + strconv.FormatInt(w.Version, 10)
			words := shelf.Voice.Render(e, tone)
			m := Message{Seq: seq, From: e.As, Text: words.Text, Buttons: words.Buttons, Cards: words.Cards, Invoice: words.Invoice, Photo: e.Photo, Staff: e.Staff, At: w.Now}
			if e.As == dialogue.ByStaff {
				m.Via = in.Via
			}
			c.Log = append(c.Log, m)
			t.Messages = append(t.Messages, m)
			if e.Mail != "" {
				work, err := workOf(dialogue.EffectID(conversation, w.Version, i), cmp.Or(in.cause, in.ID), dialogue.MailReminder{Email: e.Mail, Lang: next.Lang, Text: mailed(words)})
				if err != nil {
					return Turn{}, Commit{}, &ownFailure{err}
				}
				c.Work = append(c.Work, work)
			}
			if b.pushes[channel] && !in.Answered {
				c.Outbox = append(c.Outbox, m)
			}
		case dialogue.Work:
			work, err := workOf(dialogue.EffectID(conversation, w.Version, i), cmp.Or(in.cause, in.ID), e)
			if err != nil {
				return Turn{}, Commit{}, &ownFailure{err}
			}
			c.Work = append(c.Work, work)
		case dialogue.SetTimer:
			c.Timers = append(c.Timers, Timer{Name: e.Name, At: e.At})
		case dialogue.DropTimer:
			c.Drop = append(c.Drop, e.Name)
		case dialogue.Unsay:
			c.Unsay = true
		case dialogue.CallStaff:
			b.log.Info("staff are called", "conversation", conversation, "channel", channel, "version", w.Version, "reason", e.Reason)
		}
	}
	switch what := in.What.(type) {
	case dialogue.Done:
		c.Done = append(c.Done, what.Effect)
	case dialogue.Failed:
		c.Done = append(c.Done, what.Work)
	case dialogue.Rang:
		c.Done = append(c.Done, what.Timer)
	}
	return t, c, nil
}

// desk is the conversation's line in the staff's list.
func desk(conversation string, in Input, s dialogue.State) Desk {
	d := Desk{Conversation: conversation, Name: s.Name, Lang: s.Lang, Stage: s.Stage(), Last: in.At}
	if s.Contact.Name != "" {
		d.Name = s.Contact.Name
	}
	switch s.Handoff.Stage {
	case dialogue.Requested:
		d.Waiting, d.Reason = s.Handoff.Since, s.Handoff.Why
	case dialogue.Held:
		d.Holder, d.HolderName, d.Unheard = s.Handoff.Staff, s.Handoff.Name, s.Handoff.Unheard
	}
	return d
}

// workOf writes an effect down as work.
func workOf(id, cause string, e dialogue.Work) (Work, error) {
	w := Work{ID: id, Cause: cause, Kind: e.Work()}
	document, err := json.Marshal(e)
	if err != nil {
		return Work{}, fmt.Errorf("write work %s: %w", id, err)
	}
	w.Effect = document
	return w, nil
}
