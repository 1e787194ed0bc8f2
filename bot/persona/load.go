package persona

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tiski/catalog"
)

// MaxPersonas is how many personas a shop has at most, Neutral among them.
const MaxPersonas = 12

// What a file says when it says nothing.
const (
	usualCards    = 4
	usualPatience = 2
	usualLength   = "normal"
)

// Load reads personas/*.yaml of a shop's files; a file's name is the persona's
// id, and the lines of <id>.txt beside it, and of <id>.sv.txt in Swedish, are what
// such customers write. There must be a neutral.yaml. All mistakes are told
// together, as [catalog.Mistakes]; the set is good for its names alone then.
func Load(fsys fs.FS, shop *catalog.Shop, intents []string) (Set, error) {
	names, err := fs.Glob(fsys, "personas/*.yaml")
	if err != nil {
		return Set{}, fmt.Errorf("list personas: %w", err)
	}
	var s Set
	var mistakes catalog.Mistakes
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return Set{}, fmt.Errorf("read %s: %w", name, err)
		}
		f := file{name: name, fsys: fsys, shop: shop, signs: append(slices.Clone(intents), Signs...)}
		p := f.read(text)
		if p.Says, err = linesOf(fsys, strings.TrimSuffix(name, ".yaml")+".txt", shop.Languages); err != nil {
			return Set{}, fmt.Errorf("read what %s says: %w", name, err)
		}
		s.all = append(s.all, p)
		s.unused = append(s.unused, f.unused...)
		mistakes = append(mistakes, f.mistakes...)
	}
	if !slices.ContainsFunc(s.all, func(p Persona) bool { return p.ID == Neutral }) {
		mistakes = append(mistakes, catalog.Mistake{File: "personas/" + Neutral + ".yaml", Reason: "the file is missing"})
	}
	mistakes = append(mistakes, s.strayLines(fsys, shop.Languages)...)
	if len(s.all) > MaxPersonas {
		mistakes = append(mistakes, catalog.Mistake{File: "personas", Reason: fmt.Sprintf("%d personas, at most %d can be told apart", len(s.all), MaxPersonas)})
	}
	if len(mistakes) > 0 {
		return s, mistakes
	}
	s.compile()
	return s.With(shop), nil
}

// linesOf reads the lines beside a persona's file, by language.
func linesOf(fsys fs.FS, file string, langs []string) (map[string][]string, error) {
	says := map[string][]string{}
	for _, lang := range langs {
		text, err := fs.ReadFile(fsys, InLanguage(file, lang))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" {
				says[lang] = append(says[lang], line)
			}
		}
	}
	return says, nil
}

// InLanguage names the file of a language beside that of Finnish: learnt.sv.bin
// beside learnt.bin.
func InLanguage(file, lang string) string {
	if lang == "fi" {
		return file
	}
	end := path.Ext(file)
	return strings.TrimSuffix(file, end) + "." + lang + end
}

// strayLines tells of example lines that are nobody's, or that nothing can be
// told from because ordinary customers have none.
func (s Set) strayLines(fsys fs.FS, langs []string) catalog.Mistakes {
	var mistakes catalog.Mistakes
	names, _ := fs.Glob(fsys, "personas/*.txt")
	for _, name := range names {
		id, lang, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".txt"), ".")
		if !slices.ContainsFunc(s.all, func(p Persona) bool { return p.ID == id }) {
			mistakes = append(mistakes, catalog.Mistake{File: name, Reason: "there is no personas/" + id + ".yaml beside these lines"})
		}
		if lang != "" && catalog.Own(fsys, name) && (lang == "fi" || !slices.Contains(langs, lang)) {
			mistakes = append(mistakes, catalog.Mistake{File: name, Reason: fmt.Sprintf("%q is no other language of the shop", lang)})
		}
	}
	for _, lang := range langs {
		if len(s.Lines(lang)) > 0 && len(s.Get(Neutral).Says[lang]) == 0 {
			mistakes = append(mistakes, catalog.Mistake{File: InLanguage("personas/"+Neutral+".txt", lang), Reason: "lines of ordinary customers are missing, from which the others' could be told"})
		}
	}
	return mistakes
}

