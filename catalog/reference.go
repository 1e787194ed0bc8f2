package catalog

import (
	"strconv"
	"strings"
)

// Reference is the Finnish reference number (viitenumero) of the order's
// invoice: the digits of its number and a check digit by the weights 7, 3, 1.
// It is "" for a number with fewer than 3 or more than 19 digits.
func (o Order) Reference() string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, o.Number)
	digits = strings.TrimLeft(digits, "0")
	if len(digits) < 3 || len(digits) > 19 {
		return ""
	}
	sum := 0
	for i := range digits {
		sum += int(digits[len(digits)-1-i]-'0') * [3]int{7, 3, 1}[i%3]
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}
