package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/intents"
)

func allOf(o *Known) []int {
	var all []int
	for i := range o.Lines {
		all = append(all, i)
	}
	return all
}

// pick chooses lines of the order. Of a single line that has several pieces it
// takes as many as were told; how many is open else, but all for a withdrawal.
func (t *turn) pick(o *Known, lines ...int) {
	k := t.top()
	k.Lines = nil
	for _, i := range lines {
		l := Line{SKU: o.Lines[i].SKU, Qty: o.Lines[i].Qty}
		if len(lines) == 1 && l.Qty > 1 {
			n, err := strconv.Atoi(k.Values["pieces"])
			switch {
			case err == nil && n >= 1 && n <= l.Qty:
				l.Qty = n
			case k.Kind != Withdraw:
				l.Qty = 0
			}
		}
		k.Lines = append(k.Lines, l)
	}
	if len(lines) == 1 {
		t.Focus = o.Lines[lines[0]].Product
	}
	k.note("pieces", "")
	k.note("seal", "")
}

// preselect chooses the lines that are clear already: the only one, those that
// the first message named, for a withdrawal all.
func (t *turn) preselect() {
	k := t.top()
	o := t.known(k.Order)
	if len(k.Lines) > 0 || k.Kind == Change {
		return
	}
	goods := slices.DeleteFunc(allOf(o), func(i int) bool { return t.w.Shop.IsWrapping(o.Lines[i].SKU) })
	opening, kept := t.kept(o, folded(k.Values["opening"]))
	named := t.linesLike(o, opening, k.Values["about"], k.Values["category"], k.Values["color"], "")
	named = slices.DeleteFunc(named, func(i int) bool { return slices.Contains(kept, i) })
	if k.Kind == Withdraw && len(named) == 0 {
		k.note("pieces", "") // a number of something else
	}
	switch {
	case len(goods) == 1 && (k.Kind != Withdraw || len(o.Lines) == 1):
		t.pick(o, goods...)
	case len(named) == 1 || len(named) > 1 && k.Values["category"] != "" && k.Kind != Exchange && k.Values["pieces"] == "":
		t.pick(o, named...)
	case k.Kind == Withdraw:
		t.pick(o, slices.DeleteFunc(allOf(o), func(i int) bool { return slices.Contains(kept, i) })...)
	}
	t.presetSwap()
}

// kept are the lines of which words say that they are kept, "peru sukat, jätä paita", and
// the words before that.
func (t *turn) kept(o *Known, words []string) ([]string, []int) {
	at := slices.IndexFunc(words, func(w string) bool { return anyCue([]string{w}, cueKeeps) })
	if at < 1 {
		return words, nil
	}
	lines := t.linesLike(o, words[at+1:], "", "", "", "")
	if len(lines) == 0 || len(lines) == len(o.Lines) {
		return words, nil
	}
	return words[:at], lines
}

