package search

import (
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents/language"
)

// demand is something a customer asks of a product, as bits of a set.
type demand uint8

const (
	theWords demand = 1 << iota
	theSize
	theColor
	thePrice
	theAudience
	theStock
)

// demands are the names of [catalog.Found.Relaxed] and how much it hurts to
// give each up.
var demands = []struct {
	is   demand
	name string
	cost float32
}{
	{theWords, "words", 5},
	{theSize, "size", 3},
	{theColor, "color", 1},
	{thePrice, "price", 2},
	{theAudience, "audience", 4},
	{theStock, "stock", 2},
}

// maxCost is more than all demands cost together.
const maxCost = 100

// costs are those of all sets of demands.
var costs = func() (costs [theStock << 1]float32) {
	for set := range costs {
		for _, one := range demands {
			if demand(set)&one.is != 0 {
				costs[set] += one.cost
			}
		}
	}
	return costs
}()

func (d demand) cost() float32 { return costs[d] }

func (d demand) names() (names []string) {
	for _, one := range demands {
		if d&one.is != 0 {
			names = append(names, one.name)
		}
	}
	return names
}

// Stock tells how many pieces of a variant are left, if they are counted.
type Stock = func(sku string) (pieces int, counted bool)

// asked is what a query asks besides words.
type asked struct {
	x             *Index
	query         *catalog.Query
	stock         Stock
	shelf         int32 // or none
	except        int32 // the shelf that is not wanted, or none
	sizes, colors fits
	unwanted      []string          // colours
	free          []string          // materials
	said          map[string]bitmap // by colour, the goods whose texts say it
}

// asks reads a query. Nothing stands on a shelf that the shop does not have.
func (x *Index) asks(q *catalog.Query, stock Stock) *asked {
	return &asked{
		x: x, query: q, stock: stock, shelf: x.shelves.of(q.Category), except: x.shelves.of(q.Except),
		sizes:    fits{asked: q.Size, values: x.sizes.values, fit: sizeFit},
		colors:   fits{asked: q.Color, values: x.colors.values, fit: colorFit},
		unwanted: strings.Fields(q.Without),
		free:     strings.Fields(q.Free),
	}
}

// excepts reports whether a product lies on the shelf that is not wanted, or is of a
// material that must not be in it.
func (a *asked) excepts(g *goods) bool {
	return a.except != none && a.x.shelves.holds(a.except, g.shelf) || slices.ContainsFunc(a.free, g.product.Mentions)
}

// fits tells how well the values of an option suit the one that is asked for;
// each is found out once.
type fits struct {
	asked  string
	values []string
	fit    func(asked, has string) float32
	known  []float32 // by value, what was found out and 1 more
}

func (f *fits) of(value int32) float32 {
	if f.asked == "" {
		return 1
	}
	if f.known == nil {
		f.known = make([]float32, len(f.values))
	}
	if f.known[value] == 0 {
		f.known[value] = 1 + f.fit(f.asked, f.values[value])
	}
	return f.known[value] - 1
}

// fit holds a product against what is asked: which demands it fails in its
// best variant, and how well it meets the others, up to 1. Unless what is left
// counts, which takes the longest to find out, all is taken to be in stock.
func (a *asked) fit(g *goods, left bool) (failed demand, well float32) {
	best := float32(maxCost)
	for i := range g.variants {
		f, w := a.fitVariant(g, &g.variants[i])
		if cost := f.cost(); cost > best || cost == best && w <= well {
			continue
		}
		if left && !available(&g.product.Variants[i], a.stock) {
			if a.query.InStock {
				f |= theStock
			}
			w *= 0.7
		}
		if cost := f.cost(); cost < best || cost == best && w > well {
			best, failed, well = cost, f, w
		}
		if failed == 0 && well == 1 {
			break
		}
	}
	fits, nearly := audienceFit(a.query.Audience, g.audience)
	ofAge, aptly := g.ages.fit(a.query.Age)
	if !fits || !ofAge {
		failed |= theAudience
	}
	well *= nearly
	if a.query.Text == "" { // else the words tell what is wanted
		well *= aptly
		if a.query.Gift && a.query.Size == "" && g.sized {
			well *= unsized
		}
	}
	return failed, well
}

func (a *asked) fitVariant(g *goods, v *variant) (failed demand, well float32) {
	well = 1
	if s := a.sized(g, v); s > 0 {
		well *= s
	} else {
		failed |= theSize
	}
	if c := a.colored(g, v); c > 0 {
		well *= c
	} else {
		failed |= theColor
	}
	if q, price := a.query, catalog.Cents(v.price); q.Max > 0 && price > q.Max {
		failed |= thePrice
		well *= float32(q.Max) / float32(price)
	} else if price < q.Min {
		failed |= thePrice
		well *= float32(price) / float32(q.Min)
	}
	return failed, well
}

// bySaying is how well goods without a colour or size to choose fit one that their texts say.
const bySaying = 0.9

// sized returns how well a variant is of the size that is asked for. Goods that come in one
// size alone are of the sides that their name or their facts tell.
func (a *asked) sized(g *goods, v *variant) float32 {
	fit := a.sizes.of(v.size)
	if fit == 0 && a.sizes.values[v.size] == "" && catalog.IsArea(a.sizes.asked) && g.product.MeasuresArea(a.sizes.asked) {
		fit = bySaying
	}
	return fit
}

