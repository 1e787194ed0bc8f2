package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tiski/bot"
	"tiski/bot/campaign"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
)

// TestACampaignReachesWhoWantsIt: who allows offers and bought from a shelf gets
// the campaign once, in the shop's hours, is told why, and stops it with a tap.
func TestACampaignReachesWhoWantsIt(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	night := time.Date(2026, 11, 27, 6, 0, 0, 0, catalog.Helsinki)
	c, err := openCounter(t.Context(), shelf, "chat:campaign", night.AddDate(0, 0, -1))
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	allowed := func(purpose string) dialogue.Consent {
		return dialogue.Consent{Purpose: purpose, Answer: dialogue.Given, Lang: "fi", At: c.now}
	}
	profile := persona.Profile{Likes: map[string]persona.Fact{"kirjat": {Value: "2", Since: c.now}}}
	if err := c.store.Learn(t.Context(), "told", c.conversation, dialogue.Learn{
		Consents: []dialogue.Consent{allowed(dialogue.Personal), allowed(dialogue.Reminders)}, Profile: profile,
	}); err != nil {
		t.Fatal(err)
	}
	all := []campaign.Campaign{{
		ID: "lukutalvi", Who: campaign.Rule{Bought: []string{"kirjat"}}, Say: catalog.Text{"fi": "Talvi-iltoihin sopii kirja."},
		Code: "LUKUTALVI", From: night.Add(-6 * time.Hour), Until: night.AddDate(0, 0, 3),
	}}
	sender := &bot.Campaigner{
		Audience: c.store, Handle: c.bot.Handle, Clock: c.clock, Log: slog.New(slog.DiscardHandler),
		Running: func(context.Context) ([]bot.Campaign, error) { return running(all, shelf.Shop, c.now), nil },
	}
	said := func(wait string) string {
		t.Helper()
		turn, err := c.line(t.Context(), "!wait "+wait)
		if err != nil {
			t.Fatal(err)
		}
		if err := sender.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if turn, err = c.catchUp(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
		return storyTurn("", turn, shelf.Shop)
	}
	for _, wait := range []string{"1h", "24h"} { // before it runs, and at night
		if got := said(wait); strings.Contains(got, "<") {
			t.Errorf("too early: %s", got)
		}
	}
	turn, err := c.line(t.Context(), "!wait 4h")
	if err != nil {
		t.Fatal(err)
	}
	got := storyTurn("", turn, shelf.Shop)
	for _, want := range []string{
		"Talvi-iltoihin sopii kirja.", "Koodilla LUKUTALVI saat: Lukutalvi: kolme kirjaa kahden hinnalla.", "Voimassa su 28.2. asti.",
		"Saat tämän, koska sallit tarjoukset ja olet ostanut meiltä: Kirjat.", "[Lopeta muistutukset]",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from %s", want, got)
		}
	}
	if got := said("30h"); strings.Contains(got, "<") {
		t.Errorf("twice: %s", got)
	}
}

// TestCampaignsAreTold: how many would get one is told with the reasons, and
// mistakes with their place.
func TestCampaignsAreTold(t *testing.T) {
	t.Parallel()
	shop := t.TempDir()
	if err := os.Mkdir(filepath.Join(shop, "campaigns"), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(shop, "campaigns", "talvi.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("say: {fi: Talvi tulee.}\nfrom: 2026-12-01\nuntil: 2026-12-07\nhour: \"10:00\"\nmost: 5\n")
	if out := output(t, "", "campaign", "-dry", "-shop", shop, "-data", t.TempDir()); !strings.Contains(out, "talvi: 2026-12-01 10:00 – 2026-12-07, at most 5, sent to 0; would go to 0 of the 0 others") {
		t.Errorf("told %q", out)
	}
	write("say: {sv: Vintern kommer.}\nfrom: 2026-12-01\nuntil: 2026-12-07\n")
	var out strings.Builder
	if err := run(t.Context(), []string{"check", "-shop", shop}, nil, &out); err == nil || !strings.Contains(out.String(), "campaigns/talvi.yaml:1: say must have a text in Finnish") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// TestCampaignsAreReadAnew: a new file runs without a new start, and mistakes leave
// what ran before in use and are told once.
func TestCampaignsAreReadAnew(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	files := fstest.MapFS{}
	c := &calendar{files: files, shelf: func() *bot.Shelf { return shelf }, log: slog.New(slog.NewTextHandler(&told, nil))}
	const talvi = "from: 2026-11-01\nuntil: 2026-12-01\nsay: {fi: Talvi tulee., sv: Vintern kommer., en: Winter is coming.}\nproducts: [villavuona-villasukat]\n"
	for _, step := range []struct {
		name, text string
		want       []string
		warnings   int
	}{
		{"", "", nil, 0},
		{"campaigns/talvi.yaml", talvi, []string{"talvi"}, 0},
		{"campaigns/kevat.yaml", "colour: green\n", []string{"talvi"}, 1},
		{"campaigns/kevat.yaml", "colour: green\n", []string{"talvi"}, 1},
		{"campaigns/kevat.yaml", talvi, []string{"kevat", "talvi"}, 1},
	} {
		if step.name != "" {
			files[step.name] = &fstest.MapFile{Data: []byte(step.text)}
		}
		var ids []string
		for _, one := range c.read() {
			ids = append(ids, one.ID)
		}
		if !slices.Equal(ids, step.want) || strings.Count(told.String(), "the campaigns stay") != step.warnings {
			t.Errorf("after %s: %q, told %s", step.name, ids, &told)
		}
	}
}
