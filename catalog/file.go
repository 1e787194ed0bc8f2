package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// file is one of the shop's files while it is read. A mistake is noted and
// reading goes on, so that all mistakes are told at once.
type file struct {
	name     string
	mistakes *Mistakes
	filled   []string // the {names} that its texts may have
	anything bool     // its texts may have any
}

func (f *file) wrong(line int, format string, args ...any) {
	*f.mistakes = append(*f.mistakes, Mistake{File: f.name, Line: line, Reason: fmt.Sprintf(format, args...)})
}

// read returns the one document of the file, or nil.
func (f *file) read(fsys fs.FS) *yaml.Node {
	data, err := fs.ReadFile(fsys, f.name)
	if errors.Is(err, fs.ErrNotExist) {
		f.wrong(0, "the file is missing%s", companions(f.name))
		return nil
	} else if err != nil {
		f.wrong(0, "cannot be read: %v", err)
		return nil
	}
	in := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := in.Decode(&doc); errors.Is(err, io.EOF) {
		f.wrong(0, "the file is empty")
		return nil
	} else if err != nil {
		*f.mistakes = append(*f.mistakes, NotYAML(f.name, data, err)...)
		return nil
	}
	var second yaml.Node
	if err := in.Decode(&second); !errors.Is(err, io.EOF) {
		f.wrong(second.Line, "only one document is allowed in a file")
	}
	return doc.Content[0]
}

// entries returns the mappings of a list.
func (f *file) entries(n *yaml.Node) []*entry {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		f.wrong(n.Line, "a list is wanted")
		return nil
	}
	var list []*entry
	for _, item := range n.Content {
		if e := f.entry(item); e != nil {
			list = append(list, e)
		}
	}
	return list
}

// entry opens a mapping, or returns nil.
func (f *file) entry(n *yaml.Node) *entry {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		f.wrong(n.Line, "“key: value” pairs are wanted")
		return nil
	}
	e := &entry{file: f, line: n.Line, values: make(map[string]*yaml.Node, len(n.Content)/2)}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			f.wrong(key.Line, "a key must be a plain word")
			continue
		}
		if e.values[key.Value] != nil {
			f.wrong(key.Line, "%s stands here twice", key.Value)
			continue
		}
		e.keys = append(e.keys, key.Value)
		e.values[key.Value] = value
	}
	return e
}

// word returns the text of a scalar as it is written.
func (f *file) word(n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		f.wrong(n.Line, "one value is wanted, not a list or pairs")
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// words returns a list of texts.
func (f *file) words(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode {
		f.wrong(n.Line, "a list is wanted: [a, b]")
		return nil
	}
	var list []string
	for _, item := range n.Content {
		if w, ok := f.word(item); ok && w == "" {
			f.wrong(item.Line, "an empty value in a list")
		} else if ok {
			list = append(list, w)
		}
	}
	return list
}

var language = regexp.MustCompile(`^[a-z]{2}$`)

// noLanguage says why a code is none of a language that a shop may speak; "" when it is one.
func noLanguage(code string) string {
	switch {
	case code == "se": // Sweden, in addresses on the web
		return `"se" is Northern Sami; Swedish is written sv`
	case !language.MatchString(code):
		return fmt.Sprintf("%q is not a language such as fi, sv or en", code)
	}
	return ""
}

// text returns a text in several languages. A text without Finnish is a
// mistake when finnish says so.
func (f *file) text(n *yaml.Node, finnish bool) Text {
	if n.Kind == yaml.ScalarNode {
		f.wrong(n.Line, "a text is told by language: {fi: %q}", Clip(n.Value, 40))
		return nil
	}
	e := f.entry(n)
	if e == nil {
		return nil
	}
	t := make(Text, len(e.keys))
	for _, lang := range e.keys {
		v := e.values[lang]
		if why := noLanguage(lang); why != "" {
			if !language.MatchString(lang) {
				why += "; a text with a comma needs quotes in a {…} line"
			}
			f.wrong(v.Line, "%s", why)
			continue
		}
		if s, ok := f.word(v); ok && s != "" {
			t[lang] = s
			for _, name := range Unfilled(s, f.filled...) {
				if !f.anything {
					f.wrong(v.Line, "nothing fills %s", name)
				}
			}
		} else if ok {
			f.wrong(v.Line, "the text in %s is empty", lang)
		}
	}
	if finnish && t["fi"] == "" {
		f.wrong(n.Line, "the Finnish text (fi) is missing")
	}
	return t
}

// wordsByLanguage reads {fi: [jalkineet], en: [footwear]}; nil when there is none.
func (f *file) wordsByLanguage(n *yaml.Node) map[string][]string {
	of := f.entry(n)
	if of == nil {
		return nil
	}
	lists := map[string][]string{}
	for _, lang := range of.keys {
		if why := noLanguage(lang); why != "" {
			f.wrong(of.values[lang].Line, "%s", why)
		}
		lists[lang] = f.words(of.values[lang])
	}
	return lists
}

var money = regexp.MustCompile(`^(\d{1,6})(?:,(\d\d))?$`)

func (f *file) cents(n *yaml.Node) Cents {
	s, ok := f.word(n)
	if !ok {
		return 0
	}
	m := money.FindStringSubmatch(s)
	if m == nil {
		f.wrong(n.Line, "%q is not a price; write 64,90", s)
		return 0
	}
	euros, _ := strconv.Atoi(m[1])
	cents, _ := strconv.Atoi(m[2])
	return Cents(euros*100 + cents)
}

func (f *file) number(n *yaml.Node, low, high int) int {
	s, ok := f.word(n)
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(s)
	if err != nil || v < low || v > high {
		f.wrong(n.Line, "%q is not a whole number from %d to %d", s, low, high)
		return 0
	}
	return v
}

var clock = regexp.MustCompile(`^(\d{1,2})(?:[:.](\d\d))?$`)

// hyphened writes a range with a hyphen alone: "9.00 – 17.00".
var hyphened = strings.NewReplacer(" ", "", "–", "-")

// noTime is what a mistake is in place of minutes after midnight.
const noTime = -1

// backward reports whether hours end before they begin; those of a mistake do not.
func (s Span) backward() bool { return s.Open != noTime && s.Close != noTime && s.Close <= s.Open }

// minutes reads a time of day, in minutes after midnight; "24:00" is the end
// of the day.
func (f *file) minutes(line int, s string) int {
	if m := clock.FindStringSubmatch(s); m != nil {
		h, _ := strconv.Atoi(m[1])
		min, _ := strconv.Atoi(m[2])
		if min < 60 && h*60+min <= 24*60 {
			return h*60 + min
		}
	}
	f.wrong(line, "%q is not a time of day; write \"14:00\"", s)
	return noTime
}

// date reads a day as its first moment in Helsinki.
func (f *file) date(line int, s string) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, s, Helsinki)
	if err != nil {
		f.wrong(line, "%q is not a date; write 2026-12-24", s)
	}
	return day
}

