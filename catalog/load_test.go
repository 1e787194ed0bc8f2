package catalog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func testShop(t testing.TB) *Shop {
	t.Helper()
	s, err := Load(os.DirFS("testdata/shop"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSynonyms(t *testing.T) {
	t.Parallel()
	files := changed(t, "words.yaml", "musta", "musta")
	for list, want := range map[string]string{
		`[{words: {fi: [hattu]}, near: [pipo]}]`:           "",
		`[{near: [pipo]}]`:                                 "synonyms.yaml:1: words is missing",
		`[{words: {fi: [hattu]}}]`:                         "synonyms.yaml:1: mean or near is missing",
		`[{words: {fi: [musta hattu]}, near: [pipo]}]`:     `synonyms.yaml:1: "musta hattu" is more than one word`,
		`[{words: {suomi: [hattu]}, near: [pipo]}]`:        `synonyms.yaml:1: "suomi" is not a language`,
		`[{words: {fi: [hattu]}, near: [pipo], far: [x]}]`: "synonyms.yaml:1:",
	} {
		files["synonyms.yaml"] = &fstest.MapFile{Data: []byte(list)}
		s, err := Load(files)
		switch {
		case want == "" && (err != nil || len(s.Synonyms) != 1 || s.Synonyms[0].Near[0] != "pipo"):
			t.Errorf("%s: %v", list, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s: %v", list, err)
		}
	}
}

// changed is the test shop with one text replaced in one file.
func changed(t *testing.T, name, old, new string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/shop")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f := files[name]
	if f == nil || !strings.Contains(string(f.Data), old) {
		t.Fatalf("%s has no %q", name, old)
	}
	f.Data = []byte(strings.Replace(string(f.Data), old, new, 1))
	return files
}

func TestLoad(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	p := s.Product("kaamos-talvikenka")
	if p == nil || s.Product("puuttuu") != nil {
		t.Fatalf("Product: %v", p)
	}
	if got := p.Variants[0]; !reflect.DeepEqual(got, Variant{
		SKU:     "KAAMOS-28-SIN",
		Options: map[string]string{"size": "28", "color": "tummansininen"},
		Stock:   4,
		Color:   "#1f2f55",
	}) {
		t.Errorf("variant: %+v", got)
	}
	if low, high := p.PriceRange(); low != 6490 || high != 6690 {
		t.Errorf("prices %d–%d", low, high)
	}
	if got := p.Values("size"); !reflect.DeepEqual(got, []string{"28", "30"}) {
		t.Errorf("sizes %v", got)
	}
	if _, v := s.Variant("KAAMOS-30-SIN"); v == nil || v.Stock != StockUnknown {
		t.Errorf("variant without a number of stock: %+v", v)
	}
	if got := p.Facts["paino"].In("sv"); got != "410 g / kenkä" {
		t.Errorf("fact %q", got)
	}
	if c := s.Category("lasten-kengat"); c == nil || c.Parent != "kengat" {
		t.Errorf("category %+v", c)
	}
	if got := s.Hours.Service[4]; got != (Span{9 * 60, 16 * 60}) {
		t.Errorf("Friday %v", got)
	}
	if got := s.Answers[0].At; got != "answers/muut.yaml:1" {
		t.Errorf("answer at %s", got)
	}
	if got := s.Company.Postcode; got != "00530" {
		t.Errorf("postcode %q", got)
	}
	if got := s.Delivery[0]; got.Handling != (Days{1, 2}) || got.Transit != (Days{1, 3}) || got.Cutoff != 14*60 || got.FreeFrom != 8000 {
		t.Errorf("delivery %+v", got)
	}
}

func TestBulksOfFiles(t *testing.T) {
	t.Parallel()
	const variants = "\n  variants:\n    - {sku: KAAMOS-28-SIN, size: 28, color: tummansininen, stock: 4"
	s, err := Load(changed(t, "products/kengat.yaml", variants, "\n  weight: 900\n  length: 35"+variants+", weight: 1000000"))
	if err != nil {
		t.Fatal(err)
	}
	p := s.Products[0]
	if p.Bulk != (Bulk{900, 35}) || p.Variants[0].Bulk != (Bulk{Weight: 1_000_000}) || p.Variants[0].Options["weight"] != "" || p.Variants[1].Bulk != (Bulk{}) {
		t.Errorf("%+v", p)
	}
	for text, want := range map[string]Bulk{"max_weight: 35": {Weight: 35_000}, "max_weight: 2,5\n  max_length: 60": {2_500, 60}, "free_from: 80,00": {}} {
		s, err := Load(changed(t, "delivery.yaml", "free_from: 80,00", text))
		if err != nil || s.Delivery[0].Most != want {
			t.Errorf("%s: %+v, %v", text, s, err)
		}
	}
}

func TestReserve(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"currency: EUR": 30 * time.Minute, "currency: EUR\nreserve: 5": 5 * time.Minute, "currency: EUR\nreserve: 1440": 24 * time.Hour,
	} {
		s, err := Load(changed(t, "shop.yaml", "currency: EUR", text))
		if err != nil || s.Reserve != want {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, p := range []PaymentMethod{{ID: AtStore}, {ID: Invoice}, {ID: "bank", Provider: "paytrail"}} {
		if p.First() != (p.ID == "bank") {
			t.Errorf("%s is paid first: %v", p.ID, p.First())
		}
	}
}

// TestHoursAsFinnsWriteThem, with dots and dashes.
func TestHoursAsFinnsWriteThem(t *testing.T) {
	t.Parallel()
	for _, hours := range []string{"9.00–17.00", "9-17", "9:00 - 17:00"} {
		s, err := Load(changed(t, "shop.yaml", "mon: 9:00-17:00", "mon: "+hours))
		if err != nil || s.Hours.Service[0] != (Span{9 * 60, 17 * 60}) {
			t.Errorf("%s: %v", hours, err)
		}
	}
	s, err := Load(changed(t, "delivery.yaml", "handling: 1-2", "handling: 1–2"))
	if err != nil || s.Delivery[0].Handling != (Days{1, 2}) {
		t.Error(err)
	}
}

func TestTranslate(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	for _, c := range [][3]string{
		{"tummansininen", "sv", "mörkblå"},
		{"tummansininen", "fi", "tummansininen"},
		{"lohenpunainen", "en", "lohenpunainen"},
	} {
		if got := s.Translate("color", c[0], c[1]); got != c[2] {
			t.Errorf("%s in %s: %s", c[0], c[1], got)
		}
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, old, new, want string }{
		{"products/kengat.yaml", "price: 64,90", "price: 64.90", `products/kengat.yaml:11: "64.90" is not a price`},
		{"products/kengat.yaml", "price: 64,90", "price: halpa", `products/kengat.yaml:11: "halpa" is not a price`},
		{"products/kengat.yaml", "price: 64,90", "price: 1234567", `products/kengat.yaml:11: "1234567" is not a price`},
		{"products/kengat.yaml", "price: 64,90", "price: ", `products/kengat.yaml:15: KAAMOS-28-SIN has no price`},
		{"products/kengat.yaml", `price: "66,90"`, `price: 66,90`, `products/kengat.yaml:16: "90" is not an option's name`},
		{"products/kengat.yaml", "size: 28", "Koko: 28", `products/kengat.yaml:15: "Koko" is not an option's name, which has small letters`},
		{"products/kengat.yaml", "stock: 4", "stock: ", `products/kengat.yaml:15: stock is empty`},
		{"products/kengat.yaml", "stock: 4", "stokc: 4", `products/kengat.yaml:15: stokc is no known option`},
		{"products/kengat.yaml", "stock: 4", "varasto: 4", `products/kengat.yaml:15: varasto is no known option`},
		{"products/kengat.yaml", "brand:", "brnad:", `products/kengat.yaml:4: unknown key brnad`},
		{"products/kengat.yaml", "fi: Kaamos-talvikengät, ", "", `products/kengat.yaml:2: the Finnish text (fi) is missing`},
		{"products/kengat.yaml", "fi: Lasten vedenpitävät", "fi: Lasten, vedenpitävät", `products/kengat.yaml:3: "vedenpitävät talvikengät pakkaseen." is not a language`},
		{"products/kengat.yaml", "category: lasten-kengat", "category: hatut", `products/kengat.yaml:1: unknown category hatut; categories.yaml has kengat, kirjat, lasten-kengat`},
		{"products/kengat.yaml", "vat: general", "vat: none", `products/kengat.yaml:1: unknown VAT class none`},
		{"products/kengat.yaml", "audience: child", "audience: kids", `products/kengat.yaml:6: audience is "kids"`},
		{"products/kengat.yaml", "image: talvikenka.svg", "image: kenka.svg", `products/kengat.yaml:12: there is no images/kenka.svg`},
		{"products/kengat.yaml", "image: talvikenka.svg", "image: ../shop.yaml", `products/kengat.yaml:12: image "../shop.yaml" is not a name`},
		{"products/kengat.yaml", "popularity: 70", "popularity: 101", `products/kengat.yaml:13: "101" is not a whole number from 0 to 100`},
		{"products/kengat.yaml", "stock: 4", "stock: -1", `products/kengat.yaml:15: "-1" is not a whole number`},
		{"products/kengat.yaml", "KAAMOS-28-SIN", strings.Repeat("A", 41), `products/kengat.yaml:15: SKU "AAAA`},
		{"products/kengat.yaml", "KAAMOS-28-SIN", "KAAMOS 28", `products/kengat.yaml:15: SKU "KAAMOS 28"`},
		{"products/kengat.yaml", "KAAMOS-28-SIN", "KIRJA-1", `products/kirjat.yaml:8: SKU KIRJA-1 is already at products/kengat.yaml:15`},
		{"products/kengat.yaml", "size: 30, color: musta", "size: 30", `products/kengat.yaml:16: the options of KAAMOS-30-MUS are (size)`},
		{"products/kengat.yaml", "size: 30, color: musta", "size: 28, color: tummansininen", `products/kengat.yaml:16: KAAMOS-30-MUS has the same options`},
		{"products/kengat.yaml", "features: [vedenpitävä, irrotettava vuori]", "features: vedenpitävä", `products/kengat.yaml:7: a list is wanted`},
		{"products/kengat.yaml", "- id: kaamos-talvikenka", "- id: Kaamos", `products/kengat.yaml:1: "Kaamos" must be at most 40 of`},
		{"products/kirjat.yaml", "hamaran-rannat", "kaamos-talvikenka", `products/kirjat.yaml:1: product kaamos-talvikenka is already at products/kengat.yaml:1`},
		{"products/kirjat.yaml", "\n    - {sku: KIRJA-1, stock: 3}", " []", `products/kirjat.yaml:7: a product has at least one variant`},
		{"products/kirjat.yaml", "  price: 11", "\tprice: 11", `products/kirjat.yaml:5: not YAML`},
		{"products/kirjat.yaml", "  price: 11", "  price: 11\n  price: 12", `products/kirjat.yaml:7: price stands here twice`},
		{"returns.yaml", "days: 14", "days: 13", `returns.yaml:1: the law gives at least 14 days`},
		{"returns.yaml", "refund_days: 14", "refund_days: 15", `returns.yaml:6: the law gives at most 14 days`},
		{"returns.yaml", "cost_paid: false", "cost_paid: true", `returns.yaml:1: cost must be left out`},
		{"products/kengat.yaml", "popularity: 70", "weight: 0", `products/kengat.yaml:13: "0" is not a whole number from 1 to 1000000`},
		{"products/kengat.yaml", "popularity: 70", "weight: 1,2 kg", `products/kengat.yaml:13: "1,2 kg" is not a whole number`},
		{"products/kengat.yaml", "stock: 4", "length: 1001", `products/kengat.yaml:15: "1001" is not a whole number from 1 to 1000`},
		{"delivery.yaml", "free_from: 80,00", "max_weight: 2,55", `delivery.yaml:6: "2,55" is not a weight in kilos`},
		{"delivery.yaml", "free_from: 80,00", "max_weight: 0,0", `delivery.yaml:6: max_weight must be more than nothing`},
		{"delivery.yaml", "free_from: 80,00", "max_length: 60 cm", `delivery.yaml:6: "60 cm" is not a whole number`},
		{"delivery.yaml", "kind: home", "kind: drone", `delivery.yaml:11: kind is "drone"`},
		{"delivery.yaml", `"00", "01"`, `"00", "Helsinki"`, `delivery.yaml:14: "Helsinki" is not the beginning of a postal code`},
		{"delivery.yaml", `"00", "01"`, `"00", "015301"`, `delivery.yaml:14: "015301" is not the beginning`},
		{"delivery.yaml", "handling: 1-2", "handling: 3-2", `delivery.yaml:7: "3-2" is not a range`},
		{"delivery.yaml", "handling: 1-2", "handling: pian", `delivery.yaml:7: "pian" are not working days`},
		{"delivery.yaml", `cutoff: "14:00"`, `cutoff: "24:01"`, `delivery.yaml:9: "24:01" is not a time of day`},
		{"delivery.yaml", "- id: kotiin", "- id: noutopiste", `delivery.yaml:10: delivery noutopiste stands here twice`},
		{"payments.yaml", "id: at_store", "id: bitcoin", `payments.yaml:1: payment bitcoin needs a provider`},
		{"payments.yaml", "id: at_store", "id: pankki, provider: paytrail", `payments.yaml:1: payment pankki needs credit: no, perhaps, yes`},
		{"payments.yaml", "id: at_store", "id: at_store, provider: paytrail", `payments.yaml:1: payment at_store is kept by the shop`},
		{"payments.yaml", "id: at_store", "id: pankki, provider: paytrail, credit: joskus", `payments.yaml:1: credit is "joskus"`},
		{"payments.yaml", "id: at_store", "provider: x, credit: no, id: " + strings.Repeat("a", 41), `payments.yaml:1: the id is longer than 40`},
		{"payments.yaml", "id: at_store", "id: invoice", `payments.yaml:2: payment invoice stands here twice`},
		{"payments.yaml", "- {id: at_store", "- {id: invoice, name: {fi: Lasku}}\n- {id: at_store", `payments.yaml:2: at_store must stand before invoice`},
		{"vat.yaml", "general:", "yleinen:", `vat.yaml:1: the class general is missing`},
		{"vat.yaml", "rate: 25.5", "rate: 25.55", `vat.yaml:1: rate "25.55" is not a percentage`},
		{"vat.yaml", "from: 2026-01-01", "from: 2024-01-01", `vat.yaml:2: the rates of books must stand in order`},
		{"vat.yaml", "2024-09-01", "1.9.2024", `vat.yaml:1: "1.9.2024" is not a date`},
		{"categories.yaml", "parent: kengat", "parent: saappaat", `categories.yaml:2: unknown parent saappaat`},
		{"categories.yaml", "parent: kengat", "parent: lasten-kengat", `categories.yaml:2: category lasten-kengat is its own parent`},
		{"categories.yaml", "id: kirjat", "id: kengat", `categories.yaml:3: category kengat is already in line 1`},
		{"words.yaml", "#1f2f55", "navy", `words.yaml:1: hex "navy" is not a colour`},
		{"words.yaml", "value: musta", "value: tummansininen", `words.yaml:2: color tummansininen is already in line 1`},
		{"shop.yaml", "1234567-1", "1234567-2", `shop.yaml:2: business_id "1234567-2" is not a Y-tunnus`},
		{"shop.yaml", `"00530"`, "530", `shop.yaml:2: postcode "530" is not five digits`},
		{"shop.yaml", "currency: EUR", "currency: SEK", `shop.yaml:13: currency is "SEK"`},
		{"shop.yaml", "[fi, sv, en]", "[fi, se]", `shop.yaml:14: "se" is Northern Sami; Swedish is written sv`},
		{"products/kengat.yaml", "sv: Kaamos", "se: Kaamos", `products/kengat.yaml:2: "se" is Northern Sami; Swedish is written sv`},
		{"shop.yaml", "[fi, sv, en]", "[sv, en]", `shop.yaml:14: fi must be among the languages`},
		{"shop.yaml", "mon: 9:00-17:00", "mon: 17:00-9:00", `shop.yaml:16: mon closes before it opens`},
		{"shop.yaml", "mon: 9:00-17:00, ", "", `shop.yaml:16: mon is missing`},
		{"shop.yaml", "2026-12-23", "2026-13-23", `shop.yaml:18: "2026-13-23" is not a date`},
		{"shop.yaml", "currency: EUR", "currency: EUR\nreserve: 4", `shop.yaml:14: "4" is not a whole number from 5 to 1440`},
		{"answers/muut.yaml", "intent: store_info", "intnet: store_info", `answers/muut.yaml:1: intent is missing`},
	} {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			s, err := Load(changed(t, c.file, c.old, c.new))
			var mistakes Mistakes
			if !errors.As(err, &mistakes) || s != nil {
				t.Fatalf("loaded: %v", err)
			}
			for _, m := range mistakes {
				if strings.HasPrefix(m.Error(), c.want) {
					return
				}
			}
			t.Errorf("told instead:\n%v", err)
		})
	}
}

// TestAMistakeIsToldOnce: of what cannot be read nothing else is said.
func TestAMistakeIsToldOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, old, new, want string }{
		{"delivery.yaml", "kind: home", "kind: letter", `delivery.yaml:11: kind is "letter"`},
		{"products/kengat.yaml", "price: 64,90", "price: 64.90", `products/kengat.yaml:11: "64.90" is not a price`},
		{"products/kirjat.yaml", "stock: 3", "price: 3 €", `products/kirjat.yaml:8: "3 €" is not a price`},
		{"products/kengat.yaml", "description: {fi: Lasten vedenpitävät talvikengät pakkaseen.}", "description: Lasten talvikengät", `products/kengat.yaml:3: a text is told by language: {fi: "Lasten talvikengät"}`},
		{"products/kengat.yaml", "Lasten", "L\xe4sten", `products/kengat.yaml:3: not UTF-8: save the file as UTF-8`},
		{"delivery.yaml", "kind: home", "kind:", `delivery.yaml:11: kind is missing`},
		{"shop.yaml", "mon: 9:00-17:00", "mon: 9:00-17:0", `shop.yaml:16: "17:0" is not a time of day`},
		{"shop.yaml", "currency: EUR", "currency: EUR\nreminders: {hours: 9:0-20:00}", `shop.yaml:14: "9:0" is not a time of day`},
	} {
		_, err := Load(changed(t, c.file, c.old, c.new))
		var mistakes Mistakes
		if !errors.As(err, &mistakes) || len(mistakes) != 1 || !strings.HasPrefix(mistakes[0].Error(), c.want) {
			t.Errorf("told is\n%v\nnot %s alone", err, c.want)
		}
	}
}

func TestAllMistakesAreTold(t *testing.T) {
	t.Parallel()
	files := changed(t, "returns.yaml", "days: 14", "days: 7")
	delete(files, "vat.yaml")
	files["products/huono.yaml"] = &fstest.MapFile{Data: []byte("- {id: a}\n- 7\n")}
	files["products/ohje.txt"] = &fstest.MapFile{}
	_, err := Load(files)
	want := strings.Join([]string{
		"products: ohje.txt is not a .yaml file",
		"products/huono.yaml:1: name is missing",
		"products/huono.yaml:1: description is missing",
		"products/huono.yaml:1: category is missing",
		"products/huono.yaml:1: variants is missing",
		"products/huono.yaml:2: “key: value” pairs are wanted",
		"products/kengat.yaml:1: unknown VAT class general",
		"products/kirjat.yaml:1: unknown VAT class books",
		"returns.yaml:1: the law gives at least 14 days (KSL 6:14)",
		"vat.yaml: the file is missing",
	}, "\n")
	if err == nil || err.Error() != want {
		t.Errorf("told:\n%v\nwanted:\n%s", err, want)
	}
}

func TestFeedShopNeedsNoProducts(t *testing.T) {
	t.Parallel()
	files := changed(t, "shop.yaml", "currency: EUR", "currency: EUR\nfeed: https://koepuoti.example/feed.xml")
	delete(files, "products/kengat.yaml")
	delete(files, "products/kirjat.yaml")
	delete(files, "categories.yaml")
	s, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if s.Feed != "https://koepuoti.example/feed.xml" || len(s.Products) != 0 {
		t.Errorf("feed %q with %d products", s.Feed, len(s.Products))
	}
}

func TestReviewFeedIsAnAddress(t *testing.T) {
	t.Parallel()
	for written, good := range map[string]bool{"https://reviews.example/feed.xml": true, "reviews.xml": false, "file:///etc/passwd": false, "https:///feed.xml": false} {
		s, err := Load(changed(t, "shop.yaml", "currency: EUR", "currency: EUR\nreview_feed: "+written))
		if (err == nil) != good || good && s.ReviewFeed != written {
			t.Errorf("%s: %v", written, err)
		}
	}
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("products/oma.yaml", "- {id: oma, name: {fi: Oma}, description: {fi: Oma tuote.}, category: kirjat, price: 5, variants: [{sku: OMA}]}")
	write(".git/config", "")
	write("replies/fi/greet.yaml", "")
	over, err := Overlay(os.DirFS("testdata/shop"), dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(over)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Products) != 1 || s.Product("oma") == nil || s.Company.Name != "Koepuoti Oy" {
		t.Errorf("products %v of %s", s.Products, s.Company.Name)
	}
	if len(s.Discounts) != 0 {
		t.Errorf("the base's discounts hold in another shop: %+v", s.Discounts)
	}
	write("discounts.yaml", "- {id: oma, code: OMA, name: {fi: Oma}, amount: 1}")
	if over, err = Overlay(os.DirFS("testdata/shop"), dir); err != nil {
		t.Fatal(err)
	}
	if s, err = Load(over); err != nil || len(s.Discounts) != 1 || s.Discount("oma") == nil {
		t.Errorf("its own discounts: %v", err)
	}

	write("desktop.ini", "")
	if _, err = Overlay(os.DirFS("testdata/shop"), dir); err != nil {
		t.Errorf("what Windows left behind: %v", err)
	}
	write("prodcuts/oma.yaml", "")
	_, err = Overlay(os.DirFS("testdata/shop"), dir)
	if err == nil || !strings.HasPrefix(err.Error(), "prodcuts: no part of a shop") {
		t.Errorf("unknown name: %v", err)
	}
	for name, want := range map[string]string{"shop.yml": "shop.yaml", "Products.txt": "products", "reviews.xlsx": "reviews.csv"} {
		if why := noPart(name); why != "no part of a shop: it is called "+want {
			t.Errorf("%s: %s", name, why)
		}
	}
	if why := noPart("tavarat.csv"); !strings.HasSuffix(why, "when shop.yaml names it, feed: tavarat.csv") {
		t.Error(why)
	}
	if _, err := Overlay(os.DirFS("testdata/shop"), filepath.Join(dir, "puuttuu")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: %v", err)
	}
}

func TestWithProducts(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	good := func() Product {
		return Product{ID: "a", VAT: "general", Price: 100, Variants: []Variant{{SKU: "a"}}}
	}
	other, err := s.WithProducts([]Product{good()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if other.Product("a") == nil || s.Product("a") != nil || s.Product("hamaran-rannat") == nil {
		t.Error("the shop itself was changed, or the other one was not")
	}
	for want, spoil := range map[string]func(*Product){
		"no variants":      func(p *Product) { p.Variants = nil },
		"unknown category": func(p *Product) { p.Category = "x" },
		"unknown VAT":      func(p *Product) { p.VAT = "x" },
		"has no price":     func(p *Product) { p.Price = 0 },
		"malformed":        func(p *Product) { p.Variants[0].SKU = "a b" },
		"the id is empty":  func(p *Product) { p.ID = "" },
	} {
		p := good()
		spoil(&p)
		if _, err := s.WithProducts([]Product{p}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := s.WithProducts([]Product{good(), good()}, nil); err == nil {
		t.Error("two products of one id")
	}
}

func FuzzLoad(f *testing.F) {
	seed, err := os.ReadFile("testdata/shop/products/kengat.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte("- &a [*a]"))
	f.Add([]byte("? {a: b}\n: c"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Load(fstest.MapFS{"products/a.yaml": {Data: data}})
		if err == nil || s != nil {
			t.Error("a shop without terms was loaded")
		}
	})
}
