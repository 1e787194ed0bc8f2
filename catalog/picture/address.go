package picture

import (
	"fmt"
	"io/fs"
	"net/url"
	"strings"
)

// At draws the picture that an address of a card stands for,
// /images/<drawing>?color=<six digits>, as a PNG of size × size pixels, and
// names the file. Errors are those of SVG and PNG.
func At(files fs.FS, address string, size int) (data []byte, name string, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, "", fmt.Errorf("picture %.100q: %w", address, fs.ErrInvalid)
	}
	image, ours := strings.CutPrefix(u.Path, "/images/")
	if !ours {
		return nil, "", fmt.Errorf("picture %.100q is not under /images/: %w", address, fs.ErrInvalid)
	}
	svg, err := SVG(files, image, u.Query().Get("color"))
	if err != nil {
		return nil, "", err
	}
	data, err = PNG(svg, size)
	return data, strings.TrimSuffix(image, ".svg") + ".png", err
}
