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

// namesOfImages tells what [IsImage] takes.
const namesOfImages = "A–Z, a–z, 0–9, _ and - with .svg, .jpg, .png or .webp"

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
	return readImage(files, name, largestImage)
}

// readImage is [ReadImage] that reads only so many bytes of a photograph.
func readImage(files fs.FS, name string, ofPhoto int64) (data []byte, kind string, err error) {
	if !IsImage(name) {
		return nil, "", badImage(fmt.Sprintf("%.60q is not the name of an image, of %s", name, namesOfImages))
	}
	f, err := files.Open(path.Join(imagesFolder, name))
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, "", err
	}
	if info.Size() > largestImage {
		return nil, "", badImage(fmt.Sprintf("an image has at most %d MB", largestImage>>20))
	}
	drawn := path.Ext(name) == ".svg"
	if drawn {
		ofPhoto = largestImage
	}
	if data, err = io.ReadAll(io.LimitReader(f, ofPhoto)); err != nil {
		return nil, "", err
	}
	if drawn {
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

// photoStart is how many bytes of a photograph tell its type, and more.
const photoStart = 512

// images looks at what a shop has of its own in images by the name of an image, at no more
// of a photograph than its start. Those compiled in are looked at by tests.
func (l *loader) images() {
	if o, laid := l.fsys.(overlay); !laid || !o.has(imagesFolder) {
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
		if _, _, err := readImage(l.fsys, e.Name(), photoStart); err != nil {
			(&file{name: path.Join(imagesFolder, e.Name()), mistakes: &l.mistakes}).wrong(0, "%v", err)
		}
	}
}
