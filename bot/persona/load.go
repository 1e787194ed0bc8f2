package persona

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// file is a persona as the shopkeeper writes it.
type file struct {
	Name    string             `yaml:"name"`
	Tone    string             `yaml:"tone"`
	Values  map[string]float64 `yaml:"values"`
	Words   []string           `yaml:"words"`
	Intents map[string]float64 `yaml:"intents"`
}

// Tones and Values that the shop's files may use.
var (
	Tones  = []string{"plain", "warm", "brisk", "thorough"}
	Values = []string{"price", "quality", "speed", "domestic", "ecological"}
)

// Load reads personas/*.yaml of a shop's files; a file's name is the persona's
// id. Every mistake is told with its file. There must be a neutral.yaml.
func Load(fsys fs.FS, intents []string) (Set, error) {
	names, err := fs.Glob(fsys, "personas/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list personas: %w", err)
	}
	var set Set
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var f file
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := f.check(intents); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		set = append(set, Persona{
			ID: strings.TrimSuffix(path.Base(name), ".yaml"), Name: f.Name, Tone: f.Tone,
			Values: f.Values, Words: f.Words, Intent: f.Intents,
		})
	}
	if !slices.ContainsFunc(set, func(p Persona) bool { return p.ID == Neutral }) {
		return nil, fmt.Errorf("personas/%s.yaml is missing", Neutral)
	}
	return set, nil
}

func (f file) check(intents []string) error {
	if f.Name == "" {
		return fmt.Errorf("name is missing")
	}
	if !slices.Contains(Tones, f.Tone) {
		return fmt.Errorf("tone %q is none of %s", f.Tone, strings.Join(Tones, ", "))
	}
	for value, weight := range f.Values {
		if !slices.Contains(Values, value) {
			return fmt.Errorf("value %q is none of %s", value, strings.Join(Values, ", "))
		}
		if !within(weight) {
			return fmt.Errorf("value %q must be between 0 and 1", value)
		}
	}
	for _, word := range f.Words {
		if word != strings.ToLower(word) || len([]rune(word)) < 3 {
			return fmt.Errorf("word %q must be lower case and at least 3 letters", word)
		}
	}
	for intent, weight := range f.Intents {
		if !slices.Contains(intents, intent) {
			return fmt.Errorf("intent %q is unknown", intent)
		}
		if !within(weight) {
			return fmt.Errorf("intent %q must weigh between 0 and 1", intent)
		}
	}
	return nil
}

// within reports whether a weight is a number between 0 and 1.
func within(weight float64) bool { return weight >= 0 && weight <= 1 }
