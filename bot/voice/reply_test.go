package voice

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
	"tiski/intents/finnish"
)

func demoShop(t testing.TB) (*catalog.Shop, persona.Set) {
	t.Helper()
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	set, err := persona.Load(demo.FS, shop, intents.Names)
	if err != nil {
		t.Fatal(err)
	}
	return shop, set
}

func demoVoice(t testing.TB) *Voice {
	t.Helper()
	shop, personas := demoShop(t)
	v, err := New(shop, demo.FS, personas, finnish.Base())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// source is what the code of some packages asks of the replies.
type source struct {
	keys     map[string]bool // first arguments of part and button
	prefixes map[string]bool // beginnings of those that are put together
	literals map[string]bool // all strings
}

func read(t *testing.T, folders ...string) source {
	t.Helper()
	s := source{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, folder := range folders {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("no source in %s: %v", folder, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, s.look)
		}
	}
	return s
}

func (s source) look(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		if text, ok := literal(n); ok {
			s.literals[text] = true
		}
	case *ast.CallExpr:
		name, ok := n.Fun.(*ast.Ident)
		if !ok || name.Name != "part" && name.Name != "button" || len(n.Args) == 0 {
			break
		}
		first := n.Args[0]
		if text, ok := literal(first); ok {
			s.keys[text] = text != ""
		}
		for joined, ok := first.(*ast.BinaryExpr); ok; joined, ok = first.(*ast.BinaryExpr) {
			first = joined.X
		}
		if text, ok := literal(first); ok && first != n.Args[0] {
			s.prefixes[text] = true
		}
	}
	return true
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// computed are the keys that the dialogue puts together, by their beginning.
func computed(shop *catalog.Shop) []string {
	join := func(prefix string, ends ...string) (keys []string) {
		for _, end := range ends {
			keys = append(keys, prefix+end)
		}
		return keys
	}
	kinds := []string{catalog.Home, catalog.PickupPoint, catalog.Locker, catalog.StorePickup}
	options := map[string]bool{}
	for i := range shop.Products {
		for _, name := range shop.Products[i].OptionNames() {
			options[name] = true
		}
	}
	return slices.Concat(
		dialogue.Replies(), join("ask.option", "", ".size", ".color"), join("again.option", "", ".size", ".color"),
		join("order.arrives.", kinds...),
		join("order.status.", "placed", "paid", "packed", "shipped", "ready", "delivered", "cancelled", "other",
			"awaiting_payment", "handed", "closed", "expired", "refused", "partly_returned", "returned", "refunded"),
		join("pay.back.", "paid", "stock", "closed", "amount"),
		join("newsletter.page.", "ask", "confirm", "decline", "on", "leave", "none"), // said by that page
		join("reminders.page.", "ask", "leave", "off"),                               // likewise
		join("pay.check.", "closed", "amount", "unknown", "busy", "delivery"),        // said by the channel
		join("relaxed.", "size", "color", "price", "words", "audience", "stock", "category", "product"),
		join("topic.", intents.OrderStatus, intents.DeliveryTime, intents.DeliveryCost, intents.DeliveryOptions,
			intents.PaymentMethods, intents.ReturnPolicy, intents.ReturnHow, intents.Exchange,
			intents.RefundStatus, intents.WarrantyComplaint, intents.StoreInfo, intents.ProductSearch),
		join("button.edit.", "cart", "name", "email", "phone", "address", "delivery", "payment"),
		join("found", "", ".one"), join("recommended", "", ".one"), join("available", "", ".wanted"),
		join("human.", "open", "closed", "away"), []string{"free"},
		join("option.", slices.Collect(maps.Keys(options))...),
	)
}

func TestEveryReplyIsThere(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	s := read(t, "../dialogue")
	needed := computed(v.shop)
	for key, real := range s.keys {
		if real {
			needed = append(needed, key)
		}
	}
	if len(s.keys) < 100 {
		t.Fatalf("only %d replies are used by the dialogue", len(s.keys))
	}
	for _, lang := range []string{"fi", "sv", "en"} {
		for _, key := range needed {
			if len(v.replies[lang][key]) == 0 {
				t.Errorf("replies/%s: %s is missing", lang, key)
			}
		}
		for prefix := range s.prefixes {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(v.replies[lang])), func(key string) bool { return strings.HasPrefix(key, prefix) }) {
				t.Errorf("replies/%s: there is no %s…", lang, prefix)
			}
		}
	}
}

