package persona

import (
	"testing"

	"tiski/catalog"
)

func TestStory(t *testing.T) {
	t.Parallel()
	set := Set{all: []Persona{
		{ID: Neutral, Values: map[string]float64{"quality": 1}},
		{ID: "laatu", Values: map[string]float64{"quality": 1, "style": 0.5, "price": important - 0.01}},
	}}
	of := func(values ...string) *catalog.Product {
		p := &catalog.Product{}
		for _, v := range values {
			p.Stories = append(p.Stories, catalog.Story{Value: v})
		}
		return p
	}
	for name, c := range map[string]struct {
		persona string
		product *catalog.Product
		want    string
	}{
		"what is valued most":       {"laatu", of("style", "quality"), "quality"},
		"what is valued second":     {"laatu", of("style", "speed"), "style"},
		"what is valued too little": {"laatu", of("price", "speed"), ""},
		"a product without any":     {"laatu", of(), ""},
		"nobody in particular":      {Neutral, of("quality"), ""},
		"somebody unknown":          {"kadonnut", of("quality"), ""},
	} {
		got := ""
		if s := set.Story(c.persona, c.product); s != nil {
			got = s.Value
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
