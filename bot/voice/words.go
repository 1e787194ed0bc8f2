// Package voice puts into words what the dialogue wants to say: replies by
// language and persona, amounts, dates and lists as the language writes them.
package voice

import "tiski/catalog"

// Message is a bubble in words, ready for any channel.
type Message struct {
	Text    string
	Buttons []Button
	Cards   []Card
	Invoice *Invoice
}

// Button is a choice as shown: a tap, or a link when URL is set.
type Button struct {
	Tap   string `json:"tap,omitempty"`
	Label string `json:"label"`
	URL   string `json:"url,omitempty"`
}

// Invoice is paid in the channel itself. Its lines add up to what is paid.
type Invoice struct {
	Charge   string        `json:"charge"`
	Title    string        `json:"title"`
	About    string        `json:"about"`
	Currency string        `json:"currency"`
	Lines    []InvoiceLine `json:"lines"`
}

// InvoiceLine is a part of the sum.
type InvoiceLine struct {
	Label  string        `json:"label"`
	Amount catalog.Cents `json:"amount"`
}

// Card is a product as shown. Image is a path under /images/ of this program
// or an http(s) address.
type Card struct {
	Product string   `json:"product"`
	Title   string   `json:"title"`
	Price   string   `json:"price"`
	Image   string   `json:"image"`
	Text    string   `json:"text,omitempty"` // sizes, stock
	Buttons []Button `json:"buttons"`
}
