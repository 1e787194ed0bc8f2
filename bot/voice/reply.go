package voice

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tiski/catalog"
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

// standing tells where the replies of a shop's own files stand, by language and key.
type standing map[string]map[string]catalog.Mistake

// load reads replies/<lang>/*.yaml over what there is, and tells where each stands.
func load(fsys fs.FS, into map[string]replies) (standing, error) {
	names, err := fs.Glob(fsys, "replies/*/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list replies: %w", err)
	}
	at := standing{}
	var mistakes catalog.Mistakes
	for _, name := range names {
		document, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var root yaml.Node
		if err := yaml.NewDecoder(bytes.NewReader(document)).Decode(&root); errors.Is(err, io.EOF) {
			mistakes = append(mistakes, catalog.Mistake{File: name, Reason: "the file is empty"})
			continue
		} else if err != nil {
			mistakes = append(mistakes, catalog.NotYAML(name, document, err)...)
			continue
		}
		lang := path.Base(path.Dir(name))
		if into[lang] == nil {
			into[lang] = replies{}
		}
		if at[lang] == nil {
			at[lang] = map[string]catalog.Mistake{}
		}
		mistakes = append(mistakes, into[lang].read(name, root.Content[0], at[lang])...)
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return at, nil
}

// read takes a mapping of keys to a sentence or a list of them, each key once.
func (r replies) read(name string, n *yaml.Node, at map[string]catalog.Mistake) (mistakes catalog.Mistakes) {
	wrong := func(n *yaml.Node, format string, args ...any) {
		mistakes = append(mistakes, catalog.Mistake{File: name, Line: n.Line, Reason: fmt.Sprintf(format, args...)})
	}
	if n.Kind != yaml.MappingNode {
		wrong(n, "want keys with sentences")
		return mistakes
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if first, twice := at[key.Value]; twice {
			wrong(key, "%s stands at %s:%d too", key.Value, first.File, first.Line)
			continue
		}
		at[key.Value] = catalog.Mistake{File: name, Line: key.Line}
		sentences := []*yaml.Node{value}
		if value.Kind == yaml.SequenceNode {
			sentences = value.Content
		}
		var variants []template
		for _, s := range sentences {
			if s.Kind != yaml.ScalarNode || strings.TrimSpace(s.Value) == "" {
				wrong(s, "%s needs a sentence", key.Value)
				continue
			}
			t, err := cut(strings.TrimSpace(s.Value))
			if err != nil {
				wrong(s, "%s: %v", key.Value, err)
			}
			variants = append(variants, t)
		}
		if len(sentences) == 0 {
			wrong(key, "%s needs a sentence", key.Value)
		}
		r[key.Value] = variants
	}
	return mistakes
}

// gaps lists what is missing in a language of what the built-in replies have,
// and the keys, names, and personas or tones that are not among the known. A
// shop without one of the personas that the built-in replies know has no gap.
func gaps(all, builtIn map[string]replies, at standing, languages, known []string) catalog.Mistakes {
	var missing catalog.Mistakes
	base := builtIn["fi"]
	for _, lang := range languages {
		wrong := func(key, format string, args ...any) {
			m, own := at[lang][key]
			if !own {
				m.File = "replies/" + lang
			}
			m.Reason = fmt.Sprintf(format, args...)
			missing = append(missing, m)
		}
		if len(all[lang]) == 0 {
			missing = append(missing, catalog.Mistake{File: catalog.ShopFile, Reason: fmt.Sprintf("there are no replies in %q: a shop may speak %s", lang, strings.Join(slices.Sorted(maps.Keys(builtIn)), ", "))})
			continue
		}
		for key := range base {
			plain, _, _ := strings.Cut(key, "@")
			if len(all[lang][plain]) == 0 {
				wrong(plain, "%s is missing", plain)
			}
		}
		for key, variants := range all[lang] {
			plain, who, of := strings.Cut(key, "@")
			if of && !slices.Contains(known, who) && builtIn[lang][key] == nil {
				wrong(key, "%s: there is no persona %s", key, who)
			}
			filled := map[string]bool{}
			for _, v := range base[plain] {
				for _, name := range v.names() {
					filled[name] = true
				}
			}
			if len(base[plain]) == 0 {
				wrong(key, "%s is not a reply", key)
			}
			for _, v := range variants {
				if form := v.finnishForm(); form != "" && lang != "fi" {
					wrong(key, "%s: %s is a form of Finnish", key, form)
				}
				for _, name := range v.names() {
					if !filled[name] {
						wrong(key, "%s: nothing fills {%s}", key, name)
					}
				}
			}
		}
	}
	slices.SortFunc(missing, func(a, b catalog.Mistake) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Reason, b.Reason))
	})
	return slices.Compact(missing)
}
