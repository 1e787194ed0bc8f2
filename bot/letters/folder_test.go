package letters

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestFolderForgets(t *testing.T) {
	t.Parallel()
	f := Folder{Dir: t.TempDir(), From: "Tuulikello <palvelu@example.fi>"}
	for id, to := range map[string]string{"order/1/placed": "aino@example.fi", "order/2/placed": "eino@example.fi"} {
		if err := f.Send(t.Context(), Letter{ID: id, To: to, Subject: "Tilaus", Text: "Kiitos", HTML: "<p>Kiitos</p>"}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := f.RemoveTo([]string{"AINO@example.fi", "muu@example.fi"}); n != 1 || err != nil {
		t.Errorf("removed %d letters to Aino, %v", n, err)
	}
	left, err := filepath.Glob(filepath.Join(f.Dir, "*"))
	if err != nil || len(left) != 1 {
		t.Fatalf("left: %v, %v", left, err)
	}
	written := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	if err := os.Chtimes(left[0], written, written); err != nil {
		t.Fatal(err)
	}
	if n, err := f.RemoveBefore(written); n != 0 || err != nil {
		t.Errorf("removed %d letters that are not older, %v", n, err)
	}
	if n, err := f.RemoveBefore(written.Add(time.Second)); n != 1 || err != nil {
		t.Errorf("removed %d old letters, %v", n, err)
	}
	if n, err := (Folder{Dir: filepath.Join(f.Dir, "none")}).RemoveBefore(written); n != 0 || err != nil {
		t.Errorf("without a folder: %d, %v", n, err)
	}
}

// What a crash or a full disk left of a letter keeps no customer from being erased.
func TestHalfALetterIsForgotten(t *testing.T) {
	t.Parallel()
	f := Folder{Dir: t.TempDir(), From: "Tuulikello <palvelu@example.fi>"}
	for name, text := range map[string]string{"1.eml.new": "", "2.eml.new": "Subject: Tilaus\r\nTo: =?u"} {
		if err := os.WriteFile(filepath.Join(f.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := f.RemoveTo([]string{"aino@example.fi"}); n != 2 || err != nil {
		t.Errorf("removed %d, %v", n, err)
	}
}
