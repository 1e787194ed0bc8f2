package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiski/bot/staff"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
	"tiski/intents/finnish"
)

// TestExportExamples: what staff accept comes out as files that a shop's folder
// may have, and as lines to test by.
func TestExportExamples(t *testing.T) {
	t.Parallel()
	data, to := t.TempDir(), t.TempDir()
	database, err := settings{}.openDatabase(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	for id, text := range map[string]string{"1": "mis mun kamat viipyy", "2": "odottaa vielä"} {
		if err := database.ProposeExample(t.Context(), staff.Example{ID: id, Lang: "fi", Text: text, Intent: intents.OrderStatus}); err != nil {
			t.Fatal(err)
		}
	}
	if err := database.AcceptExample(t.Context(), "1", "mis mun kamat viipyy", intents.OrderStatus); err != nil {
		t.Fatal(err)
	}
	for id, accepted := range map[string]bool{"vastaus-1": true, "vastaus-2": false} {
		if err := database.SetAnswer(t.Context(), staff.Answer{Answer: parking(id), Accepted: accepted}); err != nil {
			t.Fatal(err)
		}
	}
	if err := database.Close(); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := exportExamples(t.Context(), []string{"-data", data, "-to", to}, nil, &out); err != nil || out.String() != "1 examples, 1 answers\n" {
		t.Fatalf("%q, %v", out.String(), err)
	}
	examples, err := intents.Examples(os.DirFS(to))
	if err != nil || len(examples) != 1 || examples[0] != (intents.Example{Text: "mis mun kamat viipyy", Intent: intents.OrderStatus, Lang: "fi"}) {
		t.Errorf("%+v, %v", examples, err)
	}
	if answers, err := catalog.ReadAnswers(os.DirFS(to)); err != nil || len(answers) != 1 || answers[0].ID != "vastaus-1" {
		t.Errorf("%+v, %v", answers, err)
	}
	lines, err := readExamples(filepath.Join(to, testLines))
	if err != nil || len(lines) != 1 || lines[0].Intent != intents.OrderStatus {
		t.Errorf("%+v, %v", lines, err)
	}
	if err := exportExamples(t.Context(), []string{"-data", data}, nil, &out); err == nil {
		t.Error("writes nowhere")
	}
}

// parking is an answer that the demo shop has not.
func parking(id string) catalog.Answer {
	return catalog.Answer{
		ID: id, Intent: intents.StoreInfo, Ask: map[string][]string{"fi": {"onko teidän pihassa hevospuomia", "mihin voin sitoa hevosen"}},
		Say: catalog.Text{"fi": "Hevospuomi on pihan perällä."},
	}
}

// TestAcceptedAnswersAreGiven: what staff answered is said once it is accepted and
// taken into use, stands in the data folder, and is gone when it is removed.
func TestAcceptedAnswersAreGiven(t *testing.T) {
	t.Parallel()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	c, err := openCounter(t.Context(), shelf, "chat:answers", time.Date(2026, 11, 20, 12, 0, 0, 0, catalog.Helsinki))
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	data := t.TempDir()
	h := &house{files: shopFiles{fs: demo.FS}, data: data, lexicon: finnish.Base(), store: c.store, bot: c.bot, log: slog.New(slog.DiscardHandler)}
	says := func() bool {
		t.Helper()
		turn, err := c.line(t.Context(), "minne hevosen voi sitoa")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(turn.Messages[0].Text, "Hevospuomi on pihan perällä.")
	}
	a := staff.Answer{Answer: parking("vastaus-1")}
	for _, step := range []struct {
		name               string
		do                 func() error
		teach, want, filed bool
	}{
		{name: "nothing"},
		{name: "proposed", do: func() error { return c.store.SetAnswer(t.Context(), a) }, teach: true},
		{name: "accepted", do: func() error { a.Accepted = true; return c.store.SetAnswer(t.Context(), a) }},
		{name: "taken into use", teach: true, want: true, filed: true},
		{name: "taken into use again", teach: true, want: true, filed: true},
		{name: "removed", do: func() error { return c.store.RemoveAnswer(t.Context(), a.ID) }, teach: true},
	} {
		if step.do != nil {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
		}
		if step.teach {
			if err := h.teach(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		_, err := os.Stat(filepath.Join(data, answersFile))
		if got := says(); got != step.want || (err == nil) != step.filed {
			t.Errorf("%s: says it %v, file: %v", step.name, got, err)
		}
	}
}
