// Package picture makes the pictures of products from the drawings of a shop:
// coloured SVG for pages, PNG for channels that know no SVG.
package picture

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"tiski/catalog"
)

// plain colours a drawing when the variant has no colour: a soft grey-blue.
const plain = "8fa3b5"

// Of returns the picture images/<image> of the shop's files and its content type: a
// drawing as SVG paints it, a photograph as it is.
func Of(files fs.FS, image, color string) (data []byte, kind string, err error) {
	if !strings.HasSuffix(image, ".svg") {
		return catalog.ReadImage(files, image)
	}
	data, err = SVG(files, image, color)
	return data, catalog.DrawingType, err
}

// SVG returns the drawing images/<image> of the shop's files with its
// var(--color) and var(--color-dark) filled in. color is six hexadecimal digits
// without #; "" is a soft grey-blue. A name that is not the name of a drawing,
// or another color, is an error that wraps fs.ErrInvalid; a drawing that is not
// there one that wraps fs.ErrNotExist.
func SVG(files fs.FS, image, color string) ([]byte, error) {
	if !drawing.MatchString(image) {
		return nil, fmt.Errorf("picture %.60q: not the name of a drawing: %w", image, fs.ErrInvalid)
	}
	if color == "" {
		color = plain
	}
	if !sixDigits.MatchString(color) {
		return nil, fmt.Errorf("picture %s: %.20q is not a colour of six digits: %w", image, color, fs.ErrInvalid)
	}
	svg, err := fs.ReadFile(files, path.Join("images", image))
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", image, err)
	}
	svg = bytes.ReplaceAll(svg, []byte("var(--color)"), []byte("#"+strings.ToLower(color)))
	return bytes.ReplaceAll(svg, []byte("var(--color-dark)"), []byte("#"+shade(color))), nil
}

var (
	drawing   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.svg$`)
	sixDigits = regexp.MustCompile(`^[0-9a-fA-F]{6}$`)
)

// shade is the darker shade of a colour. Of a colour next to black it is a
// lighter one, so that the lines drawn with it are seen.
func shade(color string) string {
	rgb, _ := strconv.ParseUint(color, 16, 32)
	r, g, b := rgb>>16, rgb>>8&0xff, rgb&0xff
	if 2*r+5*g+b < 8*50 { // brightness below 50 of 255
		return fmt.Sprintf("%02x%02x%02x", r+48, g+48, b+48)
	}
	return fmt.Sprintf("%02x%02x%02x", r*7/10, g*7/10, b*7/10)
}
