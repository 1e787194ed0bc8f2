package feed

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tiski/catalog"
)

// fieldOf are the fields of a feed by what a shop's own table may call them.
var fieldOf = map[string]string{
	"tuotenumero": "id", "tuotekoodi": "id", "sku": "id",
	"nimi": "title", "tuote": "title", "tuotenimi": "title", "tuotteen nimi": "title",
	"hinta": "price", "hinta (€)": "price", "hinta €": "price", "hinta (sis. alv)": "price", "hinta sis. alv": "price",
	"alehinta": "sale_price", "tarjoushinta": "sale_price",
	"varasto": "quantity", "varasto (kpl)": "quantity", "saldo (kpl)": "quantity", "saldo": "quantity", "varastosaldo": "quantity", "kpl": "quantity",
	"kategoria": "product_type", "osasto": "product_type", "tuoteryhmä": "product_type",
	"kuvaus": "description", "kuva": "image_link", "linkki": "link",
	"koko": "size", "väri": "color", "materiaali": "material",
	"alv": "vat", "alv %": "vat", "alv-%": "vat", "alv-kanta": "vat",
	"merkki": "brand", "valmistaja": "brand", "paino": "shipping_weight", "paino (g)": "shipping_weight", "paino (kg)": "shipping_weight",
}

// fields are those that are read of an item.
var fields = []string{
	"id", "title", "price", "sale_price", "sale_price_effective_date", "vat", "availability", "quantity", "inventory", "product_type", "description", "image_link", "link",
	"size", "color", "material", "pattern", "brand", "gender", "age_group", "item_group_id", "shipping_weight", "shipping_length", "shipping_width", "shipping_height",
}

// needed are those without which a row is no goods, and what a shop's own table calls them.
var needed = []struct{ field, own string }{{"id", "Tuotenumero (or id, SKU)"}, {"title", "Nimi (or title)"}, {"price", "Hinta (or price)"}}

// uncounted is told of a table in which no column says whether there is any.
const uncounted = "no column tells the stock (quantity, availability; Varasto, Saldo): what is listed is sold without a limit"

// readTable puts the rows of TSV or CSV on the shelf. In a table without groups,
// those of the same title that tell a size or colour are variants of one product.
func readTable(in *bufio.Reader, s *shelf) error {
	grouped, counted := false, false
	unit := "" // of bare weights
	unweighed, first := 0, ""
	err := catalog.ReadTable(in, maxItems, func(names []string) error {
		asWritten := slices.Clone(names)
		own := false
		var unread []string
		for i, n := range names {
			names[i] = strings.ReplaceAll(strings.TrimPrefix(n, "g:"), " ", "_")
			if field := fieldOf[n]; field != "" && !slices.Contains(names, field) {
				names[i] = field
				own = own || n != field
				if _, in, found := strings.Cut(n, " ("); found && field == "shipping_weight" {
					unit = " " + strings.TrimSuffix(in, ")")
				}
			} else if n != "" && !slices.Contains(fields, names[i]) {
				unread = append(unread, n)
			}
		}
		var missing []string
		for _, needed := range needed {
			if !slices.Contains(names, needed.field) {
				missing = append(missing, needed.own)
			}
		}
		switch {
		case len(missing) == len(needed):
			return fmt.Errorf("%s; wanted are those of a Google Merchant feed (id, title, price, …), of a table of your own (Tuotenumero, Nimi, Hinta, …: catalog/README.md), "+
				"or of an export of WooCommerce with English names or of Shopify", catalog.Headings(asWritten))
		case missing != nil:
			return fmt.Errorf("no column is named %s; %s", strings.Join(missing, " and none "), catalog.Headings(asWritten))
		}
		grouped = slices.Contains(names, "item_group_id")
		counted = slices.ContainsFunc(names, func(n string) bool { return n == "quantity" || n == "inventory" || n == "availability" })
		if !counted {
			s.Note(uncounted)
		}
		if own && len(unread) > 0 {
			s.Note("columns that nothing reads: " + catalog.Clip(strings.Join(unread, ", "), 300))
		}
		return nil
	}, func(number int, fields map[string]string, wrong error) {
		if wrong != nil {
			s.Skip(number, fields["id"], wrong.Error())
			return
		}
		if !grouped && (fields["size"] != "" || fields["color"] != "") {
			fields["item_group_id"] = fields["title"]
		}
		if weight := fields["shipping_weight"]; weight != "" && catalog.Grams(weight) == 0 {
			if fields["shipping_weight"] += unit; catalog.Grams(fields["shipping_weight"]) == 0 {
				unweighed, first = unweighed+1, cmp.Or(first, fmt.Sprintf("row %d has %q", number, weight))
			}
		}
		s.put(item{number, fields, !counted})
	})
	if unweighed > 0 {
		s.Note(fmt.Sprintf("weights that cannot be read, and are not counted in deliveries: %d; write 900 g or 1,5 kg (%s)", unweighed, first))
	}
	return err
}
