package main

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// apart is a browser that shares no cookies with b.
func (b *browser) apart() *browser {
	ctx, leave := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	b.t.Cleanup(leave)
	return &browser{t: b.t, ctx: ctx, dir: b.dir}
}

// TestTakeoverInBrowsers: a customer on a phone asks for a person, and two of the
// staff want to help her.
func TestTakeoverInBrowsers(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(chromium); err != nil {
		t.Skipf("no browser: %v", err)
	}
	data := t.TempDir()
	const password = "kahvia ja pullaa"
	if err := addStaff(t.Context(), []string{"add", "-name", "mia", "-display", "Mia", "-data", data}, strings.NewReader(password+"\n"), &strings.Builder{}); err != nil {
		t.Fatal(err)
	}
	p := launch(t, data, nil)

	demo := openBrowser(t)
	mia, phone := demo.apart(), demo.apart()
	demo.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(p.link))
	demo.text(`document.querySelector('main button').click()`)
	mia.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(p.base+"/console/sign-in"))
	mia.text(`(document.querySelector('[name=name]').value = 'mia', document.querySelector('[name=password]').value = '` + password + `', document.querySelector('main form button').click())`)
	for _, staff := range []*browser{demo, mia} {
		staff.until(`document.querySelector('.desks') !== null`)
	}

	phone.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Navigate(p.base+"/"))
	phone.until(`shadow() !== null`)
	phone.text(`Tiski.open()`)
	phone.until(`said('bot') !== ''`)
	phone.text(`shadow().querySelector('textarea').focus()`)
	phone.say("haluan puhua ihmiselle")

	// Both see her come, and look; one is faster.
	for _, staff := range []*browser{demo, mia} {
		staff.until(`document.title.startsWith('(1) ')`)
		staff.text(`document.querySelector('.waiting .desk').click()`)
		staff.until(`document.querySelector('.talk') !== null && document.querySelector('.lines').textContent.includes('ihmiselle')`)
	}
	demo.until(`document.querySelector('.hints').textContent.includes('Mia')`)
	// What the page asked for before comes late, when she holds the conversation and writes.
	demo.text(`void (() => {
		const ask = fetch
		globalThis.fetch = (...what) => {
			globalThis.fetch = ask
			const late = ask(...what).then(answer => answer.text())
			late.then(() => globalThis.answered = true)
			return new Promise(done => globalThis.letCome = async () => done(new Response(await late)))
		}
		dispatchEvent(new Event('online'))
	})()`)
	demo.until(`globalThis.answered === true`)
	demo.do(chromedp.KeyEvent("t"))
	demo.until(`document.activeElement.id === 'text'`)
	demo.do(chromedp.KeyEvent("Kohta"))
	written := demo.text(`document.getElementById('text').value`)
	demo.text(`void (document.addEventListener('tiski-shown', () => globalThis.shownAgain = true), letCome())`)
	demo.until(`globalThis.shownAgain === true`)
	if left := demo.text(`document.getElementById('text').value`); left != written || written == "" {
		t.Errorf("of %q is left %q", written, left)
	}
	demo.text(`void (document.getElementById('text').value = '')`)
	mia.until(`document.querySelector('.head').textContent.includes('Demo') && !document.querySelector('form[action$="/take"]')`)
	phone.until(`said().includes('Nyt sinulle vastaa Demo')`)

	// Each sees that the other writes. A slow machine may show it late, so they go on.
	writes := func(who, by *browser, field, shown string) {
		who.text(`void (globalThis.writing = setInterval(() => ` + field + `.dispatchEvent(new Event('input', { bubbles: true })), 200))`)
		by.until(shown)
		who.text(`clearInterval(globalThis.writing)`)
	}
	writes(phone, demo, `shadow().querySelector('textarea')`, `document.querySelector('.hints').textContent.includes('customer is typing')`)
	writes(demo, phone, `document.getElementById('text')`, `shadow().querySelector('.status').textContent.includes('Demo')`)
	phone.picture("takeover-writes")

	// A stock reply, sent at once by a second Enter.
	demo.do(chromedp.KeyEvent("/het"))
	demo.until(`document.querySelectorAll('#stock li:not([hidden])').length === 1`)
	demo.do(chromedp.KeyEvent(kb.Enter))
	demo.until(`document.getElementById('text').value.startsWith('Hei')`)
	mia.until(`document.querySelector('.hints').textContent.includes('Demo')`)
	demo.do(chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Enter))
	phone.until(`said('staff').startsWith('Hei')`)
	phone.picture("takeover-phone")
	mia.until(`document.querySelector('.line.staff')?.textContent.includes('Hei')`)
	mia.picture("takeover-other")

	// The bot goes on, and either may take the conversation again.
	demo.text(`(document.querySelector('.back').open = true, document.querySelector('.back button').click())`)
	mia.until(`document.querySelector('form[action$="/take"]') !== null`)
	phone.until(`said('bot').includes('Tekoälyavustaja jatkaa')`)
	if said := phone.text(`said('staff')`); strings.Count(said, "Hei") != 1 {
		t.Errorf("the customer read\n%s", said)
	}
	for _, fault := range demo.faults() {
		t.Errorf("the browser tells of %s", fault)
	}
}