// linesLike are the lines that words name: by product, category, colour and
// size, or by the beginnings of the words of their titles.
func (t *turn) linesLike(o *Known, words []string, product, category, color, size string) []int {
	var exact, alike []int
	for i, l := range o.Lines {
		p, v := t.w.Shop.Variant(l.SKU)
		title := " " + strings.Join(folded(l.Title), " ")
		if v != nil {
			title = " " + strings.Join(folded(p.Name.In(t.Lang)+" "+t.w.Shop.Translate("color", v.Options["color"], t.Lang)), " ")
		}
		begins := func(n int, of string) bool {
			return slices.ContainsFunc(words, func(w string) bool {
				return len(w) > n && !filler.has(w) && !anyCue([]string{w}, cueReturning, cueWithdraw, cueAsking, cueTerms) && strings.Contains(title, of+w[:n])
			})
		}
		switch {
		case product != "" && product == l.Product, begins(4, ""),
			v != nil && color != "" && sameColor(v.Options["color"], color), v != nil && size != "" && strings.EqualFold(v.Options["size"], size):
			exact = append(exact, i)
		case v != nil && category != "" && p.Category == category, begins(3, " "):
			alike = append(alike, i)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return alike
}

// linesListed are the lines that a message names; of a short list, those of each of its
// parts: "t-paidat ja voide".
func (t *turn) linesListed(o *Known, m *said) (lines []int) {
	parts := m.listed()
	if slices.ContainsFunc(parts, func(part *said) bool { return len(part.words) > fewDetails }) {
		parts = []*said{m}
	}
	for _, part := range parts {
		q := part.sought()
		for _, i := range t.linesLike(o, part.words, q.Product, part.First(intents.Category), q.Color, q.Size) {
			if !slices.Contains(lines, i) {
				lines = append(lines, i)
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func (t *turn) linesChosen() string {
	if len(t.top().Lines) == 0 {
		return ""
	}
	return "chosen"
}

func (t *turn) askLines() ([]Part, []Button) {
	k := t.top()
	o := t.known(k.Order)
	var buttons []Button
	for i, l := range o.Lines {
		if t.w.Shop.IsWrapping(l.SKU) {
			continue
		}
		label := button("button.item", t.choice("lines", strconv.Itoa(i)), "item", t.item(l))
		if text, gone := t.item(l).(string); gone {
			label = button("button.text", label.Tap, "text", text)
		}
		if buttons = append(buttons, label); len(buttons) == 8 {
			break
		}
	}
	if len(o.Lines) > 1 && k.Kind != Exchange {
		buttons = append(buttons, button("button.all_lines", t.choice("lines", "all")))
	}
	return []Part{part("ask.lines."+k.Kind, "number", o.Number)}, buttons
}

// takeLines takes "se eka", "molemmat", "sukat", "se musta".
func (t *turn) takeLines(m *said) answer {
	k := t.top()
	o := t.known(k.Order)
	if o == nil {
		return notMine
	}
	var lines []int
	switch {
	case m.has(cueNo):
		t.cancel()
		return finished
	case m.has(cueEmpty), m.has(cueAll):
		lines = allOf(o)
	case m.has(cueLast):
		lines = []int{len(o.Lines) - 1}
	default:
		lines = t.linesListed(o, m)
		if n, err := strconv.Atoi(strings.TrimSpace(m.Text)); err == nil && len(lines) == 0 && n >= 1 && n <= len(o.Lines) && k.Asked == "lines" {
			lines = []int{n - 1}
			break
		}
		for i, c := range []cue{cueFirst, cueSecond, cueThird} {
			if len(lines) == 0 && m.has(c) && i < len(o.Lines) {
				lines = []int{i}
			}
		}
	}
	if len(lines) == 0 || k.Kind == Exchange && len(lines) > 1 {
		return notMine
	}
	if n := m.First(intents.Quantity); n != "" && len(lines) == 1 {
		k.note("pieces", n)
	}
	t.pick(o, lines...)
	return taken
}

// plural reports whether one line of several pieces was chosen.
func (t *turn) plural() bool { return t.piecesOf() > 1 }

// piecesOf is how many pieces the only line chosen has; 0 when it is not alone.
func (t *turn) piecesOf() int {
	k := t.top()
	o := t.known(k.Order)
	if o == nil || len(k.Lines) != 1 {
		return 0
	}
	for _, l := range o.Lines {
		if l.SKU == k.Lines[0].SKU {
			return l.Qty
		}
	}
	return 0
}

func (t *turn) counted() string {
	if n := t.top().Lines[0].Qty; n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

func (t *turn) count(n int) bool {
	if n < 1 || n > t.piecesOf() {
		return false
	}
	k := t.top()
	k.Lines = slices.Clone(k.Lines)
	k.Lines[0].Qty = n
	return true
}

func (t *turn) askCount() ([]Part, []Button) {
	var buttons []Button
	for n := 1; n <= min(5, t.piecesOf()); n++ {
		buttons = append(buttons, button("button.text", t.choice("count", strconv.Itoa(n)), "text", strconv.Itoa(n)))
	}
	return []Part{part("ask.count."+t.top().Kind, "count", t.piecesOf())}, buttons
}

func (t *turn) takeCount(m *said) answer {
	if !t.plural() {
		return notMine
	}
	n := 0
	switch {
	case m.has(cueEmpty), m.has(cueAll):
		n = t.piecesOf()
	case m.First(intents.Quantity) != "":
		n = quantity(m)
	case len(m.words) <= 2:
		n = m.number()
	}
	switch {
	case n == 0:
		return notMine
	case !t.count(n):
		return refused(part("bad.count.more", "count", t.piecesOf()))
	}
	return taken
}
