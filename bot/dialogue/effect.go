package dialogue

import (
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// Effect is something the dialogue wants done: one of the structs of this
// file. Say, Look, Unsay, CallStaff and the timers touch nothing outside Redis; the
// others are work: committed first, performed after, answered by [Done].
type Effect interface{ effect() }

// Work is an effect that is committed first and carried out after.
type Work interface {
	Effect
	Work() string // its kind, as Done tells it
}

type (
	// Say puts one bubble into the conversation.
	Say struct {
		Parts   []Part
		Buttons []Button
		Cards   []Card
		As      Speaker
		Staff   string   // name shown when As is Staff
		Photo   string   // id of a picture kept for this conversation, or the address of a drawing of the shop, /images/…; "" for almost all
		Invoice *Invoice // paid in the channel itself; nil for almost all
		Mail    string   // e-mail address that it is sent to by letter as well; "" for almost all
	}
	// Look asks for something that is not in the World; read-only. The answer,
	// an Input [Looked], may come within the turn.
	Look struct {
		Orders       string // an order number given, or "" for those placed in this conversation
		Email, Phone string // what identifies the customer; an order is shown only on a match or in its own conversation
		Purse        string // not orders, but the customer's points, for one of the purposes of points.go
		Friend       string // with Purse: a friend's code, and whether it holds
		Near         string // a postal code: not orders, but the pick-up points near it
		Consents     bool   // not orders, but what the customer answered about what may be remembered
	}
	// PlaceOrder decrements stock and writes the order, in one transaction.
	PlaceOrder struct{ Order catalog.Order }
	// OpenCase opens a withdrawal, return, exchange or complaint about an order
	// of this customer: Order, Kind and Lines are needed, the store and the shop's
	// terms fill in the rest. A withdrawal from all of an order that has not left
	// cancels it.
	OpenCase struct{ Case catalog.Case }
	// AskPayment asks a payment provider for the price of an order that awaits
	// payment: Method is the id of the shop's way of paying.
	AskPayment struct{ Order, Method string }
	// CheckPayment asks the providers whether an order has been paid, and lets it
	// expire when it has not and its reservation has run out.
	CheckPayment struct{ Order string }
	// SettlePayment takes what a provider told of a payment: the order is paid, or
	// what came in is given back, in one transaction.
	SettlePayment struct{ Payment catalog.Payment }
	// ChangePayment lets an order that awaits payment be paid by Method, a way that
	// the shop keeps itself, instead: then it is sold.
	ChangePayment struct{ Order, Method string }
	// CallStaff tells that the conversation now waits for a person.
	CallStaff struct{ Reason string }
	// SetTimer asks for an Input [Rang] at a time; the same name set again moves it.
	SetTimer struct {
		Name string
		At   time.Time
	}
	// DropTimer takes a timer back.
	DropTimer struct{ Name string }
	// Learn keeps what is known of the customer beyond the conversation: the
	// answers about it, and as much of the profile as they allow.
	Learn struct {
		Consents []Consent
		Profile  persona.Profile
	}
	// Remark keeps what the customer says of how they were served. The same again
	// about the same adds only words.
	Remark struct {
		About   string // OfCase, OfOrder or Missed
		Subject string // the number of the case or order; "" of what was missed
		Score   int
		Words   string
	}
	// WriteReview keeps what the customer thinks of goods of an order of theirs,
	// for staff to read. The same goods of the order again replace it.
	WriteReview struct {
		Order  string // its number
		Review catalog.Review
	}
	// Remind asks to note that something is being sent unasked: once, and not more
	// than Week in seven days. Consent is the purpose that it needs, or "".
	Remind struct {
		Later   Later
		Once    string // names it among those of its kind
		Consent string
		Wording int // which version of its question must have been agreed to; 0: any
		Week    int
		Most    int  // how many customers are sent it; 0: any number
		Rest    int  // days after which something of the kind may be sent again; 0: any number
		Liked   bool // what is bought decides it, which Personal is needed for, too
	}
	// MailReminder is what a Say with Mail becomes, in words.
	MailReminder struct{ Email, Lang, Text string }
	// Subscribe has a letter sent to Email by which the newsletter is confirmed;
	// "" ends those asked for by this customer.
	Subscribe struct{ Email, Lang string }
	// ForgetCustomer erases everything that is kept of the customer but what
	// bookkeeping needs, this conversation too. Lang is what it is answered in.
	ForgetCustomer struct{ Lang string }
	// JoinTalks makes this conversation and the one that Pass is of those of one
	// customer, who consents by it.
	JoinTalks struct {
		Pass    string
		Consent Consent
	}
	// IdentifyCustomer notes that the shop has told whose this conversation is.
	IdentifyCustomer struct{ Subject string }
	// Unsay drops bot words that have not left yet.
	Unsay struct{}
)

func (Say) effect()              {}
func (Look) effect()             {}
func (PlaceOrder) effect()       {}
func (OpenCase) effect()         {}
func (AskPayment) effect()       {}
func (CheckPayment) effect()     {}
func (SettlePayment) effect()    {}
func (ChangePayment) effect()    {}
func (CallStaff) effect()        {}
func (SetTimer) effect()         {}
func (DropTimer) effect()        {}
func (Learn) effect()            {}
func (ForgetCustomer) effect()   {}
func (JoinTalks) effect()        {}
func (IdentifyCustomer) effect() {}
func (Unsay) effect()            {}
func (Remark) effect()           {}
func (Remind) effect()           {}
func (WriteReview) effect()      {}
func (Subscribe) effect()        {}
func (MailReminder) effect()     {}

func (PlaceOrder) Work() string       { return PlacingOrder }
func (OpenCase) Work() string         { return OpeningCase }
func (AskPayment) Work() string       { return AskingPayment }
func (CheckPayment) Work() string     { return CheckingPayment }
func (SettlePayment) Work() string    { return SettlingPayment }
func (ChangePayment) Work() string    { return ChangingPayment }
func (Learn) Work() string            { return Learning }
func (ForgetCustomer) Work() string   { return Forgetting }
func (JoinTalks) Work() string        { return Joining }
func (IdentifyCustomer) Work() string { return Identifying }
func (Remark) Work() string           { return Remarking }
func (Remind) Work() string           { return Reminding }
func (WriteReview) Work() string      { return Reviewing }
func (Subscribe) Work() string        { return Subscribing }
func (MailReminder) Work() string     { return Mailing }

// Kinds of work, as Done tells them.
const (
	PlacingOrder    = "place_order"
	OpeningCase     = "open_case"
	AskingPayment   = "ask_payment"
	CheckingPayment = "check_payment"
	SettlingPayment = "settle_payment"
	Learning        = "learn"
	ChangingPayment = "change_payment"
	Forgetting      = "forget_customer"
	Joining         = "join"
	Identifying     = "identify"
	Remarking       = "remark"
	Reminding       = "remind"
	Reviewing       = "write_review"
	Subscribing     = "subscribe"
	Mailing         = "mail"
)

// Speaker says whose words a message is.
type Speaker string

// Speakers. The empty Speaker is the bot.
const (
	ByBot      Speaker = "bot"
	ByCustomer Speaker = "customer"
	ByStaff    Speaker = "staff"
	BySystem   Speaker = "system"
)

// Part is one reply of the replies' files with what fills it. Parts of one
// bubble stand on lines of their own, unless Glue joins a part to the one
// before with a space.
type Part struct {
	Key  string
	With Args
	Glue bool
}

// gap is an empty line between parts.
var gap = Part{}

// Args fill the {names} of a reply: a name, its value, the next name, its value
// and so on. Values are of the types that package voice words.
type Args []any

// Get is the value under a name, nil when there is none.
func (a Args) Get(name string) any {
	for i := 0; i+1 < len(a); i += 2 {
		if a[i] == name {
			return a[i+1]
		}
	}
	return nil
}

// Words is a list put into words by the language: "a, b ja c".
type Words []string

// Button is a choice offered. Label is a key of the replies' files under
// "button.", filled by With; a link opens URL instead of tapping.
type Button struct {
	Tap   string // at most 64 bytes
	Label string
	With  Args
	URL   string
}

// Invoice is paid in the channel itself, where it can be.
type Invoice struct {
	Charge   string // its id, which the payment brings back
	Title    Part
	About    Part
	Currency string
	Lines    []catalog.ChargeLine
}

// Card shows one product.
type Card struct {
	Product *catalog.Product
	SKU     string // the variant meant; "" when any
	Parts   []Part // lines under the title: price, sizes, stock
	Image   string // shown instead of the product's own; ""
	Buttons []Button
}

// Fee is an amount that is worded as free when it is nothing.
type Fee catalog.Cents

// Keys is a list of replies put into words: "koko ja hinta".
type Keys []string
