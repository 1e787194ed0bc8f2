package console_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/webhooks/console"
)

// openBrowser starts Chromium. Pictures of the pages go to the folder that
// CONSOLE_PICTURES names, if any.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("the pages must be seen in a browser: ", err)
		}
		t.Skip("the pages are not seen in a browser: ", err)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(func(event any) {
		switch event := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Error("a script failed: ", event.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			if event.Entry.Level == log.EntryLevelError && !strings.Contains(event.Entry.Text, "409") {
				t.Error("the browser complains: ", event.Entry.Text)
			}
		}
	}))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

type step = chromedp.Action[chromedp.Void]

// run does steps in the browser, and shows the page that did not do them.
func run(t *testing.T, ctx context.Context, steps ...step) {
	t.Helper()
	limited, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	for i, s := range steps {
		err := chromedp.Do(limited, s)
		for err != nil && strings.Contains(err.Error(), "Could not find node") { // it was renewed before anything was done to it
			err = chromedp.Do(limited, s)
		}
		if err != nil {
			page, _ := chromedp.Run(ctx, chromedp.OuterHTML(chromedp.CSS("html")))
			t.Fatalf("step %d: %v on\n%s", i+1, err, page)
		}
	}
}

// seen looks at the page as a phone and as a desktop show it: it must fit the
// width, and shut nobody out – in the dark on the phone, with CI=true in all ways.
func seen(t *testing.T, name string) step {
	look := func(on string, width, height int64, schemes ...string) step {
		looks := []step{chromedp.EmulateViewport(width, height, chromedp.EmulateScale(2))}
		for _, s := range schemes {
			looks = append(looks, scheme(s), accessible(t, name+" on a "+s+" "+on))
		}
		return chromedp.Steps(
			chromedp.Steps(looks...), scheme("light"),
			chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
				wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
				if wide > width {
					t.Errorf("%s is %d wide on a %s of %d", name, wide, on, width)
				}
				folder := os.Getenv("CONSOLE_PICTURES")
				if err != nil || folder == "" {
					return err
				}
				png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
				if err != nil {
					return err
				}
				return os.WriteFile(filepath.Join(folder, name+"-"+on+".png"), png, 0o600)
			}),
		)
	}
	if os.Getenv("CI") != "true" {
		return chromedp.Steps(look("phone", 360, 740, "dark"), look("desktop", 1280, 800), painted(t, name))
	}
	return chromedp.Steps(look("phone", 360, 740, "dark", "light"), look("desktop", 1280, 800, "dark", "light"), painted(t, name))
}

// is waits until an expression is true, on this page or on one that the browser
// is about to open.
func is(expression string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		look := time.NewTicker(50 * time.Millisecond)
		defer look.Stop()
		for {
			if so, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && so {
				return nil
			}
			select {
			case <-look.C:
			case <-ctx.Done():
				return fmt.Errorf("wait for %s: %w", expression, ctx.Err())
			}
		}
	})
}

// has waits for a text in a part of the page.
func has(selector, text string) step {
	return is(fmt.Sprintf(`document.querySelector(%q)?.textContent.includes(%q) ?? false`, selector, text))
}

func click(selector string) step       { return chromedp.Click(chromedp.CSS(selector)) }
func write(selector, text string) step { return chromedp.SendKeys(chromedp.CSS(selector), text) }

