package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// Product is one thing the shop sells, in one or more variants. Products are
// immutable once loaded and shared between goroutines.
type Product struct {
	ID          string // unique, lower-case, a–z 0–9 and hyphens; Google feeds: item_group_id or id
	Name        Text
	Description Text
	Brand       string
	Category    string          // id of a [Category]
	Audience    string          // women, men, child, baby, adult, pet or "" for everybody
	Features    []string        // short facts in Finnish, searchable: "vedenpitävä", "toppavuori"
	Material    Text            // "100 % merinovilla"
	Care        Text            // how to wash or clean
	Facts       map[string]Text // further facts a customer may ask, by name: "paino", "teho", "mitat"
	VAT         string          // VAT class: a key of [Shop.VAT], e.g. "general", "books", "food"
	Price       Cents           // of every variant that has no price of its own
	Stories     []Story         // lines beside its card, one for a value at most
	Image       string          // file under images/ of the shop's files, or an http(s) address
	URL         string          // the product's page in the shop; may be empty
	Withdrawal  string          // "" or the reason of law why it cannot be withdrawn: "sealed-hygiene", "perishable", "custom"
	Popularity  int             // 0–100, breaks ties between equally good hits
	Bulk        Bulk            // of one piece of every variant that has none of its own
	Lasts       int             // days for which a piece is used before a new one is needed; 0: not known
	Variants    []Variant       // at least one
}

// Variant is what is put into a cart: a product in one size, colour and so on.
type Variant struct {
	SKU     string            // unique in the shop, at most 40 characters of A–Z a–z 0–9 . _ -
	Options map[string]string // "size", "color", "amount" …: values as the shop writes them, in Finnish
	Price   Cents             // 0: the product's price
	Stock   int               // pieces when the files were read; [StockUnknown] when the source tells only that there is some
	Image   string            // "": the product's
	Color   string            // "#rrggbb" used to paint the drawing; may be empty
	Ref     string            // how the shop's own system names it; "" without one
	Sale    bool              // the source says that its price is reduced now
	Before  Cents             // the lowest price of the 30 days before that; 0: not known, and no reduction is told
	Bulk    Bulk              // of one piece; what is 0 is the product's
}

// Size is in which size a variant comes, or how much of it there is: "42", "75 ml".
func (v *Variant) Size() string { return cmp.Or(v.Options["size"], v.Options["amount"]) }

// StockUnknown is the stock of a variant whose source says "in stock" without
// a number.
const StockUnknown = -1

// Category is a shelf of the shop; categories form a tree by Parent.
type Category struct {
	ID     string
	Parent string
	Name   Text
	Words  map[string][]string // other words by which customers ask for it, by language
}

// PriceOf returns what variant v of p costs, VAT included.
func (p *Product) PriceOf(v *Variant) Cents {
	if v.Price > 0 {
		return v.Price
	}
	return p.Price
}

// PriceRange returns the lowest and the highest price of the variants.
func (p *Product) PriceRange() (low, high Cents) {
	for i := range p.Variants {
		price := p.PriceOf(&p.Variants[i])
		if i == 0 || price < low {
			low = price
		}
		high = max(high, price)
	}
	return low, high
}

// Values returns the different values of an option ("size", "color") in the
// order of the variants.
func (p *Product) Values(option string) []string {
	var values []string
	seen := map[string]bool{}
	for i := range p.Variants {
		if v := p.Variants[i].Options[option]; v != "" && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// OptionNames are the options of p's variants, colour and size first.
func (p *Product) OptionNames() []string {
	var names []string
	for i := range p.Variants {
		options := p.Variants[i].Options
		lacks := func(name string) bool { _, ok := options[name]; return !ok }
		if len(options) == len(names) && !slices.ContainsFunc(names, lacks) { // as most variants are
			continue
		}
		for name := range options {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	first := []string{"size", "color"} // the last of all comes first
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(slices.Index(first, b)-slices.Index(first, a), strings.Compare(a, b))
	})
	return names
}
