package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
)

// What is learnt is kept in the data folder in these.
const (
	learningFile = "learnt.bin"
	kindsFile    = "kinds.bin"
)

// learn is `tiski learn [-personas] FILE`: it packs what the built-in examples, or
// the lines of the demo shop's personas, teach.
func learn(_ context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("learn")
	kinds := f.Bool("personas", false, "learn from the lines of the demo shop's personas")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return errors.New("tiski learn takes the file to write: tiski learn intents/learnt.bin")
	}
	if info, err := os.Stat(filepath.Dir(f.Arg(0))); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder for %s", f.Arg(0))
	}
	if *kinds {
		return learnDemo(f.Arg(0), out)
	}
	examples, err := intents.Examples(intents.Data())
	if err != nil {
		return err
	}
	l, err := intents.Learn(examples, intents.Data())
	if err != nil {
		return err
	}
	return packed(l, len(examples), f.Arg(0), out)
}

func packed(l *intents.Learning, lines int, path string, out io.Writer) error {
	size, err := keepLearning(l, path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d lines, %d kB\n", path, lines, size>>10)
	return err
}

// learnDemo packs what the lines of the demo shop's personas teach, a file a language.
func learnDemo(path string, out io.Writer) error {
	shop, personas, err := demoPersonas()
	if err != nil {
		return err
	}
	for _, lang := range shop.Languages {
		lines := personas.Lines(lang)
		l, err := intents.LearnKinds(lines, intents.Data())
		if err != nil {
			return err
		}
		if err := packed(l, len(lines), persona.InLanguage(path, lang), out); err != nil {
			return err
		}
	}
	return nil
}

func demoPersonas() (*catalog.Shop, persona.Set, error) {
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		return nil, persona.Set{}, err
	}
	personas, err := persona.Load(demo.FS, shop, intents.Names)
	return shop, personas, err
}

// learning returns what a shop's examples teach: what is built in when it has
// none of its own.
func learning(examples []intents.Example, data string) (*intents.Learning, error) {
	return learnt(examples, intents.BuiltIn, intents.Learn, data, learningFile)
}

// kinds returns what the lines of a shop's personas teach, by language.
func kinds(personas persona.Set, langs []string, files fs.FS, data string) (map[string]*intents.Learning, error) {
	all := map[string]*intents.Learning{}
	for _, lang := range langs {
		lines := personas.Lines(lang)
		if len(lines) == 0 {
			continue
		}
		beside := func() (*intents.Learning, error) {
			file, err := files.Open("personas/" + persona.InLanguage(learningFile, lang))
			if err != nil {
				return nil, err
			}
			defer file.Close()
			return intents.OpenLearning(file)
		}
		var err error
		if all[lang], err = learnt(lines, beside, intents.LearnKinds, data, persona.InLanguage(kindsFile, lang)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// learnt returns what examples teach: what is ready when it was learnt from them,
// else what is kept in a file of the data folder, learnt and put there when it is
// not there yet. Nothing is kept where there is no folder.
func learnt(examples []intents.Example, ready func() (*intents.Learning, error), learn func([]intents.Example, fs.FS) (*intents.Learning, error), data, file string) (*intents.Learning, error) {
	source, err := intents.SourceOf(examples, intents.Data())
	if err != nil {
		return nil, err
	}
	if l, err := ready(); err == nil && l.From(source) {
		return l, nil
	}
	path := filepath.Join(data, file)
	if kept, err := os.ReadFile(path); err == nil {
		if l, err := intents.OpenLearning(bytes.NewReader(kept)); err == nil && l.From(source) {
			return l, nil
		}
	}
	l, err := learn(examples, intents.Data())
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(data); err == nil && info.IsDir() {
		if _, err := keepLearning(l, path); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// keepLearning writes a file whole or not at all, and tells its bytes.
func keepLearning(l *intents.Learning, path string) (int, error) {
	var packed bytes.Buffer
	if err := l.Pack(&packed); err != nil {
		return 0, err
	}
	if err := keepFile(path, packed.Bytes()); err != nil {
		return 0, fmt.Errorf("keep what was learnt: %w", err)
	}
	return packed.Len(), nil
}
