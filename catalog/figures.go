package catalog

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	euroSign = regexp.MustCompile(`(?i)^(?:eur|€)|(?:eur|€)$`)
	apart    = regexp.MustCompile(`^\d{1,3}(?:\p{Zs}\d{3})+(?:[.,]\d+)?$`)
	dotted   = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+,\d+$`)
	commaed  = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+\.\d+$`)
	thousand = regexp.MustCompile(`^\d+[.,]\d{3}$`)
)

// ParseEuros reads a price as people and feeds write it: "8,90", "8.90 €",
// "EUR 8.90", "1 290,00 €". A thousand that may be a part, "1.290", is none.
func ParseEuros(s string) (Cents, error) {
	if s == "" {
		return 0, errors.New("price is missing")
	}
	number := strings.TrimSpace(euroSign.ReplaceAllString(strings.TrimSpace(s), ""))
	switch {
	case apart.MatchString(number):
		number = strings.Join(strings.Fields(number), "")
	case dotted.MatchString(number):
		number = strings.ReplaceAll(number, ".", "")
	case commaed.MatchString(number):
		number = strings.ReplaceAll(number, ",", "")
	}
	if thousand.MatchString(number) {
		return 0, fmt.Errorf("price %q is not a price; write 1290,00", s)
	}
	cents, err := ParseCents(number)
	if err != nil || cents == 0 || cents > Dearest {
		return 0, fmt.Errorf("price %q is not a price in euros", s)
	}
	return cents, nil
}

// What is written for a number of pieces.
var (
	noPieces   = []string{"loppu", "loppunut", "loppuunmyyty", "ei varastossa", "ei saatavilla", "slut", "slutsåld", "ej i lager", "out of stock", "sold out", "preorder", "backorder"}
	somePieces = []string{"varastossa", "saatavilla", "i lager", "in stock", "instock", "limited availability"}
)

// ParseStock reads how many pieces there are, in figures or as "loppu"; it is
// [StockUnknown] for "varastossa". Fewer than none are none.
func ParseStock(s string) (int, error) {
	word := strings.ToLower(strings.ReplaceAll(s, "_", " "))
	if slices.Contains(noPieces, word) {
		return 0, nil
	}
	if slices.Contains(somePieces, word) {
		return StockUnknown, nil
	}
	number := strings.TrimSpace(strings.TrimSuffix(strings.ReplaceAll(word, ",", "."), "kpl"))
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(n) || n > mostPieces {
		return 0, fmt.Errorf("stock %q is no number of pieces", s)
	}
	return max(0, int(n)), nil
}
