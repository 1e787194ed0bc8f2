package voice

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

// format is how a language writes amounts, dates and lists.
type format struct {
	money    *currency.Formatter
	prices   sync.Map  // catalog.Cents -> string: amounts below keptPrice, as once written; a voice has one currency
	weekdays [7]string // Sunday first
	months   [12]string
	and      string
	comma    string // decimal sign
	closed   string
	at       string // between a day and a time of day
	oclock   string // before a time of day alone
}

func newFormat(lang string) *format {
	f := &format{money: currency.NewFormatter(currency.NewLocale(locales[lang])), comma: ","}
	switch lang {
	case "sv":
		f.weekdays = [7]string{"sön", "mån", "tis", "ons", "tors", "fre", "lör"}
		f.and, f.closed, f.at, f.oclock = "och", "stängt", "kl.", "kl. "
	case "en":
		f.weekdays = [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
		f.months = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
		f.and, f.closed, f.at, f.comma = "and", "closed", "at", "."
	default:
		f.weekdays = [7]string{"su", "ma", "ti", "ke", "to", "pe", "la"}
		f.and, f.closed, f.at, f.oclock = "ja", "suljettu", "klo", "klo "
	}
	return f
}

var locales = map[string]string{"fi": "fi", "sv": "sv-FI", "en": "en-IE"}

// cents writes an amount with ordinary spaces: "1 234,50 €".
func (f *format) cents(c catalog.Cents, code string) string {
	if c < 0 || c >= keptPrice {
		return f.write(c, code)
	}
	if s, ok := f.prices.Load(c); ok {
		return s.(string)
	}
	s := f.write(c, code)
	f.prices.Store(c, s)
	return s
}

const keptPrice catalog.Cents = 1000_00

func (f *format) write(c catalog.Cents, code string) string {
	amount, err := currency.NewAmountFromInt64(int64(c), code)
	if err != nil {
		return fmt.Sprintf("%d,%02d %s", c/100, c%100, code)
	}
	return plainSpaces.Replace(f.money.Format(amount))
}

// plainSpaces turns spaces that hold lines together into ordinary ones.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// date writes the day of t in Helsinki: "ti 24.11.".
func (f *format) date(t time.Time) string {
	t = t.In(catalog.Helsinki)
	day := f.weekdays[t.Weekday()]
	if f.months[0] != "" {
		return fmt.Sprintf("%s %d %s", day, t.Day(), f.months[t.Month()-1])
	}
	if f.closed == "stängt" {
		return fmt.Sprintf("%s %d.%d", day, t.Day(), t.Month())
	}
	return fmt.Sprintf("%s %d.%d.", day, t.Day(), t.Month())
}

func (f *format) window(w catalog.Window) string {
	if w.Earliest.Equal(w.Latest) {
		return f.date(w.Earliest)
	}
	return f.date(w.Earliest) + " – " + f.date(w.Latest)
}

func (f *format) clock(minutes int) string {
	return fmt.Sprintf("%d.%02d", minutes/60, minutes%60)
}

func (f *format) list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + f.and + " " + words[len(words)-1]
}

// tenths writes a number of tenths: "25,5", "14".
func (f *format) tenths(n int) string {
	if n%10 == 0 {
		return strconv.Itoa(n / 10)
	}
	return fmt.Sprintf("%d%s%d", n/10, f.comma, n%10)
}

// opening writes a week: "ma–pe 9.00–17.00, la–su suljettu".
func (f *format) opening(week dialogue.Opening) string {
	var spans []string
	for from := 0; from < 7; {
		to := from
		for to < 6 && week[to+1] == week[from] {
			to++
		}
		days := f.weekdays[(from+1)%7]
		if to > from {
			days += "–" + f.weekdays[(to+1)%7]
		}
		hours := f.closed
		if s := week[from]; s != (catalog.Span{}) {
			hours = f.clock(s.Open) + "–" + f.clock(s.Close)
		}
		spans = append(spans, days+" "+hours)
		from = to + 1
	}
	return strings.Join(spans, ", ")
}

