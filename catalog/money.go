// Package catalog is the shop as values and rules: products and variants,
// prices and VAT, stock, delivery, returns, orders. It is pure: it reads files
// given to it and computes; it never asks the network, the clock or a database.
package catalog

// Cents is an amount of money in hundredths of the shop's currency
// ([Shop.Currency]), VAT included unless said otherwise.
type Cents int64

// Text is the same thing said in several languages, by language code
// ("fi", "sv", "en").
type Text map[string]string

// In returns the text in lang, else in Finnish, else in any language.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	if s := t["fi"]; s != "" {
		return s
	}
	for _, l := range []string{"en", "sv"} {
		if s := t[l]; s != "" {
			return s
		}
	}
	return ""
}