func TestInABrowser(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "mia", "Mia")
	token, err := c.accounts.OneTimeLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx := openBrowser(t)
	run(t, ctx,
		chromedp.Navigate(c.url+"/console/sign-in?lang=fi"), has("h1", "Kirjaudu"), seen(t, "sign-in"),
		chromedp.Navigate(c.url+"/console/link/"+token), has("h1", "linkillä"), seen(t, "link"),
		click("main button"), has("main", "Kukaan ei odota."), is(`document.querySelector('[data-push]') !== null`),
		chromedp.Evaluate[chromedp.Void](`void navigator.serviceWorker.register(document.querySelector('[data-push]').dataset.worker).then(r => {
			const worker = r.installing ?? r.active
			worker.onstatechange = () => { window.works = worker.state }
			window.works = worker.state
		})`), is(`window.works === 'activated'`),
	)

	// Customers come; the list shows them by itself.
	c.hearFrom(t, "telegram:1001", "Matti Virtanen", dialogue.Said{Text: "mitä toimitus maksaa?"})
	c.hearFrom(t, "telegram:1002", "Sari", dialogue.Said{Text: "haluan puhua ihmiselle"})
	c.pass(12 * time.Minute)
	c.hear(t, dialogue.Said{Text: "etsin vedenpitäviä talvikenkiä lapselle koko 30"})
	c.hear(t, dialogue.Said{Text: "laita eka ostoskoriin"})
	c.hear(t, dialogue.Said{Text: "sininen"})
	c.hear(t, dialogue.Said{Text: "haluan puhua ihmiselle"})
	c.pass(3 * time.Minute)
	run(t, ctx,
		has("[data-part=queue]", "Odottaa: 2"), has(".late", "Odottanut 15 min"), has(".waiting", "2C9A"), seen(t, "list"),
		is(`document.title.startsWith('(2) ')`),
		click(`a[href="`+talkPath+`"]`), has(".lines", "haluan puhua ihmiselle"),
		is(`document.getElementById('text') == null`), seen(t, "waiting"),
		click("form[action$=take] button"), has(".head", "Sinulla"),
		is(`document.activeElement.id === 'text'`),
	)

	// What comes while one writes does not disturb the writing.
	run(t, ctx, write("#text", "Hei! Katson heti, "))
	c.hear(t, dialogue.Said{Text: "Kiitos <b>kovasti</b>!"})
	run(t, ctx,
		has(".line.customer:last-child", "Kiitos <b>kovasti</b>!"),
		write("#text", "löytyykö.\r\r"),
		has("[data-part=alert]", "Asiakas kirjoitti lisää"), is(`document.activeElement.id === 'text'`),
		write("#text", "\r"), is(`!document.querySelector('.held').hidden`), click("[data-undo]"), is(`document.querySelector('.held').hidden`),
		// The connection is lost: that the reply has not left is told until it does.
		chromedp.Evaluate[chromedp.Void](`window.online = fetch; window.fetch = () => Promise.reject(new TypeError('lost'))`),
		write("#text", "\r\r"), has("[data-part=alert]:not([hidden])", "Ei mennyt perille"), is(`!document.getElementById('offline').hidden`), seen(t, "unsent"),
		chromedp.Evaluate[chromedp.Void](`window.fetch = window.online; document.addEventListener('tiski-shown', () => { window.again = true }, { once: true }); dispatchEvent(new Event('online'))`),
		is(`window.again === true && document.getElementById('offline').hidden`), has("[data-part=alert]:not([hidden])", "Ei mennyt perille"),
		write("#text", "\r\r"),
		has(".line.staff", "Hei! Katson heti, löytyykö."), is(`document.querySelector('[data-part=alert]').hidden`),
		is(`document.getElementById('text').value === ''`),
		// A picture goes small, one that the browser cannot draw stays, as does what is being written.
		// What is chosen stands below what was being written.
		write("#text", "Hei."), chromedp.Evaluate[chromedp.Void](`document.querySelector('#stock [data-use]').click(); window.put = document.getElementById('text').value; document.querySelector('#stock [data-use]').click()`),
		is(`window.put.startsWith('Hei.\n') && window.put.length > 9 && document.getElementById('text').value === window.put`),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('text').value = ''`),
		// What is half written is there again after another page.
		write("#text", "Luonnos"), chromedp.Navigate(c.url+"/console"), click(`a[href="`+talkPath+`"]`), is(`document.getElementById('text').value === 'Luonnos'`),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('text').value = ''`),
		write("#text", "Kesken"), click(".attach summary"),
		chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`{ const files = new DataTransfer()
			files.items.add(new File([new Uint8Array(%d)], 'kuva.heic', { type: 'image/heic' }))
			document.getElementById('picture').files = files.files
			document.querySelector('.picture').requestSubmit() }`, console.MaxPicture+1)),
		has("[data-part=alert]:not([hidden])", "Kuva on liian suuri. Suurin koko on 960 kt."),
		chromedp.Evaluate[chromedp.Void](`{ const large = new OffscreenCanvas(2000, 1200)
			large.getContext('2d').fillRect(100, 100, 800, 500)
			void large.convertToBlob().then(png => {
				const files = new DataTransfer()
				files.items.add(new File([png], 'kuva.png', { type: 'image/png' }))
				document.getElementById('picture').files = files.files
				document.querySelector('.picture').requestSubmit()
			}) }`),
		is(`document.querySelector('.line.staff .photo img')?.naturalWidth === 1600`), is(`document.getElementById('text').value === 'Kesken'`), is(`document.querySelector('[data-part=alert]').hidden`),
		click(".attach summary"), seen(t, "picture"), chromedp.Evaluate[chromedp.Void](`document.getElementById('text').value = ''`),
		click(".back summary"), write("#note", "Ilmainen toimitus tälle tilaukselle."), seen(t, "mine"),
		click("form[action$=back] button"), has(".head", "Botti hoitaa"), has(".lines", "Ilmainen toimitus tälle tilaukselle."),
		is(`document.getElementById('text') == null`), seen(t, "handed-back"),
	)

	// Somebody else is first: the page shows it, and an old button says so.
	mia := c.at(t, "mia")
	run(t, ctx, chromedp.Evaluate[chromedp.Void](`window.late = document.querySelector('form[action$=take]').cloneNode(true)`))
	mia.act(t, "take", nil)
	run(t, ctx,
		has(".head", "Hoitaa Mia"),
		chromedp.Evaluate[chromedp.Void](`document.querySelector('.acts').append(late); late.requestSubmit()`),
		has("[data-part=alert]", "Mia ehti ensin"), seen(t, "late"),
	)
	c.openCase(t, "1", catalog.Withdrawal)
	c.openCase(t, "2", catalog.Complaint)
	run(t, ctx,
		chromedp.Navigate(c.url+"/console"), click(`a[href="/console/cases"]`), has("h1", "Palautukset ja reklamaatiot"), seen(t, "cases"),
		click(`form[action$=advance] button`), has(".snag", "tuotteet saapuneet"),
	)
	c.hearFrom(t, "telegram:1003", "Pekka", dialogue.Said{Text: "lehmä lensi kuun yli"})
	c.hearFrom(t, "telegram:1004", "Pekka", dialogue.Said{Text: "mikä on " + strings.Repeat("kvanttikaksoisväänne", 4)})
	c.bank(t)
	c.sell(t, "3")
	c.hold(t, "3", catalog.Rejected{Why: catalog.RejectedGoods})
	c.order(t, "4", customer)
	run(t, ctx,
		chromedp.Navigate(c.url+talkPath), click(".why a"), has("h1", "Miten viesti luettiin"), seen(t, "reading"),
		click(".correct button"), has(".notes", "Muistiinpanot"),
		write("#remark", "Soitti aamulla."), click(".remark > button"), has(".note", "Soitti aamulla."), is(`document.getElementById('remark').value === ''`),
		chromedp.Evaluate[chromedp.Void](`document.querySelector('.order').open = document.querySelector('.marking').open = true; document.querySelector('.about').scrollTop = 9999`), seen(t, "customer"),
		chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)), is(`document.getElementById('palette').open`), write("#palette input", "muist"), seen(t, "palette"),
		write("#palette input", "\r"), is(`document.activeElement.id === 'remark'`),
		chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)), write("#palette input", "talvikenkä"), has("#palette .hit mark", "talvik"), seen(t, "palette-hits"),
		is(`document.querySelector('#palette [role=status]').textContent.startsWith('Osumia: ')`),
		chromedp.Evaluate[chromedp.Void](`document.querySelector('#palette input').select()`), write("#palette input", "kenkä\r"), has("main mark", "ken"), seen(t, "search"),
		chromedp.KeyEvent("?"), is(`document.getElementById('keyboard').open`),
		chromedp.Evaluate[chromedp.Void](`document.querySelector('mark').closest('a').click()`), is(`document.querySelector('.line:target')?.textContent.toLowerCase().includes("ken")`), seen(t, "whole"),
		chromedp.Navigate(c.url+"/console/examples"), has(".snag", "Luettiin"), seen(t, "examples"),
		chromedp.Navigate(c.url+"/console/answers"), has("h1", "Vastaukset"), click(".snag summary"), seen(t, "answers"),
		chromedp.Navigate(c.url+"/console/reviews"), has("h1", "Arvostelut"), seen(t, "reviews"),
		has("[data-part=queue]", "Odottaa: 1"),
		chromedp.Navigate(c.url+"/console/snags"), has(".snag", "Yritä uudelleen"), seen(t, "snags"),
		chromedp.Navigate(c.url+"/console/me"), has("h1", "Oma tunnus"), seen(t, "me"),
		chromedp.Navigate(c.url+"/console/report"), has("h1", "Raportit"), seen(t, "report"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('waits').scrollIntoView()`), seen(t, "report-below"),
		chromedp.Navigate(c.url+"/console/staff"), has("h1", "Henkilökunta"), seen(t, "staff"),
		chromedp.Navigate(c.url+"/console/trail"), has("table", "kirjautui"), seen(t, "trail"),
		chromedp.Navigate(c.url+"/console/code"), has("h1", "Anna koodi"), seen(t, "code"),
	)
	if got := strings.Count(c.said(t), "Hei! Katson heti, löytyykö."); got != 1 {
		t.Errorf("the reply was said %d times", got)
	}
}
