package intents

import (
	"regexp"
	"strings"
)

// Orders are numbered T- and six digits.
var (
	orderShape  = regexp.MustCompile(`(?i)(?:\bt[ ]?[-‐–]?[ ]?|#[ ]?(?:t-?)?)(\d{3} ?\d{3})\b`)
	orderDigits = 6
)

// orderNumbers finds numbers of orders: "T-100234", "t100234", "T 100 234", "#100234",
// "tilausnumero 100234", and bare digits when the number was asked for.
func (s *scan) orderNumbers() {
	for _, at := range orderShape.FindAllStringSubmatchIndex(s.text, -1) {
		s.addSpan(OrderNo, "T-"+strings.ReplaceAll(s.text[at[2]:at[3]], " ", ""), at[0], at[1])
	}
	for i, t := range s.tokens {
		if len(t.Text) != orderDigits || t.number() < 0 || s.taken[i] || strings.HasPrefix(s.sign(i), "€") {
			continue
		}
		if s.hint.Pending == OrderNo || s.after(aboutOrder, i) {
			s.add(OrderNo, "T-"+t.Text, i, i+1)
		}
	}
}
