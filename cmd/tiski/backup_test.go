package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A shop is backed up while it sells, its folder is lost, and what comes back is
// what was there.
func TestBackup(t *testing.T) {
	t.Parallel()
	data, kept, again := t.TempDir(), filepath.Join(t.TempDir(), "shop.tar.gz"), filepath.Join(t.TempDir(), "again")
	p := launch(t, data, nil)
	v := p.visit(t)
	v.press(v.toSummary())
	output(t, "", "backup", "-data", data, kept)
	v.say("kiitos")
	p.kill()
	var out bytes.Buffer
	if err := run(t.Context(), []string{"backup", "-data", data, kept}, nil, &out); err == nil {
		t.Error("an older backup is written over")
	}
	books := func(data string) string {
		return output(t, "", "orders", "-data", data, "-from", "2020-01-01", "-to", "2099-12-31")
	}
	secret := func(data string) string {
		text, err := os.ReadFile(filepath.Join(data, "widget.secret"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	were, key := books(data), secret(data)
	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}
	output(t, "", "restore", "-data", again, kept)
	if got := books(again); got != were || strings.Count(got, "\n") < 2 {
		t.Errorf("the books are\n%s\nand were\n%s", got, were)
	}
	if secret(again) != key {
		t.Error("another secret: visitors would be strangers")
	}
	if err := run(t.Context(), []string{"restore", "-data", again, kept}, nil, &out); err == nil {
		t.Error("a folder in use is written over")
	}
	v.base = launch(t, again, nil).base
	if h := v.say("moi"); h.text() == "" {
		t.Error("the visitor gets no answer")
	}
}

// What is no backup, or would write elsewhere, is refused.
func TestNoBackup(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	broken := filepath.Join(t.TempDir(), "shop.tar.gz")
	if err := os.WriteFile(broken, []byte("moi"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"no file":      {"backup", "-data", t.TempDir()},
		"no database":  {"backup", "-data", t.TempDir(), filepath.Join(t.TempDir(), "x")},
		"nothing":      {"restore", "-data", filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "none")},
		"no archive":   {"restore", "-data", filepath.Join(t.TempDir(), "a"), broken},
		"climbing out": {"restore", "-data", filepath.Join(t.TempDir(), "a"), climbing(t)},
	} {
		if err := run(t.Context(), args, nil, &out); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// climbing is an archive with a file above its folder.
func climbing(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "climbing.tar.gz")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	packed := gzip.NewWriter(out)
	pack := tar.NewWriter(packed)
	if err := pack.WriteHeader(&tar.Header{Name: "../elsewhere", Mode: 0o600, Size: 3}); err != nil {
		t.Fatal(err)
	}
	if _, err := pack.Write([]byte("moi")); err != nil {
		t.Fatal(err)
	}
	if err := pack.Close(); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}
