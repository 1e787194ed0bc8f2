package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
)

// words is `tiski words`.
func words(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	f := flags("words")
	shop := shopFlag(f)
	known := f.String("known", "", "headwords that a catalogue would know, one a line")
	list := f.String("lexicon", "", "word list of Kotus, its own file or packed by tiski lexicon")
	if err := parse(f, args); err != nil {
		return err
	}
	if _, err := openShop(*shop); err != nil {
		return err
	}
	lexicon, err := openLexicon(*list)
	if err != nil {
		return err
	}
	if *known != "" {
		text, err := os.ReadFile(*known)
		if err != nil {
			return fmt.Errorf("read the known headwords: %w", err)
		}
		lexicon = lexicon.With(strings.Split(string(text), "\n")...)
	}
	return eachLine(ctx, in, out, func(line string) any {
		answer := struct {
			Word   string   `json:"word"`
			Lemmas []string `json:"lemmas"`
			Parts  []string `json:"parts"`
		}{Word: line, Lemmas: []string{}, Parts: []string{}}
		for i, a := range lexicon.Analyse(strings.ToLower(line)) {
			answer.Lemmas = append(answer.Lemmas, a.Lemma)
			if i == 0 {
				answer.Parts = append(answer.Parts, a.Parts...)
			}
		}
		return answer
	})
}
