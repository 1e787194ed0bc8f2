package intents

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tiski/intents/language"
)

// list is a kind of words that a lexicon lists by what they mean.
type list int8

const (
	colours    list = iota // -> canonical Finnish colour
	materials              // -> Finnish, nominative
	audiences              // -> women, men, child, baby
	sizes                  // -> S, M, L …
	numbers                // -> digits, or how a number is made: x10, +10
	units                  // -> cm, kg, l …
	days                   // -> days from today, or mon … sun
	months                 // -> 1 … 12
	times                  // -> a period or a time of day
	deliveries             // -> kinds of delivery
	refs                   // -> Ref…
	moods                  // -> annoyed, urgent …
	lists
	shelves    // of the catalogue -> the category's id
	brands     // -> the brand as the catalogue writes it
	ownColours // -> the colour as the catalogue writes it
	ownSizes   // -> the size as the catalogue writes it
	places     // -> Finnish, nominative; with a question mark one that is also another word
)

// files tells where each list is, and whether its words are also known by
// their lemmas.
var files = [lists]struct {
	name    string
	inflect bool
}{
	{"colours", true}, {"materials", true}, {"audiences", true}, {"sizes", false}, {"numbers", false}, {"units", false},
	{"days", false}, {"months", false}, {"times", false}, {"deliveries", false}, {"refs", false}, {"moods", false},
}

// lexicon is what one language calls colours, numbers and so on: the files
// <lang>/*.yaml, each a list of words by what they mean.
type lexicon struct {
	phrases  phrases
	starts   map[string]bool // how the names of numbers begin, numberStart bytes
	markers  markers
	steps    *language.Speller
	concepts *concepts
}

func readLexicon(fsys fs.FS, cut *cutter) (*lexicon, error) {
	lang := cut.lang
	l := &lexicon{phrases: phrases{}, starts: map[string]bool{}}
	for number, file := range files {
		name := lang + "/" + file.name + ".yaml"
		meanings, err := readWords(fsys, name)
		if err != nil {
			return nil, err
		}
		for _, meaning := range slices.Sorted(maps.Keys(meanings)) {
			for _, words := range meanings[meaning] {
				ts := cut.words(words)
				if err := l.phrases.learn(list(number), meaning, ts, file.inflect); err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
				if list(number) == numbers && len(ts) == 1 {
					if hundredths(strings.TrimLeft(meaning, "x+~")) == 0 {
						return nil, fmt.Errorf("%s: %q is no number", name, meaning)
					}
					l.starts[(ts[0].fold + "  ")[:numberStart]] = true
				}
			}
		}
	}
	if err := l.readPlaces(fsys, lang, cut.lexicon); err != nil {
		return nil, err
	}
	var err error
	if l.markers, err = readMarkers(fsys, lang); err != nil {
		return nil, err
	}
	l.steps = l.markers.steps()
	if l.concepts, err = conceptsOf(fsys, lang); err != nil {
		return nil, err
	}
	return l, nil
}

func readWords(fsys fs.FS, file string) (map[string][]string, error) {
	text, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	var meanings map[string][]string
	if err := yaml.Unmarshal(text, &meanings); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return meanings, nil
}
