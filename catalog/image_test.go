package catalog

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestImages(t *testing.T) {
	t.Parallel()
	const jpeg, png, webp = "\xff\xd8\xff\xe0...", "\x89PNG\r\n\x1a\n...", "RIFF\x04\x00\x00\x00WEBPVP8 "
	svg := func(inside string) string { return `<svg xmlns="http://www.w3.org/2000/svg">` + inside + `</svg>` }
	for _, c := range []struct{ name, content, kind string }{
		{"kera.jpg", jpeg, "image/jpeg"},
		{"KERA.JPG", jpeg, "image/jpeg"},
		{"kera.png", jpeg, "image/jpeg"}, // the content tells
		{"kera.jpeg", png, "image/png"},
		{"kera.webp", webp, "image/webp"},
		{"kera.svg", svg(`<g><path d="M0 0"/></g>`), DrawingType},
		{"kera.jpg", "<html>", ""},
		{"kera.jpg", "", ""},
		{"kera.jpg", jpeg + strings.Repeat("a", largestImage), ""},
		{"kera.svg", svg(`<script>alert(1)</script>`), ""},
		{"kera.svg", svg(`<text>a</text>`), ""},
		{"kera.svg", svg(`<path onload="alert(1)"/>`), ""},
		{"kera.svg", svg(`<rect style="fill:red"/>`), ""},
		{"kera.svg", "<svg>", ""},
		{"kera.gif", "GIF89a", ""},
		{"../shop.yaml", jpeg, ""},
		{"kerä.jpg", jpeg, ""},
	} {
		_, kind, err := ReadImage(fstest.MapFS{"images/" + c.name: {Data: []byte(c.content)}}, c.name)
		if c.kind == "" && !errors.Is(err, fs.ErrInvalid) || c.kind != "" && (err != nil || kind != c.kind) {
			t.Errorf("%s %.20q: %q, %v, want %q", c.name, c.content, kind, err, c.kind)
		}
	}
	if _, _, err := ReadImage(fstest.MapFS{}, "kera.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("one that is not there: %v", err)
	}
}
