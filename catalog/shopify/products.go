package shopify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"tiski/catalog"
)

const variantsQuery = `query($after: String, $first: Int!, $query: String) {
  shop { currencyCode taxesIncluded }
  productVariants(first: $first, after: $after, sortKey: ID, query: $query) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id sku price compareAtPrice position inventoryQuantity availableForSale inventoryPolicy
      inventoryItem { tracked requiresShipping }
      selectedOptions { name value }
      product {
        id handle title descriptionHtml vendor productType isGiftCard onlineStoreUrl
        media(first: 1) { nodes { preview { image { url } } } }
      }
    }
  }
}`

type variant struct {
	ID       string `json:"id"`
	SKU      string `json:"sku"`
	Price    string `json:"price"`
	Compared string `json:"compareAtPrice"` // crossed out in the shop; "" when it is not on sale
	Position int    `json:"position"`
	Quantity int    `json:"inventoryQuantity"`
	ForSale  bool   `json:"availableForSale"`
	Policy   string `json:"inventoryPolicy"` // DENY or CONTINUE
	Item     struct {
		Tracked bool `json:"tracked"`
		Ships   bool `json:"requiresShipping"`
	} `json:"inventoryItem"`
	Options []option `json:"selectedOptions"`
	Product product  `json:"product"`
}

type option struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type product struct {
	ID          string `json:"id"`
	Handle      string `json:"handle"`
	Title       string `json:"title"`
	Description string `json:"descriptionHtml"`
	Vendor      string `json:"vendor"`
	Type        string `json:"productType"`
	GiftCard    bool   `json:"isGiftCard"`
	URL         string `json:"onlineStoreUrl"`
	Media       struct {
		Nodes []struct {
			Preview struct {
				Image struct {
					URL string `json:"url"`
				} `json:"image"`
			} `json:"preview"`
		} `json:"nodes"`
	} `json:"media"`
}

type page struct {
	Shop struct {
		Currency string `json:"currencyCode"`
		Gross    bool   `json:"taxesIncluded"`
	} `json:"shop"`
	Variants struct {
		Page struct {
			More bool   `json:"hasNextPage"`
			End  string `json:"endCursor"`
		} `json:"pageInfo"`
		Nodes []variant `json:"nodes"`
	} `json:"productVariants"`
}

// goods reads the variants that a search finds, and makes products of them.
func (s *Shop) goods(ctx context.Context, search string) (catalog.Goods, error) {
	var order []string // of products
	of := map[string][]variant{}
	with := map[string]any{"first": perPage, "query": search}
	vat, read := s.o.VAT(), 0
	for {
		var p page
		if err := s.patient(ctx, variantsQuery, with, &p); err != nil {
			return catalog.Goods{}, err
		}
		if p.Shop.Currency != "EUR" {
			return catalog.Goods{}, fmt.Errorf("shopify: the shop sells in %q, only euros are taken", p.Shop.Currency)
		}
		if p.Shop.Gross {
			vat = 0 // is in the prices
		}
		for _, v := range p.Variants.Nodes {
			if len(of[v.Product.ID]) == 0 {
				order = append(order, v.Product.ID)
			}
			of[v.Product.ID] = append(of[v.Product.ID], v)
		}
		read += len(p.Variants.Nodes)
		if s.o.Progress != nil {
			s.o.Progress(read, 0)
		}
		if read > maxVariants {
			return catalog.Goods{}, fmt.Errorf("shopify: the shop has more than %d variants", maxVariants)
		}
		if !p.Variants.Page.More {
			break
		}
		with["after"] = p.Variants.Page.End
	}
	in := new(catalog.Intake)
	for i, id := range order {
		take(in, i+1, of[id], vat)
	}
	return in.Goods(), nil
}

// take puts a product on the shelf, or notes why not.
func take(in *catalog.Intake, number int, variants []variant, vat int) {
	slices.SortStableFunc(variants, func(a, b variant) int { return cmp.Compare(a.Position, b.Position) })
	p := variants[0].Product
	name := catalog.Clip(catalog.Plain(p.Title), catalog.MaxTitle)
	made := catalog.Product{
		Name: catalog.Text{"fi": name}, Description: catalog.Text{"fi": catalog.Clip(cmp.Or(catalog.Plain(p.Description), name), catalog.MaxDescription)},
		Brand: catalog.Plain(p.Vendor), VAT: catalog.GeneralVAT, URL: catalog.WebAddress(p.URL),
	}
	if len(p.Media.Nodes) > 0 {
		made.Image = catalog.WebAddress(p.Media.Nodes[0].Preview.Image.URL)
	}
	for _, v := range variants {
		if err := v.join(in, number, &made, vat); err != nil {
			in.Skip(number, v.ID, err.Error())
		}
	}
	if len(made.Variants) == 0 {
		return
	}
	made.Category = in.Category(catalog.Plain(p.Type))
	in.Add(made, p.Handle)
}

// join adds a variant to its product, to which the first one gives its price.
func (v variant) join(in *catalog.Intake, number int, made *catalog.Product, vat int) error {
	switch {
	case made.Name["fi"] == "":
		return errors.New("title is missing")
	case v.Product.GiftCard || !v.Item.Ships:
		return errors.New("it is not goods that are delivered")
	}
	price, err := catalog.ParsePrice(v.Price, vat)
	if err != nil {
		return err
	}
	ref, err := refOf(v.Product.ID, v.ID)
	if err != nil {
		return err
	}
	one := catalog.Variant{Options: options(v.Options), Stock: v.stock(), Sale: onSale(v.Price, v.Compared), Ref: ref}
	if one.SKU = catalog.SKUOf(v.SKU); v.SKU == "" {
		one.SKU = "shopify-" + ref[strings.IndexByte(ref, '/')+1:]
	}
	if twin := made.Twin(one.Options); twin != "" {
		return fmt.Errorf("cannot be told from %s", twin)
	}
	if err := in.Item(number, one.SKU); err != nil {
		return err
	}
	if len(made.Variants) == 0 {
		made.Price = price
	} else if price != made.Price {
		one.Price = price
	}
	made.Variants = append(made.Variants, one)
	return nil
}

// stock is unknown when pieces are not counted, or are sold though there are
// none.
func (v variant) stock() int {
	switch {
	case !v.ForSale:
		return 0
	case !v.Item.Tracked, v.Policy == "CONTINUE":
		return catalog.StockUnknown
	}
	return max(0, v.Quantity)
}

// options are those of a variant; a product with one variant has an option that
// is none.
func options(all []option) map[string]string {
	var names, values []string
	for _, o := range all {
		if o.Value != "Default Title" {
			names, values = append(names, o.Name), append(values, o.Value)
		}
	}
	return catalog.Options(names, values)
}

// onSale tells whether a price is below the one that the shop crosses out. That
// one need not be the lowest of the 30 days before.
func onSale(price, compared string) bool {
	now, err := catalog.ParseEuros(price)
	before, wrong := catalog.ParseEuros(compared)
	return err == nil && wrong == nil && now < before
}

var number = regexp.MustCompile(`^[1-9]\d{0,18}$`)

// gid is how the API names things: "gid://shopify/ProductVariant/123".
const gid = "gid://shopify/"

// refOf makes "1/2" of the names of a product and its variant.
func refOf(product, variant string) (string, error) {
	p, v := strings.TrimPrefix(product, gid+"Product/"), strings.TrimPrefix(variant, gid+"ProductVariant/")
	if !number.MatchString(p) || !number.MatchString(v) {
		return "", fmt.Errorf("%q and %q are not a product and its variant", product, variant)
	}
	return p + "/" + v, nil
}
