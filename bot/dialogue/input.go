package dialogue

import (
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// Input is an event of a conversation: one of the structs of this file.
type Input interface{ input() }

type (
	// Opened is the customer arriving: /start in Telegram, the widget opened.
	Opened struct {
		Lang string // "" when unknown
		Pass string // that came with the arrival; may be empty
	}
	// Said is a message in words. The reading of it is in the World.
	Said struct {
		Text   string
		Edited bool // the customer changed an earlier message; it is read like a new one

		Masked  bool // a card number or identity code was hidden in it
		Hurried bool // the door has counted too many messages in a short time
	}
	// Tapped is a press of a button.
	Tapped struct {
		Tap   string
		Label string // what stood on it, for the log; may be empty
	}
	// Sent is something without words: "photo", "voice", "sticker", "file", "location".
	Sent struct {
		Kind  string
		Photo string // id under which the shop keeps a photo, for its staff to see; "" when it does not
		Album string // that the photo came with others in, as the channel names it; ""
	}
	// Shared is a contact card the customer gave.
	Shared struct{ Name, Phone string }
	// Commanded is a fixed command: "help", "cart", "human".
	Commanded struct{ Command string }

	// Viewed: the customer looks at a page of the shop.
	Viewed struct {
		Product string // that it shows, its id or the SKU of one of its variants; "" for none
		Cart    []Line // what it has in its cart; nil when it does not tell
	}

	// Taken: a member of staff takes the conversation.
	Taken struct{ Staff, Name string }
	// StaffSaid: who holds the conversation speaks.
	StaffSaid struct {
		Staff, Name, Text string
		Photo             string // of a picture that they send, as Say says; "" for none
	}
	// Unsent: a message of who holds the conversation will never reach the customer.
	Unsent struct{ Seq int64 }
	// HandedBack: the bot goes on; Note is what the person promised or tells the bot.
	HandedBack struct{ Staff, Note string }

	// NotLike: staff see that the customer is not like a persona.
	NotLike struct{ Persona string }

	// Looked is the answer to a Look.
	Looked struct {
		Orders []catalog.Order
		Purse  *catalog.Purse  // the points asked for; nil when others were
		Why    string          // of the Look: what they are for
		Friend string          // of the Look
		Near   string          // of the Look
		Points []catalog.Point // the nearest first; none when nobody answers, too

		Proved   bool      // Orders are of the number and contact that the customer gave
		Consents []Consent // the answers asked for: the last about each purpose

		Parcels map[string]catalog.Parcel // by code: what carriers tell of the orders under way, as far as they answer
	}
	// Recognised tells what is known of the customer beyond this conversation.
	Recognised struct {
		Profile  persona.Profile // as far as the customer consents
		Consents []Consent       // their last answer about each purpose
	}
	// PageAsked: on an order's page the customer asked to pay it by Method, the id
	// of a way of paying.
	PageAsked struct {
		Order  catalog.Order
		Method string
	}
	// Identified: the shop has told, signed, by which name it knows the customer.
	Identified struct{ Subject string }
	// PaymentTold is what a payment provider tells by itself.
	PaymentTold struct{ Payment catalog.Payment }
	// ReservationOver: the time to pay an order has run out.
	ReservationOver struct{ Order string }
	// Refunded: money went back of an order, or Failed: staff must give it back.
	Refunded struct {
		Order  string        `json:"order"`
		Sum    catalog.Cents `json:"sum"`
		Failed bool          `json:"failed,omitempty"`
	}
	// Done is the result of work by the id of its effect.
	Done struct {
		Effect string
		Work   string        // what was done: one of the kinds of work
		Order  catalog.Order // as it stands now, when OK
		Case   catalog.Case  // as it stands now, when the work was OpenCase and OK
		Reason string        // "" when done, else why not: "stock", "price", "gone", "discount", "closed", "failed", of OpenCase a catalog.Why…, of payments those in pay.go and settle.go
		SKUs   []string      // the variants that the reason is about

		Payment catalog.Payment // of AskPayment, CheckPayment, SettlePayment and ChangePayment: as it stands
		Refund  catalog.Cents   // of SettlePayment: what goes back, as Reason says
		Again   bool            // of SettlePayment: it was known already

		Later Later // of Remind: what is to be sent; Reason is then "" or why not

		Lang string   // of ForgetCustomer: what to answer in
		Kept int      // of ForgetCustomer: orders that stay in the books without their customer
		Open []string // of ForgetCustomer: numbers of those that are not over yet

		Known *Recognised // of JoinTalks and IdentifyCustomer: what is known of the customer now
	}
	// Moved: an order of this conversation has come further, by the shop or a carrier.
	Moved struct{ Order catalog.Order }
	// CampaignRan: a campaign has something for this customer, until a moment.
	CampaignRan struct {
		Campaign string
		Offer    Offer
		Until    time.Time
		Lang     string // the customer's, as far as it is known
	}
	// GoodsCame: there are new goods on shelves that this customer buys from. They
	// may be told until a moment.
	GoodsCame struct {
		Shelves  []string // ids of categories, the one that they like best first
		Products []string // ids, the newest first
		Until    time.Time
		Lang     string // as of CampaignRan
	}
	// Rang: a timer set earlier has come due.
	Rang struct{ Timer string }
	// Failed: the handling of an input failed for good; apologise.
	Failed struct {
		Work string // the effect whose result it was, else ""
	}
)

func (Opened) input()          {}
func (Said) input()            {}
func (Tapped) input()          {}
func (Sent) input()            {}
func (Shared) input()          {}
func (Commanded) input()       {}
func (Viewed) input()          {}
func (Taken) input()           {}
func (StaffSaid) input()       {}
func (Unsent) input()          {}
func (HandedBack) input()      {}
func (NotLike) input()         {}
func (Looked) input()          {}
func (Recognised) input()      {}
func (Identified) input()      {}
func (Done) input()            {}
func (Rang) input()            {}
func (Failed) input()          {}
func (PageAsked) input()       {}
func (PaymentTold) input()     {}
func (ReservationOver) input() {}
func (Refunded) input()        {}
func (Moved) input()           {}
func (CampaignRan) input()     {}
func (GoodsCame) input()       {}