// word writes one argument of a reply.
func (v *Voice) word(arg any, tone Tone) string {
	f := v.formats[tone.Lang]
	switch arg := arg.(type) {
	case string:
		return arg
	case int:
		return strconv.Itoa(arg)
	case catalog.Cents:
		return f.cents(arg, v.shop.Currency)
	case dialogue.Fee:
		if arg == 0 {
			return v.sentence("free", nil, tone)
		}
		return f.cents(catalog.Cents(arg), v.shop.Currency)
	case catalog.Text:
		if text := arg.In(tone.Lang); v.goods[text] != nil {
			name, more := titleOf(text)
			return name + brackets(more)
		}
		return arg.In(tone.Lang)
	case catalog.Window:
		return f.window(arg)
	case time.Time:
		return f.date(arg)
	case dialogue.Moment:
		t := time.Time(arg).In(catalog.Helsinki)
		return f.date(t) + " " + f.at + " " + f.clock(t.Hour()*60+t.Minute())
	case dialogue.Clock:
		t := time.Time(arg).In(catalog.Helsinki)
		return f.oclock + f.clock(t.Hour()*60+t.Minute())
	case dialogue.Rate:
		return f.tenths(int(arg)) + " %"
	case dialogue.Tenths:
		return f.tenths(int(arg))
	case dialogue.Kilos:
		return f.tenths((int(arg)+99)/100) + " kg"
	case dialogue.Words:
		return f.list(arg)
	case dialogue.Texts:
		var words []string
		for _, text := range arg {
			words = append(words, small(text.In(tone.Lang)))
		}
		return f.list(words)
	case dialogue.Keys:
		var words []string
		for _, key := range arg {
			words = append(words, v.sentence(key, nil, tone))
		}
		return f.list(words)
	case dialogue.Opening:
		return f.opening(arg)
	case dialogue.OptionName:
		if key := "option." + string(arg); len(v.replies[tone.Lang][key]) > 0 {
			return v.sentence(key, nil, tone)
		}
		return capital(strings.ReplaceAll(v.shop.Translate("option", string(arg), tone.Lang), "_", " "))
	case dialogue.OptionValue:
		return v.shop.Translate(arg.Option, arg.Value, tone.Lang)
	case dialogue.OptionValues:
		var words []string
		for _, o := range arg {
			words = append(words, v.word(o, tone))
		}
		if strings.Contains(strings.Join(words, ""), ", ") {
			return strings.Join(words, "; ")
		}
		return strings.Join(words, ", ")
	case dialogue.Item:
		return v.item(arg, tone)
	}
	return ""
}

// item names a variant: "Kaamos-talvikengät (tummansininen, 30)".
func (v *Voice) item(i dialogue.Item, tone Tone) string {
	name, _ := titleOf(i.Product.Name.In(tone.Lang))
	return name + v.options(i, tone)
}

// titleOf splits a title at its comma: in a sentence "Puuvillasukat, 5 paria"
// are "Puuvillasukat (5 paria)".
func titleOf(text string) (name, more string) {
	name, more, _ = strings.Cut(text, ", ")
	return name, more
}

// brackets puts what is told besides a title in brackets after it.
func brackets(more string) string {
	if more == "" {
		return ""
	}
	return " (" + more + ")"
}

// options names what a variant is of its product's: " (tummansininen, 30)".
func (v *Voice) options(i dialogue.Item, tone Tone) string {
	var options []string
	if _, more := titleOf(i.Product.Name.In(tone.Lang)); more != "" {
		options = append(options, more)
	}
	for _, option := range i.Product.OptionNames() {
		if value := i.Variant.Options[option]; value != "" {
			options = append(options, v.shop.Translate(option, value, tone.Lang))
		}
	}
	return brackets(strings.Join(options, ", "))
}

// small writes a text with a small initial, as in the middle of a sentence.
func small(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[size:]
}

// capital writes a text with a capital initial, as at the beginning of a line.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
