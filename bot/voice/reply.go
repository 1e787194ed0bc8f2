package voice

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed replies
var builtIn embed.FS

// replies are the sentences of one language by key. A key has variants, one of
// which is said; "key@persona" holds a persona's own,
// "key@tone" those of personas of that tone.
type replies map[string][]template

// template is a sentence cut at its {names}: text, name, text, name, …, text. A
// name may ask for a form: {shop:gen}; form.go tells which there are.
type template []string

// cut parses "Löysin {count} tuotetta." A brace is written twice to mean itself.
func cut(sentence string) (template, error) {
	var t template
	var text strings.Builder
	for i := 0; i < len(sentence); i++ {
		switch c := sentence[i]; {
		case (c == '{' || c == '}') && i+1 < len(sentence) && sentence[i+1] == c:
			text.WriteByte(c)
			i++
		case c == '{':
			end := strings.IndexByte(sentence[i:], '}')
			if end < 2 || sentence[i+1] == ':' {
				return nil, fmt.Errorf("a { without its name and }")
			}
			t = append(t, text.String(), sentence[i+1:i+end])
			text.Reset()
			i += end
		case c == '}':
			return nil, fmt.Errorf("a } without its {")
		default:
			text.WriteByte(c)
		}
	}
	return append(t, text.String()), nil
}

// names are the {names} of a template.
func (t template) names() []string {
	var names []string
	for i := 1; i < len(t); i += 2 {
		name, form, _ := strings.Cut(t[i], ":")
		names = append(names, name)
		if form != "" && !isForm(form) { // {count:item}
			names = append(names, form)
		}
	}
	return names
}

// load reads replies/<lang>/*.yaml, later files overriding earlier ones.
func load(fsys fs.FS, into map[string]replies) error {
	names, err := fs.Glob(fsys, "replies/*/*.yaml")
	if err != nil {
		return fmt.Errorf("list replies: %w", err)
	}
	for _, name := range names {
		document, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		var root yaml.Node
		if err := yaml.NewDecoder(bytes.NewReader(document)).Decode(&root); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		lang := path.Base(path.Dir(name))
		if into[lang] == nil {
			into[lang] = replies{}
		}
		if err := into[lang].read(root.Content[0]); err != nil {
			return fmt.Errorf("%s:%w", name, err)
		}
	}
	return nil
}

// read takes a mapping of keys to a sentence or a list of them.
func (r replies) read(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%d: want keys with sentences", n.Line)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if seen[key.Value] {
			return fmt.Errorf("%d: %s stands twice", key.Line, key.Value)
		}
		seen[key.Value] = true
		sentences := []*yaml.Node{value}
		if value.Kind == yaml.SequenceNode {
			sentences = value.Content
		}
		var variants []template
		for _, s := range sentences {
			if s.Kind != yaml.ScalarNode || strings.TrimSpace(s.Value) == "" {
				return fmt.Errorf("%d: %s needs a sentence", s.Line, key.Value)
			}
			t, err := cut(strings.TrimSpace(s.Value))
			if err != nil {
				return fmt.Errorf("%d: %s: %w", s.Line, key.Value, err)
			}
			variants = append(variants, t)
		}
		if len(variants) == 0 {
			return fmt.Errorf("%d: %s needs a sentence", key.Line, key.Value)
		}
		r[key.Value] = variants
	}
	return nil
}

// gaps lists what is missing in a language of what the built-in replies have,
// and the keys, names, and personas or tones that are not among the known. A
// shop without one of the personas that the built-in replies know has no gap.
func gaps(all, builtIn map[string]replies, languages, known []string) []string {
	var missing []string
	base := builtIn["fi"]
	for _, lang := range languages {
		for key := range base {
			plain, _, _ := strings.Cut(key, "@")
			if len(all[lang][plain]) == 0 {
				missing = append(missing, fmt.Sprintf("replies/%s: %s is missing", lang, plain))
			}
		}
		for key, variants := range all[lang] {
			plain, who, of := strings.Cut(key, "@")
			if of && !slices.Contains(known, who) && builtIn[lang][key] == nil {
				missing = append(missing, fmt.Sprintf("replies/%s: %s: there is no persona %s", lang, key, who))
			}
			filled := map[string]bool{}
			for _, v := range base[plain] {
				for _, name := range v.names() {
					filled[name] = true
				}
			}
			if len(base[plain]) == 0 {
				missing = append(missing, fmt.Sprintf("replies/%s: %s is not a reply", lang, key))
			}
			for _, v := range variants {
				if form := v.finnishForm(); form != "" && lang != "fi" {
					missing = append(missing, fmt.Sprintf("replies/%s: %s: %s is a form of Finnish", lang, key, form))
				}
				for _, name := range v.names() {
					if !filled[name] {
						missing = append(missing, fmt.Sprintf("replies/%s: %s: nothing fills {%s}", lang, key, name))
					}
				}
			}
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}
