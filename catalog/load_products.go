package catalog

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	skuForm    = regexp.MustCompile(`^[A-Za-z0-9._-]{1,40}$`)
	optionName = regexp.MustCompile(`^[a-zåäö][a-zåäö_]*$`)
)

// products reads products/*.yaml.
func (l *loader) products() {
	at := shelf{
		hex:        map[string]string{},
		categories: l.shelves(),
		ids:        map[string]string{},
		skus:       map[string]string{},
		options:    l.options(),
	}
	for _, w := range l.shop.Words {
		if w.Option == "color" {
			at.hex[w.Value] = w.Hex
		}
	}
	for _, name := range l.folder(ProductsFolder) {
		f, n := l.open(name)
		for _, e := range f.entries(n) {
			l.shop.Products = append(l.shop.Products, l.product(e, at))
		}
	}
}

// shelf is what a product must fit.
type shelf struct {
	hex        map[string]string // of colours
	categories map[string]bool
	ids        map[string]string // where a product stands already
	skus       map[string]string
	options    map[string]bool // that are known
}

func (l *loader) product(e *entry, at shelf) Product {
	f := e.file
	price, misread := e.price()
	p := Product{
		ID:          e.id("id"),
		Name:        e.needText("name"),
		Description: e.needText("description"),
		Brand:       e.word("brand"),
		Category:    e.needWord("category"),
		Audience:    e.oneOf("audience", "women", "men", "child", "baby", "adult", "pet"),
		Features:    e.words("features"),
		Material:    e.text("material"),
		Care:        e.text("care"),
		VAT:         e.word("vat"),
		Price:       price,
		URL:         e.address("url"),
		Withdrawal:  e.oneOf("withdrawal", "sealed-hygiene", "perishable", "custom"),
		Popularity:  e.number("popularity", 0, 100),
		Bulk:        e.bulk(),
		Lasts:       e.number("lasts", 1, 365),
	}
	once(f, e.line, "product", p.ID, at.ids)
	if p.Category != "" && !at.categories[p.Category] {
		f.wrong(e.line, "unknown category %s; categories.yaml has %s", p.Category, Clip(strings.Join(slices.Sorted(maps.Keys(at.categories)), ", "), 200))
	}
	if p.VAT == "" {
		p.VAT = GeneralVAT
	} else if l.shop.VAT[p.VAT] == nil {
		f.wrong(e.line, "unknown VAT class %s", p.VAT)
	}
	if facts := f.entry(e.take("facts")); facts != nil {
		p.Facts = l.facts(facts)
	}
	p.Image, p.Stories = l.image(e), l.stories(e)
	if n := e.need("variants"); n != nil {
		list := f.entries(n)
		if len(list) == 0 {
			f.wrong(n.Line, "a product has at least one variant")
		}
		seen := map[string]bool{}
		for i, v := range list {
			one, wrong := l.variant(v, at)
			p.Variants = append(p.Variants, one)
			if p.PriceOf(&p.Variants[i]) == 0 && !misread && !wrong {
				f.wrong(v.line, "%s has no price", one.SKU)
			}
			l.compare(f, v.line, p, i, seen)
		}
		strange(list, p, at.options)
	}
	e.close()
	return p
}

// price reads a price; misread is one that is told and cannot be read.
func (e *entry) price() (c Cents, misread bool) {
	before := len(*e.file.mistakes)
	c = e.cents("price")
	return c, len(*e.file.mistakes) > before
}

// variant reads a variant, and reports whether its price could not be read.
func (l *loader) variant(e *entry, at shelf) (v Variant, misread bool) {
	f := e.file
	price, misread := e.price()
	v = Variant{SKU: e.needWord("sku"), Price: price, Stock: StockUnknown, Image: l.image(e), Bulk: e.bulk()}
	if v.SKU != "" && !skuForm.MatchString(v.SKU) {
		f.wrong(e.line, "SKU %q must be at most 40 of A–Z a–z 0–9 . _ -", v.SKU)
	}
	once(f, e.line, "SKU", v.SKU, at.skus)
	if n := e.values["stock"]; n != nil && n.Kind == yaml.ScalarNode && n.Value == "" {
		f.wrong(n.Line, "stock is empty: write how many pieces there are, or leave stock out where they are not counted")
	}
	if n := e.take("stock"); n != nil {
		v.Stock = f.number(n, 0, mostPieces)
	}
	v.Options = make(map[string]string, len(e.keys))
	for _, option := range e.keys {
		n := e.values[option]
		value, ok := f.word(n)
		switch {
		case !optionName.MatchString(option):
			f.wrong(n.Line, "%q is not an option's name, which has small letters and _ alone; a value with a comma needs quotes in a {…} line", option)
		case optionNames[option] != "" && optionNames[option] != option:
			f.wrong(n.Line, "%s is written %s here", option, optionNames[option])
		case !ok:
		case value == "":
			f.wrong(n.Line, "%s has no value", option)
		default:
			v.Options[option] = value
		}
	}
	v.Color = at.hex[v.Options["color"]]
	return v, misread
}

