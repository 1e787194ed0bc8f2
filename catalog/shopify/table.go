package shopify

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
)

// maxRows is how many rows an export may have: variants and further pictures.
const maxRows = 200_000

// column is a field of the export, by its older name and its newer one, in lower
// case.
type column [2]string

var (
	handle      = column{"handle", "url handle"}
	title       = column{"title", "title"}
	description = column{"body (html)", "description"}
	vendor      = column{"vendor", "vendor"}
	kind        = column{"type", "type"}
	published   = column{"published", "published on online store"}
	status      = column{"status", "status"}
	code        = column{"variant sku", "sku"}
	price       = column{"variant price", "price"}
	compared    = column{"variant compare at price", "compare-at price"}
	tracker     = column{"variant inventory tracker", "inventory tracker"}
	quantity    = column{"variant inventory qty", "inventory quantity"}
	policy      = column{"variant inventory policy", "continue selling when out of stock"}
	ships       = column{"variant requires shipping", "requires shipping"}
	picture     = column{"image src", "product image url"}
	ownPicture  = column{"variant image", "variant image url"}
	grams       = column{"variant grams", "weight value (grams)"}
	giftCard    = column{"gift card", "gift card"}
)

func (c column) of(fields map[string]string) string { return cmp.Or(fields[c[0]], fields[c[1]]) }

// IsTable reports whether the first row of a table is that of an export of
// products.
func IsTable(header string) bool {
	header = strings.ToLower(header)
	return strings.Contains(header, "option1 name") && strings.Contains(header, "handle")
}

// rows are those of one product.
type rows struct {
	first map[string]string // tells of the product
	all   []row
}

type row struct {
	number int
	fields map[string]string
}

// ReadTable reads the products that a shop exports as CSV, with the names of
// columns of either age. Rows of the same handle are variants and pictures of one
// product. Prices are taken for euros with VAT. An order cannot be handed over to
// Shopify by what a table tells.
func ReadTable(in *bufio.Reader) (catalog.Goods, error) {
	var order []*rows
	of := map[string]*rows{}
	intake := &catalog.Intake{Rows: true}
	err := catalog.ReadTable(in, maxRows, func(names []string) error {
		for _, c := range []column{handle, title, price} {
			if !slices.Contains(names, c[0]) && !slices.Contains(names, c[1]) {
				return fmt.Errorf("no export of Shopify: %s is missing; %s", c[1], catalog.Headings(names))
			}
		}
		if !slices.Contains(names, quantity[0]) && !slices.Contains(names, quantity[1]) {
			intake.Note("no column Inventory quantity counts the pieces: goods are sold without a limit")
		}
		return nil
	}, func(number int, fields map[string]string, wrong error) {
		name := handle.of(fields)
		if name == "" {
			wrong = cmp.Or(wrong, errors.New("handle is missing"))
		}
		if wrong != nil {
			intake.Skip(number, name, wrong.Error())
			return
		}
		r := of[name]
		if r == nil {
			r = &rows{first: fields}
			of[name], order = r, append(order, r)
		}
		r.all = append(r.all, row{number, fields})
	})
	if err != nil {
		return catalog.Goods{}, fmt.Errorf("read the export: %w", err)
	}
	for _, r := range order {
		if err := r.take(intake); err != nil {
			intake.Skip(r.all[0].number, handle.of(r.first), err.Error())
		}
	}
	return intake.Goods(), nil
}

// take puts a product on the shelf.
func (r *rows) take(in *catalog.Intake) error {
	name := catalog.Clip(catalog.Plain(title.of(r.first)), catalog.MaxTitle)
	state := strings.ToLower(status.of(r.first))
	switch {
	case name == "":
		return errors.New("title is missing")
	case state != "" && state != "active", strings.EqualFold(published.of(r.first), "false"):
		return errors.New("it is not published")
	case strings.EqualFold(giftCard.of(r.first), "true"):
		return errors.New("it is not goods that are delivered")
	}
	p := catalog.Product{
		Name: catalog.Text{"fi": name}, Description: catalog.Text{"fi": catalog.Clip(cmp.Or(catalog.Plain(description.of(r.first)), name), catalog.MaxDescription)},
		Brand: catalog.Plain(vendor.of(r.first)), VAT: catalog.GeneralVAT, Image: catalog.WebAddress(picture.of(r.first)),
	}
	for i, one := range r.all {
		if price.of(one.fields) == "" && i > 0 {
			continue // only a picture
		}
		if err := r.join(in, i, one, &p); err != nil {
			in.Skip(one.number, handle.of(r.first), err.Error())
		}
	}
	if len(p.Variants) == 0 {
		return nil
	}
	p.Category = in.Category(catalog.Plain(kind.of(r.first)))
	in.Add(p, handle.of(r.first))
	return nil
}

// join adds a row to its product as a variant.
func (r *rows) join(in *catalog.Intake, i int, one row, p *catalog.Product) error {
	fields := one.fields
	if strings.EqualFold(ships.of(fields), "false") {
		return errors.New("it is not goods that are delivered")
	}
	asked, err := catalog.ParseEuros(price.of(fields))
	if err != nil {
		return err
	}
	v := catalog.Variant{Options: r.options(fields), SKU: code.of(fields), Sale: onSale(price.of(fields), compared.of(fields))}
	if v.SKU == "" {
		v.SKU = handle.of(fields) + "-" + strconv.Itoa(i+1)
	}
	v.SKU = catalog.SKUOf(v.SKU)
	if v.Stock, err = pieces(fields); err != nil {
		return err
	}
	if twin := p.Twin(v.Options); twin != "" {
		return fmt.Errorf("cannot be told from %s", twin)
	}
	if err := in.Item(one.number, v.SKU); err != nil {
		return err
	}
	if len(p.Variants) == 0 {
		p.Price = asked
	} else if asked != p.Price {
		v.Price = asked
	}
	v.Bulk.Weight = catalog.Grams(grams.of(fields) + "g")
	v.Image = catalog.WebAddress(ownPicture.of(fields))
	p.Variants = append(p.Variants, v)
	return nil
}

// options are named in the first row of a product only.
func (r *rows) options(fields map[string]string) map[string]string {
	var all []option
	for _, n := range []string{"1", "2", "3"} {
		if value := fields["option"+n+" value"]; value != "" {
			all = append(all, option{r.first["option"+n+" name"], value})
		}
	}
	return options(all)
}

// pieces is unknown when they are not counted, or are sold though there are none.
func pieces(fields map[string]string) (int, error) {
	told, on := quantity.of(fields), strings.ToLower(policy.of(fields))
	if tracker.of(fields) == "" || told == "" || on == "continue" || on == "true" {
		return catalog.StockUnknown, nil
	}
	return catalog.ParseStock(told)
}
