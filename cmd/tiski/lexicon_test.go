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

// A word whose class no ending tells, "zyysi" that inflects as käsi, is
// understood when the word list in the data folder has it.
func TestKeptLexiconIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list, data := filepath.Join(dir, "list.csv"), filepath.Join(dir, "data")
	shop := filepath.Join(dir, "shop", "products")
	if err := os.MkdirAll(shop, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		list:                              "Hakusana\tHomonymia\tSanaluokka\tTaivutustiedot\nzyysi\t\tsubstantiivi\t27\n",
		filepath.Join(shop, "zyysi.yaml"): "- id: zyysi\n  name: {fi: Oulun zyysi, sv: Zyysi från Uleåborg, en: Zyysi of Oulu}\n  description: {fi: Zyysi., sv: Zyysi., en: Zyysi.}\n  category: koti\n  vat: general\n  price: 10\n  variants: [{sku: ZY-1, stock: 3}]\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	understand := func() string {
		var out bytes.Buffer
		args := []string{"understand", "-shop", filepath.Dir(shop), "-data", data}
		if err := run(t.Context(), args, strings.NewReader("onko oulun zyyttä\n"), &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := understand(); strings.Contains(got, `"value":"zyysi"`) {
		t.Errorf("understood without the list: %s", got)
	}
	var out bytes.Buffer
	if err := run(t.Context(), []string{"lexicon", "-data", data, list}, nil, &out); err != nil {
		t.Fatal(err)
	}
	if got := understand(); !strings.Contains(got, `"value":"zyysi"`) {
		t.Errorf("not understood with the list: %s", got)
	}
}

func TestDamagedLexicon(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	path := filepath.Join(data, lexiconFile)
	for _, damaged := range []string{"", "tiski lexicon 1\n", "tiski lexicon 1\nno more", "Hakusana\tHomonymia\n"} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"serve", "chat", "understand", "search"} {
			var out bytes.Buffer
			err := run(t.Context(), []string{command, "-data", data}, strings.NewReader("moi\n"), &out)
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%s with a lexicon of %q: %v", command, damaged, err)
			}
		}
	}
}
