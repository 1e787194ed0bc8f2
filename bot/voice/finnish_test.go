package voice

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
)

var rewrite = flag.Bool("rewrite", false, "write testdata/lauseet.txt anew; read the diff")

// itemReplies are the replies that a product or a variant fills.
func itemReplies(v *Voice, lang string) []string {
	var keys []string
	for key, variants := range v.replies[lang] {
		for _, t := range variants {
			names := " " + strings.Join(t.names(), " ") + " "
			if strings.Contains(names, " item ") || strings.Contains(names, " title ") {
				keys = append(keys, key)
				break
			}
		}
	}
	return keys
}

// filling fills whatever a reply about a product may ask for.
func filling(p *catalog.Product, n int) dialogue.Args {
	return dialogue.Args{
		"item", dialogue.Item{Product: p, Variant: &p.Variants[0]}, "title", p.Name, "count", n, "price", catalog.Cents(3190), "low", catalog.Cents(990), "high", catalog.Cents(14900),
		"wanted", dialogue.OptionValues{{Option: "size", Value: "42"}}, "sizes", dialogue.OptionValues{{Option: "size", Value: "42"}},
		"care", p.Name, "material", p.Name, "fact", p.Name, "feature", "vedenpitävä",
	}
}

// mistake tells what no reply may say.
func mistake(text string) string {
	for _, m := range []string{"{", "}", "  ", " .", " ,", " :", " ;", "..", ",."} {
		if strings.Contains(text, m) {
			return strconv.Quote(m)
		}
	}
	if strings.TrimSpace(text) != text {
		return "a blank at an end"
	}
	if strings.Contains(strings.ToLower(text), "tuotteen ") || strings.Contains(strings.ToLower(text), "tuotteesta ") {
		return "goods said with the word tuote"
	}
	return ""
}

// Every product in every reply that takes one, one piece and more: nothing is
// left unfilled, numbers stand with the partitive or with a plural.
func TestGoodsInReplies(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	for _, lang := range []string{"fi", "sv", "en"} {
		keys := itemReplies(v, lang)
		if len(keys) < 15 {
			t.Fatalf("%s: only %d replies take goods", lang, len(keys))
		}
		for i := range v.shop.Products {
			p := &v.shop.Products[i]
			for _, n := range []int{1, 2, 5} {
				for _, key := range keys {
					if n > 1 && !slices.Contains(v.replies[lang][key][0].names(), "count") {
						continue
					}
					text := v.sentence(key, filling(p, n), Tone{Lang: lang})
					if wrong := mistake(text); wrong != "" {
						t.Errorf("%s: %s: %s in %q", lang, key, wrong, text)
					}
				}
			}
		}
	}
	for i := range v.shop.Products {
		p := &v.shop.Products[i]
		name := p.Name["fi"]
		phrase := v.phrase(name)
		one, two := v.sentence("cart.removed", filling(p, 1), Tone{Lang: "fi"}), v.sentence("cart.added", filling(p, 2), Tone{Lang: "fi"})
		title, _, _ := strings.Cut(phrase.Object(), ",")
		if !strings.Contains(one, title) || phrase.Object() == name && !phrase.Plural() {
			t.Errorf("%q is removed so: %q", name, one)
		}
		number := "kaksi "
		if phrase.Plural() {
			number = "kahdet "
		}
		if _, of, ok := strings.Cut(two, number); !ok || strings.HasPrefix(of, title) != phrase.Plural() {
			t.Errorf("two of %q: %q", name, two)
		}
	}
}

