package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiski/bot/staff"
	"tiski/bot/store"
	"tiski/intents"
)

// mostTaught is how many examples of staff are learnt from.
const mostTaught = 10_000

// testLines is the file of the export that `tiski understand -confusions` reads.
const testLines = "readings.jsonl"

// taught are the examples that staff have accepted.
func taught(ctx context.Context, from *store.Store) ([]intents.Example, error) {
	accepted, err := from.Examples(ctx, true, mostTaught)
	if err != nil {
		return nil, err
	}
	var all []intents.Example
	for _, e := range accepted {
		all = append(all, intents.Example{Text: e.Text, Intent: e.Intent, Lang: e.Lang})
	}
	return all, nil
}

// teach puts a shelf in place whose reader has learnt from the examples accepted
// by now, and which has the answers accepted by now. Conversations go on.
func (h *house) teach(ctx context.Context) error {
	examples, err := taught(ctx, h.store)
	if err != nil {
		return err
	}
	old := h.bot.Shelf()
	shop, err := answered(ctx, h.store, h.data, old.Shop)
	if err != nil {
		return err
	}
	learnt, err := lesson(h.files.fs, h.data, examples)
	if err != nil {
		return fmt.Errorf("learn from the examples of staff: %w", err)
	}
	model := old.Model.Asking(fixedQuestions(shop))
	if !learnt.Same(old.Model.Learning) {
		ofKinds, err := kinds(old.Personas, shop.Languages, h.files.fs, h.data)
		if err != nil {
			return err
		}
		lexicon := joined(h.lexicon, unknownWords(h.lexicon, shop), learnt)
		if model, err = readerOf(shop, learnt, ofKinds, lexicon); err != nil {
			return err
		}
	}
	shelf := *h.bot.Shelf() // its goods may have changed meanwhile
	now := *shelf.Shop
	now.Answers = shop.Answers
	shelf.Shop, shelf.Model = &now, model
	h.bot.Swap(&shelf)
	h.log.Info("the bot has learnt", "examples", len(examples))
	return nil
}

// exportExamples is `tiski examples -to DIR`: the examples and answers that staff
// have accepted as files of a shop's folder, the examples as test lines too.
func exportExamples(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("examples")
	to := f.String("to", "", "folder to write <lang>/intents/<intent>.txt and "+testLines+" into")
	data := dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	if *to == "" {
		return errors.New("write: tiski examples -to DIR")
	}
	database, _, err := openKept(ctx, *data)
	if err != nil {
		return err
	}
	defer database.Close()
	accepted, err := database.Examples(ctx, true, mostTaught)
	if err != nil {
		return err
	}
	if err := writeExamples(*to, accepted); err != nil {
		return err
	}
	written, err := acceptedAnswers(ctx, database)
	if err != nil {
		return err
	}
	if len(written) > 0 {
		if err := keepAnswers(*to, written); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "%d examples, %d answers\n", len(accepted), len(written))
	return err
}

// writeExamples writes examples over those of an earlier export.
func writeExamples(to string, all []staff.Example) error {
	files := map[string][]string{}
	for _, e := range all {
		path := filepath.Join(e.Lang, "intents", e.Intent+".txt")
		if !slices.Contains(files[path], e.Text) {
			files[path] = append(files[path], e.Text)
		}
		line, err := json.Marshal(map[string]string{"text": e.Text, "intent": e.Intent, "lang": e.Lang})
		if err != nil {
			return fmt.Errorf("write examples: %w", err)
		}
		files[testLines] = append(files[testLines], string(line))
	}
	for path, lines := range files {
		path = filepath.Join(to, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("write examples: %w", err)
		}
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			return fmt.Errorf("write examples: %w", err)
		}
	}
	return nil
}
