package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiski/bot"
	"tiski/bot/dialogue"
)

const (
	sentThroughCuts = 200 // messages
	cutTime         = time.Second
)

// throughCuts reads what a person writes, in two tabs of one browser, over a
// line that breaks every second: all of it, in order, nothing twice.
func (b *browser) throughCuts(shop *losing, address string) {
	b.t.Helper()
	broken := cuttingLine(b.t, address)
	b.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(broken))
	b.until(`shadow() !== null`)
	b.text(`Tiski.open()`)
	b.until(`said('bot') !== ''`)
	ctx, leave := chromedp.NewContext(b.ctx)
	defer leave()
	other := &browser{t: b.t, ctx: ctx, dir: b.dir}
	other.do(chromedp.Navigate(broken))
	other.until(`shadow() !== null`)
	other.text(`Tiski.open()`)
	other.until(`said('bot') !== ''`)

	conversation := b.text(`JSON.parse(localStorage.getItem('tiski.session')).conversation`)
	handle := func(id string, what dialogue.Input) {
		if _, err := shop.Handle(b.t.Context(), conversation, bot.Input{ID: id, What: what}); err != nil {
			b.t.Fatal(err)
		}
	}
	handle("cut/taken", dialogue.Taken{Staff: chatStaff, Name: chatName})
	var want []string
	pace := time.NewTicker(4 * cutTime / sentThroughCuts) // several cuts while they come
	defer pace.Stop()
	for i := range sentThroughCuts {
		<-pace.C
		text := fmt.Sprintf("viesti %d", i)
		want = append(want, text)
		handle(fmt.Sprint("cut/", i), dialogue.StaffSaid{Staff: chatStaff, Name: chatName, Text: text})
	}
	for name, tab := range map[string]*browser{"the tab": b, "the other tab": other} {
		tab.until(fmt.Sprintf(`said('staff').endsWith(%q)`, want[len(want)-1]))
		if got := tab.text(`said('staff')`); got != strings.Join(want, "\n") {
			b.t.Errorf("%s shows\n%s", name, got)
		}
	}
	streams := 0
	for _, tab := range []*browser{b, other} {
		if tab.text(`document.querySelector('tiski-chat').panel.talk.stream.live`) == "true" {
			streams++
		}
	}
	if streams > 1 {
		b.t.Errorf("%d tabs hold a stream", streams)
	}
}

// cuttingLine is the address of a line to a server that breaks every second.
func cuttingLine(t *testing.T, address string) string {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	open := map[net.Conn]bool{}
	cut := func() {
		mu.Lock()
		defer mu.Unlock()
		for c := range open {
			c.Close()
			delete(open, c)
		}
	}
	ticker := time.NewTicker(cutTime)
	ended := make(chan struct{})
	t.Cleanup(func() { listener.Close(); ticker.Stop(); close(ended); cut() })
	go func() {
		for {
			select {
			case <-ticker.C:
				cut()
			case <-ended:
				return
			}
		}
	}()
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to.Host)
			if err != nil {
				near.Close()
				continue
			}
			mu.Lock()
			open[near], open[far] = true, true
			mu.Unlock()
			go func() { io.Copy(far, near); far.Close() }()
			go func() { io.Copy(near, far); near.Close() }()
		}
	}()
	return "http://" + listener.Addr().String() + "/"
}
