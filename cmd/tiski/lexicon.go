package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"tiski/intents/finnish"
)

// lexiconFile is the packed word list in the data folder.
const lexiconFile = "lexicon.bin"

// packLexicon is `tiski lexicon FILE`: it packs the word list of Kotus into
// the data folder.
func packLexicon(_ context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("lexicon")
	data := f.String("data", defaultData, "folder of the database and of what is kept between starts")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return errors.New("tiski lexicon takes the word list's file: tiski lexicon nykysuomensanalista2024.csv")
	}
	lexicon, err := openLexicon(f.Arg(0))
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	if err := lexicon.Pack(&packed); err != nil {
		return err
	}
	if err := os.MkdirAll(*data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	path := filepath.Join(*data, lexiconFile)
	if err := os.WriteFile(path+".new", packed.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write the packed lexicon: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("write the packed lexicon: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s: %d kB\n", path, packed.Len()>>10)
	return err
}

// openLexicon opens a word list, packed or as Kotus publishes it; without a
// file it is the built-in lexicon.
func openLexicon(file string) (*finnish.Lexicon, error) {
	if file == "" {
		return finnish.Base(), nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("open the word list: %w", err)
	}
	lexicon, err := finnish.Open(bytes.NewReader(text))
	if errors.Is(err, finnish.ErrNotPacked) {
		lexicon, err = finnish.ReadKotus(bytes.NewReader(text))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return lexicon, nil
}
