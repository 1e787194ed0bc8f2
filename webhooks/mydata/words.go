package mydata

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"tiski/catalog"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// words is the page in one language.
type words struct {
	lang string
	text map[string]string
}

// spoken are the words by language, read when the first are needed.
var spoken = sync.OnceValue(func() map[string]words {
	return map[string]words{"fi": readWords("fi"), "sv": readWords("sv"), "en": readWords("en")}
})

func readWords(lang string) words {
	w := words{lang: lang}
	file, err := wordFiles.ReadFile("words/" + lang + ".yaml")
	if err == nil {
		err = yaml.Unmarshal(file, &w.text)
	}
	if err != nil {
		panic(fmt.Sprintf("words of the page of a customer's data in %s: %v", lang, err)) // they are compiled in
	}
	return w
}

// wordsIn are the words of a language, Finnish when there are none.
func wordsIn(lang string) words {
	if w, ok := spoken()[lang]; ok {
		return w
	}
	return spoken()["fi"]
}

// t is a sentence, its {names} filled by pairs of name and value.
func (w words) t(key string, with ...any) string {
	text := w.text[key]
	for i := 0; i+1 < len(with); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(with[i])+"}", fmt.Sprint(with[i+1]))
	}
	return text
}

// of is the word for a name of a group, the name itself when there is none.
func (w words) of(group, name string, with ...any) string {
	if text := w.t(group+"."+name, with...); text != "" {
		return text
	}
	return name
}

func (w words) day(at time.Time) string {
	return at.In(catalog.Helsinki).Format(w.text["time.day"])
}

func (w words) clock(at time.Time) string {
	return at.In(catalog.Helsinki).Format(w.text["time.clock"])
}

func (w words) euros(c catalog.Cents) string {
	return w.t("money", "amount", fmt.Sprintf("%d%s%02d", c/100, w.text["money.point"], c%100))
}
