package woocommerce

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"tiski/catalog"
	"tiski/catalog/call"
)

// readers is how many products' variations are read at once.
const readers = 4

// product is a product or a variation as the API has it.
type product struct {
	ID           int      `json:"id"`
	Name         string   `json:"name"`
	Slug         string   `json:"slug"`
	Link         string   `json:"permalink"`
	Type         string   `json:"type"`
	Status       string   `json:"status"`
	Visibility   string   `json:"catalog_visibility"`
	Description  string   `json:"description"`
	Short        string   `json:"short_description"`
	SKU          string   `json:"sku"`
	Price        string   `json:"price"`
	OnSale       bool     `json:"on_sale"`
	SaleFrom     string   `json:"date_on_sale_from_gmt"`
	SaleTo       string   `json:"date_on_sale_to_gmt"`
	Purchasable  bool     `json:"purchasable"`
	Virtual      bool     `json:"virtual"`
	Downloadable bool     `json:"downloadable"`
	TaxStatus    string   `json:"tax_status"`
	TaxClass     string   `json:"tax_class"`
	Managed      any      `json:"manage_stock"` // of a variation also "parent"
	Quantity     *float64 `json:"stock_quantity"`
	Stock        string   `json:"stock_status"`
	Weight       string   `json:"weight"`
	Dimensions   struct {
		Length string `json:"length"`
		Width  string `json:"width"`
		Height string `json:"height"`
	} `json:"dimensions"`
	Brands     []shelf     `json:"brands"`
	Categories []shelf     `json:"categories"`
	Images     []image     `json:"images"`
	Image      *image      `json:"image"` // of a variation
	Attributes []attribute `json:"attributes"`

	variations []product
	row        int // of a table; 0 when it comes from the API
}

type image struct {
	Address string `json:"src"`
}

type attribute struct {
	ID        int      `json:"id"`
	Name      string   `json:"name"`
	Variation bool     `json:"variation"`
	Options   []string `json:"options"` // of a product
	Option    string   `json:"option"`  // of a variation
}

// goods reads products, their variations, and what delivery costs.
func (s *Shop) goods(ctx context.Context, t *terms) (catalog.Goods, error) {
	products, err := all[product](ctx, s, "products", url.Values{"status": {"publish"}, "orderby": {"id"}, "order": {"asc"}}, maxProducts, s.o.Progress)
	if err != nil {
		return catalog.Goods{}, err
	}
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(readers)
	for i := range products {
		if products[i].Type == "variable" {
			g.Go(func() error { return s.readVariations(inner, &products[i]) })
		}
	}
	if err := g.Wait(); err != nil {
		return catalog.Goods{}, err
	}
	in, shelves := t.intake()
	seen := map[int]bool{}
	for i := range products {
		if p := &products[i]; !seen[p.ID] {
			seen[p.ID] = true
			s.take(in, i+1, p, t, shelves)
		}
	}
	carriage, err := s.carriage(ctx, in, t)
	if err != nil {
		return catalog.Goods{}, err
	}
	goods := in.Goods()
	goods.Carriage = carriage
	goods.Reviews, err = s.reviews(ctx, goods.Products)
	return goods, err
}

func (s *Shop) readVariations(ctx context.Context, p *product) (err error) {
	p.variations, err = all[product](ctx, s, "products/"+strconv.Itoa(p.ID)+"/variations",
		url.Values{"status": {"publish"}, "orderby": {"id"}, "order": {"asc"}}, maxProducts, nil)
	return err
}

// One reads one product by what the shop names it. found is false when it is not
// for sale any more. It needs an earlier [Shop.Fetch].
func (s *Shop) One(ctx context.Context, ref string) (p catalog.Product, found bool, err error) {
	s.mu.Lock()
	t := s.terms
	s.mu.Unlock()
	if t == nil {
		return p, false, errors.New("woocommerce: read one product: nothing has been read yet")
	}
	var told product
	_, err = s.ask(ctx, http.MethodGet, "products/"+url.PathEscape(ref), nil, nil, &told)
	var refused *call.Refused
	if errors.As(err, &refused) && refused.Status == http.StatusNotFound {
		return p, false, nil
	}
	if err != nil {
		return p, false, err
	}
	if told.Status != "publish" {
		return p, false, nil
	}
	if told.Type == "variable" {
		if err := s.readVariations(ctx, &told); err != nil {
			return p, false, err
		}
	}
	in, shelves := t.intake()
	s.take(in, 1, &told, t, shelves)
	if products := in.Goods().Products; len(products) == 1 {
		return products[0], true, nil
	}
	return p, false, nil
}

// take puts a product on the shelf, or notes why not.
func (s *Shop) take(in *catalog.Intake, number int, p *product, t *terms, shelves map[int]string) {
	made, err := s.product(in, number, p, t)
	if err != nil {
		in.Skip(number, strconv.Itoa(p.ID), err.Error())
		return
	}
	made.Category = shelves[t.innermost(p.Categories)]
	in.Add(made, p.Slug)
}

