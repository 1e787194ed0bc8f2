package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiski/catalog/demo"
)

// ownFiles are those of a shop that is another company's than the demo shop, and
// speaks Finnish alone.
func ownFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{
		"categories.yaml":      "- {id: langat, name: {fi: Langat}}\n",
		"products/langat.yaml": "- {id: suvi, name: {fi: Suvi-lanka}, description: {fi: Pehmeä lanka.}, category: langat, price: 8, variants: [{sku: SUVI}]}\n",
		"delivery.yaml":        "- {id: kirje, kind: home, name: {fi: Kirje}, price: 3, handling: 1-2, transit: 2-5}\n",
		"payments.yaml":        "- {id: invoice, name: {fi: Lasku}}\n",
		"returns.yaml":         "days: 14\ncost_paid: true\nhow: {fi: Postita lanka meille.}\nrefund_days: 14\n",
	}
	text, err := fs.ReadFile(demo.FS, "shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files["shop.yaml"] = strings.NewReplacer("Tuulikello Oy", "Lankavinkka Tmi", "Tuulikello on", "Lankavinkka on", "1234567-1", "7654321-2", "tuulikello.example", "lankavinkka.example", "[fi, sv, en]", "[fi]").Replace(string(text))
	return files
}

// laid writes files below a folder.
func laid(t *testing.T, dir string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// faults are what `tiski check` tells of a folder; "" when it is in order.
func faults(t *testing.T, dir string) string {
	t.Helper()
	var out bytes.Buffer
	if err := check(t.Context(), []string{"-shop", dir}, nil, &out); err != nil {
		return out.String() + err.Error()
	}
	return ""
}

// A shop of another company needs no file of languages that it does not speak, and
// tells nothing of the demo shop's.
func TestAnotherCompanysShop(t *testing.T) {
	t.Parallel()
	dir := laid(t, t.TempDir(), ownFiles(t))
	if out := output(t, "", "check", "-shop", dir); !strings.Contains(out, "Lankavinkka Tmi is in order: 1 products, 1 variants, 1 ways of delivery, 1 ways of paying, 0 answers") || strings.Contains(out, "unused") || strings.Contains(out, "untranslated") {
		t.Fatal(out)
	}
	lines := "mikä on teidän y-tunnus\nonko tää huijaus\nmihin lähetän työhakemuksen\nkertyykö ostoksista bonusta\nmiten palautan\napua\n"
	out := output(t, lines, "chat", "-shop", dir, "-data", t.TempDir())
	for _, foreign := range []string{"1234567-1", "uulikello", "5,90", "talvikeng", "3 sentin"} {
		if strings.Contains(out, foreign) {
			t.Errorf("%s is told:\n%s", foreign, out)
		}
	}
	if !strings.Contains(out, "Lankavinkka Tmi, Y-tunnus 7654321-2") {
		t.Errorf("the business id is not told:\n%s", out)
	}
}

// What must come together is told by name; an empty folder is none.
func TestFilesThatComeTogether(t *testing.T) {
	t.Parallel()
	some := func(names ...string) string {
		all, files := ownFiles(t), map[string]string{}
		for _, name := range names {
			files[name] = all[name]
		}
		return faults(t, laid(t, t.TempDir(), files))
	}
	for name, c := range map[string]struct {
		told, want string
	}{
		"nothing":           {some(), "the folder is empty: the demo shop would be shown"},
		"the company alone": {some("shop.yaml"), "delivery.yaml: the file is missing"},
		"no terms":          {some("shop.yaml", "categories.yaml", "products/langat.yaml", "delivery.yaml", "payments.yaml"), "returns.yaml: the file is missing"},
		"no goods":          {some("shop.yaml", "delivery.yaml", "payments.yaml", "returns.yaml"), "products: the shop has no goods"},
		"shelves alone":     {some("categories.yaml"), "products: the folder is missing: it must be there with shop.yaml or categories.yaml"},
	} {
		if !strings.Contains(c.told, c.want) || strings.Count(c.told, "\n") > 4 {
			t.Errorf("%s: %s", name, c.told)
		}
	}
}

// The lines of a persona in a language that the shop does not speak are a mistake
// where they are the shop's own.
func TestLinesOfALanguageThatTheShopDoesNotSpeak(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	files["personas/neutral.yaml"], files["personas/neutral.en.txt"] = "name: Kuka tahansa\n", "hello\n"
	if told := faults(t, laid(t, t.TempDir(), files)); !strings.Contains(told, `personas/neutral.en.txt: "en" is no other language of the shop`) {
		t.Error(told)
	}
}

// All that is wrong in all files is told at once, with file and line; what nothing fills
// is not said to customers.
func TestAllMistakesOfAFolderAreTold(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	files["delivery.yaml"] = strings.Replace(files["delivery.yaml"], "price: 3", "price: 3 €", 1)
	files["products/langat.yaml"] = strings.Replace(files["products/langat.yaml"], "Pehmeä lanka.", `"Pehmeä {laatu}"`, 1)
	files["answers/omat.yaml"] = "- id: ilta\n  intent: kauppa\n  ask: {fi: [milloin on neuleilta]}\n  say: {fi: Tervetuloa}\n- id: ohje\n  intent: store_info\n  ask: {fi: [onko ohjeita]}\n  say:\n    fi: Hei {nimi}\n"
	files["service.yaml"] = "replies:\n  - {id: hetki, text: {fi: 'Hei {name}, katson.'}}\n  - {id: moi, text: {fi: 'Hei {nimi}.'}}\n"
	files["personas/neutral.yaml"] = "name: Kuka tahansa\nhours: [25]\n"
	files["replies/fi/omat.yaml"] = "thanks: Kiitos!\ngreet: Hei {nimi}!\n"
	files["replies/fi/uudet.yaml"] = "gret: Hei!\n"
	told := faults(t, laid(t, t.TempDir(), files))
	for _, want := range []string{
		`delivery.yaml:1: "3 €" is not a price`, "products/langat.yaml:1: nothing fills {laatu}", `answers/omat.yaml:1: intent "kauppa" is none of`, "answers/omat.yaml:9: nothing fills {nimi}",
		"service.yaml:3: nothing fills {nimi}", "personas/neutral.yaml:2: hour 25", "replies/fi/omat.yaml:2: greet: nothing fills {nimi}", "replies/fi/uudet.yaml:1: gret is not a reply", "8 mistakes",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("%s is not told:\n%s", want, told)
		}
	}
	files["replies/fi/uudet.yaml"] = "thanks: Kiitos taas!\n"
	if told := faults(t, laid(t, t.TempDir(), files)); !strings.Contains(told, "replies/fi/uudet.yaml:1: thanks stands at replies/fi/omat.yaml:1 too") {
		t.Error(told)
	}
}