// file is a persona's file while it is read. A mistake is noted and reading
// goes on.
type file struct {
	name     string
	fsys     fs.FS
	shop     *catalog.Shop
	signs    []string
	mistakes catalog.Mistakes
	unused   catalog.Mistakes // what tells nothing in this shop
}

func (f *file) wrong(n *yaml.Node, format string, args ...any) {
	f.mistakes = append(f.mistakes, catalog.Mistake{File: f.name, Line: n.Line, Reason: fmt.Sprintf(format, args...)})
}

func (f *file) read(text []byte) Persona {
	p := Persona{
		ID: strings.TrimSuffix(path.Base(f.name), ".yaml"), Cards: usualCards, Narrow: true, Length: usualLength, Patience: usualPatience,
	}
	var root yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&root); errors.Is(err, io.EOF) {
		f.wrong(&yaml.Node{}, "the file is empty")
		return p
	} else if err != nil {
		f.mistakes = append(f.mistakes, catalog.NotYAML(f.name, text, err)...)
		return p
	}
	if strings.Contains(p.ID, " ") {
		f.wrong(&yaml.Node{}, "a persona's file cannot have a space in its name")
	}
	if slices.Contains(Tones, p.ID) {
		f.wrong(&yaml.Node{}, "a persona cannot have the name of a tone")
	}
	n := root.Content[0]
	if n.Kind != yaml.MappingNode {
		f.wrong(n, "want keys and their values")
		return p
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f.take(&p, n.Content[i], n.Content[i+1])
	}
	if p.Name == "" {
		f.wrong(n, "name is missing")
	}
	return p
}

// take reads one key of the file into p.
func (f *file) take(p *Persona, key, value *yaml.Node) {
	into := map[string]any{
		"name": &p.Name, "called": &p.Called, "picture": &p.Picture, "day": &p.Day, "goals": &p.Goals, "worries": &p.Worries,
		"values": &p.Values, "words": &p.Words, "phrases": &p.Phrases, "statements": &p.Statements, "signs": &p.Signs,
		"categories": &p.Categories, "hours": &p.Hours, "channels": &p.Channels,
		"tone": &p.Tone, "cards": &p.Cards, "narrow": &p.Narrow, "length": &p.Length, "facts": &p.Facts, "reviews": &p.Reviews, "next": &p.Next, "patience": &p.Patience,
	}[key.Value]
	if into == nil {
		f.wrong(key, "unknown key %q", key.Value)
		return
	}
	if err := value.Decode(into); err != nil {
		f.wrong(value, "%s: %s", key.Value, plainly(err))
		return
	}
	switch key.Value {
	case "picture":
		drawing, err := fs.ReadFile(f.fsys, path.Join("personas", path.Base(value.Value)))
		if p.Picture = string(drawing); err != nil || path.Ext(value.Value) != ".svg" || len(drawing) > largestPicture {
			f.wrong(value, "there is no drawing personas/%s of at most %d bytes", value.Value, largestPicture)
		}
	case "values":
		f.weights(value, Values, "value", 0)
	case "signs":
		f.weights(value, f.signs, "sign", -1)
	case "words":
		f.each(value, func(n *yaml.Node) {
			if n.Value != strings.ToLower(n.Value) || len([]rune(n.Value)) < shortestBeginning || len(cutWords(n.Value)) != 1 {
				f.wrong(n, "word %q must be one word, lower case and at least %d letters", n.Value, shortestBeginning)
			}
		})
	case "phrases", "statements":
		f.each(value, func(n *yaml.Node) {
			words := cutWords(n.Value)
			if n.Value != strings.ToLower(n.Value) || len(words) < 1 || len(words) > longestPhrase {
				f.wrong(n, "phrase %q must be 1 to %d words, lower case", n.Value, longestPhrase)
			}
			if len(words) > 0 && strings.HasSuffix(words[0], "*") && len(words[0]) <= shortestBeginning {
				f.wrong(n, "phrase %q must begin with at least %d letters", n.Value, shortestBeginning)
			}
		})
	case "categories":
		f.each(value, func(n *yaml.Node) {
			if f.shop.Category(n.Value) == nil && catalog.Own(f.fsys, f.name) {
				f.unused = append(f.unused, catalog.Mistake{File: f.name, Line: n.Line, Reason: fmt.Sprintf("the shop has no category %q", n.Value)})
			}
		})
	case "hours":
		f.each(value, func(n *yaml.Node) {
			var hour int
			if n.Decode(&hour) != nil || hour < 0 || hour > 23 {
				f.wrong(n, "hour %s must be between 0 and 23", n.Value)
			}
		})
	case "tone":
		f.oneOf(value, Tones, "tone")
	case "length":
		f.oneOf(value, Lengths, "length")
	case "facts":
		f.each(value, func(n *yaml.Node) { f.oneOf(n, Facts, "fact") })
	case "next":
		f.each(value, func(n *yaml.Node) { f.oneOf(n, Actions, "action") })
	case "cards":
		f.within(value, p.Cards, 1, 8)
	case "patience":
		f.within(value, p.Patience, 1, 3)
	}
}

