package main

import (
	"os"
	"path/filepath"
)

// keepFile writes a file of the data folder whole or not at all.
func keepFile(path string, document []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", document, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
