package intents

import (
	"hash/fnv"
	"sync"
	"testing"
	"time"
)

// now is Wednesday 18 November 2026.
var now = time.Date(2026, 11, 18, 10, 0, 0, 0, time.UTC)

var goods = Vocabulary{
	Products: []Term{
		{"kaamos-talvikenka", []string{"Kaamos-talvikengät", "Kaamos vinterskor", "Kaamos winter boots"}},
		{"kaamos-pipo", []string{"Kaamos-pipo", "Kaamos mössa", "Kaamos beanie"}},
		{"tuisku-takki", []string{"Tuisku-toppatakki", "Tuisku täckjacka", "Tuisku puffer jacket"}},
		{"villasukat", []string{"Villasukat", "Yllesockor", "Wool socks"}},
		{"kahvinkeitin-aamu", []string{"Kahvinkeitin Aamuvirkku", "Kaffebryggare Aamuvirkku", "Aamuvirkku coffee maker"}},
		{"sadetakki", []string{"Lasten sadetakki", "Barnens regnjacka", "Kids' raincoat"}},
	},
	Categories: []Term{
		{"kengat", []string{"Kengät", "kenkä", "Skor", "Shoes"}},
		{"lasten-kengat", []string{"Lasten kengät", "Barnskor", "Children's shoes"}},
		{"takit", []string{"Takit", "takki", "Jackor", "Jackets"}},
	},
	Brands: []string{"Kaamos", "Halla Oy"},
}

var trained = sync.OnceValues(func() (*Model, error) {
	examples, err := Examples(Data())
	if err != nil {
		return nil, err
	}
	return Train(examples, Data(), goods)
})

func model(t testing.TB) *Model {
	t.Helper()
	m, err := trained()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestHeldOut trains on four fifths of the examples and reads the fifth.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	examples, err := Examples(Data())
	if err != nil {
		t.Fatal(err)
	}
	var learn, held []Example
	for _, e := range examples {
		h := fnv.New32a()
		h.Write([]byte(e.Text))
		if h.Sum32()%5 == 0 {
			held = append(held, e)
		} else {
			learn = append(learn, e)
		}
	}
	start := time.Now()
	m, err := Train(learn, Data(), Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d examples learnt in %v", len(learn), time.Since(start))
	right, acted, lang, all := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, e := range held {
		r := m.Read(e.Text, Hint{})
		all[e.Lang]++
		if r.Intents[0].Name == e.Intent {
			right[e.Lang]++
		} else if testing.Verbose() {
			t.Logf("%s %q: %s %.2f for %s", e.Lang, e.Text, r.Intents[0].Name, r.Intents[0].P, e.Intent)
		}
		if r.Has(e.Intent) && len(r.Acted) == 1 {
			acted[e.Lang]++
		} else if r.Intents[0].Name == e.Intent {
			t.Logf("   acted %v %.2f %s %q", r.Acted, r.Intents[0].P, e.Intent, e.Text)
		}
		if r.Lang == e.Lang {
			lang[e.Lang]++
		} else {
			t.Logf("   lang %s for %s: %q", r.Lang, e.Lang, e.Text)
		}
	}
	for _, l := range []string{"fi", "sv", "en"} {
		n := float64(all[l])
		t.Logf("%s: %.3f of %d right, %.3f acted on alone, language %.3f", l, float64(right[l])/n, all[l], float64(acted[l])/n, float64(lang[l])/n)
	}
	if share := float64(right["fi"]) / float64(all["fi"]); share < 0.80 {
		t.Errorf("%.3f of the Finnish messages held out are understood", share)
	}
}