// colored returns how well a variant is of the colour that is asked for and of none that
// is not wanted. Goods that come in one colour alone are of the colours that their name,
// their shelf or their facts say: "vihreä tee" lies on the shelf "Vihreät teet".
func (a *asked) colored(g *goods, v *variant) float32 {
	has, fit := a.colors.values[v.color], a.colors.of(v.color)
	if has == "" && a.colors.asked != "" && a.says(g, a.colors.asked) {
		fit = bySaying
	}
	for _, color := range a.unwanted {
		if has != "" && colorFit(color, has) > 0 || has == "" && a.says(g, color) {
			return 0
		}
	}
	return fit
}

// says reports whether the texts of goods, but for what their description tells, say a
// colour.
func (a *asked) says(g *goods, color string) bool {
	said, known := a.said[color]
	if !known {
		said = bitmap(nil).emptied(int(a.x.size))
		for _, k := range a.x.read.read(language.Finnish, color).whole {
			if id, known := a.x.id(k.term); known {
				for _, posts := range a.x.lists(id) {
					for _, p := range posts {
						if p.describes() {
							said.set(p.product())
						}
					}
				}
			}
		}
		if a.said == nil {
			a.said = map[string]bitmap{}
		}
		a.said[color] = said
	}
	return said.has(a.x.number(g.product.ID))
}

func available(v *catalog.Variant, stock Stock) bool {
	if stock != nil {
		if pieces, counted := stock(v.SKU); counted {
			return pieces > 0
		}
	}
	return v.Stock != 0
}

// pet is whom goods for animals are for.
const pet = "pet"

// audienceFit reports whether a product suits who is asked for, and how nearly.
func audienceFit(asked, has string) (fits bool, nearly float32) {
	switch {
	case asked == "" && (has == "child" || has == "baby"):
		return true, 0.97 // who buys for a child mostly says so
	case asked == "" && has == pet:
		return true, 0.995
	case asked == "" || asked == has:
		return true, 1
	case has == "":
		return true, 0.7
	case has == "adult" && (asked == "women" || asked == "men"),
		asked == "adult" && (has == "women" || has == "men"):
		return true, 0.9
	case has == "baby" && asked == "child", has == "child" && asked == "baby":
		return false, 0.9
	}
	return false, 0.6
}

// colorFit returns how well a colour is the one asked for: "sininen" is also
// found in its shades "tummansininen" and "vaaleansininen", and in "musta-sininen".
func colorFit(asked, has string) float32 {
	switch {
	case asked == has:
		return 1
	case has == "vaaleanpunainen": // pink is no shade of red to a customer
		return 0
	case strings.HasSuffix(has, "-"+asked), strings.HasPrefix(has, asked+"-"), strings.HasPrefix(has, asked+"/"):
		return 0.9
	case strings.HasSuffix(has, asked):
		return 0.85
	}
	return 0
}

// measures are the units of sizes that are weighed or measured.
var measures = map[string]bool{"kg": true, "g": true, "l": true, "dl": true, "cl": true, "ml": true, "m": true, "mm": true}

// unitOf is the unit of a size, "kg" of "12 kg", or "".
func unitOf(size string) string {
	number, unit, _ := strings.Cut(size, " ")
	if number == "" || number[0] < '0' || number[0] > '9' || strings.Contains(unit, " ") {
		return ""
	}
	return unit
}

// plainSize is a size without the unit that customers leave out, its decimals after a comma.
func plainSize(size string) string {
	return strings.ReplaceAll(strings.TrimSuffix(size, " cm"), ".", ",")
}

// inches reports whether a size is the waist and the leg of trousers in inches, which
// no other size has a part of: "30/32", not "36/38" or "110/116".
func inches(size string) bool {
	waist, leg, pair := strings.Cut(size, "/")
	if !pair {
		return false
	}
	w, err := strconv.Atoi(waist)
	l, err2 := strconv.Atoi(leg)
	return err == nil && err2 == nil && 24 <= w && w <= 46 && 28 <= l && l <= 36
}

// sizeFit returns how well a size is the one asked for: "30" is also found in
// "30/31" and "29-32", "110" in "110/116", "39-41" in "40/43" and "40", and everything
// a little in one size for all.
func sizeFit(asked, has string) float32 {
	asked, has = plainSize(asked), plainSize(has)
	if has == "" {
		return 0
	}
	if strings.EqualFold(asked, has) {
		return 1
	}
	if catalog.IsArea(asked) {
		if catalog.SameArea(asked, has) {
			return 1
		}
		return 0 // 160 x 230 is no 160 x 200
	}
	if strings.EqualFold(has, "yksi koko") || strings.EqualFold(has, "one size") {
		return 0.7
	}
	if measure, unit := unitOf(asked), unitOf(has); measures[measure] && unit != "" && unit != measure {
		return 0 // 12 kg is no pack of 12
	}
	if inches(asked) && inches(has) {
		return 0
	}
	between := func(r rune) bool { return r == '/' || r == '-' || r == '–' || r == ' ' }
	parts := strings.FieldsFunc(has, between)
	ends := strings.FieldsFunc(asked, between)
	measured := strings.Contains(asked, " ")
	for _, a := range ends {
		for _, h := range parts {
			if strings.EqualFold(a, h) && (!measured || '0' <= a[0] && a[0] <= '9') { // a unit alone does not do
				return 0.95
			}
		}
	}
	if len(parts) == 0 || len(ends) == 0 || len(ends) == 2 && !strings.Contains(asked, "-") {
		return 0
	}
	low, err := strconv.Atoi(parts[0])
	high, err2 := strconv.Atoi(parts[len(parts)-1])
	from, err3 := strconv.Atoi(ends[0])
	to, err4 := strconv.Atoi(ends[len(ends)-1])
	if err == nil && err2 == nil && err3 == nil && err4 == nil && low < to && from < high {
		return 0.95
	}
	return 0
}
