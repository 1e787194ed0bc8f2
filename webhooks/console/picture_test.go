package console_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/webhooks/console"
)

// sendPicture sends the form of a picture; without a file when there is none.
func (b *browser) sendPicture(t *testing.T, conversation string, file []byte) {
	t.Helper()
	path := "/console/talk/" + conversation
	b.get(t, path)
	id := regexp.MustCompile(`name="id" value="([^"]*)"`).FindStringSubmatch(b.page)[1]
	b.sendPictureAs(t, path, id, file)
}

func (b *browser) sendPictureAs(t *testing.T, path, id string, file []byte) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"form": hiddenForm.FindStringSubmatch(b.page)[1], "id": id} {
		if err := form.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if file != nil {
		w, err := form.CreateFormFile("picture", "<img>.exe")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(file); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	b.sendBody(t, http.MethodPost, path+"/picture", form.FormDataContentType(), &body)
}

func drawing(t *testing.T, kind string, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	picture := image.NewGray(image.Rect(0, 0, side, 1))
	err := jpeg.Encode(&b, picture, nil)
	if kind == "png" {
		b.Reset()
		err = png.Encode(&b, picture)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestStaffSendPictures(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	b := c.at(t, "aino")
	b.sendPicture(t, customer, drawing(t, "png", 9))
	b.expect(t, http.StatusConflict, "hoitaa botti")
	b.act(t, "take", nil)
	before := len(c.photosSaid(t))
	if before != 0 {
		t.Fatal("a picture was said by who does not hold the conversation")
	}
	b.sendPicture(t, customer, append(drawing(t, "png", 9), "taken at home"...))
	b.expect(t, http.StatusSeeOther, "")
	id := c.photosSaid(t)[0]
	kept, found, err := c.store.Photo(t.Context(), customer, id)
	if err != nil || !found || bytes.Contains(kept, []byte("home")) {
		t.Errorf("kept is %q, %v, %v", kept, found, err)
	}
	if _, kind, err := image.DecodeConfig(bytes.NewReader(kept)); kind != "jpeg" || err != nil {
		t.Errorf("kept as %s, %v", kind, err)
	}
	b.get(t, talkPath)
	if !strings.Contains(b.page, `<img src="`+talkPath+"/photo/"+id+`" alt="Kuva"`) {
		t.Errorf("the picture is not on the page")
	}
	b.sendPictureAs(t, talkPath, id, drawing(t, "png", 9))
	b.expect(t, http.StatusSeeOther, "")
	if got := len(c.photosSaid(t)); got != 1 {
		t.Errorf("the same form twice: %d pictures", got)
	}

	for name, test := range map[string]struct {
		file   []byte
		status int
		alert  string
	}{
		"nothing":   {nil, http.StatusBadRequest, "Valitse ensin kuva"},
		"a page":    {[]byte("<html><script>alert(1)</script>"), http.StatusUnsupportedMediaType, "ei voi lähettää"},
		"too wide":  {drawing(t, "jpeg", bot.MaxPhotoSide+1), http.StatusUnsupportedMediaType, "ei voi lähettää"},
		"too large": {make([]byte, console.MaxPicture+1), http.StatusRequestEntityTooLarge, "liian suuri"},
	} {
		b.sendPicture(t, customer, test.file)
		if b.status != test.status || !strings.Contains(b.alert(), test.alert) {
			t.Errorf("%s: %d %q", name, b.status, b.alert())
		}
	}
	c.hearFrom(t, "chat:1", "", dialogue.Said{Text: "haluan puhua ihmiselle"})
	b.sendPicture(t, "chat:1", drawing(t, "jpeg", 9))
	b.expect(t, http.StatusConflict, "kanavaan")
	b.submit(t, talkPath+"/picture", url.Values{"form": {"0"}})
	b.expect(t, http.StatusForbidden, "vanhentunut")
	if got := c.acts(t); strings.Count(got, "aino reply") != 1 {
		t.Errorf("written down: %s", got)
	}
}

// photosSaid are the pictures that staff have sent to the customer.
func (c *counter) photosSaid(t *testing.T) (photos []string) {
	t.Helper()
	all, err := c.talks.Messages(t.Context(), customer, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Photo != "" && m.From == dialogue.ByStaff && m.Staff == "Aino" {
			photos = append(photos, m.Photo)
		}
	}
	return photos
}

func TestAStockReplyBringsItsPicture(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	shelf := *c.bot.Shelf()
	shop := *shelf.Shop
	shop.Service.Replies = append([]catalog.StockReply{{ID: "takki", Text: catalog.Text{"fi": "Tällainen se on."}, Image: "takki.svg"}}, shop.Service.Replies...)
	shelf.Shop = &shop
	c.bot.Swap(&shelf)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	b := c.at(t, "aino")
	b.act(t, "take", nil)
	b.get(t, talkPath)
	if !strings.Contains(b.page, `data-use="Tällainen se on." data-picture="/images/takki.svg"`) {
		t.Error("the reply is not offered with its picture")
	}
	b.act(t, "reply", url.Values{"text": {""}, "picture": {"/images/takki.svg"}})
	b.expect(t, http.StatusBadRequest, "")
	if !strings.Contains(b.page, `name="picture" value="/images/takki.svg"`) {
		t.Error("the picture is lost with a reply that was refused")
	}
	for _, odd := range []string{"/images/", "/images/kirves.svg", "https://elsewhere.example/takki.svg", "takki.svg"} {
		b.act(t, "reply", url.Values{"text": {"Hei"}, "picture": {odd}})
		b.expect(t, http.StatusForbidden, "vanhentunut")
	}
	b.act(t, "reply", url.Values{"text": {"Tällainen se on."}, "picture": {"/images/takki.svg"}})
	b.expect(t, http.StatusSeeOther, "")
	if got := c.photosSaid(t); len(got) != 1 || got[0] != "/images/takki.svg" {
		t.Errorf("sent %v", got)
	}
	if got := c.said(t); !strings.HasSuffix(got, "staff: Tällainen se on.\nstaff: [photo]\n") {
		t.Errorf("said %s", got)
	}
	b.get(t, talkPath)
	if !strings.Contains(b.page, `<a href="/images/takki.svg"><img src="/images/takki.svg" alt="Kuva"`) {
		t.Error("the picture is not on the page")
	}
}
