package widget_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/webhooks/widget"
)

// jpegOf is a picture with what a camera writes into it, and a file behind it.
func jpegOf(t testing.TB, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00II*\x00 60.1699 N 24.9384 E"
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(2+len(exif)))
	return b.String()[:2] + string(segment) + exif + b.String()[2:] + "<script>alert(1)</script>"
}

func pngOf(t testing.TB, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bomb is a PNG that tells of more pixels than it has.
func bomb(t testing.TB, width, height uint32) string {
	t.Helper()
	b := []byte(pngOf(t, 1, 1))
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return string(b)
}

func (s *shop) sendPhoto(t testing.TB, token, id, body string) reply {
	t.Helper()
	return s.ask(t, "POST", "/widget/v1/photos?id="+id, body, "Authorization", "Bearer "+token, "Content-Type", "text/html")
}

func TestPhoto(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)
	s := openShop(t, func(o *widget.Options) { o.Clock = func() time.Time { return now } })
	_, token := s.session(t)
	for i, sent := range []string{jpegOf(t, 40, 30), pngOf(t, 40, 30)} {
		id := fmt.Sprint("p", i)
		for range 2 { // the second time the answer was lost
			if got := s.sendPhoto(t, token, id, sent); got.status != http.StatusOK || texts(lines(t, got.body)) != "bot kiitos; " {
				t.Fatalf("send a photo: %d %s", got.status, got.body)
			}
		}
	}
	if n := s.parrot.heard.Load(); n != 3 { // with the opening
		t.Errorf("%d inputs are handled, want 3", n)
	}
	all := lines(t, s.ask(t, "GET", "/widget/v1/messages", "", "Authorization", "Bearer "+token).body)
	if len(all) != 5 || all[1].Photo == "" || all[1].Text != "" || all[1].Photo == all[3].Photo {
		t.Fatalf("the log: %+v", all)
	}
	for _, l := range []line{all[1], all[3]} {
		got := s.ask(t, "GET", l.Photo, "")
		if got.status != http.StatusOK || got.header.Get("Content-Type") != "image/jpeg" || got.header.Get("X-Content-Type-Options") != "nosniff" ||
			got.header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || !strings.HasPrefix(got.header.Get("Cache-Control"), "private") {
			t.Errorf("a photo: %d %v", got.status, got.header)
		}
		if _, kind, err := image.Decode(strings.NewReader(got.body)); kind != "jpeg" || err != nil {
			t.Errorf("it is %s: %v", kind, err)
		}
		for _, never := range []string{"Exif", "24.9384", "script"} {
			if strings.Contains(got.body, never) {
				t.Errorf("%q is left in the photo", never)
			}
		}
	}

	// An address is good for a day, for that picture, and cannot be made.
	address := all[1].Photo
	cut := strings.LastIndexByte(address, '/')
	for _, other := range []string{
		address[:cut] + "/x", address[:cut], strings.Replace(address, "/p0/", "/p1/", 1), strings.Replace(address, "/p0/", "/../", 1),
		address[:cut-1] + "9" + address[cut:],
	} {
		if got := s.ask(t, "GET", other, ""); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", other, got.status)
		}
	}
	now = now.Add(25 * time.Hour)
	if got := s.ask(t, "GET", address, ""); got.status != http.StatusNotFound {
		t.Errorf("a day later the address gives %d", got.status)
	}
}

