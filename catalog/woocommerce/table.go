package woocommerce

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/catalog"
)

// IsTable reports whether the first row of a table is that of an export of
// products.
func IsTable(header string) bool {
	header = strings.ToLower(header)
	return strings.Contains(header, "regular price") && strings.Contains(header, "type")
}

// ReadTable reads the products that a shop exports as CSV, with the names of
// columns in English, as they are sold at a time. Variations belong to the parent
// that they name by SKU or as id:12. Prices are taken for euros with VAT; goods
// of a tax class of their own are skipped, for the table tells no rates.
func ReadTable(in *bufio.Reader, at time.Time) (catalog.Goods, error) {
	intake := &catalog.Intake{Rows: true}
	var all []*row
	err := catalog.ReadTable(in, maxProducts, func(names []string) error {
		for _, needed := range []string{"type", "name", "regular price"} {
			if !slices.Contains(names, needed) {
				return fmt.Errorf("no export of WooCommerce: %s is missing; %s", needed, catalog.Headings(names))
			}
		}
		if !slices.Contains(names, "stock") {
			intake.Note("no column Stock counts the pieces: what is in stock is sold without a limit")
		}
		return nil
	}, func(number int, fields map[string]string, wrong error) {
		r := newRow(number, fields, at)
		r.wrong = cmp.Or(wrong, r.wrong)
		all = append(all, r)
	})
	if err != nil {
		return catalog.Goods{}, fmt.Errorf("read the export: %w", err)
	}
	parents := map[string]*row{}
	for _, r := range all {
		if r.product.Type == "variable" {
			parents[r.product.SKU], parents["id:"+strconv.Itoa(r.product.ID)] = r, r
		}
	}
	for _, r := range all {
		if r.product.Type != "variation" {
			continue
		}
		parent := parents[r.fields["parent"]]
		switch {
		case parent == nil:
			intake.Skip(r.number, r.name(), "its parent is not in the table")
		case r.wrong != nil:
			intake.Skip(r.number, r.name(), r.wrong.Error())
		default:
			parent.vary(r)
		}
	}
	s := &Shop{o: Options{
		Clock: func() time.Time { return at },
		Class: func(int) (string, bool) { return catalog.GeneralVAT, true },
	}}
	for _, r := range all {
		if r.product.Type != "variation" {
			r.take(s, intake)
		}
	}
	return intake.Goods(), nil
}

// row is a product or a variation of the table.
type row struct {
	number  int
	fields  map[string]string
	product product
	wrong   error // what cannot be read of it
}

func newRow(number int, fields map[string]string, at time.Time) *row {
	types := strings.Split(strings.ReplaceAll(fields["type"], " ", ""), ",")
	p := product{
		Name: fields["name"], Type: types[0], Visibility: fields["visibility in catalog"], SKU: fields["sku"],
		Description: fields["description"], Short: fields["short description"], TaxClass: fields["tax class"],
		Virtual: slices.Contains(types, "virtual"), Downloadable: slices.Contains(types, "downloadable"),
		Stock: "instock", Managed: false, row: number,
	}
	p.Weight, p.Dimensions.Length = fields["weight (kg)"], fields["length (cm)"]
	p.Dimensions.Width, p.Dimensions.Height = fields["width (cm)"], fields["height (cm)"]
	p.ID, _ = strconv.Atoi(fields["id"]) // 0 when there is none
	wrong := p.price(fields, at)
	if fields["in stock?"] == "0" || fields["in stock?"] == "backorder" {
		p.Stock = "outofstock"
	}
	if told := fields["stock"]; told != "" {
		n, err := catalog.ParseStock(told)
		if pieces := float64(n); n != catalog.StockUnknown {
			p.Managed, p.Quantity = true, &pieces
		}
		wrong = cmp.Or(wrong, err)
	}
	for _, picture := range strings.Split(fields["images"], ",") {
		p.Images = append(p.Images, image{strings.TrimSpace(picture)})
	}
	if p.Type == "variation" {
		p.Image = &p.Images[0]
	}
	for n := 1; fields[fmt.Sprintf("attribute %d name", n)] != ""; n++ {
		a := attribute{Name: fields[fmt.Sprintf("attribute %d name", n)]}
		value := fields[fmt.Sprintf("attribute %d value(s)", n)]
		for _, one := range strings.Split(value, ",") {
			a.Options = append(a.Options, strings.TrimSpace(one))
		}
		a.Option = value
		p.Attributes = append(p.Attributes, a)
	}
	return &row{number, fields, p, wrong}
}

// price is that of the sale while it lasts.
func (p *product) price(fields map[string]string, at time.Time) (err error) {
	p.Purchasable = fields["regular price"] != ""
	if !p.Purchasable {
		return nil
	}
	if p.Price, err = decimal(fields["regular price"]); err != nil {
		return err
	}
	from, to := day(fields["date sale price starts"]), day(fields["date sale price ends"])
	if fields["sale price"] == "" || !to.IsZero() && !at.Before(to) {
		return nil
	}
	const gmt = "2006-01-02T15:04:05"
	if at.Before(from) {
		p.SaleFrom = from.UTC().Format(gmt)
		return nil
	}
	p.OnSale = true
	if !to.IsZero() {
		p.SaleTo = to.UTC().Format(gmt)
	}
	p.Price, err = decimal(fields["sale price"])
	return err
}

// decimal writes a price of the table as the API does.
func decimal(s string) (string, error) {
	price, err := catalog.ParseEuros(s)
	return price.Decimal(), err
}

// day reads a date, with a time of day or without; zero when it is none.
func day(s string) time.Time {
	for _, form := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.ParseInLocation(form, s, catalog.Helsinki); err == nil {
			return at
		}
	}
	return time.Time{}
}

// vary adds a variation. What it names are the attributes that tell variations
// apart.
func (r *row) vary(variation *row) {
	for i, a := range r.product.Attributes {
		if slices.ContainsFunc(variation.product.Attributes, func(own attribute) bool { return strings.EqualFold(own.Name, a.Name) }) {
			r.product.Attributes[i].Variation = true
		}
	}
	r.product.variations = append(r.product.variations, variation.product)
}

func (r *row) name() string {
	if r.product.SKU != "" {
		return r.product.SKU
	}
	return strconv.Itoa(r.product.ID)
}

// take puts a product on the shelf, or notes why not.
func (r *row) take(s *Shop, in *catalog.Intake) {
	made, err := catalog.Product{}, error(nil)
	switch class := r.product.TaxClass; {
	case r.fields["published"] != "" && r.fields["published"] != "1":
		err = errors.New("it is not published")
	case r.wrong != nil:
		err = r.wrong
	case class != "" && class != "parent" && class != "standard":
		err = fmt.Errorf("the table does not tell the rate of tax class %q", class)
	default:
		made, err = s.product(in, r.number, &r.product, &terms{gross: true, weight: "kg", length: "cm"})
	}
	if err != nil {
		in.Skip(r.number, r.name(), err.Error())
		return
	}
	first, _, _ := strings.Cut(r.fields["categories"], ",")
	made.Category = in.Category(strings.Split(catalog.Plain(first), ">")...)
	in.Add(made, r.name())
}
