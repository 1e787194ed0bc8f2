package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"tiski/catalog/demo"
	"tiski/intents"
)

func TestLearningIsKept(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	path := filepath.Join(data, learningFile)
	examples := []intents.Example{{Text: "mis mun paketti", Intent: intents.OrderStatus, Lang: "fi"}, {Text: "moi", Intent: intents.Greeting, Lang: "fi"}}
	if _, err := learning(examples, data); err != nil {
		t.Fatal(err)
	}
	kept, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := learning(examples, data); err != nil {
		t.Fatal(err)
	}
	if again, err := os.Stat(path); err != nil || !os.SameFile(kept, again) {
		t.Errorf("what is kept is learnt again: %v", err)
	}
	for _, stale := range []func(){
		func() { examples[1].Text = "hei" },
		func() {
			if err := os.WriteFile(path, []byte("broken"), 0o600); err != nil {
				t.Error(err)
			}
		},
	} {
		stale()
		l, err := learning(examples, data)
		if err != nil {
			t.Fatal(err)
		}
		source, err := intents.SourceOf(examples, intents.Data())
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if opened, err := intents.OpenLearning(bytes.NewReader(file)); err != nil || !opened.From(source) || !l.From(source) {
			t.Errorf("what is kept is stale: %v", err)
		}
	}
	nowhere := filepath.Join(data, "nowhere")
	if _, err := learning(examples, nowhere); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("a folder is made")
	}
}

func TestLearnTakesAFile(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"learn"}, {"learn", filepath.Join(t.TempDir(), "nowhere", "file")}} {
		if err := run(context.Background(), args, nil, new(bytes.Buffer)); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

// TestKindsAreFresh fails where CI is set when the lines of the demo's personas
// have changed after what they teach was packed.
func TestKindsAreFresh(t *testing.T) {
	t.Parallel()
	shop, personas, err := demoPersonas()
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	if _, err := kinds(personas, shop.Languages, demo.FS, data); err != nil {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(data, "*"))
	switch {
	case err != nil:
		t.Fatal(err)
	case len(kept) == 0:
	case os.Getenv("CI") == "":
		t.Skip("what is packed beside the personas is stale, it is learnt at start: go generate ./catalog/demo")
	default:
		t.Error("what is packed beside the personas is stale: go generate ./catalog/demo")
	}
}
