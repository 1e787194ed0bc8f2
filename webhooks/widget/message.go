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
	Buttons []button         `json:"buttons"`
	Cards   []card           `json:"cards"`
	Staff   string           `json:"staff,omitempty"`
	At      time.Time        `json:"at"`
}

type button struct {
	Tap   string `json:"tap,omitempty"`
	Label string `json:"label"`
	URL   string `json:"url,omitempty"`
}

type card struct {
	Product string   `json:"product"`
	Title   string   `json:"title"`
	Price   string   `json:"price"`
	Image   string   `json:"image"`
	Text    string   `json:"text,omitempty"`
	Buttons []button `json:"buttons"`
}

func (d *Door) messages(all []bot.Message) []message {
	out := make([]message, len(all))
	for i, m := range all {
		out[i] = d.message(m)
	}
	return out
}

func (d *Door) message(m bot.Message) message {
	out := message{Seq: m.Seq, From: m.From, Text: m.Text, Staff: m.Staff, At: m.At, Buttons: []button{}, Cards: []card{}}
	for _, b := range m.Buttons {
		out.Buttons = append(out.Buttons, button(b))
	}
	for _, c := range m.Cards {
		one := card{Product: c.Product, Title: c.Title, Price: c.Price, Image: c.Image, Text: c.Text, Buttons: []button{}}
		if strings.HasPrefix(one.Image, "/") {
			one.Image = d.Public + one.Image
		}
		for _, b := range c.Buttons {
			one.Buttons = append(one.Buttons, button(b))
		}
		out.Cards = append(out.Cards, one)
	}
	return out
}
