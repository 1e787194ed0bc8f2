package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/telegram/telegramtest"
)

// album keeps pictures in memory.
type album map[string][]byte

func (a album) SavePhoto(_ context.Context, conversation, id string, jpeg []byte, _ time.Time) error {
	a[conversation+"/"+id] = jpeg
	return nil
}

func (a album) Photo(_ context.Context, conversation, id string) ([]byte, bool, error) {
	jpeg, found := a[conversation+"/"+id]
	return jpeg, found, nil
}

// A picture of staff is sent with their name, or given up: nothing stands in for it.
func TestPicturesOfStaff(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{Photos: album{"telegram:77/p1": []byte("a JPEG")}})
	of := func(seq int64, photo string) bot.Message {
		return bot.Message{Seq: seq, From: dialogue.ByStaff, Staff: "Mia", Text: "[photo]", Photo: photo}
	}
	send(t, d, of(1, "p1"))
	send(t, d, of(2, "/images/takki.svg"))
	sent := api.Requests()
	if methods(sent) != "Photo Photo" || sent[0].Words() != "Mia" || len(sent[0].Files) != 1 || len(sent[1].Files) != 1 {
		t.Fatalf("%s: %+v", methods(sent), sent)
	}
	var fault *bot.SendError
	for _, photo := range []string{"p2", "/images/puuttuu.svg"} {
		if err := d.Send(t.Context(), "telegram:77", of(3, photo)); !errors.As(err, &fault) || !fault.Refused {
			t.Errorf("%s, which is not there: %v", photo, err)
		}
	}
	refused := telegramtest.Fault{Status: 400, Description: "Bad Request: IMAGE_PROCESS_FAILED"}
	api.Fail("sendPhoto", refused, refused)
	if err := d.Send(t.Context(), "telegram:77", of(4, "p1")); !errors.As(err, &fault) || !fault.Refused {
		t.Errorf("refused by Telegram: %v", err)
	}
	for _, r := range api.Requests()[2:] {
		if r.Method == "sendMessage" {
			t.Errorf("words without their picture: %v", r.Fields)
		}
	}
}

func jpegOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "24.9384 E"...)
}

// sizes are the JSON of a picture in sizes "id width height bytes".
func sizes(of ...string) string {
	var all []string
	for _, s := range of {
		var id string
		var width, height, size int
		fmt.Sscan(s, &id, &width, &height, &size) //nolint:errcheck // the tests write them
		all = append(all, fmt.Sprintf(`{"file_id":%q,"file_unique_id":"u","width":%d,"height":%d,"file_size":%d}`, id, width, height, size))
	}
	return `"photo":[` + strings.Join(all, ",") + `]`
}

func TestPicturesAreKeptForStaff(t *testing.T) {
	t.Parallel()
	kept, s, full := album{}, &shop{}, map[string]bool{}
	d, api := open(t, Options{
		Handler: s, Photos: kept, Files: http.DefaultClient, Clock: time.Now,
		Allow: func(_ context.Context, key string, _ int, _ time.Duration) (bool, time.Duration, error) {
			return !full[key], 0, nil
		},
	})
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewNRGBA(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	api.Hold("small", jpegOf(t, 90, 60))
	api.Hold("large", jpegOf(t, 900, 600))
	api.Hold("widest", jpegOf(t, bot.MaxPhotoSide, 1))
	api.Hold("drawn", drawn.Bytes())
	api.Hold("page", []byte("<html><script>alert(1)</script>"))
	api.Hold("liar", jpegOf(t, bot.MaxPhotoSide+1, 1))
	api.Hold("longest", append(jpegOf(t, 9, 9), make([]byte, maxPicture-len(jpegOf(t, 9, 9)))...))
	api.Hold("longer", append(jpegOf(t, 9, 9), make([]byte, maxPicture)...))
	full["picture:telegram:78"] = true
	for i, c := range []struct {
		chat  int64
		photo string
		width int // of what is kept; 0: nothing
	}{
		{77, sizes("small 90 60 900", "large 900 600 9000"), 900},
		{77, sizes("small 90 60 900", "large 900 600 4194305"), 90},
		{77, sizes("small 90 60 900", "large 2561 600 9000"), 90},
		{77, sizes("widest 2560 1 9000"), bot.MaxPhotoSide},
		{77, sizes("drawn 9 9 900"), 9},
		{77, sizes("longest 9 9 0"), 9},
		{77, sizes("longer 9 9 0"), 0},
		{77, sizes("widest 2561 1 9000"), 0},
		{77, sizes("liar 9 9 900"), 0},
		{77, sizes("page 9 9 900"), 0},
		{77, sizes("gone 9 9 900"), 0},
		{77, sizes("../../getMe 9 9 900"), 0},
		{78, sizes("small 90 60 900"), 0},
	} {
		u, err := decode([]byte(telegramtest.Update(int64(i), strings.Replace(telegramtest.Said(c.chat, "x"), `"text":"x"`, c.photo, 1))))
		if err == nil {
			err = d.Update(t.Context(), u)
		}
		if err != nil {
			t.Fatalf("%s: %v", c.photo, err)
		}
		heard := s.heard[len(s.heard)-1]
		sent, _ := heard.in.What.(dialogue.Sent)
		if sent.Kind != "photo" || (sent.Photo != "") != (c.width > 0) {
			t.Errorf("%s: %+v", c.photo, heard.in)
		}
		picture, found := kept[heard.conversation+"/"+sent.Photo]
		if found != (c.width > 0) {
			t.Errorf("%s: kept is %v", c.photo, found)
		}
		if head, kind, err := image.DecodeConfig(bytes.NewReader(picture)); found && (err != nil || kind != "jpeg" || head.Width != c.width || bytes.Contains(picture, []byte("24.9384"))) {
			t.Errorf("%s: a %s of %d, %v", c.photo, kind, head.Width, err)
		}
	}

	// What is said with a picture is read, and the picture stands beside it.
	words := strings.Replace(telegramtest.Said(77, "x"), `"text":"x"`, `"caption":"onko tätä?",`+sizes("small 90 60 900"), 1)
	u, err := decode([]byte(telegramtest.Update(99, words)))
	if err == nil {
		err = d.Update(t.Context(), u)
	}
	last := s.heard[len(s.heard)-1].in
	if said, ok := last.What.(dialogue.Said); err != nil || !ok || said.Text != "onko tätä?" || last.Photo != "update-99" || kept["telegram:77/update-99"] == nil {
		t.Errorf("%+v, %v", last, err)
	}
}
