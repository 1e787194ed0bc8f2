package feed

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"tiski/catalog"
)

// offer is an item understood.
type offer struct {
	number int
	id     string
	sku    string
	group  string
	fields map[string]string
	title  string
	price  catalog.Cents
	vat    string // class
	stock  int
	bulk   catalog.Bulk
	sale   bool      // the price is that of a sale
	until  time.Time // when the price changes; zero: never
}

// understand makes an offer of an item, or says what is wrong with it.
func understand(i item, at time.Time, class VATClass) (offer, error) {
	o := offer{number: i.number, id: i.fields["id"], fields: i.fields, title: catalog.Clip(catalog.Plain(i.fields["title"]), catalog.MaxTitle)}
	switch {
	case o.id == "":
		return o, errors.New("id is missing")
	case o.title == "":
		return o, errors.New("title is missing")
	case i.fields["price"] == "":
		return o, errors.New("price is missing")
	}
	o.sku, o.bulk = catalog.SKUOf(o.id), parseBulk(i.fields)
	if o.group = i.fields["item_group_id"]; o.group == "" {
		o.group = o.id
	}
	var err error
	if o.price, err = catalog.ParseEuros(i.fields["price"]); err != nil {
		return o, err
	}
	if o.vat, err = parseVAT(i.fields["vat"], class); err != nil {
		return o, err
	}
	if o.stock, err = parseStock(i); err != nil {
		return o, err
	}
	if sale, err := catalog.ParseEuros(i.fields["sale_price"]); err == nil && sale < o.price {
		from, to, err := parsePeriod(i.fields["sale_price_effective_date"])
		switch {
		case err != nil || !to.IsZero() && !at.Before(to):
		case at.Before(from):
			o.until = from
		default:
			o.price, o.until, o.sale = sale, to, true
		}
	}
	return o, nil
}

// parseBulk reads what the parcel of an item weighs and measures; what cannot be
// read is not told.
func parseBulk(fields map[string]string) catalog.Bulk {
	return catalog.Bulk{
		Weight: catalog.Grams(fields["shipping_weight"]),
		Length: max(
			catalog.Centimetres(fields["shipping_length"]), catalog.Centimetres(fields["shipping_width"]), catalog.Centimetres(fields["shipping_height"])),
	}
}

// parseVAT returns the class of a rate as people write it: "13,5 %", "14".
func parseVAT(rate string, class VATClass) (string, error) {
	if rate == "" {
		return catalog.GeneralVAT, nil
	}
	number := strings.ReplaceAll(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rate), "%")), ",", ".")
	percent, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return "", fmt.Errorf("VAT %q is no rate in percent", rate)
	}
	vat, known := class(int(math.Round(10 * percent)))
	if !known {
		return "", fmt.Errorf("VAT %q is that of no class of vat.yaml now", rate)
	}
	return vat, nil
}

// parseStock reads how many pieces there are: none while the item is not
// available, unknown when no number is told.
func parseStock(i item) (int, error) {
	told := i.fields["availability"]
	pieces := cmp.Or(i.fields["quantity"], i.fields["inventory"])
	if told == "" && pieces == "" && !i.uncounted {
		return 0, errors.New("stock is missing: neither quantity nor availability is told")
	}
	stock := catalog.StockUnknown
	for _, s := range []string{pieces, told} {
		if s == "" {
			continue
		}
		n, err := catalog.ParseStock(s)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			return 0, nil
		}
		stock = max(stock, n)
	}
	return stock, nil
}

// parsePeriod reads two times with a slash between them; none is for ever.
func parsePeriod(s string) (from, to time.Time, err error) {
	if s == "" {
		return from, to, nil
	}
	first, last, found := strings.Cut(s, "/")
	if !found {
		return from, to, fmt.Errorf("%q is no period", s)
	}
	if from, err = parseTime(first); err != nil {
		return from, to, err
	}
	to, err = parseTime(last)
	return from, to, err
}

func parseTime(s string) (t time.Time, err error) {
	for _, form := range []string{
		"2006-01-02T15:04Z07:00", time.RFC3339, "2006-01-02T15:04Z0700", "2006-01-02T15:04:05Z0700",
		"2006-01-02T15:04", "2006-01-02T15:04:05", time.DateOnly,
	} {
		if t, err = time.ParseInLocation(form, strings.TrimSpace(s), catalog.Helsinki); err == nil {
			return t, nil
		}
	}
	return t, err
}

// audience tells from gender and age group whom a product is for.
func (o offer) audience() string {
	switch strings.ToLower(o.fields["age_group"]) {
	case "newborn", "infant":
		return "baby"
	case "toddler", "kids":
		return "child"
	}
	switch strings.ToLower(o.fields["gender"]) {
	case "female":
		return "women"
	case "male":
		return "men"
	}
	return ""
}

// address returns a field that is an http or https address, or "".
func (o offer) address(field string) string {
	return catalog.WebAddress(o.fields[field])
}
