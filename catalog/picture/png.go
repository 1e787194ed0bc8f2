package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"regexp"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// maxSize is the largest side of a PNG, in pixels.
const maxSize = 2048

// PNG draws an SVG, as SVG returns it, on a white square of size × size
// pixels, at most 2048. A drawing that is not square is stretched.
func PNG(svg []byte, size int) (_ []byte, err error) {
	if size < 1 || size > maxSize {
		return nil, fmt.Errorf("draw a picture: size %d is not in 1–%d", size, maxSize)
	}
	defer func() { // oksvg panics on some drawings that it does not understand
		if cause := recover(); cause != nil {
			err = fmt.Errorf("draw a picture: %v", cause)
		}
	}()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(rounded(svg)), oksvg.StrictErrorMode)
	if err != nil {
		return nil, fmt.Errorf("draw a picture: %w", err)
	}
	if icon.ViewBox.W <= 0 || icon.ViewBox.H <= 0 {
		return nil, fmt.Errorf("draw a picture: it has no size of its own")
	}
	icon.SetTarget(0, 0, float64(size), float64(size))
	for i := range icon.SVGPaths { // SetTarget scales the shapes but not their lines
		icon.SVGPaths[i].LineWidth *= float64(size) / icon.ViewBox.W
	}
	canvas := image.NewRGBA(image.Rect(0, 0, size, size))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	icon.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, canvas, canvas.Bounds())), 1)
	var out bytes.Buffer
	if err := png.Encode(&out, canvas); err != nil {
		return nil, fmt.Errorf("write a picture as PNG: %w", err)
	}
	return out.Bytes(), nil
}

var (
	rect   = regexp.MustCompile(`<rect\s[^>]*>`)
	radius = regexp.MustCompile(`\srx=("[^"]*")`)
)

// rounded gives rectangles that have only an rx the ry that it stands for:
// oksvg takes a missing ry for none.
func rounded(svg []byte) []byte {
	return rect.ReplaceAllFunc(svg, func(r []byte) []byte {
		if bytes.Contains(r, []byte(" ry=")) {
			return r
		}
		return radius.ReplaceAll(r, []byte(" rx=$1 ry=$1"))
	})
}
