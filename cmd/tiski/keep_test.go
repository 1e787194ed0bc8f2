package main

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestKeptAtOnce: the console and the goods may both want the answers of staff
// written anew.
func TestKeptAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "answers", "console.yaml")
	document := bytes.Repeat([]byte("vastaus\n"), 1<<12)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if err := keepFile(path, document); err != nil {
					t.Error(err)
				}
				if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, document) {
					t.Errorf("%d bytes are kept of %d: %v", len(kept), len(document), err)
				}
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(filepath.Dir(path)); len(left) != 1 || err != nil {
		t.Errorf("beside the file: %v, %v", left, err)
	}
}
