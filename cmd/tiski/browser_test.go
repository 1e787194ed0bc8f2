package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/sync/errgroup"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/catalog/picture"
	"tiski/webhooks"
	"tiski/webhooks/widget"
)

const chromium = "/usr/bin/chromium"

// TestBrowser uses the shop's page as a customer does: with the keyboard, on a
// desktop and on a phone.
func TestBrowser(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	shop, address := openPage(t)
	b := openBrowser(t)

	b.clockLauncher(address)
	b.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address))
	b.until(`shadow() !== null`)
	if kept := b.text(`JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])`); kept != `[0,0,""]` {
		t.Errorf("before the chat is opened the browser keeps %s", kept)
	}
	if asked := b.text(`performance.getEntriesByType('resource').filter((e) => e.name.includes('widget')).length`); asked != "1" {
		t.Errorf("before the chat is opened the browser asks for %s files of it", asked)
	}
	b.accessible("closed")

	// The launcher is found with the keyboard, opens with Enter and hands the focus on.
	for range 80 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if b.text(`shadow().activeElement?.className`) == "launcher" {
			break
		}
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`shadow().activeElement?.tagName === 'TEXTAREA'`)
	b.until(`said('bot').includes('Tuulikello')`)
	if title := b.text(`shadow().querySelector('h2').textContent`); title != "Tekoälyavustaja" {
		t.Errorf("the chat calls itself %q", title)
	}

	b.say("moi")
	b.until(`said('customer') === 'moi' && !shadow().querySelector('.pending')`)
	b.until(`shadow().querySelectorAll('.message.bot').length >= 2`)

	b.click(`.message:last-child > .buttons button`)
	b.until(`shadow().querySelectorAll('.message.bot').length >= 3`)
	b.say("etsin vedenpitäviä talvikenkiä lapselle koko 30")
	b.until(`shadow().querySelectorAll('.card').length >= 2`)
	b.until(`shadow().querySelector('.card img').naturalWidth > 0`)
	b.accessible("open")
	if rest := b.text(`JSON.stringify(shadow().querySelector('textarea').value)`); rest != `""` {
		t.Errorf("after sending %s is left in the field", rest)
	}
	bubbles := b.text(`said()`)
	if strings.Count(bubbles, "etsin vedenpitäviä") != 1 {
		t.Errorf("a message is shown more than once:\n%s", bubbles)
	}

	b.buy()
	bubbles = b.text(`said()`)

	b.do(chromedp.KeyEvent(kb.Escape))
	b.until(`shadow().querySelector('.panel').hidden && shadow().activeElement?.className === 'launcher'`)

	// The conversation is the same after the page is loaded anew.
	b.do(chromedp.Reload())
	b.until(`shadow() !== null`)
	b.text(`shadow().querySelector('.launcher').click()`)
	b.until(`shadow().querySelectorAll('.card').length >= 2 && said().includes('T-')`)
	if again := b.text(`said()`); again != bubbles {
		t.Errorf("after a reload the conversation is\n%s\nnot\n%s", again, bubbles)
	}

	for _, width := range []int64{360, 320} {
		b.do(chromedp.EmulateViewport(width, 740, chromedp.EmulateMobile, chromedp.EmulateTouch))
		b.until(fmt.Sprintf(`innerWidth === %d && document.documentElement.scrollWidth <= innerWidth`, width))
		b.until(`(({left, right, top, bottom}) => left === 0 && right === innerWidth && top === 0 && bottom === innerHeight)(shadow().querySelector('.panel').getBoundingClientRect())`)
		b.until(`shadow().querySelector('form').getBoundingClientRect().right <= innerWidth`)
		b.picture(fmt.Sprintf("phone-%d", width))
	}
	b.accessible("phone")
	b.text(`shadow().querySelector('.head button').click()`)
	b.picture("phone-page")

	// A question on the page is asked in the chat.
	b.text(`document.querySelector('.tiles button').click()`)
	b.until(`said('customer').includes('Kerro lisää tuotteesta')`)
	b.until(`!shadow().querySelector('.pending')`)

	// A person takes the conversation; her words come by themselves.
	b.until(`document.querySelector('tiski-chat').panel.talk.stream.live`)
	conversation := b.text(`JSON.parse(localStorage.getItem('tiski.session')).conversation`)
	for id, what := range []dialogue.Input{
		dialogue.Taken{Staff: chatStaff, Name: chatName}, dialogue.StaffSaid{Staff: chatStaff, Name: chatName, Text: "<b>Hei</b>, täällä Maija."},
	} {
		if _, err := shop.Handle(t.Context(), conversation, bot.Input{ID: fmt.Sprintf("staff/%d", id), What: what}); err != nil {
			t.Fatal(err)
		}
	}
	b.until(`said('staff') === '<b>Hei</b>, täällä Maija.'`)
	b.until(`shadow().querySelector('.head p').textContent === 'Sinua palvelee nyt Maija'`)
	b.picture("staff")
	for _, fault := range b.faults() {
		t.Errorf("the browser tells of %s", fault)
	}

	// An answer is lost on its way: the widget sends again, the shop handles it once.
	if _, err := shop.Handle(t.Context(), conversation, bot.Input{ID: "staff/back", What: dialogue.HandedBack{Staff: chatStaff}}); err != nil {
		t.Fatal(err)
	}
	shop.lose.Store(true)
	b.text(`shadow().querySelector('textarea').focus()`)
	b.say("paljonko toimitus maksaa")
	b.until(`said('customer').endsWith('paljonko toimitus maksaa') && !shadow().querySelector('.pending')`)
	b.until(`shadow().querySelector('.status').textContent === ''`)
	if all := b.text(`said()`); shop.lose.Load() || strings.Count(all, "paljonko toimitus maksaa") != 1 {
		t.Errorf("a message sent again:\n%s", all)
	}

	b.knows(address)
	b.holds(shop)
	b.pictures()
	b.reloads()
	b.enlarged()
	b.speaks()
	b.greets()
	b.throughCuts(shop, address)
}

