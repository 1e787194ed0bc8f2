package picture

import (
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"tiski/catalog"
)

// At draws the picture that an address of a card stands for,
// /images/<drawing>?color=<six digits>, as a PNG of size × size pixels, and
// names the file; a photograph stays what it is. Errors are those of Of and PNG.
func At(files fs.FS, address string, size int) (data []byte, name string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, "", fmt.Errorf("picture %.100q: %w", address, fs.ErrInvalid)
	}
	image, ours := strings.CutPrefix(u.Path, "/images/")
	if !ours {
		return nil, "", fmt.Errorf("picture %.100q is not under /images/: %w", address, fs.ErrInvalid)
	}
	data, kind, err := Of(files, image, u.Query().Get("color"))
	if err != nil || kind != catalog.DrawingType {
		return data, image, err
	}
	data, err = PNG(data, size)
	return data, strings.TrimSuffix(image, ".svg") + ".png", err
}
