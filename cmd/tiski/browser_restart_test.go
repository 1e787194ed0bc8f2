package main

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserThroughARestart: what is written while the server is down is
// delivered once when another stands in its place. Meanwhile it is told that the
// line is broken; customers who want strong contrast and calm get both.
func TestBrowserThroughARestart(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	c := openWall(t)
	addr, stop := servePage(t, c, c.bot, "127.0.0.1:0")
	b := openBrowser(t)
	b.do(chromedp.EmulateViewport(360, 740), chromedp.Navigate("http://"+addr+"/"))
	b.until(`shadow() !== null`)
	b.text(`Tiski.open()`)
	b.until(`said('bot') !== ''`)
	b.until(`document.querySelector('tiski-chat').panel.talk.stream.live`)

	stop()
	b.text(`shadow().querySelector('textarea').focus()`)
	b.say("mitkä ovat aukioloajat")
	b.say("paljonko toimitus maksaa")
	b.until(`shadow().querySelectorAll('.pending').length === 2`)
	b.until(`shadow().querySelector('.status').textContent === 'Yhteys katkesi. Yritetään uudelleen…'`)
	b.picture("restart-down")
	b.media("prefers-reduced-motion", "reduce")
	b.text(`(document.querySelector('tiski-chat').panel.away = false, document.querySelector('tiski-chat').panel.tell())`)
	if moving := b.text(`getComputedStyle(shadow().querySelector('.status i')).animationName`); moving != "none" {
		t.Errorf("with reduced motion there is the animation %s", moving)
	}

	if err := c.seat(t.Context(), c.bot.Shelf(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	_, stop = servePage(t, c, c.bot, addr)
	t.Cleanup(stop)
	b.until(`!shadow().querySelector('.pending') && said('bot').includes('9.00–17.00') && shadow().querySelector('.status').textContent === ''`)
	for _, once := range []string{"mitkä ovat aukioloajat", "paljonko toimitus maksaa"} {
		if all := b.text(`said('customer')`); strings.Count(all, once) != 1 {
			t.Errorf("after the restart the customer has said\n%s", all)
		}
	}
	b.until(`said().indexOf('mitkä ovat aukioloajat') < said().indexOf('paljonko toimitus maksaa')`)

	b.media("forced-colors", "active")
	for _, part := range []string{".text", "textarea", ".buttons button", "form button[type=submit]"} {
		edge := b.text(`(({ borderTopStyle: style, borderTopWidth: width, borderTopColor: color, backgroundColor: ground }) => style === 'solid' && width !== '0px' && color !== ground)(getComputedStyle(shadow().querySelector('` + part + `')))`)
		if edge != "true" {
			t.Errorf("in forced colours %s has no edge", part)
		}
	}
	b.picture("forced-colors")
}