// needBrowser skips a test where no browser is; on the CI there is one.
func needBrowser(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(chromium); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no browser: %v", err)
		}
		t.Skipf("no browser: %v", err)
	}
}

// losing is a bot of which an answer can be lost on the way.
type losing struct {
	*bot.Bot
	lose atomic.Bool
}

func (l *losing) Handle(ctx context.Context, conversation string, in bot.Input) (bot.Turn, error) {
	turn, err := l.Bot.Handle(ctx, conversation, in)
	if _, said := in.What.(dialogue.Said); said && l.lose.CompareAndSwap(true, false) {
		return bot.Turn{}, errors.New("lost")
	}
	return turn, err
}

// buy orders the last product shown, to be collected from the store.
func (b *browser) buy() {
	b.t.Helper()
	b.press("Lisää koriin")
	b.press("Tilaamaan")
	for _, answer := range []string{"Ville Laine", "ville@example.fi", "0405556666"} {
		asked := b.text(`shadow().querySelectorAll('.message.bot').length`)
		b.say(answer)
		b.until(`shadow().querySelectorAll('.message.bot').length > ` + asked)
	}
	b.press("Nouto myymälästä")
	b.press("Maksu noudettaessa")
	b.until(`shadow().querySelector('.order')?.textContent.startsWith('Tilaa ja maksa 72,00')`)
	b.until(`shadow().querySelector('.text a').href === 'https://tuulikello.example/toimitusehdot'`)
	b.picture("summary")
	b.text(`shadow().querySelector('.order').click()`)
	b.until(`/T-\d{6}/.test(said('bot'))`)
	b.picture("ordered")
}

// press presses the newest button with this label, once it is there.
func (b *browser) press(label string) {
	b.t.Helper()
	found := fmt.Sprintf(`[...shadow().querySelectorAll('.buttons button')].findLast((e) => e.textContent === %q)`, label)
	b.until(found + ` !== undefined`)
	b.text(found + `.click()`)
	b.until(`!shadow().querySelector('.pending')`)
}

// openPage serves the demo shop's page with the whole bot behind it.
func openPage(t *testing.T) (shop *losing, address string) {
	t.Helper()
	c := openWall(t)
	shop = &losing{Bot: c.bot}
	addr, stop := servePage(t, c, shop, "127.0.0.1:0")
	t.Cleanup(stop)
	return shop, "http://" + addr + "/"
}

