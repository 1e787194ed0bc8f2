// Package intents answers one question: what did the customer say? A [Model]
// turns a message into a [Reading]. It knows the catalogue only as the plain
// lists of words in a [Vocabulary].
package intents

import (
	"time"

	"tiski/intents/finnish"
)

// The intents, by the names that every file and command uses.
const (
	ProductSearch       = "product_search"
	ProductDetails      = "product_details"
	ProductAvailability = "product_availability"
	PriceDiscount       = "price_discount"
	Recommend           = "recommend"
	OrderPlace          = "order_place"
	OrderStatus         = "order_status"
	OrderChangeCancel   = "order_change_cancel"
	DeliveryTime        = "delivery_time"
	DeliveryCost        = "delivery_cost"
	DeliveryOptions     = "delivery_options"
	PaymentMethods      = "payment_methods"
	ReturnPolicy        = "return_policy"
	ReturnHow           = "return_how"
	Exchange            = "exchange"
	RefundStatus        = "refund_status"
	WarrantyComplaint   = "warranty_complaint"
	GiftCard            = "gift_card"
	AccountLoyalty      = "account_loyalty"
	StoreInfo           = "store_info"
	HumanAgent          = "human_agent"
	Privacy             = "privacy"
	Feedback            = "feedback"
	Greeting            = "greeting"
	ThanksBye           = "thanks_bye"
	OutOfScope          = "out_of_scope"
)

// Names lists every intent.
var Names = []string{
	ProductSearch, ProductDetails, ProductAvailability, PriceDiscount, Recommend,
	OrderPlace, OrderStatus, OrderChangeCancel, DeliveryTime, DeliveryCost,
	DeliveryOptions, PaymentMethods, ReturnPolicy, ReturnHow, Exchange,
	RefundStatus, WarrantyComplaint, GiftCard, AccountLoyalty, StoreInfo,
	HumanAgent, Privacy, Feedback, Greeting, ThanksBye, OutOfScope,
}

// Kinds of entities. A slot of the dialogue that asks for the same thing has
// the same name.
const (
	Product    = "product"     // Value: the product's id
	Category   = "category"    // Value: the category's id
	Brand      = "brand"       // Value: the brand as the catalogue writes it
	Size       = "size"        // Value: "42", "M", "38,5", "110/116", "1,5 l"
	Foot       = "foot"        // Value: how long somebody's foot is, "26 cm"; no size
	Color      = "color"       // Value: canonical Finnish colour, "sininen"
	Audience   = "audience"    // Value: women, men, child, baby
	Age        = "age"         // Value: how many years old the child is whom goods are for, digits
	Quantity   = "qty"         // Value: digits; of what is weighed with its unit, "0,5 kg"
	PriceMax   = "price_max"   // Value: cents, digits
	PriceMin   = "price_min"   // Value: cents, digits
	OrderNo    = "order_no"    // Value: as orders are numbered, upper case, no spaces
	PostalCode = "postal_code" // Value: five digits
	Email      = "email"       // Value: lower case
	Phone      = "phone"       // Value: E.164
	Date       = "date"        // Value: YYYY-MM-DD; of a period its first day
	DateTo     = "date_to"     // Value: YYYY-MM-DD, the last day of the period that the date before it begins
	Time       = "time"        // Value: HH:MM
	Material   = "material"    // Value: Finnish, nominative, "villa"
	Place      = "place"       // Value: a Finnish municipality or country, nominative, "Oulu"
	Address    = "address"     // Value: street and number as typed, tidied, "Hämeenkatu 12 B 34"
	Name       = "name"        // Value: a person's name as typed, with capitals
	Tracking   = "tracking"    // Value: a parcel's code, upper case, no spaces
	Delivery   = "delivery"    // Value: home, pickup_point, locker or store_pickup
	Feature    = "feature"     // Value: what goods shall be without, in Finnish the headword; always negated
	Ref        = "ref"         // Value: one of the Ref… below
	Answer     = "answer"      // Value: id of a question with a fixed answer
)

