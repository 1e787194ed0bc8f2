package intents

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"tiski/intents/language"
)

// concepts knows what words are about by how they begin, or by what is in them.
// The same idea has one name in all languages, so that what is learnt of it in
// one helps in the others.
type concepts struct {
	begins  map[string]string
	within  map[string]string
	longest int
}

// The least length of a piece that may stand anywhere, and of one that a longer
// word may begin with: shorter ones are whole words.
const (
	shortestWithin = 3
	shortestBegins = 4
)

func conceptFile(lang string) string { return lang + "/concepts.yaml" }

// builtInConcepts are those of [Data] by language.
var builtInConcepts = sync.OnceValues(func() (map[string]*concepts, error) {
	all := map[string]*concepts{}
	for _, lang := range language.Codes {
		c, err := readConcepts(Data(), lang)
		if err != nil {
			return nil, err
		}
		all[lang] = c
	}
	return all, nil
})

// conceptsOf returns the concepts of a language, those of [Data] read once.
func conceptsOf(fsys fs.FS, lang string) (*concepts, error) {
	if fsys != Data() {
		return readConcepts(fsys, lang)
	}
	all, err := builtInConcepts()
	return all[lang], err
}

func readConcepts(fsys fs.FS, lang string) (*concepts, error) {
	name := conceptFile(lang)
	pieces, err := readWords(fsys, name)
	if err != nil {
		return nil, err
	}
	c := &concepts{begins: map[string]string{}, within: map[string]string{}}
	for _, idea := range slices.Sorted(maps.Keys(pieces)) {
		for _, piece := range pieces[idea] {
			into, key := c.begins, language.Fold(piece)
			if after, ok := strings.CutPrefix(key, "-"); ok {
				if into, key = c.within, after; len(key) < shortestWithin {
					return nil, fmt.Errorf("%s: %q is too short to stand anywhere", name, piece)
				}
			}
			if other, ok := into[key]; ok && other != idea {
				return nil, fmt.Errorf("%s: %q is about both %s and %s", name, piece, other, idea)
			}
			into[key] = idea
			c.longest = max(c.longest, len(key))
		}
	}
	return c, nil
}

// of returns what a folded word is about: by its beginning and by what is in
// it, and the topic where the first idea has one ("weather" of
// "general/weather"), each "" when that tells nothing.
func (c *concepts) of(word string) (begins, within, topic string) {
	begins, within = c.pieces(word)
	begins, topic, _ = strings.Cut(begins, "/")
	return begins, within, topic
}

// pieces returns the ideas of the longest beginning and of the longest piece of
// a word.
func (c *concepts) pieces(word string) (begins, within string) {
	begins = c.begins[word]
	for n := min(len(word), c.longest); n >= shortestBegins && begins == ""; n-- {
		begins = c.begins[word[:n]]
	}
	for n := min(len(word), c.longest); n >= shortestWithin; n-- {
		for i := 0; i+n <= len(word); i++ {
			if idea := c.within[word[i:i+n]]; idea != "" {
				return begins, idea
			}
		}
	}
	return begins, ""
}
