package dialogue

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// World is all that Step may know besides the state and the input.
type World struct {
	Now          time.Time // Europe/Helsinki
	Conversation string
	Version      int64                                     // the version this turn's commit will have
	Effects      int                                       // effects decided earlier in the same turn, before a look-up was answered
	Public       string                                    // address that the shop's pages of this program begin with; "" when they have none
	Points       bool                                      // pick-up points can be looked up
	Mails        bool                                      // nobody is told of what is said in this channel: reminders go by letter, too
	Remembers    bool                                      // customers can be known beyond the conversation
	Pass         func(kind string, until time.Time) string // signs what lets its bearer do something for this conversation; nil: nobody signs
	Shop         *catalog.Shop
	Find         func(catalog.Query) catalog.Found
	Stock        func(sku string) (pieces int, counted bool)
	Reviews      func(catalog.ReviewQuery) catalog.Opinions // nil: the shop has none
	Pairs        func(catalog.PairQuery) []catalog.Pair     // what goes with products; nil: nobody knows
	Personas     persona.Set
	Reading      intents.Reading // of Said, and of the words of staff; zero for other inputs
	Away         bool            // nobody of the staff is here, whatever the hours
	Payments     map[string]bool // the payment providers that serve this conversation, by name; false: not answering just now
}

// MaxText is the longest message that is read.
const MaxText = 4000 // characters of a message

// Step decides what an input does to a conversation. It never changes s.
func Step(s State, in Input, w World) (State, []Effect) {
	t := &turn{State: s.clone(), w: w, kinds: tasks}
	if t.Lang == "" {
		t.Lang = w.Shop.Languages[0]
	}
	if !t.Handoff.held() || !fromCustomer(in) {
		t.take(in)
		t.flush()
		t.unlike()
		t.keep()
		t.passOn(s)
	} else {
		t.awaitPerson(in)
	}
	t.Called = t.Called || t.Handoff.Stage == Requested || t.Handoff.held()
	if fromCustomer(in) {
		t.watch()
		t.Heard = w.Now
		_, said := in.(Said)
		t.Spoke = t.Spoke || said
	}
	t.bound()
	return t.State, t.effects
}

// turn is one Step in the making: the next state and what was decided so far.
type turn struct {
	State
	w       World
	kinds   []*task
	effects []Effect
	leading []Part // said before whatever is said next

	asked     bool // the open question was asked in this turn
	moved     bool // a task came further in this turn
	ended     bool // a task ended in this turn
	announced bool // it was said that another goes on
	learnt    bool // the profile has changed in this turn
	looking   bool // a look-up will be answered within the turn
	shown     bool // products were searched in this turn
	chose     bool // the cart was filled or changed, or goods chosen for it, in this turn

	before  string           // what was told before this message, of [State.Topic]
	answers []Consent        // to questions of consent in this turn
	who     *persona.Persona // by which the customer is served, once it is asked

	lastQuery catalog.Query // the search asked last in this turn
	lastFound *catalog.Found
}

func (t *turn) take(in Input) {
	switch in := in.(type) {
	case Opened:
		t.welcome(in)
	case Said:
		t.hear(in)
	case Tapped:
		t.tap(in.Tap)
	case Sent:
		t.receive(in)
	case Shared:
		t.share(in)
	case Commanded:
		t.command(in)
	case Viewed:
		t.view(in)
	case Taken:
		t.taken(in)
	case StaffSaid:
		t.staffSaid(in)
	case Unsent:
		t.unsent(in)
	case HandedBack:
		t.handedBack(in)
	case NotLike:
		t.notLike(in)
	case Looked:
		t.looked(in)
		t.goOn()
		t.greetOnce()
	case Identified:
		t.want(IdentifyCustomer(in))
	case Recognised:
		t.recognise(in)
	case Done:
		switch in.Work {
		case Learning, Remarking, Reviewing, Subscribing, Mailing:
			return
		case Reminding:
			t.reminded(in)
			return
		}
		t.done(in)
		t.goOn()
		t.greetOnce()
	case CampaignRan:
		t.campaign(in)
	case GoodsCame:
		t.goodsCame(in)
	case Moved:
		t.orderMoved(in)
	case PageAsked:
		t.payFromPage(in)
	case PaymentTold:
		t.want(SettlePayment(in))
	case ReservationOver:
		t.want(CheckPayment(in))
	case Refunded:
		t.refunded(in)
	case Rang:
		t.rang(in)
	case Failed:
		if in.Work == t.Working {
			t.Working = ""
		}
		t.say(part("failed"))
		t.callStaff("failed")
	}
}

