package feed

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tiski/catalog"
)

// shelf collects the offers of a feed, by group.
type shelf struct {
	catalog.Intake
	at      time.Time
	class   VATClass
	groups  [][]offer
	byGroup map[string]int
}

func newShelf(at time.Time, class VATClass) *shelf {
	return &shelf{at: at, class: class, byGroup: map[string]int{}}
}

func (s *shelf) put(i item) {
	o, err := understand(i, s.at, s.class)
	if err == nil {
		err = s.Item(i.number, o.sku)
	}
	if err != nil {
		s.Skip(o.number, o.id, err.Error())
		return
	}
	g, known := s.byGroup[o.group]
	if !known {
		g = len(s.groups)
		s.byGroup[o.group] = g
		s.groups = append(s.groups, nil)
	}
	s.groups[g] = append(s.groups[g], o)
}

// goods makes products of the groups.
func (s *shelf) goods() catalog.Goods {
	for _, group := range s.groups {
		p := s.product(group)
		p.Category = s.Category(strings.Split(catalog.Plain(group[0].fields["product_type"]), ">")...)
		s.Add(p, group[0].group)
		for _, o := range group {
			s.Changes(o.until)
		}
	}
	return s.Goods()
}

func (s *shelf) product(group []offer) catalog.Product {
	first := group[0]
	name, options := tellApart(group)
	p := catalog.Product{
		Name:        catalog.Text{"fi": name},
		Description: catalog.Text{"fi": catalog.Clip(cmp.Or(catalog.Plain(first.fields["description"]), name), catalog.MaxDescription)},
		Brand:       catalog.Plain(first.fields["brand"]),
		Audience:    first.audience(),
		VAT:         first.vat,
		Price:       first.price,
		Image:       first.address("image_link"),
		URL:         first.address("link"),
	}
	if material := catalog.Plain(first.fields["material"]); material != "" && options[0]["material"] == "" {
		p.Material = catalog.Text{"fi": material}
	}
	for i, o := range group {
		if twin := p.Twin(options[i]); twin != "" {
			s.Skip(o.number, o.id, fmt.Sprintf("cannot be told from %s", twin))
			continue
		}
		if o.vat != p.VAT {
			s.Skip(o.number, o.id, "its VAT is not that of its siblings")
			continue
		}
		v := catalog.Variant{SKU: o.sku, Options: options[i], Stock: o.stock, Sale: o.sale, Bulk: o.bulk}
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
