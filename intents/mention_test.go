package intents

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// leastMentions is the share of testdata/mentions.txt that must be told.
const leastMentions = 0.95

// TestMentions reads testdata/mentions.txt: goods as customers speak of them.
func TestMentions(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/mentions.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var shop Vocabulary
	brands := map[string]bool{}
	type mention struct{ product, text string }
	var all []mention
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if product, ok := strings.CutPrefix(lines.Text(), "= "); ok {
			names := strings.Split(product, "; ")
			shop.Products = append(shop.Products, Term{names[0], names[1:]})
			if brand, _, ok := strings.Cut(names[1], " "); ok && !brands[brand] {
				brands[brand] = true
				shop.Brands = append(shop.Brands, brand)
			}
		} else if product, text, ok := strings.Cut(lines.Text(), "\t"); ok {
			all = append(all, mention{product, text})
		}
	}
	m, err := NewModel(model(t).Learning, Data(), shop)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, one := range all {
		got := m.Read(one.text, Hint{}).First(Product)
		if got == "" {
			got = "-"
		}
		if got == one.product {
			right++
		} else {
			t.Logf("%q is %s, want %s", one.text, got, one.product)
		}
	}
	if share := float64(right) / float64(len(all)); share < leastMentions {
		t.Errorf("%d of %d mentions are told, %.3f", right, len(all), share)
	}
}
