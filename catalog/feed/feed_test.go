package feed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

var november = time.Date(2026, 11, 22, 12, 0, 0, 0, catalog.Helsinki)

func classes(tenths int) (string, bool) {
	class, known := map[int]string{255: catalog.GeneralVAT, 135: "food"}[tenths]
	return class, known
}

func read(t *testing.T, text string) catalog.Goods {
	t.Helper()
	f, err := Read(strings.NewReader(text), november, classes)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rss is a feed of items, given by the elements in them.
func rss(items ...string) string {
	return `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Koe</title><item>` +
		strings.Join(items, "</item><item>") + `</item></channel></rss>`
}

const plainItem = `<g:id>A</g:id><g:title>Matto</g:title><g:price>15.00 EUR</g:price><g:availability>in_stock</g:availability>`

func TestLieromaa(t *testing.T) {
	t.Parallel()
	var feeds []catalog.Goods
	for _, kind := range []string{"xml", "tsv"} {
		name := filepath.Join("../../../shared/data", "lieromaa-google-feed-fi."+kind)
		file, err := os.Open(name)
		if err != nil {
			t.Skipf("the sample feed is not here: %v", err)
		}
		defer file.Close()
		f, err := Read(file, november, classes)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Products) != 3 || len(f.Skipped) != 0 {
			t.Fatalf("%s: %d products, skipped %v", kind, len(f.Products), f.Skipped)
		}
		feeds = append(feeds, f)
	}
	f := feeds[0]
	worms := f.Products[0]
	if worms.ID != "worms" || worms.Name.In("fi") != "Kompostimadot | Eisenia fetida" || worms.Brand != "Lieromaa" {
		t.Errorf("worms: %+v", worms)
	}
	if got, want := worms.Values("amount"), []string{"25 g, noin 50 matoa", "50 g, noin 100 matoa", "75 g, noin 150 matoa", "100 g, noin 200 matoa"}; !reflect.DeepEqual(got, want) {
		t.Errorf("amounts %q", got)
	}
	if low, high := worms.PriceRange(); low != 2000 || high != 5000 {
		t.Errorf("worms cost %d–%d", low, high)
	}
	if worms.Variants[3].Stock != 0 || worms.Variants[0].Stock != catalog.StockUnknown {
		t.Errorf("stock %+v", worms.Variants)
	}
	kit := f.Products[1]
	if kit.ID != "starterkit" || kit.Name.In("fi") != "Matokompostorin aloituspakkaus" || kit.Variants[0].Options["amount"] != "1 laatikko" {
		t.Errorf("kit: %+v", kit)
	}
	mix := f.Products[2]
	if got := mix.PriceOf(&mix.Variants[1]); got != 790 {
		t.Errorf("on sale: %d", got)
	}
	if want := time.Date(2026, 11, 30, 23, 59, 0, 0, catalog.Helsinki); !f.Until.Equal(want) {
		t.Errorf("prices hold until %v", f.Until)
	}
	if len(f.Categories) != 6 || f.Categories[1].Parent != "matokompostointi" || worms.Category != "kompostimadot" {
		t.Errorf("categories %+v", f.Categories)
	}
	if _, err := (&catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}).WithProducts(f.Products, f.Categories); err != nil {
		t.Errorf("no shop of it: %v", err)
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"rss":        rss(plainItem),
		"plain rss":  `<rss><channel><item><id>A</id><title>Matto</title><price>15.00 EUR</price><availability>in stock</availability></item></channel></rss>`,
		"atom":       `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><id>feed</id><entry><id>tag:1</id><title>Väärä</title>` + plainItem + `<link href="https://koe.example/a"/></entry></feed>`,
		"google won": `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item>` + plainItem + `<title>Väärä</title></item></channel></rss>`,
		"mark":       "\ufeff\n" + rss(plainItem),
		"tsv":        "id\ttitle\tprice\tavailability\r\nA\tMatto\t15.00 EUR\tin_stock\r\n",
		"csv":        "\ufeffid,title,price,availability\nA,\"Matto\",\"15,00 EUR\",in_stock\n",
		"semicolons": "id;title;price;availability\nA;Matto;15,00 EUR;in stock",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := read(t, text)
			if len(f.Products) != 1 || len(f.Skipped) != 0 {
				t.Fatalf("%+v", f)
			}
			p := f.Products[0]
			if p.Name.In("fi") != "Matto" || p.Price != 1500 || p.Variants[0].SKU != "A" || p.ID != "a" || p.VAT != "general" {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestNestedFieldsDoNotCount(t *testing.T) {
	t.Parallel()
	f := read(t, rss(`<g:shipping><g:price>8.90 EUR</g:price></g:shipping>`+plainItem))
	if f.Products[0].Price != 1500 {
		t.Errorf("price %d", f.Products[0].Price)
	}
}

func TestNoFeed(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":        "  \n",
		"html":         "<html><body>404</body></html>",
		"other table":  "name,amount\na,1\n",
		"cut off":      rss(plainItem)[:120],
		"only a title": "id\n",
	} {
		if f, err := Read(strings.NewReader(text), november, classes); err == nil {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestSkipped(t *testing.T) {
	t.Parallel()
	change := func(old, new string) string { return strings.Replace(plainItem, old, new, 1) }
	for want, broken := range map[string]string{
		"id is missing":             change("<g:id>A</g:id>", ""),
		"title is missing":          change("Matto", " "),
		"price is missing":          change("<g:price>15.00 EUR</g:price>", ""),
		"stock is missing":          change("in_stock", ""),
		`stock "ei" is no number`:   change("in_stock", "ei"),
		`price "15.00 SEK" is not`:  change("EUR", "SEK"),
		`price "0.00 EUR" is not`:   change("15.00", "0.00"),
		`price "-1 EUR" is not`:     change("15.00", "-1"),
		`price "1000000.01 EUR"`:    change("15.00", "1000000.01"),
		"the id is already that of": change("Matto", "Toinen"),
	} {
		f := read(t, rss(plainItem, broken, strings.ReplaceAll(plainItem, ">A<", ">B<")))
		if len(f.Products) != 2 || len(f.Skipped) != 1 {
			t.Errorf("%s: %d products, skipped %v", want, len(f.Products), f.Skipped)
		} else if s := f.Skipped[0]; s.Item != 2 || !strings.HasPrefix(s.Reason, want) {
			t.Errorf("%s: skipped %v", want, s)
		}
	}
}

// TestAnOwnTable has Finnish names of columns, prices and stock as people write them.
func TestAnOwnTable(t *testing.T) {
	t.Parallel()
	f := read(t, "Tuotenumero;Nimi;Hinta;Saldo;Osasto;Koko;Väri\n"+
		"VS-1;Villasukat;8,90 €;3;Asusteet > Sukat;35-37;Harmaa\n"+
		"VS-2;Villasukat;8.90;loppu;Asusteet > Sukat;38-40;Harmaa\n"+
		";;;;;;\n"+
		"MA-1;Matto;1 290,00 €;2;Koti;;\n"+
		"KU-1;Kuppi;halpa;3;Koti;;\n"+
		"KU-2;Muki;4,50;pari;Koti;;\n")
	if len(f.Products) != 2 || len(f.Notes) != 0 {
		t.Fatalf("%+v", f)
	}
	socks := f.Products[0]
	if socks.Name.In("fi") != "Villasukat" || socks.Category != "sukat" || socks.Price != 890 || len(socks.Variants) != 2 ||
		socks.Variants[0].Stock != 3 || socks.Variants[1].Stock != 0 || socks.Variants[1].Options["size"] != "38-40" || socks.Variants[1].Options["color"] != "harmaa" {
		t.Errorf("%+v", socks)
	}
	var skipped []string
	for _, s := range f.Skipped {
		skipped = append(skipped, s.String())
	}
	want := []string{
		`row 6 (KU-1): price "halpa" is not a price in euros`,
		`row 7 (KU-2): stock "pari" is no number of pieces`,
	}
	if !reflect.DeepEqual(skipped, want) {
		t.Errorf("skipped %q", skipped)
	}
}

// TestVATOfATable: a table may tell the rate of each of its goods, and columns that
// nothing reads are told.
// TestWeightsOfATable: the name of the column may tell their unit; what cannot be read is
// told, as it would go by any delivery.
func TestWeightsOfATable(t *testing.T) {
	t.Parallel()
	for table, want := range map[string]struct {
		grams []int
		notes string
	}{
		"Paino;25 kg;900 g":        {[]int{25_000, 900}, ""},
		"Paino (kg);25;1,5":        {[]int{25_000, 1_500}, ""},
		"Paino (g);900;1,5 kg":     {[]int{900, 1_500}, ""},
		"Paino;25;900 g":           {[]int{0, 900}, `: 1; write 900 g or 1,5 kg (row 2 has "25")`},
		"shipping_weight;x;noin 5": {[]int{0, 0}, `: 2; write 900 g or 1,5 kg (row 2 has "x")`},
	} {
		cells := strings.Split(table, ";")
		f := read(t, "Tuotenumero;Nimi;Hinta;Varasto (kpl);"+cells[0]+"\nA;Multa;6,90;1;"+cells[1]+"\nB;Ruukku;6,90;1;"+cells[2]+"\n")
		for i, p := range f.Products {
			if got := p.BulkOf(&p.Variants[0]).Weight; got != want.grams[i] || p.Variants[0].Stock != 1 {
				t.Errorf("%s: %d g, %d pieces", table, got, p.Variants[0].Stock)
			}
		}
		if notes := strings.Join(f.Notes, "\n"); len(f.Products) != 2 || !strings.HasSuffix(notes, want.notes) || (notes == "") != (want.notes == "") {
			t.Errorf("%s: %d products, %q", table, len(f.Products), notes)
		}
	}
}

func TestVATOfATable(t *testing.T) {
	t.Parallel()
	f := read(t, "Tuotenumero;Nimi;Hinta;Saldo;Koko;ALV;Alkuperä;Makuprofiili\n"+
		"S-50;Sencha;6,90;3;50 g;13,5 %;Japani;raikas\n"+
		"S-100;Sencha;12,90;3;100 g;13.5;Japani;\n"+
		"S-200;Sencha;22,90;3;200 g;25,5;Japani;\n"+
		"P-1;Pannu;59;3;;25,5%;;\n"+
		"M-1;Mitta;5;3;;;;\n"+
		"K-1;Kirja;20;3;;10 %;;\n"+
		"K-2;Kortti;2;3;;alennettu;;\n")
	var vat []string
	for _, p := range f.Products {
		vat = append(vat, p.VAT)
	}
	if len(f.Products) != 3 || !slices.Equal(vat, []string{"food", catalog.GeneralVAT, catalog.GeneralVAT}) || len(f.Products[0].Variants) != 2 {
		t.Errorf("%+v", f.Products)
	}
	var skipped []string
	for _, s := range f.Skipped {
		skipped = append(skipped, s.String())
	}
	slices.Sort(skipped)
	want := []string{
		`row 4 (S-200): its VAT is not that of its siblings`, `row 7 (K-1): VAT "10 %" is that of no class of vat.yaml now`, `row 8 (K-2): VAT "alennettu" is no rate in percent`,
	}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped %q", skipped)
	}
	if !slices.Equal(f.Notes, []string{"columns that nothing reads: alkuperä, makuprofiili"}) {
		t.Errorf("notes %q", f.Notes)
	}
}

func TestTablesWithoutStock(t *testing.T) {
	t.Parallel()
	f := read(t, "SKU;Tuote;Hinta\nA;Matto;15\n")
	if len(f.Products) != 1 || f.Products[0].Variants[0].Stock != catalog.StockUnknown || len(f.Notes) != 1 {
		t.Errorf("%+v", f)
	}
	f = read(t, "id,title,price,availability,quantity\nA,Matto,15 EUR,in stock,4\nB,Kuppi,5 EUR,out of stock,4\n")
	if len(f.Products) != 2 || f.Products[0].Variants[0].Stock != 4 || f.Products[1].Variants[0].Stock != 0 {
		t.Errorf("%+v", f)
	}
}

func TestAFirstRowThatFitsNothing(t *testing.T) {
	t.Parallel()
	_, err := Read(strings.NewReader("Artikkeli;Myyntihinta\nA;15\n"), november, classes)
	for _, want := range []string{"artikkeli, myyntihinta", "Tuotenumero, Nimi, Hinta", "WooCommerce"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not tell %q", err, want)
		}
	}
}

func TestSale(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sale, period string
		price        catalog.Cents
		until        string
	}{
		"always":     {"10.00 EUR", "", 1000, ""},
		"now":        {"10.00 EUR", "2026-11-20T00:00+0200/2026-11-30T23:59+0200", 1000, "2026-11-30T21:59"},
		"over":       {"10.00 EUR", "2026-11-01T00:00+02:00/2026-11-22T12:00+02:00", 1500, ""},
		"to come":    {"10.00 EUR", "2026-12-01T00:00Z/2026-12-05T00:00Z", 1500, "2026-12-01T00:00"},
		"malformed":  {"10.00 EUR", "joulukuu", 1500, ""},
		"dearer":     {"16.00 EUR", "", 1500, ""},
		"not money":  {"halpa", "", 1500, ""},
		"wrong unit": {"10.00 SEK", "", 1500, ""},
	} {
		f := read(t, rss(plainItem+"<g:sale_price>"+c.sale+"</g:sale_price><g:sale_price_effective_date>"+c.period+"</g:sale_price_effective_date>"))
		until := ""
		if !f.Until.IsZero() {
			until = f.Until.UTC().Format("2006-01-02T15:04")
		}
		if f.Products[0].Price != c.price || until != c.until {
			t.Errorf("%s: %d until %s", name, f.Products[0].Price, until)
		}
	}
}

func TestVariants(t *testing.T) {
	t.Parallel()
	item := func(id, title, more string) string {
		return fmt.Sprintf(`<g:id>%s</g:id><g:item_group_id>G</g:item_group_id><g:title>%s</g:title><g:price>15.00 EUR</g:price><g:availability>in_stock</g:availability>%s`, id, title, more)
	}
	for name, c := range map[string]struct {
		items   []string
		product string
		options []map[string]string
	}{
		"fields": {
			[]string{
				item("1", "Paita, punainen, M", "<g:color>Punainen</g:color><g:size>M</g:size><g:material>puuvilla</g:material>"),
				item("2", "Paita, sininen, L", "<g:color>Sininen</g:color><g:size>L</g:size><g:material>puuvilla</g:material>"),
			},
			"Paita", []map[string]string{{"color": "punainen", "size": "M"}, {"color": "sininen", "size": "L"}},
		},
		"words at the end": {
			[]string{item("1", "Hunaja 250 g", ""), item("2", "Hunaja 500 g", "")},
			"Hunaja", []map[string]string{{"amount": "250 g"}, {"amount": "500 g"}},
		},
		"words in the middle": {
			[]string{item("1", "Punainen matto", ""), item("2", "Sininen matto", "")},
			"Matto", []map[string]string{{"amount": "Punainen"}, {"amount": "Sininen"}},
		},
		"nothing in common": {
			[]string{item("1", "Hunaja", ""), item("2", "Mesi", "")},
			"Hunaja", []map[string]string{{"amount": "Hunaja"}, {"amount": "Mesi"}},
		},
		"fields and titles": {
			[]string{item("1", "Lanka (50 g)", "<g:color>musta</g:color>"), item("2", "Lanka (100 g)", "<g:color>musta</g:color>")},
			"Lanka", []map[string]string{{"color": "musta", "amount": "50 g"}, {"color": "musta", "amount": "100 g"}},
		},
	} {
		f := read(t, rss(c.items...))
		if len(f.Products) != 1 {
			t.Fatalf("%s: %+v", name, f)
		}
		p := f.Products[0]
		var options []map[string]string
		for _, v := range p.Variants {
			options = append(options, v.Options)
		}
		if p.Name.In("fi") != c.product || !reflect.DeepEqual(options, c.options) {
			t.Errorf("%s: %s %v", name, p.Name.In("fi"), options)
		}
	}
	f := read(t, rss(item("1", "Matto", ""), item("2", "Matto", "")))
	if len(f.Products[0].Variants) != 1 || len(f.Skipped) != 1 || f.Skipped[0].Reason != "cannot be told from 1" {
		t.Errorf("twins: %+v", f)
	}
}

func TestIdentifiers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 41)
	table := "id\ttitle\tprice\tavailability\tproduct_type\n"
	for _, id := range []string{"Kenkä 1", "kenka-1", "kenka_1", long, long + "b", "鞋"} {
		table += id + "\tKenkä\t1 EUR\tin_stock\tKengät > Kengät\n"
	}
	f := read(t, table)
	if len(f.Products) != 6 || len(f.Skipped) != 0 {
		t.Fatalf("%+v", f)
	}
	ids, skus := map[string]bool{}, map[string]bool{}
	sku := regexp.MustCompile(`^[A-Za-z0-9._-]{1,40}$`)
	for _, p := range f.Products {
		ids[p.ID], skus[p.Variants[0].SKU] = true, true
		if len(p.ID) > 40 || !sku.MatchString(p.Variants[0].SKU) {
			t.Errorf("%q %q", p.ID, p.Variants[0].SKU)
		}
	}
	if len(ids) != 6 || len(skus) != 6 || !skus["kenka-1"] {
		t.Errorf("%v %v", ids, skus)
	}
	if len(f.Categories) != 2 || f.Categories[1].Parent != f.Categories[0].ID || f.Categories[0].ID == f.Categories[1].ID {
		t.Errorf("%+v", f.Categories)
	}
	again := read(t, table)
	if !reflect.DeepEqual(f, again) {
		t.Error("the same feed gives other identifiers")
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	f := read(t, rss(plainItem+`<g:description>&lt;p&gt;Pehmeä &amp;amp; lämmin&lt;/p&gt;
		&lt;b&gt;matto&lt;/b&gt;</g:description><g:link>javascript:alert(1)</g:link><g:gender>female</g:gender>`))
	p := f.Products[0]
	if got := p.Description.In("fi"); got != "Pehmeä & lämmin matto" {
		t.Errorf("description %q", got)
	}
	if p.URL != "" || p.Audience != "women" {
		t.Errorf("%+v", p)
	}
	f = read(t, rss(strings.Replace(plainItem, "Matto", strings.Repeat("ä", 151), 1)))
	if got := []rune(f.Products[0].Name.In("fi")); len(got) != 150 || got[149] != '…' {
		t.Errorf("title of %d signs", len(got))
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	table := func(items int) io.Reader {
		return io.MultiReader(strings.NewReader("id\ttitle\tprice\n"), strings.NewReader(strings.Repeat("\tM\t\n", items)))
	}
	if f, err := Read(table(maxItems), november, classes); err != nil || len(f.Skipped) != maxItems {
		t.Errorf("as many items as allowed: %d, %v", len(f.Skipped), err)
	}
	if _, err := Read(table(maxItems+1), november, classes); !errors.Is(err, catalog.ErrTooLarge) {
		t.Errorf("an item too many: %v", err)
	}
	head := []byte(rss(plainItem))
	pad := bytes.Repeat([]byte(" "), maxBytes-len(head))
	if _, err := Read(io.MultiReader(bytes.NewReader(pad), bytes.NewReader(head)), november, classes); err != nil {
		t.Errorf("as large as allowed: %v", err)
	}
	if _, err := Read(io.MultiReader(strings.NewReader(" "), bytes.NewReader(pad), bytes.NewReader(head)), november, classes); !errors.Is(err, catalog.ErrTooLarge) {
		t.Errorf("a byte too many: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(rss(plainItem, plainItem)))
	f.Add([]byte("id\ttitle\tprice\tavailability\titem_group_id\tproduct_type\nA\tM\t1 EUR\tin_stock\tg\ta > b\nB\tM 2\t1 EUR\tin_stock\tg\t> >\n"))
	f.Add([]byte("id;title;price;availability\n€;()();1 EUR;in stock\n\xff;\xff;2 €;in stock"))
	shop := &catalog.Shop{VAT: map[string][]catalog.Rate{"general": {{Tenths: 255}}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		feed, err := Read(bytes.NewReader(data), november, classes)
		if err != nil {
			return
		}
		if _, err := shop.WithProducts(feed.Products, feed.Categories); err != nil {
			t.Errorf("read, but no shop: %v", err)
		}
	})
}

func TestBulk(t *testing.T) {
	t.Parallel()
	for fields, want := range map[string]catalog.Bulk{
		"": {},
		"<g:shipping_weight>3.4 kg</g:shipping_weight>": {Weight: 3_400},
		"<g:shipping_weight>500 g</g:shipping_weight><g:shipping_length>20 cm</g:shipping_length><g:shipping_height>60.5 cm</g:shipping_height>": {Weight: 500, Length: 61},
		"<g:shipping_weight>1 LB</g:shipping_weight><g:shipping_width>10in</g:shipping_width>":                                                   {Weight: 454, Length: 26},
		"<g:shipping_weight>0,25 kg</g:shipping_weight>":                                                                                         {Weight: 250},
		"<g:shipping_weight>painava</g:shipping_weight><g:shipping_length>20 km</g:shipping_length>":                                             {},
		"<g:shipping_weight>-3 kg</g:shipping_weight><g:shipping_length>9999999 cm</g:shipping_length>":                                          {},
	} {
		f := read(t, rss(plainItem+fields))
		if got := f.Products[0].Variants[0].Bulk; got != want {
			t.Errorf("%s: %+v, want %+v", fields, got, want)
		}
	}
}