// openWall opens a counter of the demo shop by the clock on the wall.
func openWall(t *testing.T) *counter {
	t.Helper()
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	c, err := openCounter(t.Context(), shelf, "", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	return c
}

// servePage serves the shop's page at an address, until stop is called.
func servePage(t *testing.T, c *counter, shop widget.Handler, at string) (addr string, stop func()) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	log := slog.New(slog.DiscardHandler)
	door, err := widget.New(widget.Options{
		Handler: shop, Talks: c.conversations, Writers: c.conversations, Photos: c.store, Secret: make([]byte, 32), Allow: c.conversations.Allow,
		Picture: func(image, color string) ([]byte, string, error) { return picture.Of(demo.FS, image, color) },
		Mail:    func(context.Context, string, string, string, string) error { return nil },
		Shop:    func() *catalog.Shop { return c.bot.Shelf().Shop }, Clock: time.Now, Trace: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := webhooks.New(webhooks.Options{Addr: at, Log: log})
	server.Mount(door)
	if addr, err = server.Listen(); err != nil {
		t.Fatal(err)
	}
	var ended errgroup.Group
	ended.Go(func() error { return server.Run(ctx) })
	ended.Go(func() error { return door.Run(ctx) })
	return addr, func() {
		end()
		if err := ended.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// browser is a tab of Chromium.
type browser struct {
	t    *testing.T
	ctx  context.Context
	dir  string // where pictures of the page go
	mu   sync.Mutex
	told []string // its console: faults, breaches of the content policy
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	flags := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir())}
	for _, flag := range []string{
		"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
		"disable-background-networking", "disable-component-update", "disable-sync",
	} {
		flags = append(flags, chromedp.Flag(flag, true))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	t.Cleanup(cancel)
	ctx, close := chromedp.NewExecAllocator(ctx, flags...)
	t.Cleanup(close)
	ctx, leave := chromedp.NewContext(ctx)
	t.Cleanup(leave)
	b := &browser{t: t, ctx: ctx, dir: os.Getenv("PICTURES")}
	if b.dir == "" {
		b.dir = t.TempDir()
	}
	console := chromedp.Console(ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.told = append(b.told, fmt.Sprintf("%s %s", m, m.URL))
			b.mu.Unlock()
		}
	}()
	return b
}

func (b *browser) faults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.told
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// helpers are what the expressions of the test are written with.
const helpers = `
	globalThis.shadow = () => document.querySelector('tiski-chat')?.shadowRoot ?? document.createDocumentFragment()
	globalThis.said = (who = 'message') => [...shadow().querySelectorAll('.' + who + ' > .text')].map((e) => e.textContent).join('\n')
`

// text evaluates an expression.
func (b *browser) text(expression string) string {
	b.t.Helper()
	return get(b, chromedp.Evaluate[string](helpers+`;String(`+expression+`)`))
}

func get[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// until waits for an expression to be true.
func (b *browser) until(expression string) {
	b.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		if b.text(`(() => { try { return `+expression+` } catch { return false } })()`) == "true" { // a page that is being read has no parts yet
			return
		}
		if time.Now().After(deadline) {
			b.picture("stuck")
			b.t.Fatalf("waited in vain for %s\n%s\n%v", expression, b.text(`said()`), b.faults())
		}
		b.do(chromedp.Sleep(20 * time.Millisecond))
	}
}

// say types into what has the focus.
func (b *browser) say(text string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(text), chromedp.KeyEvent(kb.Enter))
}

// click presses what a selector finds in the chat, where it is on the screen.
func (b *browser) click(selector string) {
	b.t.Helper()
	at := get(b, chromedp.Evaluate[[]float64](fmt.Sprintf(
		`(({left, top, width, height}) => [left + width / 2, top + height / 2])(shadow().querySelector(%q).getBoundingClientRect())`, selector)))
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

// picture keeps what the browser shows, for a person to look at.
func (b *browser) picture(name string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name+".png"), get(b, chromedp.CaptureScreenshot()), 0o644); err != nil {
		b.t.Error(err)
	}
}
