package catalog

import (
	"maps"
	"reflect"
	"testing"
	"time"
)

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		names, values []string
		want          map[string]string
	}{
		{[]string{"Väri", "Koko"}, []string{"Tumman Sininen", "XL"}, map[string]string{"color": "tumman sininen", "size": "XL"}},
		{[]string{"pa_color", "Logo"}, []string{"Red &amp; blue", "Yes"}, map[string]string{"color": "red & blue", "edition": "Yes"}},
		{[]string{"Logo", "Kaiverrus"}, []string{"Yes", "No"}, map[string]string{"edition": "Yes, No"}},
		{[]string{"Size", "Koko"}, []string{"M", "40"}, map[string]string{"size": "M", "edition": "40"}},
		{[]string{"Koko", "Väri"}, []string{"", "<b></b>"}, map[string]string{}},
		{nil, nil, map[string]string{}},
	} {
		if got := Options(c.names, c.values); !maps.Equal(got, c.want) {
			t.Errorf("%v %v: %v", c.names, c.values, got)
		}
	}
}

func TestIntake(t *testing.T) {
	t.Parallel()
	var in Intake
	for _, called := range []string{"Pipo", "pipo", "pipo", "", "", "鞋", "Päähine & huivi"} {
		in.Add(Product{}, called)
	}
	first, again, other := in.Category("Koti", "Matot"), in.Category("Koti", " Matot "), in.Category("Matot")
	if first != "matot" || again != first || other == first || other == "" || in.Category("", " ") != "" {
		t.Errorf("categories %q %q %q", first, again, other)
	}
	at := time.Date(2026, 12, 1, 0, 0, 0, 0, Helsinki)
	for _, change := range []time.Time{at.Add(time.Hour), {}, at, at.Add(time.Minute)} {
		in.Changes(change)
	}
	in.Skip(7, "b", "x")
	in.Skip(2, "a", "y")
	g := in.Goods()
	ids := map[string]bool{}
	for _, p := range g.Products {
		ids[p.ID] = true
	}
	if len(ids) != 7 || !ids["pipo"] || !ids["paahine-huivi"] || ids[""] {
		t.Errorf("ids %v", ids)
	}
	if !g.Until.Equal(at) || len(g.Categories) != 3 || g.Categories[1].Parent != "koti" {
		t.Errorf("%+v", g)
	}
	if want := []Skip{{Item: 2, ID: "a", Reason: "y"}, {Item: 7, ID: "b", Reason: "x"}}; !reflect.DeepEqual(g.Skipped, want) {
		t.Errorf("skipped %v", g.Skipped)
	}
}

func TestParseCents(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cents{"15": 1500, "15.5": 1550, "15,00": 1500, "0.004": 0, "0.005": 1, "999999999.994999": 99999999999} {
		if got, err := ParseCents(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
		if got := want.Decimal(); parsedBack(t, got) != want {
			t.Errorf("%d is written %s", want, got)
		}
	}
	for _, text := range []string{"", "-1", "1.2.3", "1e3", "1000000000", "1.1234567", "1 000", "€1"} {
		if got, err := ParseCents(text); err == nil {
			t.Errorf("%s: %d", text, got)
		}
	}
	if got := Cents(-105).Decimal(); got != "-1.05" {
		t.Errorf("-105 is written %s", got)
	}
}

// parsedBack reads what Decimal writes.
func parsedBack(t *testing.T, s string) Cents {
	t.Helper()
	c, err := ParseCents(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCarriage(t *testing.T) {
	t.Parallel()
	s := &Shop{Delivery: []DeliveryMethod{{ID: "koti", Name: Text{"fi": "Kotiinkuljetus", "en": "Home delivery"}, Price: 990, FreeFrom: 5000}, {ID: "piste", Name: Text{"fi": "Noutopiste"}, Price: 490}}}
	with, unknown := s.WithCarriage([]Carriage{{"flat_rate:1", " HOME delivery ", 1290, 0}, {"flat_rate:2", "Drooni", 100, 0}})
	if m := with.Delivery[0]; m.Price != 1290 || m.FreeFrom != 0 || m.Ref != "flat_rate:1" || with.Delivery[1].Price != 490 {
		t.Errorf("%+v", with.Delivery)
	}
	if len(unknown) != 1 || unknown[0].Name != "Drooni" || s.Delivery[0].Price != 990 {
		t.Errorf("unknown %v, and the shop given has become %+v", unknown, s.Delivery)
	}
}

func TestOfRef(t *testing.T) {
	t.Parallel()
	s := &Shop{Products: []Product{
		{ID: "a", Variants: []Variant{{Ref: "79/1"}}}, {ID: "b", Variants: []Variant{{Ref: "7"}}}, {ID: "c", Variants: []Variant{{Ref: "8?Size=S"}}}, {ID: "d", Variants: []Variant{{}}},
	}}
	for ref, want := range map[string]string{"79": "a", "7": "b", "8": "c", "9": "", "79/1": "a"} {
		got := ""
		if p := s.OfRef(ref); p != nil {
			got = p.ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", ref, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{
		"Aino Virtanen": {"Aino", "Virtanen"}, " Aino Maria  von Virtanen ": {"Aino Maria  von", "Virtanen"}, "Aino": {"Aino", ""}, "": {"", ""},
	} {
		if first, last := (Contact{Name: name}).Names(); first != want[0] || last != want[1] {
			t.Errorf("%q: %q and %q", name, first, last)
		}
	}
}
