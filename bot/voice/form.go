// In a sentence a name may ask for a form after a colon: {shop:gen}. Finnish has
//
//	gen par ess tra ine ela ill ade abl all  the cases
//	in from to  a place in the cases that it takes: "Tampereella", "Oulusta", "Oulunsaloon"
//
// and every language has
//
//	gen             the owner: "Tuulikellon", "Tuulikellos", "Tuulikello's"
//	acc             what something is done to as a whole: "Poistin repun", "Poistin housut"
//	{count:item}    a number of what another name fills, as acc: "kaksi reppua", "repun"
//	{item:on|ovat}  the first words for one, the second for many and for what is plural

package voice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/intents/finnish"
)

// cases are the forms that put a Finnish word into one case.
var cases = map[string]finnish.Case{
	"gen": finnish.Genitive, "par": finnish.Partitive, "ess": finnish.Essive, "tra": finnish.Translative,
	"ine": finnish.Inessive, "ela": finnish.Elative, "ill": finnish.Illative,
	"ade": finnish.Adessive, "abl": finnish.Ablative, "all": finnish.Allative,
}

// places are the forms that tell where, whence and whither.
var places = map[string]finnish.Case{"in": finnish.Inessive, "from": finnish.Elative, "to": finnish.Illative}

// isForm tells whether what follows a name is a form, not the name of what is
// counted.
func isForm(form string) bool {
	_, isCase := cases[form]
	_, isPlace := places[form]
	return isCase || isPlace || form == "acc" || strings.Count(form, "|") == 1
}

// finnishForm returns a form of the template that other languages have not.
func (t template) finnishForm() string {
	for i := 1; i < len(t); i += 2 {
		_, form, _ := strings.Cut(t[i], ":")
		if form != "gen" && form != "acc" && !strings.Contains(form, "|") && isForm(form) {
			return form
		}
	}
	return ""
}

// filled words what stands between braces: a name, or a name and its form.
func (v *Voice) filled(piece string, with dialogue.Args, tone Tone) string {
	name, form, inflected := strings.Cut(piece, ":")
	arg := with.Get(name)
	if !inflected {
		return v.word(arg, tone)
	}
	if one, many, ok := strings.Cut(form, "|"); ok {
		if v.plural(arg, tone.Lang) {
			return many
		}
		return one
	}
	if thing := with.Get(form); thing != nil {
		n, _ := arg.(int)
		return v.count(n, thing, tone)
	}
	return v.inflected(arg, form, tone)
}

// inflected words an argument in a form.
func (v *Voice) inflected(arg any, form string, tone Tone) string {
	f := v.formats[tone.Lang]
	switch arg := arg.(type) {
	case dialogue.Item:
		return v.thing(arg.Product.Name.In(tone.Lang), form, tone.Lang) + v.options(arg, tone)
	case catalog.Text:
		text := arg.In(tone.Lang)
		if v.goods[text] == nil {
			return v.thing(text, form, tone.Lang)
		}
		_, more := titleOf(text)
		return v.thing(text, form, tone.Lang) + brackets(more)
	case string:
		return v.thing(arg, form, tone.Lang)
	}
	c, ok := cases[form]
	if !ok || tone.Lang != "fi" {
		return v.word(arg, tone)
	}
	switch arg := arg.(type) {
	case catalog.Cents:
		return v.euros(arg, c)
	case time.Time:
		return v.weekday(arg, c)
	case dialogue.Moment:
		t := time.Time(arg).In(catalog.Helsinki)
		return v.weekday(t, c) + " " + f.at + " " + f.clock(t.Hour()*60+t.Minute())
	case catalog.Window:
		if arg.Earliest.Equal(arg.Latest) {
			return v.weekday(arg.Earliest, c)
		}
	}
	return v.word(arg, tone)
}

