package catalog

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTogether(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range mostInBasket + 1 {
		many = append(many, fmt.Sprint("p", i))
	}
	baskets := [][]string{{"tent", "lamp"}, {"tent", "lamp", "lamp"}, {"lamp", "tent", "mug"}, {"mug"}, {"tent", "mug"}, many, many, many}
	found := map[string]int{}
	var weight float64
	CountTogether(baskets).With("tent", func(other string, orders int, w float64) { found[other], weight = orders, w })
	if len(found) != 1 || found["lamp"] != 3 || weight <= 0 || weight >= 1 {
		t.Errorf("bought with the tent: %v, weight %v; the mug was with it only twice", found, weight)
	}
	CountTogether(baskets).With("p1", func(other string, _ int, _ float64) { t.Errorf("%s is taken to go with p1", other) })
	CountTogether(append(baskets, many[:mostInBasket], many[:mostInBasket], many[:mostInBasket])).With("p1", func(other string, _ int, _ float64) { found[other]++ })
	if len(found) != mostInBasket {
		t.Errorf("of orders of %d things %d go with one", mostInBasket, len(found)-1)
	}
	(*Together)(nil).With("tent", func(string, int, float64) { t.Error("nothing was counted") })
}

func TestLoadPairs(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	product, category := s.Products[0].ID, s.Categories[0].ID
	for list, want := range map[string]string{
		fmt.Sprintf("[{of: [%s], with: [%s]}]", product, category): "",
		fmt.Sprintf("[{of: [gone], with: [%s]}]", category):        "pairs.yaml:1: gone is neither a product nor a category",
		fmt.Sprintf("[{of: [%s]}]", product):                       "pairs.yaml:1: with is missing",
		fmt.Sprintf("[{of: [%s], with: [], why: x}]", product):     "pairs.yaml:1: unknown key why",
	} {
		files := changed(t, "words.yaml", "musta", "musta")
		files["pairs.yaml"] = &fstest.MapFile{Data: []byte(list)}
		s, err := Load(files)
		switch {
		case want == "" && (err != nil || len(s.Pairs) != 1 || s.Pairs[0].Of[0] != product || s.Pairs[0].With[0] != category):
			t.Errorf("%s: %v", list, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %s", list, err, want)
		}
	}
}
