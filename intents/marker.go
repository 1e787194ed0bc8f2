package intents

import (
	"fmt"
	"io/fs"
	"slices"

	"tiski/intents/language"
)

// marker is a kind of word that tells what the word beside it means.
type marker int

const (
	aboutSize     marker = iota
	turning              // a number after it is somebody's age: "täyttää 7"
	foot                 // a number after it is a shoe's size, when no unit follows: "jalka on 44"
	atMost               // of a price
	atLeast              //
	in                   // between goods and a size: "kängor i 42", "saappaat samalle 29"
	having               // what a customer has to spend, when euros are said
	about                // a price that is near
	between              // two prices
	euro                 //
	piece                //
	amount               // a number after it counts pieces
	otherUnit            // a number before it is no size, price or quantity
	aboutOrder           // a number after it is an order's
	aboutTracking        // a number after it is a parcel's
	aboutAddress         // a street follows
	aboutName            // a person's name follows
	negation             //
	wanting              // may stand between a negation and what it denies
	besides              // what comes after it is not wanted
	without              // the same, of a part or a property of goods
	relative             // begins a clause that says what goods are like
	containing           // may stand between a negation and what goods are to be without
	intolerant           // of what somebody cannot stand
	contrast             // between what is not wanted and what is
	taking               // "otan": what is pointed at beside it is wanted
	nextOne              //
	lastOne              //
	aboutWeek            //
	mailAt               // "@", said aloud
	mailDot              //
	mailLow              // "_"
	mailDash             //
	choice               //
	conjunction          // begins another thing
	yet                  // the same, against what was said before
	filler               // may stand between a marker and its word
	seeming              // "musta tuntuu" names no colour
	answer               // yes or no, which only the conversation can understand
	step                 // a purchase goes on or ends by it; known misspelt, too
	markerKinds
)

// markerNames are the keys of markers.yaml.
var markerNames = [markerKinds]string{
	"size", "turns", "foot", "max", "min", "in", "have", "about", "between", "euro", "pieces", "amount", "unit", "order", "tracking", "address", "name", "not", "want", "except",
	"without", "that", "contain", "allergy", "rather", "take",
	"next", "last", "week", "at", "dot", "underscore", "dash", "or", "and", "yet", "filler", "seems", "answer", "step",
}

// markers are the marking phrases of a language by their first word, folded.
type markers map[string][]sign

type sign struct {
	kind  marker
	words []string
}

// marking tells how many words from a token on are a marker of each kind.
type marking [markerKinds]int8

func readMarkers(fsys fs.FS, lang string) (markers, error) {
	name := lang + "/markers.yaml"
	marked, err := readWords(fsys, name)
	if err != nil {
		return nil, err
	}
	m := markers{}
	for key, phrases := range marked {
		kind := slices.Index(markerNames[:], key)
		if kind < 0 {
			return nil, fmt.Errorf("%s: unknown kind %q", name, key)
		}
		for _, p := range phrases {
			var words []string
			for _, t := range language.Tokens(p) {
				for part := range parts(t) {
					words = append(words, language.Fold(part.Text))
				}
			}
			if len(words) == 0 {
				return nil, fmt.Errorf("%s: no word in %q", name, p)
			}
			m[words[0]] = append(m[words[0]], sign{marker(kind), words})
		}
	}
	return m, nil
}

// markings returns the markings of every token.
func markings(ts []token) []marking {
	all := make([]marking, len(ts))
	for i := range ts {
		for _, p := range ts[i].signs {
			n := len(p.words)
			if n <= len(ts)-i && int8(n) > all[i][p.kind] && slices.EqualFunc(p.words, ts[i:i+n], func(w string, t token) bool { return w == t.fold }) {
				all[i][p.kind] = int8(n)
			}
		}
	}
	return all
}