// compare holds a variant against those before it: the same options, with
// different values.
func (l *loader) compare(f *file, line int, p Product, i int, seen map[string]bool) {
	v, first := &p.Variants[i], &p.Variants[0]
	names := sortedKeys(v.Options)
	if want := sortedKeys(first.Options); !slices.Equal(names, want) {
		f.wrong(line, "the options of %s are (%s), but those of %s are (%s)",
			v.SKU, strings.Join(names, " "), first.SKU, strings.Join(want, " "))
		return
	}
	key := ""
	for _, name := range names {
		key += v.Options[name] + "\x00"
	}
	if seen[key] {
		f.wrong(line, "%s has the same options as another variant", v.SKU)
	}
	seen[key] = true
}

// stockNames are other words for stock, which no shop has as an option.
var stockNames = []string{"varasto", "saldo", "kpl", "lager", "quantity", "pieces"}

// strange notes options that are likelier a misspelling of stock or another key:
// those that only this product names, and without which its variants are told
// apart as well.
func strange(variants []*entry, p Product, known map[string]bool) {
	if len(variants) == 0 {
		return
	}
	e := variants[0]
	for _, option := range e.keys {
		if slices.Contains(stockNames, option) || optionName.MatchString(option) && !known[option] && p.apartWithout(option) {
			e.file.wrong(e.values[option].Line, "%s is no known option: the keys of a variant are sku, stock, price, image, weight and length, and what tells variants apart or words.yaml names", option)
		}
	}
}

// options are those that shops have by other names, and those of words.yaml.
func (l *loader) options() map[string]bool {
	known := map[string]bool{"edition": true, "pattern": true}
	for _, option := range optionNames {
		known[option] = true
	}
	for _, w := range l.shop.Words {
		known[w.Option] = true
	}
	return known
}

// apartWithout reports whether the variants differ in other options than this.
func (p *Product) apartWithout(option string) bool {
	seen := map[string]bool{}
	for _, v := range p.Variants {
		rest := maps.Clone(v.Options)
		delete(rest, option)
		seen[fmt.Sprint(rest)] = true
	}
	return len(seen) == len(p.Variants)
}

// image reads the name of a picture, which must be there.
func (l *loader) image(e *entry) string {
	n := e.take("image")
	if n == nil {
		return ""
	}
	name, ok := e.file.word(n)
	if !ok || webAddress.MatchString(name) {
		return name
	}
	if !IsImage(name) {
		e.file.wrong(n.Line, "image %q is not a name in images of %s", name, namesOfImages)
	} else if info, err := fs.Stat(l.fsys, path.Join(imagesFolder, name)); err != nil || info.IsDir() {
		e.file.wrong(n.Line, "there is no images/%s", name)
	}
	return name
}

// The heaviest and longest goods that a shop may have, and how many pieces.
const (
	heaviest   = 1_000_000 // grams
	longest    = 1_000     // cm
	mostPieces = 1_000_000
)

// bulk reads what a piece weighs, in grams, and measures, in cm.
func (e *entry) bulk() Bulk {
	return Bulk{Weight: e.number("weight", 1, heaviest), Length: e.number("length", 1, longest)}
}

// once notes an identifier that is used already.
func once(f *file, line int, what, id string, used map[string]string) {
	if id == "" {
		return
	}
	if first, twice := used[id]; twice {
		f.wrong(line, "%s %s is already at %s", what, id, first)
		return
	}
	used[id] = fmt.Sprintf("%s:%d", f.name, line)
}
