package intents

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"tiski/intents/language"
)

// MaxExample is the length of the longest example, in bytes.
const MaxExample = 64 << 10

// Examples reads the example utterances of a folder laid out as [Data] is:
// <lang>/intents/<intent>.txt, a message a line; empty lines and lines that
// begin with # are passed over. A folder of an unknown language, a file of an
// unknown intent, and a message that stands under two intents of a language are
// errors that tell file and line.
func Examples(fsys fs.FS) ([]Example, error) {
	files, err := fs.Glob(fsys, "*/intents/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list examples: %w", err)
	}
	var examples []Example
	type place struct {
		intent, file string
		line         int
	}
	seen := map[string]place{}
	for _, file := range files {
		lang, _, _ := strings.Cut(file, "/")
		if !slices.Contains(language.Codes, lang) {
			return nil, fmt.Errorf("%s: unknown language %q", file, lang)
		}
		intent := strings.TrimSuffix(path.Base(file), ".txt")
		if !slices.Contains(Names, intent) {
			return nil, fmt.Errorf("%s: unknown intent %q", file, intent)
		}
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("read examples: %w", err)
		}
		number := 0
		for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
			number++
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !utf8.ValidString(line) {
				return nil, fmt.Errorf("%s:%d: not UTF-8: save the file as UTF-8", file, number)
			}
			if len(line) > MaxExample {
				return nil, fmt.Errorf("%s:%d: longer than %d bytes", file, number, MaxExample)
			}
			key := lang + " " + strings.ToLower(line)
			if p, ok := seen[key]; ok && p.intent != intent {
				return nil, fmt.Errorf("%s:%d: %q stands at %s:%d too", file, number, line, p.file, p.line)
			}
			seen[key] = place{intent, file, number}
			examples = append(examples, Example{Text: line, Intent: intent, Lang: lang})
		}
	}
	return examples, nil
}

// ReadExamples reads examples of one's own labels, JSON objects
// {"text", "intent"} one a line; "lang" may be left out. Errors tell the line.
func ReadExamples(r io.Reader) ([]Example, error) {
	var examples []Example
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, MaxExample)
	number := 1
	for ; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		var e Example
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return nil, fmt.Errorf("examples, line %d: %w", number, err)
		}
		if e.Intent == "" {
			return nil, fmt.Errorf("examples, line %d: no intent", number)
		}
		examples = append(examples, e)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("examples, line %d: longer than %d bytes", number, MaxExample)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("examples, line %d: %w", number, err)
	}
	return examples, nil
}
