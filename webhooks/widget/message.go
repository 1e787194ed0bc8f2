package widget

import (
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// message is a bot.Message as the API writes it: lists are never null, and
// pictures have an address that is good on any page.
type message struct {
	Seq     int64            `json:"seq"`
	From    dialogue.Speaker `json:"from"`
	Text    string           `json:"text"`
	Buttons []bot.Button     `json:"buttons"`
	Cards   []bot.Card       `json:"cards"`
	Photo   string           `json:"photo,omitempty"` // address of the picture that the customer or staff sent
	Staff   string           `json:"staff,omitempty"`
	At      time.Time        `json:"at"`
}

// answer is messages as the API answers them.
type answer struct {
	Messages []message `json:"messages"`
}

func (d *Door) messages(conversation string, all []bot.Message) []message {
	out := make([]message, len(all))
	for i, m := range all {
		out[i] = d.message(conversation, m)
	}
	return out
}

func (d *Door) message(conversation string, m bot.Message) message {
	out := message{Seq: m.Seq, From: m.From, Text: m.Text, Buttons: list(m.Buttons), Cards: list(m.Cards), Staff: m.Staff, At: m.At}
	if m.Photo != "" {
		out.Text, out.Photo = "", d.photoAddress(conversation, m.Photo)
		if strings.HasPrefix(m.Photo, "/") { // a drawing of the shop
			out.Photo = d.Public + m.Photo
		}
	}
	for i := range out.Cards {
		c := &out.Cards[i]
		c.Buttons = list(c.Buttons)
		if strings.HasPrefix(c.Image, "/") {
			c.Image = d.Public + c.Image
		}
	}
	return out
}

// list is a copy that is never nil.
func list[T any](of []T) []T { return append([]T{}, of...) }
