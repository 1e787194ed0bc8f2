package bot

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tiski/bot/dialogue"
	"tiski/intents"
)

// hidden stands for what a veil covers.
const hidden = "▒▒▒"

// What looks like a way to reach somebody, whether it can be reached or not.
var (
	mailShape   = regexp.MustCompile(`[^\s@<>(),;:]+@[^\s@<>(),;:]+`)
	numberShape = regexp.MustCompile(`\+?\d(?:[ ()/-]{0,2}\d){6,}`) // 7 digits and more
)

// private are the kinds of entities that a veil covers.
var private = []string{intents.Email, intents.Phone, intents.Address, intents.PostalCode}

// Veil covers in a line of a conversation what a place outside the house need not
// know: e-mail and postal addresses, phone and other long numbers, and what the
// customer is called unless they have agreed to be remembered.
func (b *Bot) Veil(s dialogue.State, text string) string {
	known := []string{s.Contact.Email, s.Contact.Phone, s.Address.Street, s.Address.Postcode}
	if !s.Named() {
		for _, name := range []string{s.Contact.Name, s.Name} {
			known = append(known, append([]string{name}, strings.Fields(name)...)...)
		}
	}
	slices.SortFunc(known, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // the whole before its parts
	for _, k := range known {
		text = covered(text, k)
	}
	text = numberShape.ReplaceAllString(mailShape.ReplaceAllString(text, hidden), hidden)
	for _, e := range b.Shelf().Model.Read(text, intents.Hint{Lang: s.Lang, Now: b.clock()}).Entities {
		if slices.Contains(private, e.Kind) {
			text = strings.ReplaceAll(text, e.Text, hidden)
		}
	}
	return text
}

// shortestCovered is how long a name is that is covered, in bytes: one letter
// would cover too much.
const shortestCovered = 3

// covered covers a text wherever it stands as words of its own, in any case.
func covered(text, what string) string {
	if what = strings.TrimSpace(what); len(what) < shortestCovered {
		return text
	}
	shape, err := regexp.Compile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(what) + `($|[^\pL\pN])`)
	if err != nil {
		return text // it is not UTF-8, and neither is the text
	}
	for range 2 { // what ends one name may begin the next, and is of one match alone
		text = shape.ReplaceAllString(text, "${1}"+hidden+"${2}")
	}
	return text
}
