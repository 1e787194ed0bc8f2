package main

import (
	"strings"
	"testing"
	"time"
)

// TestTheTableOfAShop lies beside its shop.yaml, in the signs that a spreadsheet
// saves; what cannot be sold is told row by row.
func TestTheTableOfAShop(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	delete(files, "categories.yaml")
	delete(files, "products/langat.yaml")
	files["shop.yaml"] += "feed: goods.csv\n"
	dir := t.TempDir()
	check := func(table string) (string, error) {
		t.Helper()
		files["goods.csv"] = table
		laid(t, dir, files)
		var out strings.Builder
		err := run(t.Context(), []string{"check", "-shop", dir}, strings.NewReader(""), &out)
		return out.String(), err
	}
	const names = "Tuotenumero;Nimi;Hinta;Osasto\n"
	out, err := check(names + "H-1;H\xf6yl\xe4;8,90 \x80;K\xe4sity\xf6kalut\nH-2;Vasara;halpa;\n")
	for _, want := range []string{"in order: 1 products", `skipped: goods.csv: row 3 (H-2): price "halpa"`, "goods.csv: no column tells the stock"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%v: %q has no %q", err, out, want)
		}
	}
	for table, want := range map[string]string{
		names:                "goods.csv: it has no goods that can be sold; 0 are left out",
		names + "H-1;H;x;\n": `goods.csv: row 2 (H-1): price "x" is not a price in euros`,
	} {
		if out, err := check(table); err == nil || !strings.Contains(out, want) {
			t.Errorf("%v: %q has no %q", err, out, want)
		}
	}
	_, err = check("Artikkeli;Myyntihinta\nA;1\n")
	if err == nil || !strings.Contains(err.Error(), "goods.csv: read feed: the first row names artikkeli, myyntihinta") {
		t.Errorf("%v", err)
	}
	_, err = check("Nimi;Hinta;Varasto\nHöylä;8,90;1\n")
	if err == nil || !strings.Contains(err.Error(), "goods.csv: read feed: no column is named Tuotenumero (or id, SKU); the first row names nimi, hinta, varasto") {
		t.Errorf("%v", err)
	}
	g, err := readGoods(strings.NewReader(names+"H-1;H\xf6yl\xe4;8,90;\n"), time.Now(), nil)
	if err != nil || g.Products[0].Name.In("fi") != "Höylä" {
		t.Errorf("%+v, %v", g.Products, err)
	}
	g, err = readGoods(strings.NewReader(`<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item><id>A</id><title>H`+"\xf6yl\xe4"+`</title><price>15 EUR</price><availability>in stock</availability></item></channel></rss>`), time.Now(), nil)
	if err != nil || g.Products[0].Name.In("fi") != "Höylä" {
		t.Errorf("%+v, %v", g.Products, err)
	}
}
