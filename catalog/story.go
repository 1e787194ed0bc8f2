package catalog

import "slices"

// Story is a line told of a product beside its card to customers who value
// something; what it says must be true of the product as its other texts are.
type Story struct {
	Value string // what it speaks to: a value of personas, as "ecological"
	Say   Text
	Image string // shown instead of the product's; "": that one
	File  string // where it stands
	Line  int
}

// longestStory is how many characters of one are told.
const longestStory = 140

// stories reads the list that a product may have, one for a value.
func (l *loader) stories(e *entry) []Story {
	n := e.take("stories")
	if n == nil {
		return nil
	}
	var all []Story
	for _, one := range e.file.entries(n) {
		s := Story{Value: one.needWord("value"), Say: one.needText("say"), Image: l.image(one), File: e.file.name, Line: one.line}
		for _, text := range s.Say {
			if len([]rune(text)) > longestStory {
				e.file.wrong(one.line, "a story has at most %d characters", longestStory)
			}
		}
		if slices.ContainsFunc(all, func(was Story) bool { return was.Value == s.Value }) {
			e.file.wrong(one.line, "there are two stories for %s", s.Value)
		}
		one.close()
		all = append(all, s)
	}
	return all
}
