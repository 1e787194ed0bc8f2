package persona

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Leans and reasons are read and written with every message, so each is one
// string of a document: "kiire 0.118", of a gift "kiire 0.118 0.2", and "kiire word
// äkki*". Older documents have objects.

// MarshalText writes what UnmarshalJSON reads.
func (l Lean) MarshalText() ([]byte, error) {
	text := strconv.AppendFloat(append([]byte(l.For), ' '), l.Own, 'g', -1, 64)
	if l.Gift != 0 {
		text = strconv.AppendFloat(append(text, ' '), l.Gift, 'g', -1, 64)
	}
	return text, nil
}

// UnmarshalJSON reads a string or an older document's object.
func (l *Lean) UnmarshalJSON(document []byte) error {
	type object Lean
	text, err := unquoted(document, (*object)(l))
	if err != nil || text == "" {
		return err
	}
	*l = Lean{}
	var numbers, gift string
	l.For, numbers, _ = strings.Cut(text, " ")
	numbers, gift, _ = strings.Cut(numbers, " ")
	if l.Own, err = strconv.ParseFloat(numbers, 64); err == nil && gift != "" {
		l.Gift, err = strconv.ParseFloat(gift, 64)
	}
	if err != nil {
		return fmt.Errorf("decode a lean: %w", err)
	}
	return nil
}

// MarshalText writes what UnmarshalJSON reads.
func (r Reason) MarshalText() ([]byte, error) {
	return []byte(r.For + " " + string(r.Kind) + " " + r.Name), nil
}

// UnmarshalJSON reads a string or an older document's object.
func (r *Reason) UnmarshalJSON(document []byte) error {
	type object Reason
	text, err := unquoted(document, (*object)(r))
	if err != nil || text == "" {
		return err
	}
	id, rest, _ := strings.Cut(text, " ")
	kind, name, whole := strings.Cut(rest, " ")
	if !whole {
		return errors.New("decode a reason: less than three words")
	}
	*r = Reason{For: id, Kind: Kind(kind), Name: name}
	return nil
}

// unquoted returns the string that a document is; what is no string is decoded
// into an object.
func unquoted(document []byte, object any) (text string, err error) {
	switch {
	case document[0] != '"':
		err = json.Unmarshal(document, object)
	case bytes.IndexByte(document, '\\') < 0:
		text = string(document[1 : len(document)-1])
	default:
		err = json.Unmarshal(document, &text)
	}
	return text, err
}