// fromCustomer tells the inputs that the bot leaves to the person who holds
// the conversation.
func fromCustomer(in Input) bool {
	switch in.(type) {
	case Opened, Said, Tapped, Sent, Shared, Commanded, Looked:
		return true
	}
	return false
}

// part names a reply and what fills it.
func part(key string, with ...any) Part { return Part{Key: key, With: with} }

func (p Part) glued() Part { p.Glue = true; return p }

// button names a choice and what its tap says.
func button(label, tap string, with ...any) Button {
	return Button{Label: label, Tap: tap, With: with}
}

// say puts a bubble of Parts, Buttons and Cards, in any order, into the turn.
func (t *turn) say(pieces ...any) {
	var s Say
	for _, piece := range pieces {
		switch piece := piece.(type) {
		case Part:
			s.Parts = append(s.Parts, piece)
		case []Part:
			s.Parts = append(s.Parts, piece...)
		case Button:
			s.Buttons = append(s.Buttons, piece)
		case []Button:
			s.Buttons = append(s.Buttons, piece...)
		case []Card:
			s.Cards = append(s.Cards, piece...)
		case mailTo:
			s.Mail = string(piece)
		case *Invoice:
			s.Invoice = piece
		case Speaker:
			s.As = piece
		default:
			panic(fmt.Sprintf("say: %T is not a piece of a bubble", piece))
		}
	}
	if s.As == "" {
		s.As = ByBot
	}
	if s.As == ByBot && len(t.leading) > 0 {
		s.Parts, t.leading = append(t.leading, s.Parts...), nil
	}
	if t.Handoff.held() && s.As == ByBot {
		s.As = BySystem
	}
	if slices.ContainsFunc(t.effects, func(e Effect) bool { was, ok := e.(Say); return ok && was.digest() == s.digest() }) {
		return // two parts of a message with one answer
	}
	t.want(s)
}

// lead begins the next bubble with these parts.
func (t *turn) lead(parts ...Part) { t.leading = append(t.leading, parts...) }

// leadOnce is lead, unless the bubble begins so already.
func (t *turn) leadOnce(p Part) {
	if !slices.ContainsFunc(t.leading, func(led Part) bool { return led.Key == p.Key }) {
		t.lead(p)
	}
}

// flush says what was to lead a bubble that never came.
func (t *turn) flush() {
	if len(t.leading) > 0 {
		t.say()
	}
}

// look searches, at most once in a turn for the same thing. It finds as many
// as are ranked; who wants fewer takes fewer.
func (t *turn) look(q catalog.Query) catalog.Found {
	if q.Of != "" {
		q = t.asTold(q)
	}
	if q.Limit = pool; t.Persona.Persona() != persona.Neutral {
		q.Limit = widePool
	}
	if t.lastFound == nil || t.lastQuery != q {
		found := t.w.Find(q)
		t.lastQuery, t.lastFound = q, &found
	}
	return *t.lastFound
}

// want adds an effect and returns its id.
func (t *turn) want(e Effect) string {
	t.effects = append(t.effects, e)
	return EffectID(t.w.Conversation, t.w.Version, t.w.Effects+len(t.effects)-1)
}

// EffectID is the unique and unchanging id of an effect: conversation, the
// version of the commit that made it, its index in that turn.
func EffectID(conversation string, version int64, index int) string {
	return conversation + "/" + strconv.FormatInt(version, 10) + "/" + strconv.Itoa(index)
}
