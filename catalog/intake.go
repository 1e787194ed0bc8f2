package catalog

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Intake makes goods of what a source outside tells, product by product, and
// gives them ids that fit a shop: the same source the same ids every time. The
// zero Intake is ready.
type Intake struct {
	Rows bool // items are rows of a table, with the numbers that a spreadsheet shows

	goods   Goods
	ids     map[string]bool   // of products
	items   map[string]int    // number of the item by SKU
	shelves map[string]string // ids of categories by path
	taken   map[string]bool   // ids of categories
}

// Item notes that an item of the source is sold under a SKU, or tells which
// item had it before.
func (in *Intake) Item(number int, sku string) error {
	if other := in.items[sku]; other > 0 {
		return fmt.Errorf("the id is already that of %s %d", unit(in.Rows), other)
	}
	if in.items == nil {
		in.items = map[string]int{}
	}
	in.items[sku] = number
	return nil
}

// Skip notes what is left out.
func (in *Intake) Skip(item int, id, reason string) {
	in.goods.Skipped = append(in.goods.Skipped, Skip{Item: item, ID: Clip(id, 50), Reason: reason, Row: in.Rows})
}

// Note tells the shopkeeper something of the source as a whole.
func (in *Intake) Note(what string) { in.goods.Notes = append(in.goods.Notes, what) }

// Changes notes a moment at which a price changes; the zero moment is none.
func (in *Intake) Changes(at time.Time) {
	if !at.IsZero() && (in.goods.Until.IsZero() || at.Before(in.goods.Until)) {
		in.goods.Until = at
	}
}

// Add puts a product on the shelf under an id made of what the source calls it.
func (in *Intake) Add(p Product, called string) {
	p.ID = slug(called)
	for again := called; p.ID == "" || in.ids[p.ID]; again += "\n" {
		p.ID = strings.TrimPrefix(clipID(slug(called))+"-"+mark(again), "-")
	}
	if in.ids == nil {
		in.ids = map[string]bool{}
	}
	in.ids[p.ID] = true
	in.goods.Products = append(in.goods.Products, p)
}

// Category returns the id of the innermost shelf of a path such as Koti, Matot,
// made if need be; "" for no path.
func (in *Intake) Category(names ...string) (id string) {
	if in.shelves == nil {
		in.shelves, in.taken = map[string]string{}, map[string]bool{}
	}
	path := ""
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		parent := id
		path += ">" + name
		if id = in.shelves[path]; id != "" {
			continue
		}
		if id = slug(name); id == "" || in.taken[id] {
			id = strings.TrimPrefix(clipID(id)+"-"+mark(path), "-")
		}
		in.shelves[path], in.taken[id] = id, true
		in.goods.Categories = append(in.goods.Categories, Category{ID: id, Parent: parent, Name: Text{"fi": name}})
	}
	return id
}

// Goods are all that was taken in.
func (in *Intake) Goods() Goods {
	slices.SortStableFunc(in.goods.Skipped, func(a, b Skip) int { return cmp.Compare(a.Item, b.Item) })
	return in.goods
}

// optionNames are the options by the names that shops give them.
var optionNames = map[string]string{
	"koko": "size", "size": "size", "storlek": "size", "kengänkoko": "size", "vaatekoko": "size",
	"väri": "color", "color": "color", "colour": "color", "färg": "color",
	"määrä": "amount", "amount": "amount", "pakkauskoko": "amount", "paino": "amount", "weight": "amount", "mängd": "amount",
	"materiaali": "material", "material": "material", "tuoksu": "scent", "scent": "scent", "doft": "scent",
	"maku": "taste", "taste": "taste", "flavour": "taste", "flavor": "taste", "smak": "taste",
	"sävy": "shade", "shade": "shade", "nyans": "shade", "kieli": "language", "language": "language", "språk": "language",
	"täyte": "filling", "filling": "filling", "fyllning": "filling", "muoto": "format", "format": "format",
}

// Options makes options of what tells variants apart, by the names and in the
// order that the shop's own system gives them. What has a name of its own there
// is the edition.
func Options(names, values []string) map[string]string {
	options := map[string]string{}
	var edition []string
	for i, name := range names {
		value := Plain(values[i])
		option := optionNames[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "pa_")))]
		switch {
		case value == "":
		case option == "" || options[option] != "":
			edition = append(edition, value)
		case option == "color":
			options[option] = strings.ToLower(value)
		default:
			options[option] = value
		}
	}
	if edition != nil {
		options["edition"] = strings.Join(edition, ", ")
	}
	return options
}

// Twin returns the SKU of a variant that customers cannot tell from one with
// these options, or "".
func (p *Product) Twin(options map[string]string) string {
	for _, v := range p.Variants {
		if maps.Equal(v.Options, options) {
			return v.SKU
		}
	}
	return ""
}

const (
	longestID   = 40
	longestMark = 8
)

var unfit = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes an identifier of a–z, 0–9 and hyphens out of a text.
func slug(s string) string {
	id := strings.Trim(unfit.ReplaceAllString(plain(s), "-"), "-")
	if len(id) > longestID {
		return clipID(id) + "-" + mark(s)
	}
	return id
}

// plain is a text in lower case, without dots and accents.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func clipID(id string) string {
	return strings.TrimRight(id[:min(len(id), longestID-longestMark-1)], "-")
}

// mark tells apart what would have the same name.
func mark(s string) string {
	h := fnv.New32a()
	h.Write([]byte(s))
	return fmt.Sprintf("%08x", h.Sum32())
}

var skuUnfit = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// SKUOf returns what a source calls a variant, or what is like it and fits a
// SKU.
func SKUOf(id string) string {
	if skuForm.MatchString(id) {
		return id
	}
	return strings.TrimPrefix(clipID(skuUnfit.ReplaceAllString(id, "-"))+"-"+mark(id), "-")
}
