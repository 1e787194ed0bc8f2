package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiski/bot/staff"
	"tiski/bot/store"
	"tiski/intents"
)

// TestExportExamples: what staff accept comes out as files that a shop's folder
// may have, and as lines to test by.
func TestExportExamples(t *testing.T) {
	t.Parallel()
	data, to := t.TempDir(), t.TempDir()
	database, err := store.Open(t.Context(), settings{}.databaseIn(data))
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
	if err := database.Close(); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := exportExamples(t.Context(), []string{"-data", data, "-to", to}, nil, &out); err != nil || out.String() != "1 examples\n" {
		t.Fatalf("%q, %v", out.String(), err)
	}
	examples, err := intents.Examples(os.DirFS(to))
	if err != nil || len(examples) != 1 || examples[0] != (intents.Example{Text: "mis mun kamat viipyy", Intent: intents.OrderStatus, Lang: "fi"}) {
		t.Errorf("%+v, %v", examples, err)
	}
	lines, err := readExamples(filepath.Join(to, testLines))
	if err != nil || len(lines) != 1 || lines[0].Intent != intents.OrderStatus {
		t.Errorf("%+v, %v", lines, err)
	}
	if err := exportExamples(t.Context(), []string{"-data", data}, nil, &out); err == nil {
		t.Error("writes nowhere")
	}
}
