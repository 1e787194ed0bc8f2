package shopify

import (
	"bufio"
	"errors"
	"reflect"
	"strings"
	"testing"

	"tiski/catalog"
)

const (
	older = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Variant Image,Status,Variant Grams\n" +
		"pipo,Pipo,<p>Lämmin</p>,Kaamos,Pipot,,TRUE,Väri,Musta,Koko,M,P-1,shopify,3,deny,19.90,https://cdn.example/a.jpg,,active,120\n" +
		"pipo,,,,,,,,Musta,,L,P-2,shopify,-1,deny,21.90,https://cdn.example/b.jpg,https://cdn.example/b.jpg,\n" +
		"pipo,,,,,,,,,,,,,,,,https://cdn.example/c.jpg,,\n" +
		"huivi,Huivi,,Kaamos,,,true,Title,Default Title,,,,,0,deny,30,,,active\n" +
		"luonnos,Luonnos,,,,,true,Title,Default Title,,,,,0,deny,30,,,draft\n"
	newer = "Title,URL handle,Description,Vendor,Type,Tags,Published on online store,Option1 name,Option1 value,Option2 name,Option2 value,SKU,Inventory tracker,Inventory quantity,Continue selling when out of stock,Price,Product image URL,Variant image URL,Status,Weight value (grams)\n" +
		"Pipo,pipo,<p>Lämmin</p>,Kaamos,Pipot,,TRUE,Väri,Musta,Koko,M,P-1,shopify,3,DENY,19.90,https://cdn.example/a.jpg,,Active,120\n" +
		",pipo,,,,,,,Musta,,L,P-2,shopify,-1,DENY,21.90,https://cdn.example/b.jpg,https://cdn.example/b.jpg,\n" +
		",pipo,,,,,,,,,,,,,,,https://cdn.example/c.jpg,,\n" +
		"Huivi,huivi,,Kaamos,,,TRUE,Title,Default Title,,,,,,DENY,30,,,Active\n" +
		"Luonnos,luonnos,,,,,TRUE,Title,Default Title,,,,,,DENY,30,,,Draft\n"
)

func table(t *testing.T, text string) catalog.Goods {
	t.Helper()
	g, err := ReadTable(bufio.NewReader(strings.NewReader(text)))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestTablesOfBothAges(t *testing.T) {
	t.Parallel()
	want := []catalog.Product{
		{
			ID: "pipo", Name: catalog.Text{"fi": "Pipo"}, Description: catalog.Text{"fi": "Lämmin"}, Brand: "Kaamos", Category: "pipot", VAT: "general", Price: 1990,
			Image: "https://cdn.example/a.jpg", Variants: []catalog.Variant{
				{SKU: "P-1", Options: map[string]string{"color": "musta", "size": "M"}, Stock: 3, Bulk: catalog.Bulk{Weight: 120}},
				{SKU: "P-2", Options: map[string]string{"color": "musta", "size": "L"}, Price: 2190, Image: "https://cdn.example/b.jpg"},
			},
		},
		{
			ID: "huivi", Name: catalog.Text{"fi": "Huivi"}, Description: catalog.Text{"fi": "Huivi"}, Brand: "Kaamos", VAT: "general", Price: 3000,
			Variants: []catalog.Variant{{SKU: "huivi-1", Options: map[string]string{}, Stock: catalog.StockUnknown}},
		},
	}
	for name, text := range map[string]string{"older": older, "newer": newer, "shouted": strings.Replace(older, "Handle,Title", "HANDLE,TITLE", 1), "marked": "\ufeff" + older} {
		g := table(t, text)
		if !reflect.DeepEqual(g.Products, want) {
			t.Errorf("%s: got %+v", name, g.Products)
		}
		if len(g.Skipped) != 1 || g.Skipped[0] != (catalog.Skip{Item: 6, ID: "luonnos", Reason: "it is not published", Row: true}) {
			t.Errorf("%s: skipped %v", name, g.Skipped)
		}
		if header, _, _ := strings.Cut(text, "\n"); !IsTable(header) {
			t.Errorf("%s: is not known", name)
		}
	}
	if g := table(t, "Handle,Title,Option1 Name,Option1 Value,Variant Price\npipo,Pipo,Koko,M,\"19,90 €\"\n"); len(g.Notes) != 1 || len(g.Products) != 1 || g.Products[0].Price != 1990 {
		t.Errorf("a table without stock: %+v", g)
	}
	if IsTable("id\ttitle\tprice\tavailability") {
		t.Error("a feed is taken for an export")
	}
}

func TestRowsThatAreSkipped(t *testing.T) {
	t.Parallel()
	const header = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Requires Shipping,Gift Card\n"
	for row, want := range map[string]string{
		",A,,,,,,1,,":                     "handle is missing",
		"a,,,,,,,1,,":                     "title is missing",
		"a,A,,,,,,,,":                     "price is missing",
		"a,A,,,,,,yksi,,":                 `price "yksi" is not`,
		"a,A,,,,shopify,1,1.290,,":        `price "1.290" is not`,
		"a,A,,,,shopify,monta,1,,":        `stock "monta" is no number`,
		"a,A,,,,,,1,false,":               "not goods",
		"a,A,,,,,,1,,true":                "not goods",
		"a,A,Koko,M,X,,,1,,\na,,,L,X,,,1": "the id is already that of row 2",
		"a,A,Koko,M,X,,,1,,\na,,,M,Y,,,1": "cannot be told from X",
	} {
		if g := table(t, header+row+"\n"); len(g.Skipped) != 1 || !strings.Contains(g.Skipped[0].Reason, want) {
			t.Errorf("%s: skipped %v", row, g.Skipped)
		}
	}
	if _, err := ReadTable(bufio.NewReader(strings.NewReader("Handle,Title\n"))); err == nil {
		t.Error("a table without prices is read")
	}
	rows := strings.Repeat("a,A,,,,,,,,\n", maxRows)
	if _, err := ReadTable(bufio.NewReader(strings.NewReader(header + rows))); err != nil {
		t.Errorf("as many rows as may be: %v", err)
	}
	if _, err := ReadTable(bufio.NewReader(strings.NewReader(header + rows + "a,A,,,,,,,,\n"))); !errors.Is(err, catalog.ErrTooLarge) {
		t.Errorf("a row too many: %v", err)
	}
}

// FuzzReadTable: whatever a table holds, a shop can be made of what is read.
func FuzzReadTable(f *testing.F) {
	f.Add(older)
	f.Add(newer)
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ReadTable(bufio.NewReader(strings.NewReader(text)))
		if err != nil {
			return
		}
		if _, err := (&catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}).WithProducts(g.Products, g.Categories); err != nil {
			t.Errorf("no shop of it: %v", err)
		}
	})
}
