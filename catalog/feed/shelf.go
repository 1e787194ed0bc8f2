package feed

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
	"tiski/catalog"
)

// shelf collects the offers of a feed, by group.
type shelf struct {
	at      time.Time
	skipped []Skip
	groups  [][]offer
	byGroup map[string]int
	items   map[string]int // number of the item by SKU
}

func newShelf(at time.Time) *shelf {
	return &shelf{at: at, byGroup: map[string]int{}, items: map[string]int{}}
}

func (s *shelf) put(i item) {
	o, err := understand(i, s.at)
	if err == nil && s.items[o.sku] > 0 {
		err = fmt.Errorf("the id is already that of item %d", s.items[o.sku])
	}
	if err != nil {
		s.skip(o, err.Error())
		return
	}
	s.items[o.sku] = i.number
	g, known := s.byGroup[o.group]
	if !known {
		g = len(s.groups)
		s.byGroup[o.group] = g
		s.groups = append(s.groups, nil)
	}
	s.groups[g] = append(s.groups[g], o)
}

func (s *shelf) skip(o offer, reason string) {
	s.skipped = append(s.skipped, Skip{o.number, clip(o.id, 50), reason})
}

// feed makes products of the groups.
func (s *shelf) feed() Feed {
	var f Feed
	paths := categories{ids: map[string]string{}, taken: map[string]bool{}}
	ids := map[string]bool{}
	for _, group := range s.groups {
		p := s.product(group)
		p.ID = slug(group[0].group)
		if p.ID == "" || ids[p.ID] {
			p.ID = strings.TrimPrefix(clipID(p.ID)+"-"+mark(group[0].group), "-")
		}
		ids[p.ID] = true
		p.Category = paths.add(group[0].fields["product_type"])
		f.Products = append(f.Products, p)
		for _, o := range group {
			if !o.until.IsZero() && (f.Until.IsZero() || o.until.Before(f.Until)) {
				f.Until = o.until
			}
		}
	}
	f.Categories = paths.list
	f.Skipped = s.skipped
	slices.SortFunc(f.Skipped, func(a, b Skip) int { return cmp.Compare(a.Item, b.Item) })
	return f
}

func (s *shelf) product(group []offer) catalog.Product {
	first := group[0]
	name, options := tellApart(group)
	p := catalog.Product{
		Name:        catalog.Text{"fi": name},
		Description: catalog.Text{"fi": clip(cmp.Or(plain(first.fields["description"]), name), longestDescription)},
		Brand:       plain(first.fields["brand"]),
		Audience:    first.audience(),
		VAT:         catalog.GeneralVAT,
		Price:       first.price,
		Image:       first.address("image_link"),
		URL:         first.address("link"),
	}
	if material := plain(first.fields["material"]); material != "" && options[0]["material"] == "" {
		p.Material = catalog.Text{"fi": material}
	}
	seen := map[string]string{}
	for i, o := range group {
		key := fmt.Sprint(options[i])
		if other, twice := seen[key]; twice {
			s.skip(o, fmt.Sprintf("cannot be told from %s", other))
			continue
		}
		seen[key] = o.id
		v := catalog.Variant{SKU: o.sku, Options: options[i], Stock: o.stock}
		if o.price != p.Price {
			v.Price = o.price
		}
		if image := o.address("image_link"); image != p.Image {
			v.Image = image
		}
		p.Variants = append(p.Variants, v)
	}
	return p
}

// categories are the shelves named by product types such as "Koti > Matot".
type categories struct {
	list  []catalog.Category
	ids   map[string]string // by path
	taken map[string]bool
}

// add returns the id of the innermost shelf of a path, made if need be.
func (c *categories) add(productType string) (id string) {
	path := ""
	for _, name := range strings.Split(plain(productType), ">") {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		parent := id
		path += ">" + name
		if id = c.ids[path]; id != "" {
			continue
		}
		if id = slug(name); id == "" || c.taken[id] {
			id = strings.TrimPrefix(clipID(id)+"-"+mark(path), "-")
		}
		c.ids[path], c.taken[id] = id, true
		c.list = append(c.list, catalog.Category{ID: id, Parent: parent, Name: catalog.Text{"fi": name}})
	}
	return id
}

const (
	longestID   = 40
	longestMark = 8
)

var unfit = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes an identifier of a–z, 0–9 and hyphens out of a text.
func slug(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	id := strings.Trim(unfit.ReplaceAllString(b.String(), "-"), "-")
	if len(id) > longestID {
		return clipID(id) + "-" + mark(s)
	}
	return id
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

var (
	skuForm  = regexp.MustCompile(`^[A-Za-z0-9._-]{1,40}$`)
	skuUnfit = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
)

// skuOf returns an item's id, or what is like it and fits a SKU.
func skuOf(id string) string {
	if skuForm.MatchString(id) {
		return id
	}
	return strings.TrimPrefix(clipID(skuUnfit.ReplaceAllString(id, "-"))+"-"+mark(id), "-")
}
