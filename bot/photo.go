package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // is taken too
)

// MaxPhotoSide is how wide and how high a picture of a customer may be, pixels.
const MaxPhotoSide = 2560

const photoQuality = 85 // of JPEG

// drawing has room for the pictures that this process writes anew at once: a small
// file may be 26 MB of pixels.
var drawing = make(chan struct{}, 2)

// Bare is a picture that a customer sent, written anew as JPEG, so that nothing but
// what it shows is left of it: no place, no camera, no second file behind it. How a
// camera was turned is lost too; the widget and Telegram turn pictures upright. The
// error is for who sent it, but for that of ctx, which may end while others are read.
func Bare(ctx context.Context, body []byte) ([]byte, error) {
	head, kind, err := image.DecodeConfig(bytes.NewReader(body))
	switch {
	case err != nil || kind != "jpeg" && kind != "png":
		return nil, errors.New("the picture must be JPEG or PNG")
	case head.Width < 1 || head.Height < 1 || head.Width > MaxPhotoSide || head.Height > MaxPhotoSide:
		return nil, fmt.Errorf("the picture must be 1 to %d pixels wide and high", MaxPhotoSide)
	}
	select {
	case drawing <- struct{}{}:
		defer func() { <-drawing }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the picture is broken")
	}
	if kind == "png" { // what shines through becomes white
		page := image.NewRGBA(picture.Bounds())
		draw.Draw(page, page.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(page, page.Bounds(), picture, picture.Bounds().Min, draw.Over)
		picture = page
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: photoQuality}); err != nil {
		return nil, fmt.Errorf("write the picture: %w", err)
	}
	return out.Bytes(), nil
}
