package catalog

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	imagesFolder = "images"
	largestImage = 2 << 20 // bytes
)

// DrawingType is the content type of drawings, which are painted in the colour of a variant.
const DrawingType = "image/svg+xml"

var imageName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.(svg|(?i:jpe?g|png|webp))$`)

// IsImage reports whether a name is that of a drawing or photograph that a shop may have.
func IsImage(name string) bool { return imageName.MatchString(name) }

// badImage is why an image is none that a shop may have.
type badImage string

func (e badImage) Error() string      { return string(e) }
func (badImage) Is(target error) bool { return target == fs.ErrInvalid }

// ReadImage reads images/<name> and tells its type, which its content says. A name that
// no image has, and what is none, are errors that are fs.ErrInvalid.
func ReadImage(files fs.FS, name string) (data []byte, kind string, err error) {
	if !IsImage(name) {
		return nil, "", badImage(fmt.Sprintf("%.60q is not the name of an image, of A–Z, a–z, 0–9, _ and - with .svg, .jpg, .png or .webp", name))
	}
	f, err := files.Open(path.Join(imagesFolder, name))
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	if data, err = io.ReadAll(io.LimitReader(f, largestImage+1)); err != nil {
		return nil, "", err
	}
	if len(data) > largestImage {
		return nil, "", badImage(fmt.Sprintf("an image has at most %d MB", largestImage>>20))
	}
	if path.Ext(name) == ".svg" {
		return data, DrawingType, checkDrawing(data)
	}
	if kind = photoType(data); kind == "" {
		return nil, "", badImage("neither JPEG, PNG nor WebP")
	}
	return data, kind, nil
}

func photoType(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "image/webp"
	}
	return ""
}

// shapes are what a drawing is made of.
var shapes = []string{"svg", "g", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path"}

// checkDrawing refuses what is not drawn everywhere alike, and what does more than being seen.
func checkDrawing(data []byte) error {
	in := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return badImage("not SVG: " + err.Error())
		}
		e, opens := token.(xml.StartElement)
		if !opens {
			continue
		}
		if !slices.Contains(shapes, e.Name.Local) {
			return badImage(fmt.Sprintf("a drawing has no <%s>, only %s", e.Name.Local, strings.Join(shapes[1:], " ")))
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || a.Name.Local == "style" {
				return badImage("a drawing has no " + a.Name.Local)
			}
		}
	}
}

// images looks at all that is in images and has the name of an image.
func (l *loader) images() {
	if l.lacks(imagesFolder) {
		return
	}
	entries, err := fs.ReadDir(l.fsys, imagesFolder)
	if err != nil {
		(&file{name: imagesFolder, mistakes: &l.mistakes}).wrong(0, "cannot be read: %v", err)
	}
	for _, e := range entries {
		if !IsImage(e.Name()) {
			continue
		}
		if _, _, err := ReadImage(l.fsys, e.Name()); err != nil {
			(&file{name: path.Join(imagesFolder, e.Name()), mistakes: &l.mistakes}).wrong(0, "%v", err)
		}
	}
}
