package dialogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// pointed resolves "se eka", "toi halvempi" among the products shown; nil when
// it is not exactly one of them.
func (t *turn) pointed(m *said) *catalog.Product {
	if all := t.pointedAt(m); len(all) == 1 {
		return all[0]
	}
	return nil
}

// pointedAt are the products shown that a message points at.
func (t *turn) pointedAt(m *said) []*catalog.Product {
	if s := t.open(); s != nil && s.lists {
		return nil
	}
	shown := t.shownProducts()
	if named := m.First(intents.Product); named != "" && !slices.Contains(t.Shown, named) {
		return nil // "Ensimmäinen palkkapussi" is a book
	}
	if len(shown) == 1 && m.has(cueFirst) {
		return shown
	}
	if len(shown) < 2 {
		return nil
	}
	if m.has(cueCheap) {
		if len(m.words) <= 5 || m.has(cueThis) {
			return []*catalog.Product{cheapest(shown)}
		}
		return nil
	}
	var all []*catalog.Product
	for _, e := range m.Entities {
		if e.Kind == intents.Ref && !e.Negated {
			for _, p := range t.referred(shown, e.Value) {
				if !slices.Contains(all, p) {
					all = append(all, p)
				}
			}
		}
	}
	if len(all) > 0 {
		return all
	}
	if at := m.place(len(shown)); at >= 0 {
		return shown[at : at+1]
	}
	return nil
}

// place is the place that a message points at in a list of n, from 0; -1 when it
// points at none.
func (m *said) place(n int) int {
	switch {
	case m.has(cueFirst) && n > 0:
		return 0
	case m.has(cueSecond) && n > 1:
		return 1
	case m.has(cueThird) && n > 2:
		return 2
	case m.has(cueLast):
		return n - 1
	}
	return -1
}

// places are what words point at by its place in a list, from the first on.
var places = []string{intents.RefFirst, intents.RefSecond, intents.RefThird, intents.RefFourth, intents.RefFifth}

// pointsBeyond tells how many products were shown, when a message of few words points at
// one that was not: the third of two.
func (t *turn) pointsBeyond(m *said) bool {
	at, n := slices.Index(places, m.First(intents.Ref)), len(t.Shown)
	if n < 2 || at < n || len(m.words) > 4 || m.sought().Text != "" || t.open() != nil && !t.kind().passing {
		return false
	}
	t.say(part("only_so_many", "count", n), t.shownButtons(intents.ProductDetails))
	return true
}

// referred are those of several products shown that a word points at.
func (t *turn) referred(shown []*catalog.Product, ref string) []*catalog.Product {
	at := slices.Index(places, ref)
	switch ref {
	case intents.RefFormer:
		at = 0
	case intents.RefLast, intents.RefLatter:
		at = len(shown) - 1
	case intents.RefOther:
		at = 1
		if len(shown) == 2 && shown[1].ID == t.Focus {
			at = 0
		}
	case intents.RefDearer, intents.RefDearest:
		return []*catalog.Product{dearest(shown)}
	case intents.RefBoth:
		if len(shown) == 2 {
			return shown
		}
	case intents.RefAll:
		return shown
	}
	if at < 0 || at >= len(shown) {
		return nil
	}
	return shown[at : at+1]
}

// shownProducts are the products shown last that are still sold, in order.
func (t *turn) shownProducts() []*catalog.Product {
	var shown []*catalog.Product
	for _, id := range t.Shown {
		if p := t.w.Shop.Product(id); p != nil {
			shown = append(shown, p)
		}
	}
	return shown
}

func cheapest(products []*catalog.Product) *catalog.Product {
	return slices.MinFunc(products, func(a, b *catalog.Product) int { return int(lowest(a) - lowest(b)) })
}

func dearest(products []*catalog.Product) *catalog.Product {
	return slices.MaxFunc(products, func(a, b *catalog.Product) int { return int(lowest(a) - lowest(b)) })
}

func lowest(p *catalog.Product) catalog.Cents {
	low, _ := p.PriceRange()
	return low
}

