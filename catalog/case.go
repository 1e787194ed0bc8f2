package catalog

import "time"

// Case is goods of an order that the customer is not content with: what they
// want, what has become of it and what they get back.
type Case struct {
	ID           string // the effect or form that asked for it; unique for ever
	Number       string // what the customer is told; given by the store
	Order        string // number of the order
	Kind         CaseKind
	State        CaseState
	Opened       time.Time // when the notice was given
	Conversation string    // "" when it was not given in one
	Contact      Contact   // where the receipt goes
	Lines        []CaseLine
	Reason       string     // in the customer's words; may be empty, none may be asked for a withdrawal
	Goods        Condition  // as the customer tells
	Label        bool       // sent back with the shop's label, whose price is taken off
	SendBy       time.Time  // the last day for the customer to send the goods; zero when none come back
	RefundBy     time.Time  // the last day for the shop to refund; zero when there is nothing to
	Refund       Settlement // what is given back when State becomes CaseRefunded, or by the order that is cancelled
}

// CaseLine is pieces of one line of the order.
type CaseLine struct {
	Line int // index in Order.Lines
	Qty  int
	Swap string // Exchange: SKU wanted instead
}

// CaseKind is what the customer wants.
type CaseKind string

// Kinds of cases.
const (
	Withdrawal CaseKind = "withdrawal" // KSL 6:14, in the time that the shop gives
	Return     CaseKind = "return"     // by the shop's goodwill, or a parcel that was not collected
	Exchange   CaseKind = "exchange"
	Complaint  CaseKind = "complaint" // of a defect, KSL chapter 5
)

// Condition of goods.
type Condition string

// Conditions. "" is unknown.
const (
	Unopened Condition = "unopened"
	Opened   Condition = "opened" // tried as in a shop, or its seal is broken
	Used     Condition = "used"   // more than trying it asks for
	Faulty   Condition = "faulty"
)

// CaseState is how far a case is.
type CaseState string

// States of a case.
const (
	CaseOpen       CaseState = "open"
	CaseInstructed CaseState = "instructed" // the customer knows how to send the goods
	CaseOnWay      CaseState = "on_way"
	CaseReceived   CaseState = "received"
	CaseRefunded   CaseState = "refunded"
	CaseReplaced   CaseState = "replaced" // or repaired
	CaseRefused    CaseState = "refused"
	CaseCancelled  CaseState = "cancelled" // the order had not left: it was cancelled, and any money goes back by that
)

// caseWays is the life of a case.
var caseWays = ways[CaseState]{
	{CaseOpen, CaseInstructed, ""},
	{CaseOpen, CaseOnWay, "the customer did not wait"},
	{CaseOpen, CaseReceived, "brought to the store"},
	{CaseOpen, CaseRefunded, "the goods need not come back"},
	{CaseOpen, CaseReplaced, "the goods need not come back"},
	{CaseOpen, CaseRefused, ""},
	{CaseOpen, CaseCancelled, "all of an order that has not left"},
	{CaseInstructed, CaseOnWay, ""},
	{CaseInstructed, CaseReceived, ""},
	{CaseInstructed, CaseRefused, "the goods never came"},
	{CaseOnWay, CaseReceived, ""},
	{CaseOnWay, CaseRefunded, "that they were sent is proof enough"},
	{CaseReceived, CaseRefunded, ""},
	{CaseReceived, CaseReplaced, ""},
	{CaseReceived, CaseRefused, ""},
}

// Step returns an *IllegalStep when a case may not go from one state to
// another. A state leads to itself.
func (from CaseState) Step(to CaseState) error {
	if from == to && caseWays.know(from) || caseWays.lead(from, to) {
		return nil
	}
	return &IllegalStep{"case", string(from), string(to)}
}

// CaseGraph draws the life of a case as Mermaid.
func CaseGraph() string { return caseWays.graph() }

// caseEnds are what staff bring a case of a kind to, the usual first.
var caseEnds = map[CaseKind][]CaseState{
	Withdrawal: {CaseReceived, CaseRefunded, CaseRefused},
	Return:     {CaseReceived, CaseRefunded, CaseRefused},
	Exchange:   {CaseReceived, CaseReplaced, CaseRefused},
	Complaint:  {CaseReceived, CaseReplaced, CaseRefunded, CaseRefused},
}

// Next returns what staff may bring a case to now, the usual first; nothing for
// a case that is over.
func (c Case) Next() []CaseState {
	var next []CaseState
	for _, to := range caseEnds[c.Kind] {
		if to != c.State && c.State.Step(to) == nil {
			next = append(next, to)
		}
	}
	return next
}

// CaseEvent is one step of a case, kept for ever.
type CaseEvent struct {
	From, To CaseState // From is "" at first
	At       time.Time
	Cause    string // who or what made it
}
