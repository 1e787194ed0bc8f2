package catalog

import (
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// ReadAnswers reads the folder answers of fsys: questions with a fixed answer as a
// shop's folder has them. All mistakes are returned together, as [Mistakes].
func ReadAnswers(fsys fs.FS) ([]Answer, error) {
	l := loader{fsys: fsys, shop: &Shop{}, written: true}
	l.answers()
	if len(l.mistakes) > 0 {
		return nil, l.mistakes
	}
	return l.shop.Answers, nil
}

// WriteAnswers writes a file of the folder answers.
func WriteAnswers(w io.Writer, all []Answer) error {
	type entry struct {
		ID     string              `yaml:"id"`
		Intent string              `yaml:"intent"`
		Ask    map[string][]string `yaml:"ask"`
		Say    map[string]string   `yaml:"say"`
	}
	entries := make([]entry, len(all))
	for i, a := range all {
		entries[i] = entry{a.ID, a.Intent, a.Ask, a.Say}
	}
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(entries); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return e.Close()
}