func TestEveryReplyIsSaid(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	s := read(t, "../dialogue", ".")
	known := computed(v.shop)
	for lang, all := range v.replies {
		for key := range all {
			plain, _, _ := strings.Cut(key, "@")
			begun := slices.ContainsFunc(slices.Collect(maps.Keys(s.prefixes)), func(prefix string) bool { return strings.HasPrefix(plain, prefix) })
			option := strings.HasPrefix(plain, "option.") // of whatever goods
			letter := strings.HasPrefix(plain, "letter.") // bot/letters tests its own
			if !s.literals[plain] && !begun && !option && !letter && !slices.Contains(known, plain) {
				t.Errorf("replies/%s: nothing says %s", lang, key)
			}
		}
	}
}

// A persona's own words are of a persona that the demo shop has, for a reply
// that there is.
func TestPersonasWords(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	_, personas := demoShop(t)
	for lang, all := range v.replies {
		for key := range all {
			plain, who, of := strings.Cut(key, "@")
			if !of {
				continue
			}
			if personas.Get(who).ID != who && !slices.Contains(persona.Tones, who) && "@"+who != formal {
				t.Errorf("replies/%s: %s: the demo shop has no such persona, and there is no such tone", lang, key)
			}
			if len(all[plain]) == 0 {
				t.Errorf("replies/%s: %s: there is no reply %s", lang, key, plain)
			}
		}
	}
}

// The variants of a reply say the same: what one fills, all languages fill
// somewhere.
func TestNothingIsLeftUnsaid(t *testing.T) {
	t.Parallel()
	v := demoVoice(t)
	filled := func(lang, key string) map[string]bool {
		names := map[string]bool{}
		for _, variant := range v.replies[lang][key] {
			for _, name := range variant.names() {
				names[name] = true
			}
		}
		return names
	}
	for key := range v.replies["fi"] {
		want := filled("fi", key)
		for _, lang := range []string{"sv", "en"} {
			if got := filled(lang, key); len(v.replies[lang][key]) > 0 && !maps.Equal(got, want) {
				t.Errorf("%s: fi fills %v, %s %v", key, slices.Sorted(maps.Keys(want)), lang, slices.Sorted(maps.Keys(got)))
			}
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sentence string
		want     []string // nil: a mistake
	}{
		{"", []string{""}},
		{"Hei!", []string{"Hei!"}},
		{"{price}", []string{"", "price", ""}},
		{"Löysin {count} tuotetta.", []string{"Löysin ", "count", " tuotetta."}},
		{"{a}{b}", []string{"", "a", "", "b", ""}},
		{"{{aalto}}", []string{"{aalto}"}},
		{"{{{a}}}", []string{"{", "a", "}"}},
		{"}}{{", []string{"}{"}},
		{"{", nil},
		{"}", nil},
		{"{}", nil},
		{"{a", nil},
		{"a}", nil},
		{"{a}}", nil},
		{"{{a}", nil},
		{"Hinta {price", nil},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			t.Parallel()
			got, err := cut(c.sentence)
			if (err != nil) != (c.want == nil) || !slices.Equal(got, c.want) {
				t.Errorf("cut(%q) = %q, %v, want %q", c.sentence, []string(got), err, c.want)
			}
		})
	}
}

// whole writes a template as cut reads it.
func whole(t template) string {
	var b strings.Builder
	for i, piece := range t {
		if i%2 == 1 {
			b.WriteString("{" + piece + "}")
		} else {
			b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(piece))
		}
	}
	return b.String()
}

func FuzzCut(f *testing.F) {
	for _, sentence := range []string{"Löysin {count} tuotetta.", "{{{a}}}", "{", "}}{{", "{a}{b}", "{\xff}", "{:}", "{:form}"} {
		f.Add(sentence)
	}
	f.Fuzz(func(t *testing.T, sentence string) {
		cutUp, err := cut(sentence)
		if err != nil {
			return
		}
		if len(cutUp)%2 == 0 {
			t.Fatalf("%q is cut into %d pieces", sentence, len(cutUp))
		}
		for _, name := range cutUp.names() {
			if name == "" || strings.ContainsRune(name, '}') {
				t.Errorf("%q has the name %q", sentence, name)
			}
		}
		if whole(cutUp) != sentence {
			t.Errorf("%q is put together again as %q", sentence, whole(cutUp))
		}
	})
}

// overlaid is the demo shop's files with replies of a shop's own.
type overlaid struct {
	fs.FS
	own fstest.MapFS
}

func (o overlaid) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "replies") {
		return o.own.Open(name)
	}
	return o.FS.Open(name)
}

