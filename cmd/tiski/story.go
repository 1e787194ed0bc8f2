package main

import (
	"fmt"
	"strings"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/voice"
	"tiski/catalog"
)

// sentences joins lines to a line of sentences.
var sentences = strings.NewReplacer(".\n", ". ", "\n", ". ")

// storyTurn writes one turn of a story: the line said, the replies with their
// buttons and cards, and the state after them.
//
//	> moi
//	< Hei! Olen Tuulikellon tekoälyavustaja. …
//	  [Vaatteet] [Kengät]
//	= browse
func storyTurn(line string, turn bot.Turn, shop *catalog.Shop) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n> %s\n", line)
	for _, m := range turn.Messages {
		mark := "<"
		switch m.From {
		case dialogue.BySystem:
			mark = "*"
		case dialogue.ByStaff:
			mark = m.Staff + ":"
		}
		fmt.Fprintf(&b, "%s %s\n", mark, strings.ReplaceAll(m.Text, "\n", "\n  "))
		for _, c := range m.Cards {
			fmt.Fprintf(&b, "  | %s, %s. %s %s\n", c.Title, c.Price, sentences.Replace(c.Text), storyButtons(c.Buttons))
		}
		if len(m.Buttons) > 0 {
			fmt.Fprintf(&b, "  %s\n", storyButtons(m.Buttons))
		}
	}
	fmt.Fprintf(&b, "= %s\n", storyState(viewOf(turn.State, shop)))
	return b.String()
}

func storyButtons(buttons []voice.Button) string {
	var labels []string
	for _, button := range buttons {
		labels = append(labels, "["+button.Label+"]")
	}
	return strings.Join(labels, " ")
}

// storyState is the state in one line: the stage, what is asked, the cart.
func storyState(v view) string {
	words := []string{v.Stage}
	if v.Pending != nil {
		words = append(words, "asks "+*v.Pending)
	}
	for _, l := range v.Cart {
		words = append(words, fmt.Sprintf("%d × %s", l.Qty, l.SKU))
	}
	if v.Delivery != nil {
		words = append(words, *v.Delivery)
	}
	if v.Payment != nil {
		words = append(words, *v.Payment)
	}
	if v.Order != nil {
		words = append(words, "order "+v.Order.Status)
	}
	if v.Case != nil {
		words = append(words, v.Case.Kind+" "+v.Case.State)
	}
	if v.Handoff != nil {
		words = append(words, *v.Handoff)
	}
	if v.Lang != "fi" && v.Lang != "" {
		words = append(words, v.Lang)
	}
	if v.Persona != "neutral" {
		words = append(words, v.Persona)
	}
	return strings.Join(words, ", ")
}
