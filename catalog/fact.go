package catalog

import (
	"cmp"
	"regexp"
	"strings"
)

// factName is a name with what stands in brackets behind it: "Paino (kg)".
var factName = regexp.MustCompile(`^(.*?)\s*\(([^()]+)\)$`)

// facts reads what else is told of a product. A name is told as customers ask for it: in lower
// case, by its Finnish name in words.yaml, and without what stands in brackets, which follows a
// figure that has nothing behind it, "16 kg".
func (l *loader) facts(of *entry) map[string]Text {
	facts := make(map[string]Text, len(of.keys))
	for _, written := range of.keys {
		name, unit := written, ""
		if parts := factName.FindStringSubmatch(written); parts != nil {
			name, unit = parts[1], parts[2]
		}
		name = strings.ToLower(name)
		name = cmp.Or(l.factNames[name], name)
		told := of.file.text(of.values[written], true)
		for lang, text := range told {
			if unit != "" && strings.ContainsRune("0123456789", rune(text[len(text)-1])) {
				told[lang] = text + " " + unit
			}
		}
		if facts[name] != nil {
			of.file.wrong(of.values[written].Line, "%s stands here twice, as %s", name, written)
		}
		facts[name] = told
	}
	return facts
}

// factNames are the Finnish names of facts by all that words.yaml calls them, in lower case.
func factNames(words []OptionWord) map[string]string {
	names := map[string]string{}
	for _, w := range words {
		if w.Option != "fact" {
			continue
		}
		own := cmp.Or(w.Name["fi"], w.Value)
		names[strings.ToLower(w.Value)] = own
		for _, called := range w.Name {
			if called = strings.ToLower(called); names[called] == "" {
				names[called] = own
			}
		}
	}
	return names
}