// Limits of a file.
const (
	longestPhrase  = 6       // words
	largestPicture = 1 << 16 // bytes
)

func (f *file) each(n *yaml.Node, check func(*yaml.Node)) {
	for _, one := range n.Content {
		check(one)
	}
}

func (f *file) oneOf(n *yaml.Node, names []string, what string) {
	if !slices.Contains(names, n.Value) {
		f.wrong(n, "%s %q is none of %s", what, n.Value, strings.Join(names, ", "))
	}
}

func (f *file) within(n *yaml.Node, value, least, most int) {
	if value < least || value > most {
		f.wrong(n, "%d must be between %d and %d", value, least, most)
	}
}

// weights checks a mapping of names to numbers from least to 1.
func (f *file) weights(n *yaml.Node, names []string, what string, least float64) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		var weight float64
		if !slices.Contains(names, n.Content[i].Value) {
			f.wrong(n.Content[i], "%s %q is unknown", what, n.Content[i].Value)
		}
		if err := n.Content[i+1].Decode(&weight); err == nil && !(weight >= least && weight <= 1) {
			f.wrong(n.Content[i+1], "%s %q must weigh between %v and 1", what, n.Content[i].Value, least)
		}
	}
}

// plainly is what is wrong with a value, without the line that is told anyway.
func plainly(err error) string {
	text := err.Error()
	if at := strings.LastIndex(text, ": "); at >= 0 {
		text = text[at+2:]
	}
	return strings.TrimSpace(text)
}

// undotted is what words are compared by.
var undotted = strings.NewReplacer("ä", "a", "å", "a", "ö", "o", "é", "e", "'", "", "’", "")

// cutWords are the words of a phrase as messages are cut, a star left at the end of one.
func cutWords(phrase string) []string {
	return strings.FieldsFunc(undotted.Replace(phrase), func(r rune) bool { return r == ' ' || r == '-' || r == ',' })
}

// compile makes of the files what Learn looks things up in.
func (s *Set) compile() {
	s.clues, s.signs, s.buyers = map[uint32][]clue{}, map[string]sign{}, make([]bool, len(s.all))
	shared := map[string]int{}
	for i := range s.all {
		for _, said := range slices.Concat(s.all[i].Words, s.all[i].Phrases) {
			shared[said]++
		}
	}
	for i := range s.all {
		p := &s.all[i]
		if p.ID == Neutral {
			continue
		}
		s.buyers[i] = p.ofBuyer()
		add := func(kind Kind, weight float64, said ...string) {
			for _, name := range said {
				c := clue{of: i, kind: kind, name: name, weight: weight / math.Sqrt(float64(max(1, shared[name])))}
				for _, w := range cutWords(name) {
					w, open := strings.CutSuffix(w, "*")
					c.words, c.open = append(c.words, w), append(c.open, open || kind == Word)
				}
				key := opening(c.words[0])
				s.clues[key] = append(s.clues[key], c)
			}
		}
		add(Statement, statementWeight, p.Statements...)
		add(Phrase, phraseWeight, p.Phrases...)
		add(Word, wordWeight, p.Words...)
		for name, strength := range p.Signs {
			if s.signs[name].strengths == nil {
				s.signs[name] = sign{make([]float64, len(s.all)), slices.Contains(ofTheBuyer, name)}
			}
			s.signs[name].strengths[i] = strength
		}
	}
	for _, clues := range s.clues { // the longest first: a phrase before its words
		slices.SortStableFunc(clues, func(a, b clue) int { return cmp.Compare(len(b.words), len(a.words)) })
	}
}