func TestShopsOwnReplies(t *testing.T) {
	t.Parallel()
	shop, personas := demoShop(t)
	for _, c := range []struct {
		name, file, text string
		want             string // part of the error; "" for none
	}{
		{"other words", "replies/fi/own.yaml", "cart.emptied: Kori on nyt tyhjä.", ""},
		{"variants", "replies/sv/own.yaml", "greet: [Hej!, Tjena!]", ""},
		{"a name is left out", "replies/fi/own.yaml", "found: Katso näitä.", ""},
		{"another persona's words", "replies/en/own.yaml", "greet@opiskelija: Hi there, bargain hunter.", ""},
		{"a language of the shop's own", "replies/de/own.yaml", "nonsense: Hallo", ""},
		{"no YAML", "replies/fi/own.yaml", "greet: [", "replies/fi/own.yaml:1: not YAML"},
		{"empty", "replies/fi/own.yaml", "", "replies/fi/own.yaml: the file is empty"},
		{"only a comment", "replies/fi/own.yaml", "# nothing yet", "replies/fi/own.yaml: the file is empty"},
		{"nothing at all", "replies/fi/own.yaml", "---", "want keys with sentences"},
		{"a list", "replies/fi/own.yaml", "- greet", "replies/fi/own.yaml:1: want keys with sentences"},
		{"no sentence", "replies/fi/own.yaml", "thanks: Kiitos\ngreet: \"  \"", "replies/fi/own.yaml:2: greet needs a sentence"},
		{"no variants", "replies/fi/own.yaml", "greet: []", "replies/fi/own.yaml:1: greet needs a sentence"},
		{"a mapping", "replies/fi/own.yaml", "greet: {fi: Hei}", "replies/fi/own.yaml:1: greet needs a sentence"},
		{"an open brace", "replies/fi/own.yaml", "thanks: Kiitos\n\ngreet: \"Hei {shop\"", "replies/fi/own.yaml:3: greet: a { without"},
		{"a closing brace", "replies/fi/own.yaml", "greet: [Hei, \"Hei shop}\"]", "replies/fi/own.yaml:1: greet: a } without"},
		{"twice", "replies/fi/own.yaml", "greet: Hei\ngreet: Moi", "replies/fi/own.yaml:2: greet stands at replies/fi/own.yaml:1 too"},
		{"an unknown key", "replies/sv/own.yaml", "gret: Hej", "replies/sv/own.yaml:1: gret is not a reply"},
		{"an unknown name", "replies/fi/own.yaml", "cart.empty: Hei {customer}", "replies/fi/own.yaml:1: cart.empty: nothing fills {customer}"},
		{"an unknown persona", "replies/fi/own.yaml", "greet@pirate: Ohoi", "replies/fi/own.yaml:1: greet@pirate: there is no persona pirate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := New(shop, overlaid{demo.FS, fstest.MapFS{c.file: {Data: []byte(c.text)}}}, personas, finnish.Base())
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v; want %q", err, c.want)
			}
		})
	}
	if _, err := New(shop, demo.FS, persona.Set{}, finnish.Base()); err != nil {
		t.Errorf("a shop without personas: %v", err)
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	fi := replies{"greet": {{"Hei"}}, "found": {{"", "count", " kpl"}}, "found@saver": {{"Halvat"}}}
	sv := replies{"found": {{"", "antal", " st"}}, "hej": {{"Hej"}}, "found@snål": {{"Billiga"}}}
	got := strings.Split(gaps(map[string]replies{"fi": fi, "sv": sv}, map[string]replies{"fi": fi}, nil, []string{"fi", "sv", "en"}, nil).Error(), "\n")
	want := []string{
		"replies/sv: found: nothing fills {antal}",
		"replies/sv: found@snål: there is no persona snål",
		"replies/sv: greet is missing",
		"replies/sv: hej is not a reply",
		`shop.yaml: there are no replies in "en": a shop may speak fi`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("gaps:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestCardShowsTheStorysPicture in the colour of the variant, and its own without one.
func TestCardShowsTheStorysPicture(t *testing.T) {
	t.Parallel()
	p := &catalog.Product{Image: "reppu.svg", Variants: []catalog.Variant{{SKU: "A", Color: "#112233", Image: "sivulta.svg"}}}
	v := &Voice{}
	for story, want := range map[string]string{"": "/images/sivulta.svg?color=112233", "selka.svg": "/images/selka.svg?color=112233", "https://shop.example/selka.jpg": "https://shop.example/selka.jpg"} {
		if got := v.image(dialogue.Card{Product: p, SKU: "A", Image: story}); got != want {
			t.Errorf("with %q it shows %s, want %s", story, got, want)
		}
	}
}
