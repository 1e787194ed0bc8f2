package dialogue

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// Goods are a product wanted, with as much of its options as was told. Sought are
// the words for it when the product is still to be chosen.
type Goods struct {
	Product string            `json:"product,omitempty"`
	Sought  string            `json:"sought,omitempty"`
	Options map[string]string `json:"options,omitempty"`
	Qty     int               `json:"qty"`
}

// maxGoods is how many different goods are taken in one message.
const maxGoods = 6

// chooseAll puts goods into the cart, asking for what is open of each in turn.
func (t *turn) chooseAll(goods []Goods) {
	for i, g := range goods {
		if q := (catalog.Query{Text: g.Sought, Lang: t.Lang}); g.Sought != "" && t.names(q) {
			t.show(q, "found")
			continue
		}
		p := t.w.Shop.Product(g.Product)
		if p == nil {
			continue
		}
		t.choose(p, g.Options, g.Qty)
		if k := t.top(); k != nil && k.Kind == Add {
			k.Next = slices.Clone(goods[i+1:])
			return
		}
	}
}

// several are the goods of a message that wants more than one thing: lines that
// differ, or several of those shown. nil when it wants one.
func (t *turn) several(m *said) []Goods {
	if all := t.pointedAt(m); len(all) > 1 {
		var goods []Goods
		for _, p := range all {
			options := t.suited(p, m)
			if t.Query != nil {
				for _, of := range unsold(p, *t.Query) { // it was said of another one
					if m.First(of.Option) == "" {
						delete(options, of.Option)
					}
				}
			}
			goods = append(goods, Goods{Product: p.ID, Options: options, Qty: quantity(m)})
		}
		return goods
	}
	if goods := t.eachNamed(m); goods != nil {
		return goods
	}
	if parts := m.listed(); m.has(cueThis) && (m.has(cueAlso) || len(parts) == 2 && t.shownOf(parts[0]) != nil) {
		if goods := t.pointedAndNamed(m); goods != nil {
			return goods
		}
	}
	p, lines := t.target(m), linesOf(m)
	if goods := t.inSizes(p, m); goods != nil {
		return goods
	}
	if len(lines) < 2 || len(lines) > maxGoods {
		return t.pointedAndNamed(m)
	}
	return t.inLines(cmp.Or(p, t.shownInAll(lines)), lines, m)
}

// linesOf are the lines of a message without a first one that only adds the others up:
// "3 paria villasukkia, kaks harmaata ja yhet punaset".
func linesOf(m *said) []intents.Line {
	lines := m.Lines()
	if len(lines) < 3 || lines[0].Color != "" || lines[0].Size != "" {
		return lines
	}
	sum := 0
	for _, l := range lines[1:] {
		sum += l.Qty
	}
	if sum != lines[0].Qty {
		return lines
	}
	return lines[1:]
}

// inLines are the goods of lines that tell colours and sizes, of a product where they
// name none. nil when a line tells nothing.
func (t *turn) inLines(p *catalog.Product, lines []intents.Line, m *said) []Goods {
	var goods []Goods
	for _, l := range lines {
		of := t.w.Shop.Product(l.Product)
		if of == nil {
			of = p
		}
		if of == nil || l.Product == "" && l.Color == "" && l.Size == "" {
			return nil
		}
		if l.Size == "" && sizesNamed(m) == 1 {
			l.Size = m.First(intents.Size)
		}
		l.Size = cmp.Or(l.Size, t.searched(of.ID)["size"])
		goods = append(goods, Goods{Product: of.ID, Options: t.valued(of, catalog.Query{Size: l.Size, Color: l.Color}), Qty: max(1, l.Qty)})
	}
	return goods
}

// shownInAll is the only one of the products shown that comes in what every line asks:
// "harmaat ja punaset".
func (t *turn) shownInAll(lines []intents.Line) (only *catalog.Product) {
	for _, p := range t.shownProducts() {
		switch {
		case !comesInAll(p, lines):
		case only != nil:
			return nil
		default:
			only = p
		}
	}
	return only
}

// comesInAll reports whether a product comes in the size and colour of each line.
func comesInAll(p *catalog.Product, lines []intents.Line) bool {
	return !slices.ContainsFunc(lines, func(l intents.Line) bool {
		return l.Size+l.Color == "" || l.Product != "" && l.Product != p.ID || len(unsold(p, catalog.Query{Size: l.Size, Color: l.Color})) > 0
	})
}

// eachNamed are the goods of a message that lists several, each by its own name: "kaks
// punasta huurre-pipoo ja yhet harmaat villavuona-villasukat". nil when a part of it
// names none, several, or the same as another.
func (t *turn) eachNamed(m *said) []Goods {
	parts := slices.DeleteFunc(m.listed(), func(part *said) bool { return part.sought() == catalog.Query{Lang: m.Lang} }) // "moi"
	if len(parts) < 2 || len(parts) > maxGoods {
		return nil
	}
	var goods []Goods
	for _, part := range parts {
		q := part.sought()
		if !t.single(q) {
			return nil
		}
		p := t.look(q).Hits[0].Product
		if slices.ContainsFunc(goods, func(g Goods) bool { return g.Product == p.ID }) {
			return nil
		}
		goods = append(goods, Goods{Product: p.ID, Options: t.namedOptions(p, part), Qty: quantity(part)})
	}
	return goods
}