// Goods of a shop's own that would be sold in the demo company's name are warned of, and what the
// demo shop's files have for nothing is not told of a shop that did not write them.
func TestGoodsOfAMadeUpSeller(t *testing.T) {
	t.Parallel()
	table := laid(t, t.TempDir(), map[string]string{"goods.csv": "Tuotenumero;Nimi;Hinta;Varasto\nH-1;Höylä;8,90;1\n"}) + "/goods.csv"
	goods := ownFiles(t)
	for _, name := range []string{"shop.yaml", "delivery.yaml", "payments.yaml", "returns.yaml"} {
		delete(goods, name)
	}
	for name, c := range map[string]struct {
		shop   string
		warned bool
	}{
		"a table":                  {table, true},
		"goods without a company":  {laid(t, t.TempDir(), goods), true},
		"a company with its goods": {laid(t, t.TempDir(), ownFiles(t)), false},
	} {
		out := output(t, "", "check", "-shop", c.shop)
		if strings.Contains(out, "WARNING: the seller is made up") != c.warned || strings.Contains(out, "unused") {
			t.Errorf("%s: %s", name, out)
		}
	}
	if out := output(t, "", "check"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}

// An option that only this shop has is told in words of its own, in each language.
func TestAnOptionOfAShopsOwn(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	files["shop.yaml"] = strings.Replace(files["shop.yaml"], "languages: [fi]", "languages: [fi, sv]", 1)
	files["words.yaml"] = "- {option: option, value: säädön_tapa, name: {sv: reglering}}\n- {option: säädön_tapa, value: portaaton, name: {sv: steglös}}\n"
	files["products/langat.yaml"] = "- {id: suvi, name: {fi: Suvi-lamppu, sv: Lampan Suvi}, description: {fi: Pöydälle.}, category: langat, price: 8, variants: [{sku: A, säädön_tapa: portaaton}, {sku: B, säädön_tapa: kolme tasoa}]}\n"
	dir := laid(t, t.TempDir(), files)
	for lang, want := range map[string]string{"fi": "Säädön tapa: portaaton, kolme tasoa", "sv": "Reglering: steglös, kolme tasoa"} {
		if out := output(t, "suvi\n", "chat", "-shop", dir, "-data", t.TempDir(), "-lang", lang); !strings.Contains(out, want) {
			t.Errorf("%s: %s", lang, out)
		}
	}
}

// Texts that lack a language of the shop are told by file; an intent that is missing is
// told once.
func TestTextsOfAnotherLanguage(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	files["shop.yaml"] = strings.Replace(files["shop.yaml"], "languages: [fi]", "languages: [fi, sv]", 1)
	files["answers/a.yaml"] = "- {id: a, intent: store_info, ask: {fi: [onko kahvia]}, say: {fi: On.}}\n- id: b\n  intent: store_info\n  ask: {fi: [onko teetä]}\n  say: {fi: On., sv: Ja.}\n"
	dir := laid(t, t.TempDir(), files)
	if out := output(t, "", "check", "-shop", dir); !strings.Contains(out, "untranslated: answers/a.yaml:1: texts without sv: 1; who speaks it reads them in Finnish\n") ||
		!strings.Contains(out, "untranslated: delivery.yaml:") || strings.Contains(out, "without fi") || !strings.Contains(out, "in order") {
		t.Error(out)
	}
	laid(t, dir, map[string]string{"answers/a.yaml": "- {id: a, ask: {fi: [onko kahvia]}, say: {fi: On.}}\n"})
	if told := faults(t, dir); !strings.HasSuffix(told, "1 mistakes in the shop's files") {
		t.Error(told)
	}
}

// What does nothing is told and stops nothing; images that are none stop the start.
func TestWhatAFolderHasForNothing(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	files["images/kera.jpg"] = "\xff\xd8\xff\xe0..."
	files["images/kerä.jpg"], files["images/Thumbs.db"] = "?", "?"
	files["products/langat.yaml"] = strings.Replace(files["products/langat.yaml"], "price: 8", "price: 8, image: kera.jpg", 1)
	files["replies/omat.yaml"], files["replies/en/omat.yaml"] = "greet: Moi!\n", "greet: Hi!\n"
	files["replies/fi/omat.yaml"] = "greet: Moi!\n"
	files["intents/fi/product_search.txt"] = "onko lankaa\n"
	files["intents/fi/intents/product_search.txt"] = "onko lankaa\n"
	files["discounts.yaml"] = "- {id: syksy, code: SYKSY, name: {fi: Syksyn etu}, amount: 5, until: 2025-10-31}\n- {id: etu, code: ETU, name: {fi: Etu}, amount: 5}\n"
	files["campaigns/joulu.yaml"] = "say: {fi: Joululanka tuli.}\nfrom: 2025-11-24\nuntil: 2025-12-06\n"
	dir := laid(t, t.TempDir(), files)
	out := output(t, "", "check", "-shop", dir)
	for _, want := range []string{
		"unused: images/Thumbs.db: nothing reads it; write images/<name>.svg", "unused: replies/omat.yaml: nothing reads it; write replies/<language>/<name>.yaml",
		`unused: replies/en/omat.yaml: nothing reads it: "en" is no language of the shop`, "unused: intents/fi/product_search.txt: nothing reads it; write intents/<language>/intents/<intent>.txt",
		"unused: discounts.yaml: syksy is over since 2025-11-01", "unused: campaigns/joulu.yaml: it is over since 2025-12-07", "is in order",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not told:\n%s", want, out)
		}
	}
	if n := strings.Count(out, "unused:"); n != 7 {
		t.Errorf("%d are told:\n%s", n, out)
	}
	laid(t, dir, map[string]string{"intents/fi/intents/product_search.txt": "mit\xe4 lankoja"})
	if told := faults(t, dir); !strings.Contains(told, "intents/fi/intents/product_search.txt:1: not UTF-8") {
		t.Error(told)
	}
	laid(t, dir, map[string]string{"images/kera.jpg": "<html>", "images/muu.svg": `<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>`})
	if told := faults(t, dir); !strings.Contains(told, "images/kera.jpg: neither JPEG, PNG nor WebP") || !strings.Contains(told, "images/muu.svg: a drawing has no <text>") {
		t.Error(told)
	}
}
