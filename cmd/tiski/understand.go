package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"tiski/intents"
)

// explained is one answer of `tiski understand -explain`.
type explained struct {
	intents.Reading
	Why intents.Explanation `json:"why"`
}

// confusion is one line of `tiski understand -confusions`: messages of one
// intent that are taken for another.
type confusion struct {
	Intent   string   `json:"intent"`
	TakenFor string   `json:"taken_for"`
	Count    int      `json:"count"`
	Texts    []string `json:"texts"`
}

// confusions prints what messages of a file are taken for, the most frequent
// confusion first, and in the end how many are right.
func confusions(model *intents.Model, file string, out io.Writer) error {
	examples, err := readExamples(file)
	if err != nil {
		return err
	}
	right := 0
	texts := map[[2]string][]string{}
	for _, e := range examples {
		taken := model.Read(e.Text, intents.Hint{}).Intents[0].Name
		if taken == e.Intent {
			right++
			continue
		}
		texts[[2]string{e.Intent, taken}] = append(texts[[2]string{e.Intent, taken}], e.Text)
	}
	var all []confusion
	for names, said := range texts {
		all = append(all, confusion{names[0], names[1], len(said), said})
	}
	slices.SortFunc(all, func(a, b confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Intent, b.Intent), cmp.Compare(a.TakenFor, b.TakenFor))
	})
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, c := range all {
		if err := encoder.Encode(c); err != nil {
			return fmt.Errorf("print confusions: %w", err)
		}
	}
	if err := encoder.Encode(map[string]int{"right": right, "of": len(examples)}); err != nil {
		return fmt.Errorf("print confusions: %w", err)
	}
	return nil
}