// TestSentences says sentences of testdata/lauseet.txt: a product's id or "-",
// a number, a reply's key, and what is to be said.
func TestSentences(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	told, err := os.ReadFile("testdata/lauseet.txt")
	if err != nil {
		t.Fatal(err)
	}
	sentences := 0
	var heard strings.Builder
	for line := range strings.Lines(string(told)) {
		line = strings.TrimSuffix(line, "\n")
		fields := strings.SplitN(line, " ", 4)
		if strings.HasPrefix(line, "#") || len(fields) < 3 {
			heard.WriteString(line + "\n")
			continue
		}
		sentences++
		p := v.shop.Product(fields[0])
		n, err := strconv.Atoi(fields[1])
		if err != nil || p == nil {
			t.Fatalf("%q is not a product, a number, a reply and what is said", line)
		}
		text := v.sentence(fields[2], filling(p, n), Tone{Lang: "fi"})
		heard.WriteString(strings.Join(fields[:3], " ") + " " + text + "\n")
		if !*rewrite && (len(fields) < 4 || text != fields[3]) {
			t.Errorf("%s: said %q", line, text)
		}
	}
	if *rewrite {
		if err := os.WriteFile("testdata/lauseet.txt", []byte(heard.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if sentences < 80 {
		t.Errorf("%d sentences", sentences)
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	shop := *v.shop
	shop.Categories = []catalog.Category{
		{ID: "takit", Name: catalog.Text{"fi": "Takit"}}, {ID: "kengat", Name: catalog.Text{"fi": "Miesten kengät"}},
		{ID: "kirjat", Name: catalog.Text{"fi": "Kirjat"}}, {ID: "dekkarit", Parent: "kirjat", Name: catalog.Text{"fi": "Jännitys"}},
		{ID: "muut", Name: catalog.Text{"fi": "Teltat ja majoittuminen"}},
	}
	variants := []catalog.Variant{{}}
	shop.Products = []catalog.Product{
		{ID: "a", Name: catalog.Text{"fi": "Halti Tunturi", "en": "Halti Tunturi"}, Category: "takit", Variants: variants},
		{ID: "b", Name: catalog.Text{"fi": "Nike Air Max 90", "en": "Nike Air Max 90"}, Category: "kengat", Variants: variants},
		{ID: "c", Name: catalog.Text{"fi": "Yön kulkija", "en": "Walker of the Night"}, Category: "dekkarit", Variants: variants},
		{ID: "d", Name: catalog.Text{"fi": "Halti Kuru", "en": "Halti Kuru boots"}, Category: "muut", Variants: variants},
		{ID: "e", Name: catalog.Text{"fi": "Musta T-paita", "sv": "Svart T-shirt", "en": "Black box knife"}, Category: "muut", Variants: variants},
	}
	v = v.With(&shop)
	item := func(id string) dialogue.Item {
		for i := range shop.Products {
			if p := &shop.Products[i]; p.ID == id {
				return dialogue.Item{Product: p, Variant: &p.Variants[0]}
			}
		}
		t.Fatalf("no product %s", id)
		return dialogue.Item{}
	}
	friday := day(time.November, 27)
	for _, c := range []struct {
		lang, sentence string
		with           dialogue.Args
		want           string
	}{
		{"fi", "{n:x}", dialogue.Args{"n", 2, "x", item("a")}, "kaksi Halti Tunturi -takkia"},
		{"fi", "{n:x}", dialogue.Args{"n", 1, "x", item("a")}, "Halti Tunturi -takin"},
		{"fi", "{n:x}", dialogue.Args{"n", 1, "x", item("b")}, "Nike Air Max 90 -kengät"},
		{"fi", "{n:x}", dialogue.Args{"n", 2, "x", item("b")}, "kahdet Nike Air Max 90 -kengät"},
		{"fi", "{n:x}", dialogue.Args{"n", 2, "x", item("c")}, "kaksi Yön kulkija -kirjaa"},
		{"fi", "{n:x}", dialogue.Args{"n", 0, "x", item("d")}, "0 Halti Kuru -tuotetta"},
		{"fi", "{n:x}", dialogue.Args{"n", 12, "x", item("e")}, "12 Mustaa T-paitaa"},
		{"fi", "{n:x}", dialogue.Args{"n", 99, "x", item("b")}, "99 × Nike Air Max 90"},
		{"fi", "{x:gen} hinta", dialogue.Args{"x", item("e")}, "Mustan T-paidan hinta"},
		{"fi", "{x} {x:on|ovat}", dialogue.Args{"x", item("b").Product.Name}, "Nike Air Max 90 ovat"},
		{"fi", "{x} {x:on|ovat}", dialogue.Args{"x", item("c").Product.Name}, "Yön kulkija on"},
		{"fi", "{n:päivä|päivää}", dialogue.Args{"n", 1}, "päivä"},
		{"fi", "{n:päivä|päivää}", dialogue.Args{"n", 2}, "päivää"},
		{"fi", "{x:ade}", dialogue.Args{"x", catalog.Cents(3190)}, "31,90 eurolla"},
		{"fi", "{x:gen}", dialogue.Args{"x", catalog.Cents(5000)}, "50 euron"},
		{"fi", "{x:par}", dialogue.Args{"x", catalog.Cents(123450)}, "1 234,50 euroa"},
		{"fi", "{x:ess}", dialogue.Args{"x", friday}, "perjantaina 27.11."},
		{"fi", "{x:ill}", dialogue.Args{"x", friday}, "perjantaihin 27.11."},
		{"fi", "{x:ess}", dialogue.Args{"x", dialogue.Moment(friday.Add(9 * time.Hour))}, "perjantaina 27.11. klo 9.00"},
		{"fi", "{x:ess}", dialogue.Args{"x", catalog.Window{Earliest: friday, Latest: friday}}, "perjantaina 27.11."},
		{"fi", "{x:ess}", dialogue.Args{"x", catalog.Window{Earliest: friday, Latest: friday.AddDate(0, 0, 3)}}, "pe 27.11. – ma 30.11."},
		{"fi", "{x:to}", dialogue.Args{"x", "Oulunsalo"}, "Oulunsaloon"},
		{"fi", "{x:in}", dialogue.Args{"x", "TAMPERE"}, "Tampereella"},
		{"fi", "{x:from}", dialogue.Args{"x", "Lahti"}, "Lahdesta"},
		{"fi", "{x:ade}", dialogue.Args{"x", "Maija"}, "Maijalla"},
		{"fi", "{x:acc}", dialogue.Args{"x", catalog.Text{"fi": "Nouto myymälästä"}}, "Noudon myymälästä"},
		{"sv", "{n:x}", dialogue.Args{"n", 2, "x", item("e")}, "2 st. Svart T-shirt"},
		{"sv", "{n:x}", dialogue.Args{"n", 1, "x", item("e")}, "Svart T-shirt"},
		{"sv", "{x:gen}", dialogue.Args{"x", "Tuulikello"}, "Tuulikellos"},
		{"sv", "{x:gen}", dialogue.Args{"x", "Kaamos"}, "Kaamos"},
		{"sv", "{x:gen}", dialogue.Args{"x", ""}, ""},
		{"en", "{n:x}", dialogue.Args{"n", 2, "x", item("e")}, "2 Black box knives"},
		{"en", "{n:x}", dialogue.Args{"n", 2, "x", item("c")}, "2 × Walker of the Night"},
		{"en", "{n:x}", dialogue.Args{"n", 2, "x", item("d")}, "2 × Halti Kuru boots"},
		{"en", "{x:is|are}", dialogue.Args{"x", item("d")}, "are"},
		{"en", "{x:is|are}", dialogue.Args{"x", item("e")}, "is"},
		{"en", "{x:gen}", dialogue.Args{"x", "Tuulikello"}, "Tuulikello's"},
	} {
		cutUp, err := cut(c.sentence)
		if err != nil {
			t.Fatal(err)
		}
		v.replies[c.lang]["greet"] = []template{cutUp}
		if got := v.sentence("greet", c.with, Tone{Lang: c.lang}); got != c.want {
			t.Errorf("%s: %q says %q, not %q", c.lang, c.sentence, got, c.want)
		}
	}
}

func TestEnglishPlural(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Retki sleeping bag": "Retki sleeping bags", "Dimmable LED bulb": "Dimmable LED bulbs", "Face sun cream SPF 50": "Face sun creams SPF 50", "Wrap bodysuit, 2 pieces": "Wrap bodysuits, 2 pieces",
		"Dog bed for puppies": "Dog beds for puppies", "Baby": "Babies", "Toy": "Toys", "Glass": "Glasses", "Tent brush": "Tent brushes", "Hiking boots": "", "Dry food for cats": "", "WH-1000XM5": "", "": "",
	} {
		if got, _ := english(title); got != want {
			t.Errorf("many of %q are %q, not %q", title, got, want)
		}
	}
}

// Sayings are forgotten when there are too many, and said all the same.
func TestSayingsAreBounded(t *testing.T) {
	t.Parallel()
	s := &sayings{}
	for i := range mostSayings + 1 {
		key := strconv.Itoa(i)
		if got := s.of(key, func() string { return key }); got != key {
			t.Fatalf("%s is %q", key, got)
		}
	}
	if len(s.known) != 1 {
		t.Errorf("%d are remembered", len(s.known))
	}
	if got := s.of("0", func() string { return "again" }); got != "again" {
		t.Errorf("the forgotten is %q", got)
	}
}

func BenchmarkRender(b *testing.B) {
	v := demoVoice(b)
	p := &v.shop.Products[0]
	say := dialogue.Say{Parts: []dialogue.Part{
		{Key: "cart.added", With: dialogue.Args{"item", dialogue.Item{Product: p, Variant: &p.Variants[0]}, "count", 2}},
		{Key: "cart.goods", With: dialogue.Args{"price", catalog.Cents(16980)}},
	}}
	b.ReportAllocs()
	for b.Loop() {
		v.Render(say, Tone{Lang: "fi"})
	}
}
