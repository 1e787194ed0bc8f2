package campaign

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
)

const good = `who:
  bought: [kengat]
  idle: 30
say: {fi: "Kenkiin sopivat sukat.", en: Socks that go with shoes.}
products: [villavuona-villasukat]
code: TERVETULOA10
from: 2026-11-27
until: 2026-11-30
hour: "12:30"
most: 50
`

type demoShop struct {
	shop     *catalog.Shop
	personas persona.Set
}

var theDemo = sync.OnceValues(func() (d demoShop, err error) {
	if d.shop, err = catalog.Load(demo.FS); err == nil {
		d.personas, err = persona.Load(demo.FS, d.shop, intents.Names)
	}
	return d, err
})

func load(t *testing.T, text string) ([]Campaign, *catalog.Shop, error) {
	t.Helper()
	d, err := theDemo()
	if err != nil {
		t.Fatal(err)
	}
	all, err := Load(fstest.MapFS{"campaigns/sukat.yaml": {Data: []byte(text)}}, d.shop, d.personas)
	return all, d.shop, err
}

func TestLoad(t *testing.T) {
	t.Parallel()
	all, _, err := load(t, good)
	if err != nil {
		t.Fatal(err)
	}
	c := all[0]
	if c.ID != "sukat" || c.Most != 50 || c.Code != "TERVETULOA10" || c.Who.Idle != 30 {
		t.Errorf("read %+v", c)
	}
	for at, want := range map[string]bool{
		"2026-11-27T12:29:59+02:00": false, "2026-11-27T12:30:00+02:00": true, "2026-11-30T23:59:59+02:00": true, "2026-12-01T00:00:00+02:00": false,
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if c.Runs(moment) != want {
			t.Errorf("runs at %s: %t", at, !want)
		}
	}
}

func TestMistakesOfCampaigns(t *testing.T) {
	t.Parallel()
	for change, want := range map[string]string{
		"  bought: [kengat]→  persona: [opiskelija]":  "campaigns/sukat.yaml:2: a persona is a guess and must not decide who gets a code",
		"  bought: [kengat]→  bought: [junat]":        "campaigns/sukat.yaml:2: unknown category junat",
		"  bought: [kengat]→  lang: [de]":             `campaigns/sukat.yaml:2: the shop does not speak "de"`,
		"  bought: [kengat]→  wealth: [rich]":         "campaigns/sukat.yaml:2: field wealth not found",
		"  idle: 30→  idle: -1":                       "campaigns/sukat.yaml:3: idle is a number of days",
		"Kenkiin sopivat→Hei {nimi}, ":                "campaigns/sukat.yaml:4: nothing fills {nimi}",
		"who:→who: a: b":                              "campaigns/sukat.yaml:1: not YAML: mapping values",
		"Socks→Socks\xe4":                             "campaigns/sukat.yaml:4: not UTF-8",
		"fi: →sv: ":                                   "campaigns/sukat.yaml:4: say must have a text in Finnish",
		"Kenkiin→" + strings.Repeat("a", longestText): "campaigns/sukat.yaml:4: a text has at most 600 characters",
		"villavuona-villasukat→junat":                 "campaigns/sukat.yaml:5: unknown product junat",
		"TERVETULOA10→ILMAISEKSI":                     "campaigns/sukat.yaml:6: discounts.yaml has no code ILMAISEKSI",
		"from: 2026-11-27→from: tomorrow":             "campaigns/sukat.yaml:7: from needs a day",
		"until: 2026-11-30→until: 2026-11-26":         "campaigns/sukat.yaml:8: until is before from",
		"until: 2026-11-30→until: 2027-02-28":         "campaigns/sukat.yaml:8: a campaign runs for at most 92 days",
		`hour: "12:30"→hour: "25:00"`:                 "campaigns/sukat.yaml:9: hour is no time of day",
		"most: 50→most: -1":                           "campaigns/sukat.yaml:10: most is a number of customers",
		"most: 50→most: many":                         "campaigns/sukat.yaml:10: cannot unmarshal",
	} {
		from, to, _ := strings.Cut(change, "→")
		if !strings.Contains(good, from) {
			t.Fatalf("%q is not in the file", from)
		}
		if _, _, err := load(t, strings.Replace(good, from, to, 1)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", change, err, want)
		}
	}
	if _, _, err := load(t, ""); err == nil || !strings.Contains(err.Error(), "the file is empty") {
		t.Errorf("an empty file: %v", err)
	}
}

func TestWhoGetsACampaign(t *testing.T) {
	t.Parallel()
	all, shop, err := load(t, good)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	bought := func(category string, days int) persona.Profile {
		return persona.Profile{Likes: map[string]persona.Fact{category: {Value: "1", Since: now.AddDate(0, 0, -days)}}}
	}
	var shoes string
	for _, c := range shop.Categories {
		if c.Parent == "kengat" {
			shoes = c.ID
		}
	}
	for name, test := range map[string]struct {
		profile persona.Profile
		want    bool
	}{
		"nothing is known": {persona.Profile{}, false},
		"below the shelf":  {bought(shoes, 31), true},
		"just now":         {bought(shoes, 29), false},
		"something else":   {bought("kirjat", 31), false},
	} {
		chosen, why, ok := all[0].Fits(test.profile, shop, now)
		if ok != test.want || ok && (len(chosen) != 1 || !strings.Contains(why, "bought kengat; no order in 30 days")) {
			t.Errorf("%s: %v %q %t", name, chosen, why, ok)
		}
	}
	if _, why, ok := (&Campaign{}).Fits(persona.Profile{}, shop, now); !ok || why == "" {
		t.Error("a campaign for everybody is for nobody")
	}
}

// A campaign that is read can run: it speaks Finnish, has its days, and names what
// the shop has.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{good, "who: [1]", "say: &a {fi: x}\nfrom: 2026-11-27\nuntil: 2026-11-27", "--- a\n--- b", "---\n", "? {a: b}\n: c", "&a [*a]", "from: 9999-12-31\nuntil: 9999-12-31\nsay: {fi: x}", ""} {
		f.Add([]byte(seed))
	}
	d, err := theDemo()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := Load(fstest.MapFS{"campaigns/a.yaml": {Data: data}}, d.shop, d.personas)
		var mistakes catalog.Mistakes
		if err != nil && (!errors.As(err, &mistakes) || all != nil) {
			t.Errorf("%q: %+v, %v", data, all, err)
		}
		for _, c := range all {
			if c.Say["fi"] == "" || !c.From.Before(c.Until) || c.Until.Sub(c.From) > (longestRun+1)*24*time.Hour || len(c.Products) > mostGoods || c.Code != "" && len(c.Who.Personas) > 0 {
				t.Errorf("%q is read as %+v", data, c)
			}
		}
	})
}
