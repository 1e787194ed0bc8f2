package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLexiconIsPackedAndUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(list, []byte("Hakusana\tHomonymia\tSanaluokka\tTaivutustiedot\nkuje\t\tsubstantiivi\t48\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	var out bytes.Buffer
	if err := run(context.Background(), []string{"lexicon", "-data", data, list}, nil, &out); err != nil {
		t.Fatal(err)
	}
	known := filepath.Join(dir, "known.txt")
	if err := os.WriteFile(known, []byte("Zyntrix\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{list, filepath.Join(data, lexiconFile)} {
		out.Reset()
		err := run(context.Background(), []string{"words", "-lexicon", file, "-known", known}, strings.NewReader("kujeissa\nZyntrixillä\n"), &out)
		if err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.Contains(got, `"lemmas":["kuje"]`) || !strings.Contains(got, `"lemmas":["zyntrix"]`) {
			t.Errorf("with %s: %s", filepath.Base(file), got)
		}
	}
	for _, args := range [][]string{{"lexicon"}, {"lexicon", filepath.Join(dir, "none")}, {"words", "-lexicon", known}, {"words", "-known", filepath.Join(dir, "none")}} {
		if err := run(context.Background(), args, strings.NewReader(""), &out); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}
