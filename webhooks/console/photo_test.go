package console_test

import (
	"net/http"
	"strings"
	"testing"

	"tiski/bot/dialogue"
)

func TestPhotos(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.store.SavePhoto(t.Context(), customer, "p1", []byte("a JPEG"), c.now()); err != nil {
		t.Fatal(err)
	}
	c.hear(t, dialogue.Sent{Kind: "photo", Photo: "p1"})
	address := talkPath + "/photo/p1"
	b := c.at(t, "aino")
	b.get(t, talkPath)
	if !strings.Contains(b.page, `<img src="`+address+`" alt="Kuva"`) {
		t.Errorf("the page lacks the photo:\n%s", b.page)
	}
	b.get(t, address)
	if h := b.header; b.status != http.StatusOK || b.page != "a JPEG" || h.Get("Content-Type") != "image/jpeg" || h.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
		t.Errorf("the photo: %d %v", b.status, h)
	}
	b.get(t, talkPath+"/photo/p2")
	b.expect(t, http.StatusNotFound, "")
	b.get(t, "/console/talk/widget:other/photo/p1")
	b.expect(t, http.StatusNotFound, "")

	stranger := c.browser(t)
	stranger.get(t, address)
	if stranger.page == "a JPEG" {
		t.Error("somebody who is not signed in sees the photo")
	}
}
