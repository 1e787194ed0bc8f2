package finnish

import (
	_ "embed"
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