// context reads what only the conversation explains: a bare number or letter
// that is a size of the goods shown, or the next price, "numeroa isompi" of what was taken.
func (t *turn) context(m *said) {
	priced := t.Query != nil && t.Query.Max > 0
	if size := m.First(intents.Size); size != "" && priced && m.Number >= leastSum && !t.comesIn(size) { // "satanen"
		m.Entities = slices.DeleteFunc(slices.Clone(m.Entities), func(e intents.Entity) bool { return e.Kind == intents.Size })
	}
	defer t.asksOfSize(m)
	if open := t.open(); open != nil && !t.kind().passing || m.First(intents.Size) != "" {
		return
	}
	for _, e := range m.Entities {
		if e.Kind == intents.Ref && (e.Value == intents.RefBigger || e.Value == intents.RefSmaller) && !e.Negated {
			t.stepSize(m, e)
			return
		}
	}
	if t.numberedSize(m) || t.roomFor(m) || t.Query == nil || len(m.words) > 4 || t.wordedValue(m) {
		return
	}
	others := slices.DeleteFunc(slices.Clone(m.Entities), func(e intents.Entity) bool { return e.Kind != intents.Color && e.Kind != intents.Ref })
	n, only := m.number(), content(without(m.Text, others))
	number := intents.Entity{Text: only, Value: strconv.Itoa(n), Start: strings.Index(m.Text, only)}
	number.End = number.Start + len(only)
	if n == 0 {
		number.Value = strings.ToUpper(only)
	}
	switch {
	case only == "" || number.Start < 0 || strings.Contains(only, " ") || n == 0 && !t.comesIn(number.Value):
		return
	case only != number.Value && (m.Number == 0 || m.First(intents.Quantity) != ""): // "otan kolme"
		return
	case t.comesIn(number.Value), !priced && m.First(intents.PriceMax) == "" && lacksSize(cmp.Or(t.pointed(m), t.talkedOf()), n):
		number.Kind = intents.Size
	case m.has(cueAdd) && (n <= MaxQty || !slices.ContainsFunc(t.shownProducts(), numbered)):
		number.Kind = intents.Quantity // "otan 13"
	case priced && m.First(intents.PriceMax)+m.First(intents.Quantity) == "":
		number.Kind, number.Value = intents.PriceMax, number.Value+"00"
	default:
		return
	}
	m.Entities = append(slices.DeleteFunc(slices.Clone(m.Entities), func(e intents.Entity) bool { return e.Kind == intents.Answer }), number)
}

// asksOfSize takes a message that tells nothing but a size for a question of the goods shown,
// whatever its other words are like: "yleensä mulla 39", "entä 33/32".
func (t *turn) asksOfSize(m *said) {
	if m.First(intents.Size) == "" {
		return
	}
	sizes := slices.DeleteFunc(slices.Clone(m.Entities), func(e intents.Entity) bool { return e.Kind != intents.Size || e.Negated })
	if len(sizes) != 1 || t.Query == nil || len(t.Shown) == 0 || len(t.Tasks) > 0 && !t.kind().passing || len(m.words) > 4 || m.has(cueChange) || m.has(cueRemove) || m.has(cueExchange) ||
		len(m.Acted) == 0 || slices.Contains(shopping, m.Acted[0]) && m.First(intents.Answer) == "" || content(without(m.Text, sizes)) != "" {
		return
	}
	m.Acted = []string{intents.ProductAvailability}
	m.Entities = slices.DeleteFunc(slices.Clone(m.Entities), func(e intents.Entity) bool { return e.Kind == intents.Answer })
}

// numerals are beginnings of words that name a thing by its number: "vitonen" is no five
// pieces.
var numerals = map[string]string{
	"ykko": "1", "kakko": "2", "kolmo": "3", "nelo": "4", "vito": "5", "viito": "5", "kuto": "6", "seiska": "7", "kasi": "8", "ysi": "9", "kymp": "10",
}

