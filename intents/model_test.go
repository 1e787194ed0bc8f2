package intents

import (
	"reflect"
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

// trained is the model that shops begin with: what is packed, or learnt anew
// where that is stale.
var trained = sync.OnceValues(func() (*Model, error) {
	examples, err := Examples(Data())
	if err != nil {
		return nil, err
	}
	source, err := SourceOf(examples, Data())
	if err != nil {
		return nil, err
	}
	learning, err := BuiltIn()
	if err != nil {
		return nil, err
	}
	if !learning.From(source) {
		return Train(examples, Data(), goods)
	}
	return NewModel(learning, Data(), goods)
})

func model(t testing.TB) *Model {
	t.Helper()
	m, err := trained()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAskingOtherQuestions(t *testing.T) {
	t.Parallel()
	m := model(t)
	const text = "mihin voin sitoa hevosen"
	asks := m.Asking([]Question{{Answer: "puomi", Intent: StoreInfo, Ways: []string{"mihin hevosen voi sitoa"}}})
	for _, c := range []struct {
		model      *Model
		text, want string
	}{
		{asks, text, "puomi"}, {asks.Asking(nil), text, ""}, {m, text, ""},
		{asks, "onko myymälässä paikkaa hevoselle", "puomi"}, // in other words
		{asks, "onko myymälä auki sunnuntaina", ""},
		{asks, "sopiiko tämä loimi hevoselle", ""}, // with another intent
	} {
		if got := c.model.Read(c.text, Hint{}); got.First(Answer) != c.want {
			t.Errorf("%q is answered with %q instead of %q: %+v", c.text, got.First(Answer), c.want, got)
		}
	}
	if one, other := m.Read("moi, etsin talvikenkiä", Hint{Now: now}), asks.Read("moi, etsin talvikenkiä", Hint{Now: now}); !reflect.DeepEqual(one, other) {
		t.Errorf("%+v, and with other questions %+v", one, other)
	}
}

// BenchmarkLearn learns from all examples, as a shop with its own does at its
// first start.
func BenchmarkLearn(b *testing.B) {
	examples, err := Examples(Data())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Learn(examples, Data()); err != nil {
			b.Fatal(err)
		}
	}
}
