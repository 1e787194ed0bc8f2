package campaign

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tiski/bot/persona"
)

func TestWhatIsNewToACustomer(t *testing.T) {
	t.Parallel()
	d, err := theDemo()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	days := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	all := ArrivalsOf(map[string]time.Time{
		"kirja-jaakynnys": days(3), "kirja-kuun-hitaat-laivat": days(9), "villavuona-villasukat": days(1), "junat": days(1),
	}, d.shop)
	bought := func(pieces string, ago int) persona.Fact { return persona.Fact{Value: pieces, Since: days(ago)} }
	for name, test := range map[string]struct {
		likes    map[string]persona.Fact
		last     time.Time
		shelves  []string
		products []string
	}{
		"nothing is known":     {nil, time.Time{}, nil, nil},
		"books":                {map[string]persona.Fact{"kirjat": bought("1", 20)}, time.Time{}, []string{"kirjat"}, []string{"kirja-jaakynnys", "kirja-kuun-hitaat-laivat"}},
		"bought since":         {map[string]persona.Fact{"kirjat": bought("1", 5)}, time.Time{}, []string{"kirjat"}, []string{"kirja-jaakynnys"}},
		"bought as it came":    {map[string]persona.Fact{"kirjat": bought("1", 3)}, time.Time{}, nil, nil},
		"heard since":          {map[string]persona.Fact{"kirjat": bought("1", 20)}, days(4), []string{"kirjat"}, []string{"kirja-jaakynnys"}},
		"the best liked first": {map[string]persona.Fact{"vaatteet": bought("1", 20), "kirjat": bought("4", 4)}, time.Time{}, []string{"kirjat", "vaatteet"}, []string{"kirja-jaakynnys", "villavuona-villasukat"}},
		"something else":       {map[string]persona.Fact{"teltat": bought("1", 20)}, time.Time{}, nil, nil},
	} {
		shelves, products := all.For(persona.Profile{Likes: test.likes}, test.last)
		if !slices.Equal(shelves, test.shelves) || !slices.Equal(products, test.products) {
			t.Errorf("%s: %v of %v, want %v of %v", name, products, shelves, test.products, test.shelves)
		}
	}
}

func TestManyNewGoodsOfAShelf(t *testing.T) {
	t.Parallel()
	d, err := theDemo()
	if err != nil {
		t.Fatal(err)
	}
	came := map[string]time.Time{}
	for i, p := range d.shop.Products {
		came[p.ID] = time.Date(2026, 11, 1, 0, i, 0, 0, time.UTC)
	}
	for shelf, some := range ArrivalsOf(came, d.shop) {
		newest := func(a, b Arrival) int { return b.At.Compare(a.At) }
		if len(some) > mostArrivals || !slices.IsSortedFunc(some, newest) {
			t.Errorf("%s: %s", shelf, fmt.Sprint(some))
		}
	}
	if n := len(ArrivalsOf(came, d.shop)["vaatteet"]); n != mostArrivals {
		t.Errorf("%d of all clothes", n)
	}
}