func TestPhotosRefused(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	_, token := s.session(t)
	var moving bytes.Buffer
	if err := gif.Encode(&moving, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.White}), nil); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"as large as may be": {jpegOf(t, 2560, 1), http.StatusOK},
		"too wide":           {jpegOf(t, 2561, 1), http.StatusUnsupportedMediaType},
		"too high":           {pngOf(t, 1, 2561), http.StatusUnsupportedMediaType},
		"a bomb":             {bomb(t, 60000, 60000), http.StatusUnsupportedMediaType},
		"less than it tells": {bomb(t, 2000, 2000), http.StatusUnsupportedMediaType},
		"cut off":            {pngOf(t, 900, 900)[:100], http.StatusUnsupportedMediaType},
		"a GIF":              {moving.String(), http.StatusUnsupportedMediaType},
		"a page":             {"<html><script>alert(1)</script>", http.StatusUnsupportedMediaType},
		"a drawing":          {`<svg xmlns="http://www.w3.org/2000/svg"/>`, http.StatusUnsupportedMediaType},
		"nothing":            {"", http.StatusUnsupportedMediaType},
		"over a MiB":         {jpegOf(t, 1, 1) + strings.Repeat(" ", 1<<20), http.StatusRequestEntityTooLarge},
	} {
		if got := s.sendPhoto(t, token, "p", c.body); got.status != c.want {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	small := jpegOf(t, 1, 1)
	for _, id := range []string{"", "a/b", "..", "a.b", strings.Repeat("a", 65)} {
		if got := s.sendPhoto(t, token, id, small); got.status != http.StatusBadRequest {
			t.Errorf("id %q: %d", id, got.status)
		}
	}
	if got := s.sendPhoto(t, "none", "p", small); got.status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", got.status)
	}
}

func TestPhotosTooOften(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)
	s := openShop(t, func(o *widget.Options) { o.Clock = func() time.Time { return now } })
	_, token := s.session(t)
	small := jpegOf(t, 1, 1)
	for i := range 20 {
		if got := s.sendPhoto(t, token, fmt.Sprint(i), small); got.status != http.StatusOK {
			t.Fatalf("photo %d: %d %s", i, got.status, got.body)
		}
	}
	if got := s.sendPhoto(t, token, "21", small); got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
		t.Errorf("one photo more: %d", got.status)
	}
}

func FuzzPhoto(f *testing.F) {
	f.Add([]byte(jpegOf(f, 3, 2)))
	f.Add([]byte(pngOf(f, 3, 2)))
	f.Add([]byte(bomb(f, 60000, 60000)))
	f.Fuzz(func(t *testing.T, body []byte) {
		picture, err := bot.Bare(t.Context(), body)
		if err != nil {
			return
		}
		if _, kind, err := image.Decode(bytes.NewReader(picture)); kind != "jpeg" || err != nil {
			t.Fatalf("%s, %v", kind, err)
		}
	})
}

func TestPicturesOfStaff(t *testing.T) {
	t.Parallel()
	var kept widget.Photos
	s := openShop(t, func(o *widget.Options) { o.Public, kept = "https://chat.example", o.Photos })
	conversation, token := s.session(t)
	if err := kept.SavePhoto(t.Context(), conversation, "P1", []byte("a JPEG"), time.Now()); err != nil {
		t.Fatal(err)
	}
	s.staffSay(t, conversation, bot.Message{Text: "[photo]", Photo: "P1"})
	got := lines(t, s.ask(t, "GET", "/widget/v1/messages", "", "Authorization", "Bearer "+token).body)
	address, ours := strings.CutPrefix(got[len(got)-1].Photo, "https://chat.example")
	if last := got[len(got)-1]; !ours || last.Text != "" || last.From != "staff" {
		t.Fatalf("%+v", last)
	}
	if seen := s.ask(t, "GET", address, ""); seen.status != http.StatusOK || seen.body != "a JPEG" {
		t.Errorf("%d %s", seen.status, seen.body)
	}
	s.staffSay(t, conversation, bot.Message{Text: "[drawing]", Photo: "/images/takki.svg"})
	got = lines(t, s.ask(t, "GET", "/widget/v1/messages", "", "Authorization", "Bearer "+token).body)
	if last := got[len(got)-1]; last.Photo != "https://chat.example/images/takki.svg" || last.Text != "" {
		t.Errorf("%+v", last)
	}
}
