package staff

import (
	"context"
	"time"

	"tiski/catalog"
)

// Sought is what staff look for in everything that is kept.
type Sought struct {
	Text       string                 // as typed: the number of an order or case, an e-mail address and a phone number are found by it
	Beginnings [][]string             // by word: characters of which what has the word has one set
	In         func(text string) bool // whether a text has all the words
	Since      time.Time              // zero: ever
	Channel    string                 // of the conversation; "" for any
	Most       int                    // of each kind
}

// Found is what was found, of each kind the newest first.
type Found struct {
	Said   []Spoken // one message of each conversation
	Notes  []Note   // likewise
	Orders []catalog.Order
	Cases  []OpenCase // open or not
}

// Spoken is a message of a conversation.
type Spoken struct {
	Conversation string
	Seq          int64
	At           time.Time
	Text         string
}

// Finder finds things among all that is kept (package store does). What was
// erased is not kept, and so never found.
type Finder interface {
	Find(ctx context.Context, s Sought) (Found, error)
}
