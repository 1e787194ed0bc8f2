package dialogue

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"tiski/catalog"
)

// code is the discount whose code a message gives, or nil. A code that could be
// an ordinary word counts when the message is nothing else, speaks of codes, or
// has it as the shop writes it.
func (t *turn) code(m *said) *catalog.Discount {
	if d := t.w.Shop.Discount(m.Text); d != nil {
		return d
	}
	for word := range codeWords(m.Text) {
		d := t.w.Shop.Discount(word)
		if d != nil && (word == d.Code || m.has(cueDiscount) || strings.ContainsFunc(word, unicode.IsDigit)) {
			return d
		}
	}
	return nil
}

// codeWords are the words of a text, of which any may be a code.
func codeWords(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(text, func(r rune) bool {
		switch r {
		case ' ', ',', '.', ';', ':', '!', '?', '"', '\'', '”', '(', ')':
			return true
		}
		return unicode.IsSpace(r)
	})
}

// unknownCode is what looks like a code in a message, "" when nothing does: a
// word in capitals, or of letters and digits. The shop has no such code.
func unknownCode(m *said) string {
	for _, word := range strings.Fields(m.Text) {
		word = strings.Trim(word, ".,:;!?\"'”()")
		letters := strings.ContainsFunc(word, unicode.IsLetter)
		mixed := letters && strings.ContainsFunc(word, unicode.IsDigit)
		capitals := letters && len(word) >= 4 && word == strings.ToUpper(word) && m.Text != strings.ToUpper(m.Text)
		if len(word) <= maxCode && (mixed || capitals) {
			return word
		}
	}
	return ""
}

// speaksOfCode reports whether a message speaks of a code: "alekoodi".
func (m *said) speaksOfCode() bool {
	return slices.ContainsFunc(m.words, func(w string) bool {
		return strings.Contains(w, "kood") || strings.Contains(w, "code") || strings.Contains(w, "kod")
	})
}

// helpsWithCode tells once more what the code kept asks for, or asks who has one to write it.
// It reports false when the message asks whether there are codes.
func (t *turn) helpsWithCode(m *said) bool {
	if d := t.w.Shop.Discount(t.Code); d != nil {
		t.say(t.tryCode(d), t.afterTalk())
		return true
	}
	if !m.has(cueMine) && !m.has(cueAnew) && !m.has(cueUse) && !m.has(cueAdd) {
		return false
	}
	t.Topic = codeTopic
	t.say(part("code.which"), t.afterTalk())
	return true
}

// maxCode is the longest word that is taken for a code, in bytes.
const maxCode = 24

// takeCode keeps the code that a message gives, if any, and tells what it does
// for the cart as it is.
func (t *turn) takeCode(m *said) bool {
	if t.invited(m) {
		return true
	}
	d := t.code(m)
	if d == nil {
		return false
	}
	told := t.tryCode(d)
	if !t.Has(Buy) {
		t.say(told, t.nextButtons())
		return true
	}
	t.changed()
	t.lead(told)
	t.checkout()
	return true
}

// tryCode keeps a code that may still help, unless there is a better one, and
// tells what it does for the cart.
func (t *turn) tryCode(d *catalog.Discount) Part {
	why := ""
	quote, err := t.quote(t.orderLines(), d.Code)
	switch {
	case err == nil && len(quote.Unfit) > 0:
		why = quote.Unfit[0].Why
	case !inForce(d, t.w.Now):
		why = catalog.WhyOver
	case err != nil && d.Minimum > 0: // nothing in the cart yet
		why = catalog.WhyMinimum
	}
	if why == "" || t.Code == "" && why != catalog.WhyEarly && why != catalog.WhyOver {
		t.Code = d.Code
	}
	switch why {
	case "":
		return part("code.taken", "code", d.Code, "name", d.Name)
	case catalog.WhyMinimum:
		return part("code.minimum", "code", d.Code, "name", d.Name, "price", d.Minimum)
	case catalog.WhyGoods:
		return part("code.goods", "code", d.Code)
	case catalog.WhyNothing:
		return part("code.nothing", "code", d.Code)
	}
	return part("code.not_now", "code", d.Code)
}

// codes are for a quote.
func (t *turn) codes() []string {
	if t.Code == "" {
		return nil
	}
	return []string{t.Code}
}