// weekdays are the days of the week in full, Sunday first.
var weekdays = [7]string{"sunnuntai", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai"}

// weekday words a day with its weekday in a case: "perjantaina 27.11."
func (v *Voice) weekday(t time.Time, c finnish.Case) string {
	t = t.In(catalog.Helsinki)
	return v.inflect(weekdays[t.Weekday()], c) + " " + fmt.Sprintf("%d.%d.", t.Day(), t.Month())
}

// euros words an amount in a case: "31,90 eurolla", "50 euron".
func (v *Voice) euros(amount catalog.Cents, c finnish.Case) string {
	text := v.formats["fi"].cents(amount, v.shop.Currency)
	digits, ok := strings.CutSuffix(text, " €")
	if !ok {
		return text
	}
	return strings.TrimSuffix(digits, ",00") + " " + v.inflect("euro", c)
}

// inflect puts a word or a name that is no title into a case.
func (v *Voice) inflect(word string, c finnish.Case) string {
	return v.said.of(word+"\x00"+strconv.Itoa(int(c)), func() string { return v.lexicon.Inflect(word, finnish.Form{Case: c}) })
}

// thing words a title, a name or a place in a form of its language; of a title
// what stands before the comma.
func (v *Voice) thing(text, form, lang string) string {
	p := v.goods[text]
	name := text
	if p != nil {
		name, _ = titleOf(text)
	}
	if lang != "fi" {
		if form == "gen" {
			return owner(name, lang)
		}
		return name
	}
	if c, ok := places[form]; ok {
		return v.lexicon.Place(name, c)
	}
	if p == nil && form != "acc" {
		return v.inflect(name, cases[form])
	}
	return v.said.of(text+"\x00"+form, func() string {
		phrase := v.phrase(text)
		if form == "acc" {
			return phrase.Object()
		}
		return phrase.In(finnish.Form{Case: cases[form]})
	})
}

// phrase is a Finnish title ready to be inflected, up to its comma.
func (v *Voice) phrase(text string) finnish.Phrase {
	p := v.goods[text]
	if p == nil {
		return v.lexicon.Phrase(finnish.Title{Text: text})
	}
	name, _ := titleOf(text)
	noun := v.nouns[p.Category]
	return v.lexicon.Phrase(finnish.Title{Text: name, Brand: p.Brand, Noun: noun.text, Work: noun.work && !tellsNoun(name)})
}

// count words a number of things as what something is done to: of one the
// thing alone.
func (v *Voice) count(n int, arg any, tone Tone) string {
	if n == 1 {
		return v.inflected(arg, "acc", tone)
	}
	item, ok := arg.(dialogue.Item)
	if !ok {
		return strconv.Itoa(n) + " " + v.word(arg, tone)
	}
	text := item.Product.Name.In(tone.Lang)
	name, _ := titleOf(text)
	worded := v.said.of(text+"\x00"+tone.Lang+strconv.Itoa(n), func() string {
		switch tone.Lang {
		case "fi":
			return v.phrase(text).Count(n)
		case "en":
			if many, _ := english(name); many != "" && !v.nouns[item.Product.Category].work {
				return strconv.Itoa(n) + " " + many
			}
		case "sv":
			return strconv.Itoa(n) + " st. " + name
		}
		return strconv.Itoa(n) + " × " + name
	})
	return worded + v.options(item, tone)
}

// plural tells whether a verb after the argument stands in the plural.
func (v *Voice) plural(arg any, lang string) bool {
	var text string
	switch arg := arg.(type) {
	case int:
		return arg != 1
	case dialogue.Item:
		text = arg.Product.Name.In(lang)
	case catalog.Text:
		text = arg.In(lang)
	case dialogue.Words:
		return len(arg) > 1
	}
	p := v.goods[text]
	switch {
	case p == nil || lang != "fi" && lang != "en":
		return false
	case lang == "en":
		_, many := english(text)
		return many && !v.nouns[p.Category].work
	}
	return v.said.of(text+"\x00|", func() string { return strconv.FormatBool(v.phrase(text).Plural()) }) == "true"
}