// inSizes are a product in each of the sizes that a message lists: "koot 98, 110 ja
// 122". nil when it lists none, or a size that the product does not come in.
func (t *turn) inSizes(p *catalog.Product, m *said) []Goods {
	if p == nil || m.asks || m.has(cueOr) {
		return nil
	}
	options := t.suited(p, m)
	var goods []Goods
	for _, e := range m.Entities {
		if e.Kind != intents.Size || e.Negated || slices.ContainsFunc(goods, func(g Goods) bool { return g.Options["size"] == e.Value }) {
			continue
		}
		if !slices.Contains(p.Values("size"), e.Value) || len(goods) == maxGoods {
			return nil
		}
		of := maps.Clone(options)
		of["size"] = e.Value
		goods = append(goods, Goods{Product: p.ID, Options: of, Qty: 1})
	}
	if len(goods) < 2 || len(m.Lines()) > 1 {
		return nil
	}
	return goods
}

// pointedAndNamed are what is pointed at or talked about, and beside it something
// else by name: "otan sen ja laita samalla otsalamppu". nil when it is not so.
func (t *turn) pointedAndNamed(m *said) []Goods {
	parts := m.listed()
	if len(parts) != 2 {
		return nil
	}
	p, other := t.shownOf(parts[0]), t.gist(parts[1].sought(), true)
	if p == nil && parts[0].sought().Text == "" {
		p = t.target(parts[0])
	}
	if p != nil && parts[1].plural() && !t.finds(other, near) {
		t.lead(part("chosen.unknown"))
	}
	if p == nil || !t.names(other) {
		return nil
	}
	options := t.suited(p, parts[0])
	goods := []Goods{{Product: p.ID, Options: options, Qty: piecesBesides(parts[0], options)}}
	if found := t.look(other); len(found.Hits) == 1 {
		p := found.Hits[0].Product
		return append(goods, Goods{Product: p.ID, Options: t.namedOptions(p, parts[1]), Qty: quantity(parts[1])})
	}
	return append(goods, Goods{Sought: other.Text})
}

// shownOf is the only one of the products shown that comes in the values which a part of
// a message consists of, else in that very colour and not a shade: "otan sen 2 hengen
// vihreenä"; nil when there is none.
func (t *turn) shownOf(part *said) *catalog.Product {
	var all, exact []*catalog.Product
	for _, p := range t.shownProducts() {
		named := t.namedOptions(p, part)
		beyond := slices.ContainsFunc(strings.Fields(part.sought().Text), func(w string) bool { return !isValue(p, w) })
		if beyond || len(named) == 0 || slices.ContainsFunc(slices.Collect(maps.Keys(named)), func(option string) bool { return len(t.left(p, named, option)) == 0 }) {
			continue
		}
		all = append(all, p)
		if named["color"] == part.First(intents.Color) {
			exact = append(exact, p)
		}
	}
	if len(all) > 1 {
		all = exact
	}
	if len(all) != 1 {
		return nil
	}
	return all[0]
}

// alongside keeps other goods that a message wants besides those being chosen, to be
// chosen next: "laita myös ne hanskat". It reports whether it wants any.
func (t *turn) alongside(m *said) bool {
	k, p, q := t.top(), t.target(m), m.sought()
	var next Goods
	switch {
	case !m.has(cueAlso) && !slices.Contains(ands, m.words[0]) || m.asks && !m.Has(intents.OrderPlace) || m.has(cueNegation) || len(k.Next) == maxGoods:
		return false
	case p != nil && p.ID != k.Product:
		next = Goods{Product: p.ID, Options: t.suited(p, m), Qty: quantity(m)}
	case (p == nil || t.namesAnother(q, m)) && t.names(q):
		next = Goods{Sought: q.Text}
	default:
		return false
	}
	k.Next = append(k.Next, next)
	t.lead(part("chosen.next"))
	return true
}

// sizesNamed counts the sizes that a message names.
func sizesNamed(m *said) int {
	n := 0
	for _, e := range m.Entities {
		if e.Kind == intents.Size && !e.Negated {
			n++
		}
	}
	return n
}

// suited are the options of a product that the last search and a message name; of
// two sizes or colours neither is taken unasked: "98 tai 110".
func (t *turn) suited(p *catalog.Product, m *said) map[string]string {
	options := t.searched(p.ID)
	maps.Copy(options, t.namedOptions(p, m))
	if m.has(cueOr) && sizesNamed(m) > 1 {
		delete(options, "size")
	}
	if m.has(cueOr) && eitherColor(m.Reading) {
		delete(options, "color")
	}
	return options
}

// valued are the options a query asks for in the words of a product.
func (t *turn) valued(p *catalog.Product, q catalog.Query) map[string]string {
	options := requested(q)
	maps.DeleteFunc(options, func(name, _ string) bool { return !slices.Contains(p.OptionNames(), name) })
	for _, name := range p.OptionNames() {
		for _, v := range p.Values(name) {
			if options[name] != "" && (name == "color" && sameColor(v, options[name]) || name == "size" && sameSize(v, options[name])) {
				options[name] = v
				break
			}
		}
	}
	return options
}

// takesAll gives an option told for everything to the goods chosen later, too.
func (t *turn) takesAll(m *said) {
	if !slices.ContainsFunc(m.Entities, func(e intents.Entity) bool {
		return e.Kind == intents.Ref && (e.Value == intents.RefAll || e.Value == intents.RefBoth)
	}) {
		return
	}
	k := t.top()
	for i, g := range k.Next {
		if p := t.w.Shop.Product(g.Product); p != nil {
			options := maps.Clone(g.Options)
			if options == nil {
				options = map[string]string{}
			}
			maps.Copy(options, t.namedOptions(p, m))
			k.Next[i].Options = options
		}
	}
}
