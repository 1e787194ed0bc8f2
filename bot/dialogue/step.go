package dialogue

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// World is all that Step may know besides the state and the input.
type World struct {
	Now          time.Time // Europe/Helsinki
	Conversation string
	Version      int64 // the version this turn's commit will have
	Effects      int   // effects decided earlier in the same turn, before a look-up was answered
	Shop         *catalog.Shop
	Find         func(catalog.Query) catalog.Found
	Stock        func(sku string) (pieces int, counted bool)
	Personas     persona.Set
	Reading      intents.Reading // of Said; zero for other inputs
}

// MaxText is the longest message that is read.
const MaxText = 4000 // characters of a message

// Step decides what an input does to a conversation. It never changes s.
func Step(s State, in Input, w World) (State, []Effect) {
	t := &turn{State: s.clone(), w: w}
	if t.Lang == "" {
		t.Lang = w.Shop.Languages[0]
	}
	if !t.Handoff.held() || !fromCustomer(in) {
		t.take(in)
	}
	return t.State, t.effects
}

// turn is one Step in the making: the next state and what was decided so far.
type turn struct {
	State
	w       World
	effects []Effect
	asked   bool // the open question was asked in this turn

	searchedNow bool // products were searched in this turn
}

func (t *turn) take(in Input) {
	switch in := in.(type) {
	case Opened:
		t.open(in)
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
	case Taken:
		t.taken(in)
	case StaffSaid:
		t.staffSaid(in)
	case HandedBack:
		t.handedBack(in)
	case Looked:
		t.looked(in)
	case Done:
		t.done(in)
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

// hear handles a message in words: the answer to the open question first, then
// what the message asks, then the open question again.
func (t *turn) hear(in Said) {
	if t.tooFast(in.Hurried) {
		return
	}
	text := strings.TrimSpace(in.Text)
	r := t.w.Reading
	if in.Masked {
		t.say(part("masked"))
	}
	switch {
	case utf8.RuneCountInString(text) > MaxText:
		t.say(part("too_long"))
		return
	case !hasLetterOrDigit(text):
		t.wordless(text)
		return
	}
	if t.follows(r) {
		t.Lang = r.Lang
	}
	t.Persona = persona.Learn(t.Persona, t.w.Personas, spoken(text), r.Acted)
	t.absorb(r)
	if t.Handoff.Stage == Offered && !cueYes.in(folded(text)) {
		t.Handoff = Handoff{}
	}
	if t.Working != "" {
		t.say(part("order.working"))
		return
	}
	if !t.inWords(text, r) && !t.correct(text, r) && !t.gather(text, r) && !t.answer(text, r) && !t.react(text, r) {
		t.act(r)
	}
	t.greetOnce()
	t.askAgain()
}

// follows reports whether the conversation goes on in the language of a
// message: names, addresses and single words switch nothing.
func (t *turn) follows(r intents.Reading) bool {
	switch {
	case r.Lang == "":
		return false
	case !t.Greeted:
		return len(strings.Fields(r.Text)) > 2 || r.Has(intents.Greeting) || r.Has(intents.HumanAgent)
	case t.Buying && (!digression(r) || postcode.MatchString(r.Text)):
		return false
	}
	return len(strings.Fields(r.Text)) > 2
}

// act does what a message asks, in the order it was said.
func (t *turn) act(r intents.Reading) {
	understood := false
	for i, intent := range r.Acted {
		if i == 3 {
			break
		}
		if i > 0 && likelihood(r, intent) < leastSecond {
			continue
		}
		intent = t.asSearch(intent, r)
		understood = t.do(intent, r) || understood
	}
	if understood {
		t.Misses = 0
	}
}

// leastSecond is how likely a further intent of a message must be.
const leastSecond = 0.08

func likelihood(r intents.Reading, name string) float64 {
	for _, in := range r.Intents {
		if in.Name == name {
			return in.P
		}
	}
	return 0
}

// asSearch takes a message that is little more than the name of goods as a
// search, whatever else it was taken for.
func (t *turn) asSearch(intent string, r intents.Reading) string {
	if words := folded(r.Text); len(words) == 1 && likelihood(r, intent) < singleWord && !topicWord(intent) {
		return intents.ProductSearch
	}
	switch intent {
	case intents.StoreInfo, intents.OrderPlace, intents.ProductDetails, intents.Greeting, intents.GiftCard, intents.AccountLoyalty:
	default:
		return intent
	}
	q := Query(r)
	if len(strings.Fields(r.Text)) > 4 || intent != intents.StoreInfo && likelihood(r, intent) > 0.8 || cueThis.in(folded(r.Text)) ||
		intent == intents.OrderPlace && (cueAdd.in(folded(r.Text)) || cueBuy.in(folded(r.Text))) || !t.names(q) {
		return intent
	}
	return intents.ProductSearch
}

// singleWord is how sure the reading of a single word must be.
const singleWord = 0.7

// topicWord tells the intents that a single word may well be about, however
// unsure its reading is.
func topicWord(intent string) bool {
	switch intent {
	case intents.Greeting, intents.ThanksBye, intents.HumanAgent, intents.OutOfScope, intents.OrderStatus, intents.OrderPlace,
		intents.DeliveryCost, intents.DeliveryTime, intents.DeliveryOptions, intents.ReturnPolicy, intents.ReturnHow,
		intents.PaymentMethods, intents.ProductAvailability, intents.PriceDiscount:
		return true
	}
	return false
}

// Scores from which a hit is what was named, and is close to it.
const (
	sure = 0.4
	near = 0.3
)

// names reports whether a query surely names goods of the shop.
func (t *turn) names(q catalog.Query) bool {
	if !strings.ContainsFunc(q.Text, isLetter) {
		return false
	}
	q.Limit = 1
	found := t.w.Find(q)
	return len(found.Hits) > 0 && !found.Nearest && found.Hits[0].Score >= sure
}

// do answers one intent. It reports whether it was understood.
func (t *turn) do(intent string, r intents.Reading) bool {
	if t.fixedAnswer(intent, r) || t.refine(intent, r) {
		return true
	}
	if r.First(intents.OrderNo) != "" && (intent == intents.OrderPlace || intent == intents.OutOfScope) {
		intent = intents.OrderStatus
	}
	if t.Handoff.Stage == Requested && (intent == intents.WarrantyComplaint || intent == intents.RefundStatus || intent == intents.Feedback) {
		t.say(part("human.noted")) // it is for the person who has been called
		return true
	}
	switch intent {
	case intents.ProductSearch:
		t.find(r)
	case intents.Recommend:
		t.recommend(r)
	case intents.ProductDetails:
		t.details(r)
	case intents.ProductAvailability:
		t.availability(r)
	case intents.PriceDiscount:
		t.price(r)
	case intents.OrderPlace:
		t.order(r)
	case intents.OrderStatus:
		t.track(r)
	case intents.OrderChangeCancel:
		t.changeOrder(r)
	case intents.DeliveryTime:
		t.deliveryTime(r)
	case intents.DeliveryCost:
		t.deliveryCost(r)
	case intents.DeliveryOptions:
		t.deliveryOptions(r)
	case intents.PaymentMethods:
		t.paymentMethods(r)
	case intents.ReturnPolicy:
		t.returnPolicy()
	case intents.ReturnHow:
		t.returnHow()
	case intents.Exchange:
		if !t.swap(r) {
			t.exchange()
		}
	case intents.RefundStatus:
		t.refund()
	case intents.WarrantyComplaint:
		t.complaint()
	case intents.GiftCard:
		t.say(part("gift_card"))
	case intents.AccountLoyalty:
		t.say(part("account"))
	case intents.StoreInfo:
		t.storeInfo(r)
	case intents.HumanAgent:
		t.human("asked")
	case intents.Privacy:
		t.privacy()
	case intents.Feedback:
		t.say(part("feedback"), button("button.human", "human"))
	case intents.Greeting:
		t.greet(r)
	case intents.ThanksBye:
		t.thanks(r)
	default:
		return t.outOfScope(r)
	}
	return true
}

// tooFast keeps a flood of messages from being answered one by one: the first
// that is too many is told so, the rest change nothing.
func (t *turn) tooFast(hurried bool) bool {
	if hurried && !t.Hurried {
		t.say(part("slow_down"))
	}
	t.Hurried = hurried
	return hurried
}

// part names a reply and what fills it.
func part(key string, with ...any) Part {
	p := Part{Key: key}
	if len(with) > 0 {
		p.With = Args{}
		for i := 0; i+1 < len(with); i += 2 {
			p.With[with[i].(string)] = with[i+1]
		}
	}
	return p
}

func (p Part) glued() Part { p.Glue = true; return p }

// button names a choice and what its tap says.
func button(label, tap string, with ...any) Button {
	return Button{Label: label, Tap: tap, With: part("", with...).With}
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
		case Speaker:
			s.As = piece
		default:
			panic(fmt.Sprintf("say: %T is not a piece of a bubble", piece))
		}
	}
	if s.As == "" {
		s.As = ByBot
	}
	if t.Handoff.held() && s.As == ByBot {
		s.As = BySystem
	}
	if slices.ContainsFunc(t.effects, func(e Effect) bool { return reflect.DeepEqual(e, s) }) {
		return // two parts of a message with one answer
	}
	t.want(s)
}

// want adds an effect and returns its id.
func (t *turn) want(e Effect) string {
	t.effects = append(t.effects, e)
	return EffectID(t.w.Conversation, t.w.Version, t.w.Effects+len(t.effects)-1)
}

// EffectID is the unique and unchanging id of an effect: conversation, the
// version of the commit that made it, its index in that turn.
func EffectID(conversation string, version int64, index int) string {
	return fmt.Sprintf("%s/%d/%d", conversation, version, index)
}
