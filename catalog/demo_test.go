package catalog_test

import (
	"testing"

	"tiski/catalog"
	"tiski/catalog/demo"
)

func TestDemoShop(t *testing.T) {
	t.Parallel()
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatalf("mistakes in catalog/demo:\n%v", err)
	}
	variants := 0
	for i := range shop.Products {
		p := &shop.Products[i]
		variants += len(p.Variants)
		for _, lang := range []string{"sv", "en"} {
			if p.Name[lang] == "" {
				t.Errorf("%s: no name in %s", p.ID, lang)
			}
		}
		if p.Image == "" {
			t.Errorf("%s: no image", p.ID)
		}
		for _, color := range p.Values("color") {
			for _, lang := range []string{"sv", "en"} {
				if !translated(shop, color, lang) {
					t.Errorf("%s: the colour %s is not in words.yaml in %s", p.ID, color, lang)
				}
			}
		}
	}
	if len(shop.Products) < 200 || variants < 800 {
		t.Errorf("%d products and %d variants; at least 200 and 800 are wanted", len(shop.Products), variants)
	}
}

func translated(shop *catalog.Shop, color, lang string) bool {
	for _, w := range shop.Words {
		if w.Option == "color" && w.Value == color {
			return w.Name[lang] != "" && w.Hex != ""
		}
	}
	return false
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := catalog.Load(demo.FS); err != nil {
			b.Fatal(err)
		}
	}
}
