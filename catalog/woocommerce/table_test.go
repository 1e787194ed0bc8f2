package woocommerce

import (
	"bufio"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

func TestTheSampleTable(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join(recordings, "woocommerce-sample_products.csv"))
	if err != nil {
		t.Skipf("the sample table is not here: %v", err)
	}
	defer file.Close()
	g, err := ReadTable(bufio.NewReader(file), november)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	for _, p := range g.Products {
		ids[p.ID] = len(p.Variants)
	}
	if len(ids) != 10 || ids["cc-tee"] != 9 || ids["cc-hoodie"] != 6 || ids["cc-beanie"] != 1 {
		t.Errorf("products %v", ids)
	}
	var why []string
	for _, s := range g.Skipped {
		why = append(why, s.ID+": "+s.Reason)
	}
	want := []string{
		"cc-hoodie-with-pocket: it is hidden in the shop", "cc-album: it is not goods that are delivered", "cc-single: it is not goods that are delivered",
		`cc-logo-collection: a product of type "grouped" is not sold here`, `cp-donation: a product of type "external" is not sold here`,
	}
	if !reflect.DeepEqual(why, want) {
		t.Errorf("skipped %q", why)
	}
	if _, err := (&catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}).WithProducts(g.Products, g.Categories); err != nil {
		t.Errorf("no shop of it: %v", err)
	}
}

const tableHeader = "ID,Type,SKU,Name,Published,Visibility in catalog,Date sale price starts,Date sale price ends,Tax class,In stock?,Stock,Sale price,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s)\n"

func TestTable(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		"1,simple,A,Matto,1,visible,,,,1,,,15,Koti > Matot,,,":                                                   "15.00 -1 matot",
		"1,simple,A,Matto,1,visible,,,,1,4,,15,,,,":                                                              "15.00 4 ",
		`1,simple,A,Matto,1,visible,,,,1,4,,"1 290,00 €",,,,`:                                                    "1290.00 4 ",
		`1,simple,A,Matto,1,visible,,,,1,loppu,"8,90",12.90,,,,`:                                                 "8.90 0 ",
		"1,simple,A,Matto,1,visible,,,,1,pari,,15,,,,":                                                           `stock "pari" is no number of pieces`,
		"1,simple,A,Matto,1,visible,,,,1,4,,halpa,,,,":                                                           `price "halpa" is not a price in euros`,
		"1,simple,A,Matto,1,visible,,,,0,4,,15,,,,":                                                              "15.00 0 ",
		"1,simple,A,Matto,1,visible,,,,1,,10,15,,,,":                                                             "10.00 -1 ",
		"1,simple,A,Matto,1,visible,2026-11-22,2026-11-23,,1,,10,15,,,,":                                         "10.00 -1  until 2026-11-23T00:00",
		"1,simple,A,Matto,1,visible,2026-11-20,2026-11-22 12:00:00,,1,,10,15,,,,":                                "15.00 -1 ",
		"1,simple,A,Matto,1,visible,2026-12-01,,,1,,10,15,,,,":                                                   "15.00 -1  until 2026-12-01T00:00",
		"1,simple,A,Matto,0,visible,,,,1,,,15,,,,":                                                               "it is not published",
		"1,simple,A,Matto,1,hidden,,,,1,,,15,,,,":                                                                "it is hidden in the shop",
		"1,simple,A,Matto,1,visible,,,reduced-rate,1,,,15,,,,":                                                   `the table does not tell the rate of tax class "reduced-rate"`,
		"1,simple,A,Matto,1,visible,,,,1,,,,,,,":                                                                 "it is not for sale",
		"1,variation,A,Matto,1,visible,,,,1,,,15,,B,Koko,M":                                                      "its parent is not in the table",
		"1,variable,B,Matto,1,visible,,,,1,,,,,,Koko,M\n2,variation,,Matto - M,1,visible,,,,1,,,15,,id:1,Koko,M": "15.00 -1 ",
	} {
		g, err := ReadTable(bufio.NewReader(strings.NewReader(tableHeader+row+"\n")), november)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(g.Products) == 1 {
			p := g.Products[0]
			stock := map[int]string{-1: "-1", 0: "0", 4: "4"}[p.Variants[0].Stock]
			got = p.PriceOf(&p.Variants[0]).Decimal() + " " + stock + " " + p.Category
			if !g.Until.IsZero() {
				got += " until " + g.Until.In(catalog.Helsinki).Format("2006-01-02T15:04")
			}
		} else if len(g.Skipped) == 1 {
			got = g.Skipped[0].Reason
		}
		if got != want {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
	}
	g, err := ReadTable(bufio.NewReader(strings.NewReader("Type,\"GTIN, UPC, EAN, or ISBN\",SKU,Name,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\n"+
		"variable,,B,Matto,,,Koko,\"M, L\"\nvariation,,B-M,Matto,15,B,Koko,M\nvariation,,B-L,Matto,-2,B,Koko,L\nsimple,,B-M,Kuppi,5,,,\n")), november)
	if err != nil || len(g.Products) != 1 || len(g.Products[0].Variants) != 1 || len(g.Notes) != 1 {
		t.Errorf("a table without stock: %+v, %v", g, err)
	}
	for i, want := range []string{`row 4 (B-L): price "-2" is not a price in euros`, "row 5 (B-M): the id is already that of row 3"} {
		if len(g.Skipped) != 2 || g.Skipped[i].String() != want {
			t.Errorf("skipped %v, want %s", g.Skipped, want)
		}
	}
	if _, err := ReadTable(bufio.NewReader(strings.NewReader("Type,Name\n")), time.Time{}); err == nil {
		t.Error("a table without prices is read")
	}
}

// FuzzReadTable: whatever a table holds, a shop can be made of what is read.
func FuzzReadTable(f *testing.F) {
	f.Add(tableHeader + "1,variable,B,Matto,1,visible,,,,1,,,,,,Koko,M\n2,variation,,Matto - M,1,visible,,,,1,,,15,,id:1,Koko,M\n")
	f.Add(tableHeader + "1,simple,A,Matto,1,visible,2026-11-20,2026-11-22 12:00:00,,1,4,10,15,Koti > Matot,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ReadTable(bufio.NewReader(strings.NewReader(text)), november)
		if err != nil {
			return
		}
		if _, err := (&catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}).WithProducts(g.Products, g.Categories); err != nil {
			t.Errorf("no shop of it: %v", err)
		}
	})
}

func FuzzNews(f *testing.F) {
	f.Add(`{"status":"completed","meta_data":[{"key":"_tiski_number","value":"T-1"},{"key":"_wc_shipment_tracking_items","value":[{"tracking_number":"A"}]}]}`)
	f.Fuzz(func(t *testing.T, body string) {
		if n, err := orderNews([]byte(body)); err == nil && n.Order == "" && n != (catalog.News{}) {
			t.Errorf("%q tells %+v of no order", body, n)
		}
		if n, err := News("s", nil, []byte(body)); err == nil && n != (catalog.News{}) {
			t.Errorf("an unsigned %q tells %+v", body, n)
		}
	})
}
