package store

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"unicode"
)

// Letters before the numbers of orders and cases.
const (
	orderLetter = "T" // tilaus
	caseLetter  = "P" // palautus
)

// newNumber draws a number: the letter, "-" and six digits, which tell neither
// how many there are nor what the next one is called. The table keeps it unique
// for ever; every tenth try in vain, when most numbers of a length are taken,
// adds a digit.
func newNumber(letter string, try int) string {
	low := int64(100_000)
	for range try / 10 {
		low *= 10
	}
	n, err := rand.Int(rand.Reader, big.NewInt(9*low))
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return fmt.Sprintf("%s-%d", letter, low+n.Int64())
}

// numberKey is what is compared of an order number: letters and digits, upper
// case, and without the T of our own numbers, which customers leave out.
func numberKey(number string) string {
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, number)
	digits, ours := strings.CutPrefix(key, orderLetter)
	if ours && digits != "" && strings.Trim(digits, "0123456789") == "" {
		return digits
	}
	return key
}
