package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const shopYAML = `company: {name: Koe, business_id: 1234567-1, street: Katu 1, postcode: "00530", city: Helsinki, phone: 010, email: a@koe.example}
currency: EUR
languages: [fi, sv, en]
hours:
  service: {mon: 9:00-17:00, tue: closed, wed: closed, thu: closed, fri: closed, sat: closed, sun: closed}
feed: goods.csv
`

// TestTheTableOfAShop lies beside its shop.yaml, in the signs that a spreadsheet
// saves; what cannot be sold is told row by row.
func TestTheTableOfAShop(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	check := func(table string) (string, error) {
		t.Helper()
		for name, text := range map[string]string{"shop.yaml": shopYAML, "goods.csv": table} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
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
	g, err := readGoods(strings.NewReader(names+"H-1;H\xf6yl\xe4;8,90;\n"), time.Now())
	if err != nil || g.Products[0].Name.In("fi") != "Höylä" {
		t.Errorf("%+v, %v", g.Products, err)
	}
	g, err = readGoods(strings.NewReader(`<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><item><id>A</id><title>H`+"\xf6yl\xe4"+`</title><price>15 EUR</price><availability>in stock</availability></item></channel></rss>`), time.Now())
	if err != nil || g.Products[0].Name.In("fi") != "Höylä" {
		t.Errorf("%+v, %v", g.Products, err)
	}
}
