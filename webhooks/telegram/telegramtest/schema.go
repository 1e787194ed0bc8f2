package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// description is where the machine-readable Bot API lies, beside the repository.
const description = "../shared/commerce/telegram-api-10.1.min.json"

// schema is the published description of the Bot API.
type schema struct {
	Methods map[string]object `json:"methods"`
	Types   map[string]object `json:"types"`
}

type object struct {
	Fields   []field  `json:"fields"`
	Subtypes []string `json:"subtypes"`
}

type field struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
}

// described reads the description; nil, saying so, when it is not there.
func described(t testing.TB) *schema {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(root) == root {
			t.Fatal("no go.mod above the test")
		}
		root = filepath.Dir(root)
	}
	data, err := os.ReadFile(filepath.Join(root, description))
	if errors.Is(err, fs.ErrNotExist) {
		t.Logf("requests are not checked against the Bot API: there is no %s", description)
		return nil
	}
	s := new(schema)
	if err == nil {
		err = json.Unmarshal(data, s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check tells what is wrong with a request: an unknown method or parameter, a
// missing one, a value of another type, or one beyond its limit.
func (s *schema) check(r Request) error {
	method, known := s.Methods[r.Method]
	if !known {
		return errors.New("no such method")
	}
	given := map[string]bool{}
	for name := range r.Files {
		given[name] = true
	}
	for _, f := range method.Fields {
		value, ok := r.Fields[f.Name]
		_, uploaded := r.Files[f.Name]
		if f.Required && !ok && !uploaded {
			return fmt.Errorf("%s is missing", f.Name)
		}
		if uploaded && !slices.Contains(f.Types, "InputFile") {
			return fmt.Errorf("%s is no file", f.Name)
		}
		delete(given, f.Name)
		if !ok {
			continue
		}
		if err := s.fits(f.Types, parse(f.Types, value)); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if err := limits(f.Name, value, r); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for name := range given { // files of an album are named by its media
		if !strings.Contains(r.Fields["media"], `"attach://`+name+`"`) {
			return fmt.Errorf("nothing uses the file %s", name)
		}
	}
	for name := range r.Fields {
		if !has(method.Fields, name) {
			return fmt.Errorf("no such parameter: %s", name)
		}
	}
	return nil
}

// parse reads a form's value: strings stand there as they are, all else as JSON.
func parse(types []string, value string) any {
	var parsed any
	if json.Unmarshal([]byte(value), &parsed) != nil {
		return value
	}
	if _, isString := parsed.(string); !isString && slices.Contains(types, "String") && !slices.Contains(types, "Integer") {
		return value
	}
	return parsed
}

// fits tells whether a value is of one of the types.
func (s *schema) fits(types []string, value any) error {
	var misfits []error
	for _, t := range types {
		err := s.is(t, value)
		if err == nil {
			return nil
		}
		misfits = append(misfits, err)
	}
	return errors.Join(misfits...)
}

func (s *schema) is(kind string, value any) error {
	if item, list := strings.CutPrefix(kind, "Array of "); list {
		values, ok := value.([]any)
		if !ok {
			return fmt.Errorf("%v is no list", value)
		}
		for _, v := range values {
			if err := s.is(item, v); err != nil {
				return err
			}
		}
		return nil
	}
	ok := true
	switch kind {
	case "String", "InputFile":
		_, ok = value.(string)
	case "Integer":
		var n float64
		n, ok = value.(float64)
		ok = ok && n == float64(int64(n))
	case "Float":
		_, ok = value.(float64)
	case "Boolean", "True":
		_, ok = value.(bool)
	default:
		return s.object(kind, value)
	}
	if !ok {
		return fmt.Errorf("%v is no %s", value, kind)
	}
	return nil
}

func (s *schema) object(kind string, value any) error {
	o, known := s.Types[kind]
	if !known {
		return fmt.Errorf("the description has no %s", kind)
	}
	if len(o.Subtypes) > 0 {
		return s.fits(o.Subtypes, value)
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%v is no %s", value, kind)
	}
	for _, f := range o.Fields {
		v, ok := fields[f.Name]
		if !ok && f.Required {
			return fmt.Errorf("%s without %s", kind, f.Name)
		}
		if !ok {
			continue
		}
		if err := s.fits(f.Types, v); err != nil {
			return fmt.Errorf("%s of %s: %w", f.Name, kind, err)
		}
		if text, isText := v.(string); isText {
			if err := limits(f.Name, text, Request{}); err != nil {
				return fmt.Errorf("%s of %s: %w", f.Name, kind, err)
			}
		}
	}
	for name := range fields {
		if !has(o.Fields, name) {
			return fmt.Errorf("%s has no %s", kind, name)
		}
	}
	if kind == "InlineKeyboardButton" {
		if does := len(fields) - 1; does != 1 {
			return fmt.Errorf("a button does %d things, not one", does)
		}
	}
	return nil
}

// limits are those that the description tells in prose.
func limits(name, value string, r Request) error {
	least, most, length := 0, 0, len(utf16.Encode([]rune(value)))
	switch name {
	case "text":
		if r.Method == "sendMessage" {
			least, most = 1, 4096
			length = len(utf16.Encode([]rune(strings.TrimSpace(value))))
		}
	case "caption":
		most = 1024
	case "callback_data":
		least, most, length = 1, 64, len(value)
	case "command":
		least, most = 1, 32
	case "description":
		least, most = 1, 256
		if r.Method == "sendInvoice" {
			most = 255
		}
	case "title":
		if r.Method == "sendInvoice" {
			least, most = 1, 32
		}
	case "payload":
		least, most, length = 1, 128, len(value)
	case "start_parameter":
		least, most = 1, 64
	case "prices":
		return prices(value)
	case "error_message":
		least, most = 1, 200 // no limit is published; this is what a dialogue shows well
	case "secret_token":
		least, most = 1, 256
	case "media":
		if r.Method == "sendMediaGroup" {
			var album []any
			if err := json.Unmarshal([]byte(value), &album); err != nil {
				return err
			}
			least, most, length = 2, 10, len(album)
			for i, item := range album {
				if file, ok := strings.CutPrefix(item.(map[string]any)["media"].(string), "attach://"); ok && r.Files[file] == nil {
					return fmt.Errorf("item %d: no file %s", i, file)
				}
			}
		}
	}
	if most > 0 && (length < least || length > most) {
		return fmt.Errorf("length %d is not in %d–%d", length, least, most)
	}
	return nil
}

// prices tells what is wrong with what an invoice asks: its parts may be
// negative, its sum may not.
func prices(value string) error {
	var parts []struct {
		Label  string
		Amount int64
	}
	if err := json.Unmarshal([]byte(value), &parts); err != nil {
		return err
	}
	var sum int64
	for _, p := range parts {
		if p.Label == "" {
			return errors.New("a price without a label")
		}
		sum += p.Amount
	}
	if sum <= 0 {
		return fmt.Errorf("the prices add up to %d", sum)
	}
	return nil
}

func has(fields []field, name string) bool {
	return slices.ContainsFunc(fields, func(f field) bool { return f.Name == name })
}
