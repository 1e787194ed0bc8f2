package persona

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"tiski/catalog"
	"tiski/catalog/demo"
)

var demoShop = sync.OnceValues(func() (*catalog.Shop, error) { return catalog.Load(demo.FS) })

func loaded(files map[string]string) (Set, error) {
	shop, err := demoShop()
	if err != nil {
		return Set{}, err
	}
	fsys := fstest.MapFS{"personas/neutral.yaml": {Data: []byte("name: Neutraali\n")}}
	for name, text := range files {
		fsys["personas/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Load(fsys, shop, []string{"delivery_time"})
}

func TestLoad(t *testing.T) {
	t.Parallel()
	set, err := loaded(map[string]string{
		"kiire.yaml": "name: Kiireinen\npicture: kiire.svg\nday: Aamu alkaa aikaisin.\ngoals: [Nopeasti]\nworries: [Hitaasti]\nvalues: {speed: 1, price: 0}\n" +
			"words: [kiire, äkki]\nphrases: [en ehdi, ei jaksa*]\nstatements: [mulla on kiire]\nsigns: {delivery_time: 1, brief: -0.5}\n" +
			"categories: [kengat, veneet]\nhours: [7, 23]\nchannels: [telegram]\ntone: brisk\ncards: 2\nnarrow: false\nlength: short\nfacts: [stock]\nnext: [human]\npatience: 1\n",
		"kiire.svg":      "<svg/>",
		"kiire.txt":      "mulla on kiire\n\n  ehtiikö huomiseksi?  \n",
		"kiire.sv.txt":   "har bråttom\n",
		"neutral.txt":    "otan sen\n",
		"neutral.sv.txt": "hej\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	p := set.Get("kiire")
	if len(set.All()) != 2 || p.Name != "Kiireinen" || p.Picture != "<svg/>" || p.Tone != "brisk" || p.Values["speed"] != 1 ||
		!slices.Equal(p.Words, []string{"kiire", "äkki"}) || p.Signs["brief"] != -0.5 || p.Cards != 2 || p.Narrow || p.Patience != 1 {
		t.Errorf("read %+v", p)
	}
	if lines := set.Lines("sv"); len(lines) != 2 || lines[0].Text != "har bråttom" || lines[0].Intent != "kiire" || set.Lines("en") != nil {
		t.Errorf("lines in Swedish: %+v", lines)
	}
	if lines := set.Lines("fi"); !slices.Equal(p.Says["fi"], []string{"mulla on kiire", "ehtiikö huomiseksi?"}) || len(lines) != 3 || lines[2].Intent != Neutral {
		t.Errorf("lines: %q, %+v", p.Says, lines)
	}
	if n := set.Get(Neutral); n.Cards != usualCards || !n.Narrow || n.Patience != usualPatience || n.Tone != "" {
		t.Errorf("what a file does not say is %+v", n)
	}
	if other := set.Get("nobody"); other.ID != Neutral {
		t.Errorf("an unknown persona is %+v", other)
	}
	if unused := set.Unused(); len(unused) != 1 || unused[0].Error() != `personas/kiire.yaml:11: the shop has no category "veneet"` {
		t.Errorf("unused: %v", unused)
	}
}

func TestLoadTellsMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, want string }{
		{"", ": the file is empty"},
		{"name: [", ":1: not YAML"},
		{"- a", ":1: want keys and their values"},
		{"name: A\ncolour: red\n", `:2: unknown key "colour"`},
		{"tone: warm\n", ":1: name is missing"},
		{"name: A\ntone: rude\n", `:2: tone "rude" is none of plain, warm`},
		{"name: A\npicture: none.svg\n", ":2: there is no drawing personas/none.svg"},
		{"name: A\nvalues:\n  beauty: 1\n", `:3: value "beauty" is unknown`},
		{"name: A\nvalues: {price: 1.01}\n", `:2: value "price" must weigh between 0 and 1`},
		{"name: A\nvalues: {price: -0.01}\n", `:2: value "price" must weigh between 0 and 1`},
		{"name: A\nvalues: {price: .nan}\n", `:2: value "price" must weigh between 0 and 1`},
		{"name: A\nvalues: {price: much}\n", ":2: values: cannot unmarshal"},
		{"name: A\nwords: [halpa,\n  Halpa]\n", `:3: word "Halpa" must be one word, lower case`},
		{"name: A\nwords: [äö]\n", `:2: word "äö" must be one word, lower case and at least 3 letters`},
		{"name: A\nwords: [hyvin halpa]\n", `:2: word "hyvin halpa" must be one word`},
		{"name: A\nphrases: [a b c d e f g]\n", ":2: phrase \"a b c d e f g\" must be 1 to 6 words"},
		{"name: A\nphrases: [Ei Varaa]\n", ":2: phrase \"Ei Varaa\" must be"},
		{"name: A\nphrases: [ei* varaa]\n", ":2: phrase \"ei* varaa\" must begin with at least 3 letters"},
		{"name: A\nsigns: {haggle: 0.5}\n", `:2: sign "haggle" is unknown`},
		{"name: A\nsigns: {brief: -1.01}\n", `:2: sign "brief" must weigh between -1 and 1`},
		{"name: A\nhours: [24]\n", ":2: hour 24 must be between 0 and 23"},
		{"name: A\ncards: 9\n", ":2: 9 must be between 1 and 8"},
		{"name: A\ncards: 0\n", ":2: 0 must be between 1 and 8"},
		{"name: A\npatience: 4\n", ":2: 4 must be between 1 and 3"},
		{"name: A\nlength: endless\n", `:2: length "endless" is none of`},
		{"name: A\nfacts: [rumours]\n", `:2: fact "rumours" is none of`},
		{"name: A\nnext: [discount]\n", `:2: action "discount" is none of`},
	} {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			_, err := loaded(map[string]string{"other.yaml": c.file})
			if err == nil || !strings.HasPrefix(err.Error(), "personas/other.yaml"+c.want) {
				t.Errorf("%v; want personas/other.yaml%s", err, c.want)
			}
		})
	}
	if _, err := loaded(map[string]string{"brisk.yaml": "name: A\n"}); err == nil || !strings.Contains(err.Error(), "the name of a tone") {
		t.Errorf("a persona with the name of a tone: %v", err)
	}
	if _, err := loaded(map[string]string{"the other.yaml": "name: A\n"}); err == nil || !strings.Contains(err.Error(), "a space in its name") {
		t.Errorf("a persona of two words: %v", err)
	}
	if _, err := Load(fstest.MapFS{"personas/other.yaml": {Data: []byte("name: A\n")}}, &catalog.Shop{}, nil); err == nil || err.Error() != "personas/neutral.yaml: the file is missing" {
		t.Errorf("without the neutral one: %v", err)
	}
	if _, err := loaded(map[string]string{"gone.txt": "moi\n"}); err == nil || err.Error() != "personas/gone.txt: there is no personas/gone.yaml beside these lines" {
		t.Errorf("lines of nobody: %v", err)
	}
	if _, err := loaded(map[string]string{"a.yaml": "name: A\n", "a.txt": "moi\n"}); err == nil || !strings.HasPrefix(err.Error(), "personas/neutral.txt: lines of ordinary customers are missing") {
		t.Errorf("lines without ordinary ones: %v", err)
	}
	if _, err := loaded(map[string]string{"a.yaml": "name: A\n", "a.sv.txt": "hej\n", "neutral.txt": "moi\n"}); err == nil || !strings.HasPrefix(err.Error(), "personas/neutral.sv.txt: lines of ordinary customers are missing") {
		t.Errorf("lines in Swedish without ordinary ones: %v", err)
	}
	for _, name := range []string{"neutral.de.txt", "neutral.fi.txt"} {
		if _, err := loaded(map[string]string{name: "moi\n"}); err == nil || !strings.HasPrefix(err.Error(), "personas/"+name+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	many := map[string]string{}
	for i := range MaxPersonas - 1 {
		many[fmt.Sprintf("p%d.yaml", i)] = "name: A\n"
	}
	if _, err := loaded(many); err != nil {
		t.Errorf("%d personas: %v", MaxPersonas, err)
	}
	many["more.yaml"] = "name: A\n"
	if _, err := loaded(many); err == nil || !strings.Contains(err.Error(), "at most 12") {
		t.Errorf("one more: %v", err)
	}
}