// What a customer points at instead of naming it. "Se toinen" is RefOther,
// the one not spoken of last; of a list that has no such one it is the second.
// "Toka" and "numero kaksi" are RefSecond.
const (
	RefFirst    = "first"
	RefSecond   = "second"
	RefThird    = "third"
	RefFourth   = "fourth"
	RefFifth    = "fifth"
	RefLast     = "last" // of a list
	RefThis     = "this" // "tämä", "toi", "se" by itself
	RefOther    = "other"
	RefFormer   = "former"
	RefLatter   = "latter"
	RefCheaper  = "cheaper"
	RefDearer   = "dearer"
	RefCheapest = "cheapest"
	RefDearest  = "dearest"
	RefBigger   = "bigger"  // a size up
	RefSmaller  = "smaller" // a size down
	RefBoth     = "both"
	RefAll      = "all"
	RefNone     = "none"
	RefLastTime = "same_as_last" // what was ordered or told before
)

// Reading is what was understood of one message.
type Reading struct {
	Text     string   `json:"text"` // the message; steps of a purchase in it as they are spelt
	Lang     string   `json:"lang"`
	Intents  []Intent `json:"intents"`  // best first; never empty
	Acted    []string `json:"acted"`    // what a bot would act on, in the order said; never empty
	Entities []Entity `json:"entities"` // in the order said
	Mood     Mood     `json:"mood,omitzero"`
	Kinds    []Kind   `json:"-"` // of whoever writes, when the model has been taught some
	Number   int      `json:"-"` // the first number said in letters, "parisataa"; 0 without one
}

// Intent is an intent and its probability.
type Intent struct {
	Name string  `json:"name"`
	P    float64 `json:"p"`
}

// Entity is a thing named in the message. Start and End are byte offsets of
// Text in the message. A negated one is what the customer does not want: "ei M
// vaan L" names a negated M and an L.
type Entity struct {
	Kind    string `json:"kind"`
	Value   string `json:"value"`
	Text    string `json:"text"`
	Negated bool   `json:"negated,omitempty"`
	Start   int    `json:"-"`
	End     int    `json:"-"`
}

// First returns the value of the first entity of a kind that is not negated, or "".
func (r Reading) First(kind string) string {
	for _, e := range r.Entities {
		if e.Kind == kind && !e.Negated {
			return e.Value
		}
	}
	return ""
}

// Has reports whether name is among the intents acted on.
func (r Reading) Has(name string) bool {
	for _, a := range r.Acted {
		if a == name {
			return true
		}
	}
	return false
}

// Hint is what the conversation knows before the message is read.
type Hint struct {
	Lang    string    // language of the conversation so far, or that it was opened in; "" where nothing tells it
	First   bool      // the customer has written nothing before
	Pending string    // the slot asked for, e.g. "postal_code"; ""
	Now     time.Time // for "huomenna" and the like, local time; zero: dates are not read
}

// Vocabulary is what the catalogue contributes to understanding.
type Vocabulary struct {
	Products   []Term
	Categories []Term
	Words      map[string][]string // by language, what goods are called besides
	Brands     []string
	Colors     []Term   // what goods come in, as the shop calls it
	Sizes      []string // the same
	Questions  []Question
	Kinds      map[string]*Learning // by language, each by [LearnKinds]; of others none are told

	// Lexicon reads the Finnish words that the built-in one does not know
	// where things are named; nil when there is none besides.
	Lexicon *finnish.Lexicon
}

// Question is one that has a fixed answer.
type Question struct {
	Answer string   // its id
	Intent string   // what who asks it wants
	Ways   []string // to ask it, in any of the languages
}

// Term is a thing of the catalogue and the names by which it is called.
type Term struct {
	Value string   // id
	Names []string // in any of the languages
}

// Example is a message and its intent, one line of intents/data.
type Example struct {
	Text   string `json:"text"`
	Intent string `json:"intent"`
	Lang   string `json:"lang,omitempty"`
}
