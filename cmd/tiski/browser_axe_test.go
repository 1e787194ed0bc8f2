package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// axe is axe-core, which finds what shuts out people who use a page otherwise
// than most: testdata/axe.
func axe(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// accessible fails for all that axe finds on the page, light and dark.
func (b *browser) accessible(where string) {
	b.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		b.media("prefers-color-scheme", scheme)
		found := get(b, chromedp.Evaluate[string](axe(b.t)+`;axe.run(document).then((r) => JSON.stringify(
			r.violations.map((v) => ({ Rule: v.id, Where: v.nodes.map((n) => n.html.slice(0, 200)) }))))`, chromedp.EvalAwaitPromise))
		var faults []struct {
			Rule  string
			Where []string
		}
		if err := json.Unmarshal([]byte(found), &faults); err != nil {
			b.t.Fatal(err)
		}
		for _, f := range faults {
			b.t.Errorf("%s, %s: %s: %q", where, scheme, f.Rule, f.Where)
		}
		b.picture(where + "-" + scheme)
	}
	b.media("prefers-color-scheme", "light")
}

// speaks opens the chat in Swedish and in English.
func (b *browser) speaks() {
	b.t.Helper()
	for lang, title := range map[string]string{"sv": "AI-assistent", "en": "AI assistant"} {
		b.text(`Tiski.close(), localStorage.clear(), document.querySelector('tiski-chat').remove()`)
		b.text(`document.body.append(Object.assign(document.createElement('div'), { innerHTML: '<tiski-chat data-lang=` + lang + `></tiski-chat>' }))`)
		b.text(`document.querySelector('tiski-chat').open()`)
		b.until(`said('bot') !== '' && shadow().querySelector('h2').textContent === '` + title + `'`)
		b.accessible("open-" + lang)
	}
}

// knows: what a script of the page tells of the product it shows is what "this"
// means; what is said is announced once; the choices have arrow keys.
func (b *browser) knows(address string) {
	b.t.Helper()
	b.text(`localStorage.clear(), sessionStorage.clear()`)
	b.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address))
	b.until(`shadow() !== null`)
	b.text(`Tiski.setContext({ product: 'askelniemi-kilometri-juoksukengat' }), Tiski.open()`)
	b.until(`shadow().activeElement?.tagName === 'TEXTAREA' && said('bot') !== ''`)
	b.text(`(globalThis.announced = [], new MutationObserver((all) => announced.push(...all.flatMap((m) => [...m.addedNodes]).map((e) => e.textContent))
		).observe(shadow().querySelector('[role=log]:not([aria-live])'), { childList: true }))`)
	b.say("onko tätä koossa 42")
	b.until(`said('bot').includes('Askelniemi Kilometri') && !shadow().querySelector('.pending')`)
	for _, once := range []string{"onko tätä koossa 42", "Askelniemi Kilometri"} {
		if n := b.text(fmt.Sprintf(`announced.filter((said) => said.includes(%q)).length`, once)); n != "1" {
			b.t.Errorf("%q is announced %s times: %s", once, n, b.text(`JSON.stringify(announced)`))
		}
	}
	b.text(`[...shadow().querySelectorAll('.buttons')].at(-1).querySelector('button').focus()`)
	b.do(chromedp.KeyEvent(kb.ArrowRight))
	b.until(`shadow().activeElement.textContent === 'Kerro lisää'`)
	b.do(chromedp.KeyEvent(kb.ArrowRight))
	b.until(`shadow().activeElement.textContent === 'Lisää koriin'`)

	// What the page has in its cart can be ordered in the chat.
	b.text(`Tiski.setContext({ product: 'askelniemi-kilometri-juoksukengat', cart: [{ sku: 'V-VSUKKA-40-HAR', qty: 2 }] })`)
	b.text(`shadow().querySelector('textarea').focus()`)
	b.say("mitä mulla on korissa")
	b.press("Ota nämä koriin")
	b.until(`said('bot').includes('Korissasi on:\n2 × Villavuona-villasukat (harmaa, 40/43)')`)
}

// enlarged: letters of twice the size leave nothing out of reach on a phone.
func (b *browser) enlarged() {
	b.t.Helper()
	b.text(`document.documentElement.style.fontSize = '200%'`)
	for _, width := range []int64{360, 320} {
		b.do(chromedp.EmulateViewport(width, 740, chromedp.EmulateMobile, chromedp.EmulateTouch))
		b.until(`getComputedStyle(shadow().querySelector('.text')).fontSize === '32px'`)
		b.until(`[...shadow().querySelectorAll('.head button, textarea, form button, .text')].every((e) => e.getBoundingClientRect().right <= visualViewport.width)`)
		b.until(`shadow().querySelector('.log').clientHeight > 200`)
		b.picture(fmt.Sprintf("enlarged-%d", width))
	}
	b.text(`document.documentElement.style.fontSize = ''`)
}

// media is what the customer's system wishes of pages.
func (b *browser) media(feature, value string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
		})
		return err
	}))
}