func (s *Shop) product(in *catalog.Intake, number int, p *product, t *terms) (catalog.Product, error) {
	name := catalog.Clip(catalog.Plain(p.Name), catalog.MaxTitle)
	switch {
	case p.Type != "simple" && p.Type != "variable":
		return catalog.Product{}, fmt.Errorf("a product of type %q is not sold here", p.Type)
	case p.Virtual || p.Downloadable:
		return catalog.Product{}, errors.New("it is not goods that are delivered")
	case p.Visibility == "hidden":
		return catalog.Product{}, errors.New("it is hidden in the shop")
	case name == "":
		return catalog.Product{}, errors.New("name is missing")
	}
	made := catalog.Product{
		Name: catalog.Text{"fi": name}, Description: catalog.Text{"fi": p.describe(name)},
		VAT: catalog.GeneralVAT, URL: catalog.WebAddress(p.Link), Image: first(p.Images),
	}
	made.Bulk = p.bulk(t)
	if len(p.Brands) > 0 {
		made.Brand = catalog.Plain(p.Brands[0].Name)
	}
	if p.Type == "simple" {
		return made, s.single(in, number, p, t, &made)
	}
	for i := range p.variations {
		one := &p.variations[i]
		if err := s.variants(in, cmp.Or(one.row, number), p, one, t, &made); err != nil {
			in.Skip(cmp.Or(one.row, number), fmt.Sprintf("%d/%d", p.ID, one.ID), err.Error())
		}
	}
	if len(made.Variants) == 0 {
		return catalog.Product{}, errors.New("no variation of it can be sold")
	}
	return made, nil
}

// single makes the one variant of a simple product.
func (s *Shop) single(in *catalog.Intake, number int, p *product, t *terms, made *catalog.Product) error {
	v, err := s.variant(in, number, p, p, t, made)
	if err != nil {
		return err
	}
	made.Variants = []catalog.Variant{v}
	return nil
}

// variants makes the variants of a variation: more than one when it stands for
// any value of an attribute.
func (s *Shop) variants(in *catalog.Intake, number int, p, one *product, t *terms, made *catalog.Product) error {
	for _, c := range choices(p, one) {
		kind := *one
		if len(c.any) > 0 {
			kind.SKU = one.sku(p) + "-" + strings.Join(c.values(), "-")
		}
		if twin := made.Twin(c.options); twin != "" {
			return fmt.Errorf("cannot be told from %s", twin)
		}
		v, err := s.variant(in, number, p, &kind, t, made)
		if err != nil {
			return err
		}
		v.Options, v.Ref = c.options, ref(p.ID, one.ID, c.any)
		made.Variants = append(made.Variants, v)
	}
	return nil
}

// variant understands price, VAT and stock. The first variant gives the product
// its price and VAT.
func (s *Shop) variant(in *catalog.Intake, number int, p, one *product, t *terms, made *catalog.Product) (catalog.Variant, error) {
	if !one.Purchasable {
		return catalog.Variant{}, errors.New("it is not for sale")
	}
	status, class := one.TaxStatus, one.TaxClass
	if class == "parent" {
		class = p.TaxClass
	}
	tenths, general, err := t.rate(status, class)
	if err != nil {
		return catalog.Variant{}, err
	}
	vat, known := s.o.Class(tenths)
	if general {
		vat, known = catalog.GeneralVAT, true
	}
	if !known {
		return catalog.Variant{}, fmt.Errorf("no VAT class of vat.yaml is at %d.%d %% now", tenths/10, tenths%10)
	}
	price, err := t.price(one.Price, tenths)
	if err != nil {
		return catalog.Variant{}, err
	}
	v := catalog.Variant{SKU: catalog.SKUOf(one.sku(p)), Stock: one.pieces(p), Sale: one.OnSale, Ref: ref(p.ID, 0, nil)}
	if b := one.bulk(t); b != made.Bulk {
		v.Bulk = b
	}
	switch {
	case len(made.Variants) == 0:
		made.VAT, made.Price = vat, price
	case made.VAT != vat:
		return catalog.Variant{}, errors.New("its VAT is not that of its siblings")
	case made.Price != price:
		v.Price = price
	}
	if one.Image != nil && catalog.WebAddress(one.Image.Address) != made.Image {
		v.Image = catalog.WebAddress(one.Image.Address)
	}
	if err := in.Item(number, v.SKU); err != nil {
		return catalog.Variant{}, err
	}
	in.Changes(one.priceChange(s.o.Clock()))
	return v, nil
}

// sku is the shop's own, else one made of its ids.
func (p *product) sku(of *product) string {
	switch {
	case p.SKU != "" && (p == of || p.SKU != of.SKU):
		return p.SKU
	case p.ID == of.ID:
		return "woo-" + strconv.Itoa(p.ID)
	}
	return fmt.Sprintf("woo-%d-%d", of.ID, p.ID)
}

// pieces is the stock; what the parent of a variation counts is told for it too.
func (p *product) pieces(of *product) int {
	counted := p
	if p.Managed == "parent" {
		counted = of
	}
	switch {
	case p.Stock != "instock":
		return 0
	case counted.Managed == true && counted.Quantity != nil:
		return max(0, int(*counted.Quantity))
	}
	return catalog.StockUnknown
}

// bulk is what a product weighs and measures.
func (p *product) bulk(t *terms) catalog.Bulk {
	long := func(s string) int { return catalog.Centimetres(s + t.length) }
	return catalog.Bulk{
		Weight: catalog.Grams(p.Weight + t.weight),
		Length: max(long(p.Dimensions.Length), long(p.Dimensions.Width), long(p.Dimensions.Height)),
	}
}

// priceChange is when the sale price next begins or ends; zero: never.
func (p *product) priceChange(now time.Time) time.Time {
	for _, s := range []string{p.SaleFrom, p.SaleTo} {
		if at, err := time.Parse("2006-01-02T15:04:05", s); err == nil && at.After(now) {
			return at
		}
	}
	return time.Time{}
}

func (p *product) describe(name string) string {
	text := catalog.Plain(p.Short)
	if long := catalog.Plain(p.Description); long != text {
		text = strings.TrimSpace(text + " " + long)
	}
	return catalog.Clip(cmp.Or(text, name), catalog.MaxDescription)
}

func first(images []image) string {
	if len(images) == 0 {
		return ""
	}
	return catalog.WebAddress(images[0].Address)
}
