package catalog

import "strings"

// otherMaterials have the name of a material in theirs and are another.
var otherMaterials = map[string][]string{
	"villa": {"puuvill"},
	"puu":   {"puuvill"},
	"nahka": {"keinonahk", "tekonahk"},
}

// Mentions reports whether the shop's own words of a product, in Finnish, say that a
// material is in it, by the material's name: "villa" is in "lampaanvillaa" and not in
// "puuvillaa". A material that no words tell is not mentioned.
func (p *Product) Mentions(material string) bool {
	words := strings.ToLower(strings.Join(append([]string{p.Name.In("fi"), p.Material.In("fi")}, p.Features...), " "))
	for _, other := range append([]string{strings.ToLower(p.Brand)}, otherMaterials[material]...) {
		if other != "" {
			words = strings.ReplaceAll(words, other, "")
		}
	}
	return strings.Contains(words, material)
}
