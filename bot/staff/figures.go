package staff

import (
	"time"

	"tiski/catalog"
)

// Sale is an order, without whose it is.
type Sale struct {
	At    time.Time
	Total catalog.Cents
}

// Rating is how many customers gave a score: of a "case" 1–3, of an "order" 0–10.
type Rating struct {
	About string
	Score int
	N     int
}

// Question is a customer's message that the bot did not understand.
type Question struct {
	Conversation, Lang, Text string
}
