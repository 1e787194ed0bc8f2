package catalog

import (
	"regexp"
	"strconv"
)

// ageFact is the fact of a product that tells for what age it is, in Finnish: "2–5 v",
// "yli 8 v", "0–12 kk".
const ageFact = "ikäsuositus"

var ages = regexp.MustCompile(`(?:(\d+)\s*[–-]\s*)?(\d+)[\s-]*(v|kk)`)

// Ages are the ages that a product is for, in months, both included; to is 0 when there is
// no upper one. told is false when the shop's files do not tell.
func (p *Product) Ages() (from, to int, told bool) {
	m := ages.FindStringSubmatch(p.Facts[ageFact].In("fi"))
	if m == nil {
		return 0, 0, false
	}
	unit := 12
	if m[3] == "kk" {
		unit = 1
	}
	last, _ := strconv.Atoi(m[2])
	if m[1] == "" {
		return last * unit, 0, true
	}
	first, _ := strconv.Atoi(m[1])
	return first * unit, (last+1)*unit - 1, true
}
