package finnish

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// spoken.txt: a line for each word of the written language, then the spoken
// forms that stand for it.
//
//go:embed spoken.txt
var spokenText string

var spoken = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for line := range strings.Lines(spokenText) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		for _, form := range words[1:] {
			forms[form] = words[0]
		}
	}
	return forms
})

// Written returns the word of the written language that a lower-cased spoken
// form stands for ("mul": "minulla"), or "" when it is no such form. Forms
// without the dots of ä and ö count as well.
func Written(form string) string { return spoken()[form] }

var saidFor = sync.OnceValue(func() map[string][]string {
	said := map[string][]string{}
	for form, word := range spoken() {
		said[word] = append(said[word], form)
	}
	for _, forms := range said {
		slices.Sort(forms)
	}
	return said
})

// Spoken returns the spoken forms that stand for a lower-cased word of the
// written language, in alphabetical order ("minulla": "mul", "mulla"). The
// list is shared: it must not be changed.
func Spoken(word string) []string { return saidFor()[word] }
