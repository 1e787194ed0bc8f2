package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode returns the text of a table as UTF-8, without what spreadsheets put in front: a mark of
// the encoding, and a line such as "sep=;". UTF-16 is known by its mark, and what is not UTF-8 is
// taken for Windows-1252, as spreadsheets save it. UTF-8 with mistakes is refused with its line, and
// so is a spreadsheet's own file.
func Decode(text []byte) ([]byte, error) {
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) || bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")) {
		return nil, errors.New("this is a spreadsheet's own file (.xlsx, .xls, .ods) or an archive: save it as CSV UTF-8 (in Excel: File, Save As, CSV UTF-8)")
	}
	text, err := utf8Of(text)
	return separatorLine.ReplaceAll(text, nil), err
}

// separatorLine tells Excel what stands between cells, which their names tell as well.
var separatorLine = regexp.MustCompile(`^"?sep=.?"?\r?\n`)

// utf8Of is a text in UTF-8, whatever it was saved in.
func utf8Of(text []byte) ([]byte, error) {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(text)
		if err != nil {
			return nil, fmt.Errorf("not UTF-16: %w", err)
		}
		return text, nil
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	line := brokenLine(text)
	if line == 0 {
		return text, nil
	}
	if !likeWindows(text) {
		return nil, fmt.Errorf("line %d is %s", line, notUTF8)
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(text)
	if err == nil && bytes.ContainsRune(decoded, utf8.RuneError) {
		err = errors.New("neither UTF-8 nor Windows-1252")
	}
	return decoded, err
}

const notUTF8 = "not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8)"

// brokenLine is the first line of a text that is not UTF-8, from 1; 0: none.
func brokenLine(text []byte) int {
	if utf8.Valid(text) {
		return 0
	}
	line := 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		text = text[size:]
	}
	return line
}

// likeWindows reports whether more of the signs beyond ASCII are single bytes
// than UTF-8, and none is a control sign.
func likeWindows(text []byte) bool {
	single, several := 0, 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == 0:
			return false
		case size > 1:
			several++
		case r == utf8.RuneError:
			single++
		}
		text = text[size:]
	}
	return single > several
}
