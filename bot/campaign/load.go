package campaign

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"tiski/bot/persona"
	"tiski/catalog"
)

// Limits of a campaign.
const (
	longestText = 600 // characters, in any language
	mostGoods   = 4   // products shown
	longestRun  = 92  // days
	longestID   = 40
)

var (
	identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	clock      = regexp.MustCompile(`^([01]?\d|2[0-3]):([0-5]\d)$`)
)

// Load reads campaigns/*.yaml, which a shop need not have. All mistakes are told
// together, as [catalog.Mistakes].
func Load(fsys fs.FS, shop *catalog.Shop, personas persona.Set) ([]Campaign, error) {
	names, err := fs.Glob(fsys, "campaigns/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list campaigns: %w", err)
	}
	var all []Campaign
	var mistakes catalog.Mistakes
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		f := file{name: name, shop: shop, personas: personas}
		all = append(all, f.read(text))
		mistakes = append(mistakes, f.mistakes...)
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return all, nil
}

// file is a campaign's file while it is read. A mistake is noted and reading
// goes on.
type file struct {
	name     string
	shop     *catalog.Shop
	personas persona.Set
	mistakes catalog.Mistakes
}

func (f *file) wrong(line int, format string, args ...any) {
	f.mistakes = append(f.mistakes, catalog.Mistake{File: f.name, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// written is the file as it is written.
type written struct {
	Who struct {
		Bought   []string `yaml:"bought"`
		Idle     int      `yaml:"idle"`
		Langs    []string `yaml:"lang"`
		Personas []string `yaml:"persona"`
	} `yaml:"who"`
	Say      map[string]string `yaml:"say"`
	Products []string          `yaml:"products"`
	Code     string            `yaml:"code"`
	From     string            `yaml:"from"`
	Until    string            `yaml:"until"`
	Hour     string            `yaml:"hour"`
	Most     int               `yaml:"most"`
}

func (f *file) read(text []byte) Campaign {
	c := Campaign{ID: strings.TrimSuffix(path.Base(f.name), ".yaml")}
	if !identifier.MatchString(c.ID) || len(c.ID) > longestID {
		f.wrong(0, "the name of the file must be at most %d of a–z, 0–9 and hyphens", longestID)
	}
	var root yaml.Node
	var w written
	in := yaml.NewDecoder(bytes.NewReader(text))
	in.KnownFields(true)
	if err := in.Decode(&w); errors.Is(err, io.EOF) {
		f.wrong(0, "the file is empty")
		return c
	} else if err != nil {
		f.mistakes = append(f.mistakes, catalog.NotYAML(f.name, text, err)...)
		return c
	}
	if err := yaml.Unmarshal(text, &root); err != nil || root.Content[0].Kind != yaml.MappingNode {
		f.wrong(1, "want keys and their values")
		return c
	}
	c.Who = Rule(w.Who)
	c.Say, c.Products, c.Code, c.Most = w.Say, w.Products, w.Code, w.Most
	f.when(&c, w, root.Content[0])
	f.check(&c, root.Content[0])
	return c
}

// lineOf is where a key of the file stands; 0 when it does not.
func lineOf(n *yaml.Node, keys ...string) int {
	line := 0
	for i := 0; i+1 < len(n.Content) && len(keys) > 0; i += 2 {
		if n.Content[i].Value != keys[0] {
			continue
		}
		if line = n.Content[i].Line; len(keys) > 1 {
			return max(line, lineOf(n.Content[i+1], keys[1:]...))
		}
	}
	return line
}

// when reads the days and the hour of a campaign.
func (f *file) when(c *Campaign, w written, n *yaml.Node) {
	day := func(key, text string) time.Time {
		at, err := time.ParseInLocation(time.DateOnly, text, catalog.Helsinki)
		if err != nil {
			f.wrong(lineOf(n, key), "%s needs a day such as 2026-11-27", key)
		}
		return at
	}
	c.From, c.Until = day("from", w.From), day("until", w.Until).AddDate(0, 0, 1)
	if m := clock.FindStringSubmatch(w.Hour); m != nil {
		var hour, minute int
		_, _ = fmt.Sscan(m[1], &hour)
		_, _ = fmt.Sscan(strings.TrimPrefix(m[2], "0"), &minute)
		c.From = time.Date(c.From.Year(), c.From.Month(), c.From.Day(), hour, minute, 0, 0, catalog.Helsinki)
	} else if w.Hour != "" {
		f.wrong(lineOf(n, "hour"), `hour is no time of day; write "12:00"`)
	}
	switch {
	case len(f.mistakes) > 0:
	case !c.From.Before(c.Until):
		f.wrong(lineOf(n, "until"), "until is before from")
	case c.Until.After(c.From.AddDate(0, 0, longestRun)):
		f.wrong(lineOf(n, "until"), "a campaign runs for at most %d days", longestRun)
	}
}

// check looks that what a campaign names is there, and that it is fair.
func (f *file) check(c *Campaign, n *yaml.Node) {
	if c.Say["fi"] == "" {
		f.wrong(max(lineOf(n, "say"), n.Line), "say must have a text in Finnish (fi)")
	}
	for lang, text := range c.Say {
		if !slices.Contains(f.shop.Languages, lang) {
			f.wrong(lineOf(n, "say", lang), "the shop does not speak %q", lang)
		}
		if len([]rune(text)) > longestText {
			f.wrong(lineOf(n, "say", lang), "a text has at most %d characters", longestText)
		}
		for _, name := range catalog.Unfilled(text) {
			f.wrong(lineOf(n, "say", lang), "nothing fills %s", name)
		}
	}
	for _, id := range c.Products {
		if f.shop.Product(id) == nil {
			f.wrong(lineOf(n, "products"), "unknown product %s", id)
		}
	}
	if len(c.Products) > mostGoods {
		f.wrong(lineOf(n, "products"), "at most %d products are shown", mostGoods)
	}
	for _, id := range c.Who.Bought {
		if f.shop.Category(id) == nil {
			f.wrong(lineOf(n, "who", "bought"), "unknown category %s", id)
		}
	}
	for _, lang := range c.Who.Langs {
		if !slices.Contains(f.shop.Languages, lang) {
			f.wrong(lineOf(n, "who", "lang"), "the shop does not speak %q", lang)
		}
	}
	for _, id := range c.Who.Personas {
		if !slices.ContainsFunc(f.personas.All(), func(p persona.Persona) bool { return p.ID == id }) {
			f.wrong(lineOf(n, "who", "persona"), "unknown persona %s", id)
		}
	}
	if c.Code != "" && len(c.Who.Personas) > 0 {
		f.wrong(lineOf(n, "who", "persona"), "a persona is a guess and must not decide who gets a code; choose by what was bought")
	}
	if c.Code != "" && f.shop.Discount(c.Code) == nil {
		f.wrong(lineOf(n, "code"), "discounts.yaml has no code %s", c.Code)
	}
	if c.Who.Idle < 0 || c.Who.Idle > 3650 {
		f.wrong(lineOf(n, "who", "idle"), "idle is a number of days from 1 to 3650")
	}
	if c.Most < 0 {
		f.wrong(lineOf(n, "most"), "most is a number of customers")
	}
}
