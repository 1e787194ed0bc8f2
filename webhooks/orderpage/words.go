package orderpage

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
	tags "golang.org/x/text/language"

	"tiski/catalog"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// words is the page in one language.
type words struct {
	Lang string
	text map[string]string
}

// spoken are the words by language, read when the first are needed.
var spoken = sync.OnceValue(func() map[string]words {
	return map[string]words{"fi": readWords("fi"), "sv": readWords("sv"), "en": readWords("en")}
})

func readWords(lang string) words {
	w := words{Lang: lang}
	file, err := wordFiles.ReadFile("words/" + lang + ".yaml")
	if err == nil {
		err = yaml.Unmarshal(file, &w.text)
	}
	if err != nil {
		panic(fmt.Sprintf("words of the order's page in %s: %v", lang, err)) // they are compiled in
	}
	return w
}

// preference has the language of those who want none of them first.
var preference = tags.NewMatcher([]tags.Tag{tags.Finnish, tags.Swedish, tags.English})

// wordsFor picks the first of the wanted languages that the shop speaks, else
// Finnish.
func wordsFor(shop *catalog.Shop, wanted ...string) words {
	tag, _ := tags.MatchStrings(preference, wanted...)
	base, _ := tag.Base()
	if slices.Contains(shop.Languages, base.String()) {
		return spoken()[base.String()]
	}
	return spoken()["fi"]
}

// language is a link to the same page in another language.
type language struct{ Lang, Name string }

func languages(shop *catalog.Shop, but string) []language {
	var others []language
	for _, lang := range shop.Languages {
		if w, speaks := spoken()[lang]; speaks && lang != but {
			others = append(others, language{lang, w.text["language"]})
		}
	}
	return others
}

// T returns a sentence, its {names} filled by pairs of name and value.
func (w words) T(key string, with ...any) (string, error) {
	text, known := w.text[key]
	if !known {
		return "", fmt.Errorf("the order's page has no %q in %s", key, w.Lang)
	}
	for i := 0; i+1 < len(with); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(with[i])+"}", fmt.Sprint(with[i+1]))
	}
	return text, nil
}

// Euros writes an amount: "84,90 €" or "€84.90".
func (w words) Euros(c catalog.Cents) string {
	sign := ""
	if c < 0 {
		sign, c = "−", -c
	}
	amount := fmt.Sprintf("%d%s%02d", c/100, w.text["money.point"], c%100)
	return sign + strings.ReplaceAll(w.text["money"], "{amount}", amount)
}

// Rate writes a rate in tenths of a percent: "25,5 %".
func (w words) Rate(tenths int) string {
	rate := fmt.Sprint(tenths / 10)
	if tenths%10 > 0 {
		rate += fmt.Sprintf("%s%d", w.text["money.point"], tenths%10)
	}
	return strings.ReplaceAll(w.text["rate"], "{rate}", rate)
}

// Day writes a date in Helsinki, Clock a date with the time of day.
func (w words) Day(t time.Time) string   { return t.In(catalog.Helsinki).Format(w.text["time.day"]) }
func (w words) Clock(t time.Time) string { return t.In(catalog.Helsinki).Format(w.text["time.clock"]) }
