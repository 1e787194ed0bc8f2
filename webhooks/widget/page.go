package widget

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tiski/catalog"
)

//go:embed page.html page.css
var files embed.FS

var pageTemplate = template.Must(template.ParseFS(files, "page.html"))

// maxTiles is how many products the page shows.
const maxTiles = 12

// page is what the shop's page shows.
type page struct {
	Name, About string
	Company     catalog.Company
	Shelves     []string
	Tiles       []tile
}

type tile struct{ Name, Price, Image, Question string }

// page serves a page of the shop with the chat on it, in Finnish.
func (d *Door) page(c echo.Context) error {
	shop := d.Shop()
	p := page{About: shop.Company.About.In("fi"), Company: shop.Company, Tiles: tiles(shop)}
	p.Name = strings.TrimSuffix(strings.TrimSuffix(shop.Company.Name, " Oyj"), " Oy")
	for _, category := range shop.Categories {
		if category.Parent == "" {
			p.Shelves = append(p.Shelves, category.Name.In("fi"))
		}
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	return c.HTMLBlob(http.StatusOK, b.Bytes())
}

// tiles are the shop's most popular products, from one shelf after the other.
func tiles(shop *catalog.Shop) []tile {
	shelves := map[string][]*catalog.Product{}
	var names []string
	for i := range shop.Products {
		p := &shop.Products[i]
		shelf := topShelf(shop, p.Category)
		if shelves[shelf] == nil {
			names = append(names, shelf)
		}
		shelves[shelf] = append(shelves[shelf], p)
	}
	for _, on := range shelves {
		slices.SortStableFunc(on, func(a, b *catalog.Product) int { return cmp.Compare(b.Popularity, a.Popularity) })
	}
	var all []tile
	for row := 0; len(all) < min(maxTiles, len(shop.Products)); row++ {
		for _, name := range names {
			if on := shelves[name]; row < len(on) && len(all) < maxTiles {
				all = append(all, tileOf(on[row]))
			}
		}
	}
	return all
}

// topShelf is the category at the root of the tree.
func topShelf(shop *catalog.Shop, id string) string {
	for c := shop.Category(id); c != nil && c.Parent != ""; c = shop.Category(id) {
		id = c.Parent
	}
	return id
}

func tileOf(p *catalog.Product) tile {
	name := p.Name.In("fi")
	low, high := p.PriceRange()
	// A line does not end at the hyphen of "Kaamos Pakkanen -talvikengät".
	t := tile{Name: strings.ReplaceAll(name, " -", " \u2011"), Price: euros(low), Image: p.Image, Question: "Kerro lisää tuotteesta " + name}
	if low < high {
		t.Price = "alk. " + t.Price
	}
	if catalog.IsImage(p.Image) {
		t.Image = "/images/" + p.Image
		if color := strings.TrimPrefix(p.Variants[0].Color, "#"); color != "" {
			t.Image += "?color=" + color
		}
	}
	return t
}

// euros is an amount as Finnish writes it: "84,90 €".
func euros(c catalog.Cents) string {
	return fmt.Sprintf("%d,%02d\u00a0€", c/100, c%100)
}
