package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"tiski/intents"
)

// learningFile is what the examples teach, in the data folder.
const learningFile = "learnt.bin"

// learn is `tiski learn FILE`: it packs what the built-in examples teach.
func learn(_ context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("learn")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return errors.New("tiski learn takes the file to write: tiski learn intents/learnt.bin")
	}
	examples, err := intents.Examples(intents.Data())
	if err != nil {
		return err
	}
	l, err := intents.Learn(examples, intents.Data())
	if err != nil {
		return err
	}
	size, err := keepLearning(l, f.Arg(0))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d examples, %d kB\n", f.Arg(0), len(examples), size>>10)
	return err
}

// learning returns what a shop's examples teach: what is built in when it has
// none of its own, else what is kept in the data folder, learnt and put there
// when it is not there yet. Nothing is kept where there is no folder.
func learning(examples []intents.Example, data string) (*intents.Learning, error) {
	source, err := intents.SourceOf(examples, intents.Data())
	if err != nil {
		return nil, err
	}
	if l, err := intents.BuiltIn(); err == nil && l.From(source) {
		return l, nil
	}
	path := filepath.Join(data, learningFile)
	if kept, err := os.ReadFile(path); err == nil {
		if l, err := intents.OpenLearning(bytes.NewReader(kept)); err == nil && l.From(source) {
			return l, nil
		}
	}
	l, err := intents.Learn(examples, intents.Data())
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
	file, err := os.CreateTemp(filepath.Dir(path), learningFile+".*")
	if err != nil {
		return 0, fmt.Errorf("keep what was learnt: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(packed.Bytes())
	if err := errors.Join(err, file.Chmod(0o644), file.Close()); err != nil {
		return 0, fmt.Errorf("keep what was learnt: %w", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return 0, fmt.Errorf("keep what was learnt: %w", err)
	}
	return packed.Len(), nil
}
