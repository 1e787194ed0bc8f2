package picture_test

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/catalog/picture"
)

var shop = fstest.MapFS{
	"shop.yaml":         {Data: []byte("secret")},
	"images/square.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect x="100" y="100" width="200" height="200" fill="var(--color)" stroke="var(--color-dark)" stroke-width="40"/></svg>`)},
}

func TestSVGFillsInTheColours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ color, fill, stroke string }{
		{"c86432", "#c86432", "#8c4623"},
		{"C86432", "#c86432", "#8c4623"},
		{"", "#8fa3b5", "#64727e"},
		{"101010", "#101010", "#404040"}, // next to black, the shade is lighter
		{"ffffff", "#ffffff", "#b2b2b2"},
	} {
		svg, err := picture.SVG(shop, "square.svg", c.color)
		if err != nil {
			t.Fatalf("%q: %v", c.color, err)
		}
		if s := string(svg); !strings.Contains(s, `fill="`+c.fill+`"`) || !strings.Contains(s, `stroke="`+c.stroke+`"`) || strings.Contains(s, "var(") {
			t.Errorf("%q: %s", c.color, s)
		}
	}
}

func TestSVGRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		image, color string
		want         error
	}{
		{"circle.svg", "", fs.ErrNotExist},
		{"", "", fs.ErrInvalid},
		{"shop.yaml", "", fs.ErrInvalid},
		{"../shop.yaml", "", fs.ErrInvalid},
		{"../images/square.svg", "", fs.ErrInvalid},
		{"/square.svg", "", fs.ErrInvalid},
		{`..\square.svg`, "", fs.ErrInvalid},
		{"square.svg\n", "", fs.ErrInvalid},
		{"square.svg\x00", "", fs.ErrInvalid},
		{strings.Repeat("a", 101) + ".svg", "", fs.ErrInvalid},
		{"square.svg", "#c86432", fs.ErrInvalid},
		{"square.svg", "c8643", fs.ErrInvalid},
		{"square.svg", "c864322", fs.ErrInvalid},
		{"square.svg", `00"/><`, fs.ErrInvalid},
		{"square.svg", "c86432\n", fs.ErrInvalid},
	} {
		if svg, err := picture.SVG(shop, c.image, c.color); !errors.Is(err, c.want) {
			t.Errorf("%q %q: %q, %v, want %v", c.image, c.color, svg, err, c.want)
		}
	}
}

// The shapes, their lines and the ground have the size and colour that they
// have in the drawing, at every size of the picture.
func TestPNGDrawsToScale(t *testing.T) {
	t.Parallel()
	svg, err := picture.SVG(shop, "square.svg", "c86432")
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{100, 400, 800} {
		data, err := picture.PNG(svg, size)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if b := img.Bounds(); b.Dx() != size || b.Dy() != size {
			t.Errorf("size %d: %v", size, b)
		}
		for _, at := range []struct {
			x, y int // in the drawing
			want color.RGBA
		}{
			{20, 20, color.RGBA{255, 255, 255, 255}},
			{72, 200, color.RGBA{255, 255, 255, 255}},
			{100, 200, color.RGBA{0x8c, 0x46, 0x23, 255}},
			{200, 200, color.RGBA{0xc8, 0x64, 0x32, 255}},
		} {
			if got := color.RGBAModel.Convert(img.At(at.x*size/400, at.y*size/400)); got != at.want {
				t.Errorf("size %d, at %d,%d: %v, want %v", size, at.x, at.y, got, at.want)
			}
		}
	}
}

func TestPNGRoundsCorners(t *testing.T) {
	t.Parallel()
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" rx="5" fill="#000000"/></svg>`
	data, err := picture.PNG([]byte(svg), 100)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := color.RGBAModel.Convert(img.At(5, 5)); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("the corner is %v, want white", got)
	}
}

func TestPNGRefuses(t *testing.T) {
	t.Parallel()
	const square = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#000000"/></svg>`
	for name, c := range map[string]struct {
		svg  string
		size int
	}{
		"no size":         {square, 0},
		"too large":       {square, 2049},
		"empty":           {"", 100},
		"not SVG":         {"<html></html>", 100},
		"no view box":     {`<svg xmlns="http://www.w3.org/2000/svg"></svg>`, 100},
		"broken":          {square[:70], 100},
		"a colour of air": {`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="hsl(1)"/></svg>`, 100},
	} {
		if _, err := picture.PNG([]byte(c.svg), c.size); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEveryDrawingOfTheDemoShop(t *testing.T) {
	t.Parallel()
	drawings, err := fs.Glob(demo.FS, "images/*.svg")
	if err != nil || len(drawings) == 0 {
		t.Fatalf("%d drawings, %v", len(drawings), err)
	}
	for _, name := range drawings {
		if _, _, err := catalog.ReadImage(demo.FS, path.Base(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		svg, err := picture.SVG(demo.FS, path.Base(name), "b3392f")
		if err != nil {
			t.Error(err)
			continue
		}
		data, err := picture.PNG(svg, 96)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		ground, drawn := img.At(48, 8), 0
		for i := range 96 * 96 {
			if img.At(i%96, i/96) != ground {
				drawn++
			}
		}
		if drawn < 200 {
			t.Errorf("%s: only %d pixels are drawn", name, drawn)
		}
	}
}

func TestAtDrawsTheAddressOfACard(t *testing.T) {
	t.Parallel()
	data, name, err := picture.At(shop, "/images/square.svg?color=c86432", 100)
	if err != nil || name != "square.png" {
		t.Fatalf("%q, %v", name, err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := color.RGBAModel.Convert(img.At(50, 50)); got != (color.RGBA{0xc8, 0x64, 0x32, 255}) {
		t.Errorf("the middle is %v", got)
	}
	photo := fstest.MapFS{"images/kera.jpg": {Data: []byte("\xff\xd8\xff\xe0...")}}
	if data, name, err := picture.At(photo, "/images/kera.jpg?color=c86432", 100); err != nil || name != "kera.jpg" || len(data) != 7 {
		t.Errorf("a photograph: %q, %d bytes, %v", name, len(data), err)
	}
	for _, address := range []string{"", "square.svg", "/shop.yaml", "/images/../shop.yaml", "/images/%2e%2e/shop.yaml", "/images/square.svg?color=red", "https://shop.example/a.svg", ":"} {
		if _, _, err := picture.At(shop, address, 100); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