// entry is a mapping of a file. Keys are taken out one by one; close notes
// those that nobody took.
type entry struct {
	file   *file
	line   int
	keys   []string
	values map[string]*yaml.Node
}

// take returns the value of a key, or nil when it is missing or empty.
func (e *entry) take(key string) *yaml.Node {
	n := e.values[key]
	if n == nil {
		return nil
	}
	delete(e.values, key)
	e.keys = slices.DeleteFunc(e.keys, func(k string) bool { return k == key })
	if n.Kind == yaml.ScalarNode && n.Value == "" {
		return nil
	}
	return n
}

// need is take for keys that must be there.
func (e *entry) need(key string) *yaml.Node {
	line := e.line
	if n := e.values[key]; n != nil {
		line = n.Line
	}
	n := e.take(key)
	if n == nil {
		e.file.wrong(line, "%s is missing", key)
	}
	return n
}

func (e *entry) close() {
	for _, key := range e.keys {
		e.file.wrong(e.values[key].Line, "unknown key %s", key)
	}
}

func (e *entry) word(key string) string {
	if n := e.take(key); n != nil {
		s, _ := e.file.word(n)
		return s
	}
	return ""
}

func (e *entry) needWord(key string) string {
	if n := e.need(key); n != nil {
		s, _ := e.file.word(n)
		return s
	}
	return ""
}

// oneOf reads a word that must be one of the allowed ones; "" when missing.
func (e *entry) oneOf(key string, allowed ...string) string {
	n := e.take(key)
	if n == nil {
		return ""
	}
	s, ok := e.file.word(n)
	if ok && !slices.Contains(allowed, s) {
		e.file.wrong(n.Line, "%s is %q, but must be one of %s", key, s, strings.Join(allowed, ", "))
		return ""
	}
	return s
}

// needOneOf is oneOf for keys that must be there.
func (e *entry) needOneOf(key string, allowed ...string) string {
	if n := e.values[key]; n == nil || n.Kind == yaml.ScalarNode && n.Value == "" {
		e.need(key)
		return ""
	}
	return e.oneOf(key, allowed...)
}

func (e *entry) words(key string) []string {
	if n := e.take(key); n != nil {
		return e.file.words(n)
	}
	return nil
}

func (e *entry) wordsByLanguage(key string) map[string][]string {
	return e.file.wordsByLanguage(e.take(key))
}

func (e *entry) text(key string) Text {
	if n := e.take(key); n != nil {
		return e.file.text(n, true)
	}
	return nil
}

func (e *entry) needText(key string) Text {
	if n := e.need(key); n != nil {
		return e.file.text(n, true)
	}
	return nil
}

func (e *entry) cents(key string) Cents {
	if n := e.take(key); n != nil {
		return e.file.cents(n)
	}
	return 0
}

func (e *entry) number(key string, low, high int) int {
	if n := e.take(key); n != nil {
		return e.file.number(n, low, high)
	}
	return 0
}

func (e *entry) flag(key string) bool {
	return e.oneOf(key, "true", "false") == "true"
}

var (
	identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	webAddress = regexp.MustCompile(`^https?://[^\s/]+`)
)

// id reads an identifier of a–z, 0–9 and hyphens, at most 40 characters long.
func (e *entry) id(key string) string {
	n := e.need(key)
	if n == nil {
		return ""
	}
	s, ok := e.file.word(n)
	if ok && (!identifier.MatchString(s) || len(s) > 40) {
		e.file.wrong(n.Line, "%q must be at most 40 of a–z, 0–9 and hyphens", s)
	}
	return s
}

// address reads an http or https address; "" when missing.
func (e *entry) address(key string) string {
	n := e.take(key)
	if n == nil {
		return ""
	}
	s, ok := e.file.word(n)
	if ok && !webAddress.MatchString(s) {
		e.file.wrong(n.Line, "%s is not an address that begins with https://", key)
	}
	return s
}
