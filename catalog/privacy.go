package catalog

// Privacy says for how many days what is kept of customers is kept. Each ends
// by itself; what a customer wants removed goes at once.
type Privacy struct {
	Transcripts      int // messages of conversations without an order
	OrderTranscripts int // messages of conversations with one: what was promised may be asked for
	Photos           int // pictures that customers sent
	Profiles         int // what is remembered by consent, after the customer was last here
	Orders           int // whose an order was, after it was placed; the order itself stays in the books
	Letters          int // letters in the data folder, and the note that one was sent
	Wishes           int // what a customer waits for to be back in stock
}

// DefaultPrivacy are the times of a shop that tells none. Transcripts of mere
// questions serve for a season, those of an order as long as disputes about it
// usually begin. A picture of a fault serves until its complaint is settled. Vouchers are kept for six years from the end of the year
// (kirjanpitolaki 2:10), so seven years after it was placed no order needs its
// customer any more.
var DefaultPrivacy = Privacy{Transcripts: 90, OrderTranscripts: 730, Photos: 180, Profiles: 730, Orders: 2557, Letters: 30, Wishes: 60}

// Limits of these times: days.
const (
	shortestKept      = 1
	shortestKeptOrder = 90 // delivery, withdrawal and refund must fit in
	longestKept       = 3653
	longestWish       = 90 // a conversation is forgotten after that
)

// privacy reads the times of shop.yaml; those left out are the default.
func (l *loader) privacy(e *entry) {
	p := DefaultPrivacy
	l.shop.Privacy = p
	if e == nil {
		return
	}
	for _, t := range []struct {
		key       string
		days      *int
		low, high int
	}{
		{"transcripts", &p.Transcripts, shortestKept, longestKept},
		{"order_transcripts", &p.OrderTranscripts, shortestKept, longestKept},
		{"photos", &p.Photos, shortestKept, longestKept},
		{"profiles", &p.Profiles, shortestKept, longestKept},
		{"orders", &p.Orders, shortestKeptOrder, longestKept},
		{"letters", &p.Letters, shortestKept, longestKept},
		{"wishes", &p.Wishes, shortestKept, longestWish},
	} {
		if n := e.take(t.key); n != nil {
			*t.days = e.file.number(n, t.low, t.high)
		}
	}
	if p.OrderTranscripts < p.Transcripts {
		e.file.wrong(e.line, "order_transcripts must not be shorter than transcripts")
	}
	e.close()
	l.shop.Privacy = p
}
