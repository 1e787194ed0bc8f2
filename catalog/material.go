package catalog

import (
	"slices"
	"strings"
)

// otherMaterials have the name of a material in theirs and are another.
var otherMaterials = map[string][]string{
	"villa": {"puuvill"},
	"puu":   {"puuvill"},
	"nahka": {"keinonahk", "tekonahk"},
}

// kindsOf are beginnings of the names of what is a material, too.
var kindsOf = map[string][]string{
	"villa":       {"merino", "mohair", "kashmir", "kašmir", "cashmere", "alpak", "angora"},
	"merinovilla": {"merino"},
	"kashmir":     {"kašmir", "cashmere"},
	"alpakka":     {"alpak"},
}

// Mentions reports whether the shop's own words of a product, in Finnish, say that a
// material is in it, by the name of the material or of a kind of it: "villa" is in
// "lampaanvillaa" and in "mohairia", and not in "puuvillaa". The description is asked where
// no material is told. A material that no words tell is not mentioned.
func (p *Product) Mentions(material string) bool {
	words := strings.ToLower(strings.Join(append([]string{p.Name.In("fi"), p.Material.In("fi")}, p.Features...), " "))
	if p.Material.In("fi") == "" {
		words += " " + strings.ToLower(p.Description.In("fi"))
	}
	for _, other := range append([]string{strings.ToLower(p.Brand)}, otherMaterials[material]...) {
		if other != "" {
			words = strings.ReplaceAll(words, other, "")
		}
	}
	return slices.ContainsFunc(append([]string{material}, kindsOf[material]...), func(name string) bool { return strings.Contains(words, name) })
}