// numberedSize reads "otan vitosen" as the size of that number of the product talked about,
// "5 mm". It reports whether it was one.
func (t *turn) numberedSize(m *said) bool {
	p := t.talkedOf()
	if p == nil || len(m.words) > 4 {
		return false
	}
	last := len(m.words) - 1
	for beginning, number := range numerals {
		if !strings.HasPrefix(m.words[last], beginning) {
			continue
		}
		sizes := p.Values("size")
		at := slices.IndexFunc(sizes, func(size string) bool { return strings.HasPrefix(size, number+" ") })
		if at < 0 {
			continue
		}
		m.Entities = append(slices.DeleteFunc(slices.Clone(m.Entities), func(e intents.Entity) bool {
			return e.Kind == intents.Quantity || e.Kind == intents.Ref
		}), intents.Entity{Kind: intents.Size, Value: sizes[at], Start: m.starts[last], End: len(m.Text)})
		return true
	}
	return false
}

// leastSum is the least number in letters that is sooner another price than a size.
const leastSum = 50

// wordedValue reads a message that is a size of several words or another option's value,
// which something shown comes in: "kahden hengen", "koivu". It reports whether it was one.
func (t *turn) wordedValue(m *said) bool {
	words := folded(content(inDigits(m)))
	for _, p := range t.shownProducts() {
		for _, option := range p.OptionNames() {
			if option == "color" {
				continue // colours are read already, and sizes of one word
			}
			for _, value := range p.Values(option) {
				switch {
				case option == "size" && !strings.Contains(value, " "):
				case slices.Equal(words, folded(value)), slices.Equal(words, folded(t.w.Shop.Translate(option, value, t.Lang))):
					m.Acted, m.Entities = []string{intents.ProductAvailability}, nil
					m.query = &catalog.Query{Lang: m.Lang}
					if option == "size" {
						m.query.Size = value
					}
					return true
				}
			}
		}
	}
	return false
}

func isNumber(word string) bool { return strings.Trim(word, "0123456789") == "" && len(word) <= 4 }

// numbered reports whether a product comes in sizes that are mere numbers.
func numbered(p *catalog.Product) bool { return slices.ContainsFunc(p.Values("size"), isNumber) }

// comesIn reports whether something shown comes in a size.
func (t *turn) comesIn(size string) bool {
	return slices.ContainsFunc(t.shownProducts(), func(p *catalog.Product) bool {
		return slices.ContainsFunc(p.Values("size"), func(v string) bool { return sameSize(v, size) })
	})
}

// lacksSize reports whether a number lies between the sizes of a product: it is one that it
// does not come in.
func lacksSize(p *catalog.Product, n int) bool {
	if p == nil {
		return false
	}
	smaller, bigger := false, false
	for _, v := range p.Values("size") {
		if has, err := strconv.Atoi(v); err == nil {
			smaller, bigger = smaller || has < n, bigger || has > n
		}
	}
	return smaller && bigger
}

// stepSize reads "isompi" as the size after the one in hand of the product
// talked about, in its colour.
func (t *turn) stepSize(m *said, ref intents.Entity) {
	p := t.w.Shop.Product(t.Focus)
	if p == nil {
		return
	}
	has := t.searched(p.ID)
	if _, v := t.w.Shop.Variant(t.lineOf(p.ID)); v != nil {
		has = v.Options
	}
	size := nextSize(p, has["size"], ref.Value)
	if size == "" {
		return
	}
	ref.Kind, ref.Value = intents.Size, size
	m.Entities = append(slices.Clone(m.Entities), ref)
	if has["color"] != "" && m.First(intents.Color) == "" {
		ref.Kind, ref.Value = intents.Color, has["color"]
		m.Entities = append(m.Entities, ref)
	}
}

// nextSize is the size of a product a step bigger or smaller than one, "" when
// there is none.
func nextSize(p *catalog.Product, size, step string) string {
	sizes := slices.Clone(p.Values("size"))
	sortValues(sizes)
	at := slices.IndexFunc(sizes, func(s string) bool { return size != "" && sameSize(s, size) })
	switch {
	case at < 0:
		return ""
	case step == intents.RefBigger && at+1 < len(sizes):
		return sizes[at+1]
	case step == intents.RefSmaller && at > 0:
		return sizes[at-1]
	}
	return ""
}
