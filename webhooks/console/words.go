package console

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"tiski/catalog"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// words is the console in one language.
type words struct {
	Lang string
	text map[string]string
}

// languages are the console's words by language, read when the first are needed.
var languages = sync.OnceValue(func() map[string]words {
	return map[string]words{"fi": readWords("fi"), "en": readWords("en")}
})

// preference has the language of those who want neither first.
var preference = language.NewMatcher([]language.Tag{language.Finnish, language.English})

func readWords(lang string) words {
	w := words{Lang: lang}
	file, err := wordFiles.ReadFile("words/" + lang + ".yaml")
	if err == nil {
		err = yaml.Unmarshal(file, &w.text)
	}
	if err != nil {
		panic(fmt.Sprintf("words of the console in %s: %v", lang, err))
	}
	return w
}

// wordsFor picks the language that was chosen, else one that the browser
// accepts, else Finnish.
func wordsFor(chosen, accepted string) words {
	tag, _ := language.MatchStrings(preference, chosen, accepted)
	base, _ := tag.Base()
	return languages()[base.String()]
}

// T returns a sentence, its {names} filled by pairs of name and value.
func (w words) T(key string, with ...string) string {
	text, known := w.text[key]
	if !known {
		return key
	}
	for i := 0; i+1 < len(with); i += 2 {
		text = strings.ReplaceAll(text, "{"+with[i]+"}", with[i+1])
	}
	return text
}

// Maybe returns the sentence of group.name, or otherwise when there is none.
func (w words) Maybe(group, name, otherwise string) string {
	if text, known := w.text[group+"."+name]; known {
		return text
	}
	return otherwise
}

// Clock writes a moment: the time of day, with the date when it is not today.
func (w words) Clock(t, now time.Time) string {
	t, now = t.In(catalog.Helsinki), now.In(catalog.Helsinki)
	clock := fmt.Sprintf("%d%s%02d", t.Hour(), w.text["time.colon"], t.Minute())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return clock
	}
	return t.Format(w.text["time.date"]) + " " + clock
}

// Day writes a date.
func (w words) Day(t time.Time) string {
	return t.In(catalog.Helsinki).Format(w.text["time.date"])
}

// Span writes how long something has lasted, in its two largest units.
func (w words) Span(d time.Duration) string {
	minutes := int(d.Minutes())
	days, hours := minutes/60/24, minutes/60%24
	unit := func(n int, name string) string { return w.T("time."+name, "n", fmt.Sprint(n)) }
	switch {
	case minutes < 1:
		return w.T("time.moment")
	case minutes < 60:
		return unit(minutes, "minutes")
	case days == 0 && minutes%60 == 0:
		return unit(hours, "hours")
	case days == 0:
		return unit(hours, "hours") + " " + unit(minutes%60, "minutes")
	case hours == 0:
		return unit(days, "days")
	}
	return unit(days, "days") + " " + unit(hours, "hours")
}

// decimal writes euros without their sign.
func (w words) decimal(c catalog.Cents) string {
	return strings.Replace(c.Decimal(), ".", w.text["number.comma"], 1)
}

// percent writes a share of all, which is not 0.
func (w words) percent(part, all int64) string {
	return w.T("number.percent", "n", fmt.Sprint((100*part+all/2)/all))
}

// Money writes an amount in euros.
func (w words) Money(c catalog.Cents) string {
	if w.Lang == "fi" {
		return strings.Replace(c.Decimal(), ".", ",", 1) + "\u00a0€"
	}
	return "€" + c.Decimal()
}
