package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserByKeyboard buys with the keyboard alone; -v tells what a screen
// reader would say meanwhile.
func TestBrowserByKeyboard(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	_, address := openPage(t)
	b := openBrowser(t)
	b.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address))
	b.until(`shadow() !== null`)
	b.reach(`Avaa keskustelu`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`shadow().activeElement?.tagName === 'TEXTAREA' && said('bot') !== ''`)
	r := &listener{browser: b}
	r.hear("opens the chat")
	write := func(text string) {
		t.Helper()
		asked := b.text(`shadow().querySelectorAll('.message.bot').length`)
		b.say(text)
		b.until(`shadow().querySelectorAll('.message.bot').length > ` + asked + ` && !shadow().querySelector('.pending')`)
		r.hear("writes: " + text)
	}
	choose := func(label string) {
		t.Helper()
		asked := b.text(`shadow().querySelectorAll('.message.bot').length`)
		b.until(`[...shadow().querySelectorAll('.buttons button')].some((e) => e.textContent.startsWith('` + label + `'))`)
		b.reachBack(label)
		b.do(chromedp.KeyEvent(kb.Enter))
		b.until(`shadow().querySelectorAll('.message.bot').length > ` + asked + ` && !shadow().querySelector('.pending')`)
		b.until(`shadow().activeElement?.tagName === 'TEXTAREA'`)
		r.hear("presses: " + label)
	}
	write("Villavuona-villasukat harmaa 40/43")
	choose("Lisää koriin")
	choose("Tilaamaan")
	for _, told := range []string{"Ville Laine", "ville@example.fi", "0405556666"} {
		write(told)
	}
	choose("Nouto myymälästä")
	choose("Maksu noudettaessa")
	choose("Tilaa ja maksa")
	b.until(`/T-\d{6}/.test(said('bot'))`)
	if spoken := strings.Join(r.spoken, "\n"); !strings.Contains(spoken, "Tilaa ja maksa") || !strings.Contains(spoken, "T-") {
		t.Errorf("the order or its number is not spoken:\n%s", spoken)
	}
}

// mostTabs is how many presses of Tab anything on the page may be away.
const mostTabs = 80

// reach presses Tab until what has a label has the focus; reachBack goes the other
// way.
func (b *browser) reach(label string) { b.t.Helper(); b.tab(label) }
func (b *browser) reachBack(label string) {
	b.t.Helper()
	b.tab(label, chromedp.KeyModifiers(chromedp.ModifierShift))
}

func (b *browser) tab(label string, how ...chromedp.KeyOption) {
	b.t.Helper()
	for range mostTabs {
		b.do(chromedp.KeyEvent(kb.Tab, how...))
		if b.text(`(shadow().activeElement?.ariaLabel ?? shadow().activeElement?.textContent ?? '').startsWith('`+label+`')`) == "true" {
			return
		}
	}
	b.t.Fatalf("%s is not reached with the keyboard", label)
}

// listener hears the screen read aloud: what comes into the log, and what has
// the focus.
type listener struct {
	*browser
	read   []string // the log as it was
	spoken []string
}

// hear tells what is said after something the customer did.
func (r *listener) hear(after string) {
	r.t.Helper()
	now := r.log()
	same := 0
	for same < len(now) && same < len(r.read) && now[same] == r.read[same] {
		same++
	}
	r.t.Logf("%s\n    %s", after, strings.Join(now[same:], "\n    "))
	r.read, r.spoken = now, append(r.spoken, now[same:]...)
}

// log is the chat's log as the accessibility tree has it, a line for each thing.
func (r *listener) log() []string {
	r.t.Helper()
	var tree accessibility.GetFullAXTreeResult
	r.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		tree, err = cdp.Call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		return err
	}))
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	var lines []string
	var read func(id accessibility.NodeID)
	read = func(id accessibility.NodeID) {
		n := nodes[id]
		if n == nil {
			return
		}
		role, name := spoken(n.Role), spoken(n.Name)
		switch {
		case n.Ignored:
		case role == "StaticText":
			lines = append(lines, name)
			return
		case role == "button" || role == "link":
			lines = append(lines, name+" ("+role+")")
			return
		}
		for _, child := range n.ChildIDs {
			read(child)
		}
	}
	for _, n := range tree.Nodes {
		nodes[n.NodeID] = n
	}
	for _, n := range tree.Nodes {
		if !n.Ignored && spoken(n.Role) == "log" {
			for _, child := range n.ChildIDs {
				read(child)
			}
		}
	}
	return lines
}

func spoken(v *accessibility.Value) string {
	var text string
	if v == nil || json.Unmarshal(v.Value, &text) != nil {
		return ""
	}
	return text
}

// clockLauncher tells how many milliseconds pass from when the widget's script can
// start to its launcher on the screen: on the browser's first page, and on pages
// after it.
func (b *browser) clockLauncher(address string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
			new MutationObserver((_, seen) => {
				if (!document.querySelector('tiski-chat')) return
				seen.disconnect()
				requestAnimationFrame(() => { // and after that frame
					const after = new MessageChannel()
					after.port1.onmessage = () => { globalThis.painted = performance.now() }
					after.port2.postMessage(0)
				})
			}).observe(document, { childList: true, subtree: true })`})
		return err
	}))
	var all []string
	for range 4 {
		b.do(chromedp.Navigate(address))
		b.until(`globalThis.painted > 0`)
		all = append(all, b.text(`Math.round(painted - Math.max(performance.getEntriesByType('navigation')[0].domInteractive,
			performance.getEntriesByType('resource').find((e) => e.name.endsWith('/widget.js')).responseEnd))`))
	}
	b.t.Logf("the launcher is painted after %s ms", strings.Join(all, ", "))
}
