package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"tiski/catalog"
	"tiski/intents"
	"tiski/intents/finnish"
	"tiski/intents/language"
)

// lexiconFile is the packed word list in the data folder.
const lexiconFile = "lexicon.bin"

// packLexicon is `tiski lexicon FILE`: it packs the word list of Kotus into
// the data folder.
func packLexicon(_ context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("lexicon")
	data := dataFlag(f)
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
	path := filepath.Join(*data, lexiconFile)
	if err := keepFile(path, packed.Bytes()); err != nil {
		return fmt.Errorf("keep the packed lexicon: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s: %d kB\n", path, packed.Len()>>10)
	return err
}

// keptLexicon opens the word list packed in the data folder; without one it is
// the built-in lexicon.
func keptLexicon(data string) (*finnish.Lexicon, error) {
	path := filepath.Join(data, lexiconFile)
	packed, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return finnish.Base(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the lexicon: %w", err)
	}
	defer packed.Close()
	lexicon, err := finnish.Open(bufio.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w; pack it anew with tiski lexicon", path, err)
	}
	return lexicon, nil
}

// unknownWords lists the Finnish words of the goods that a lexicon does not know.
func unknownWords(lexicon *finnish.Lexicon, shop *catalog.Shop) []string {
	var texts []string
	for i := range shop.Products {
		texts = append(texts, shop.Products[i].Name.In(language.Finnish), shop.Products[i].Brand)
	}
	for i := range shop.Categories {
		texts = append(texts, shop.Categories[i].Name.In(language.Finnish))
		texts = append(texts, shop.Categories[i].Words[language.Finnish]...)
	}
	return intents.UnknownWords(lexicon, slices.Values(texts))
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
