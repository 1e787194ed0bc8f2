package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/letters"
	"tiski/bot/staff"
	"tiski/catalog"
	"tiski/webhooks"
	"tiski/webhooks/widget"
)

// payloads are words that try to become a page's own: each way out of where words
// may stand, before each thing that could run. What runs calls pwn.
func payloads() (all []string) {
	outs := []string{
		"", `">`, `'>`, "`>", `"/>`, "-->", "]]>", "</textarea>", "</title>", "</style>", "</script>", "</option></select>", "\x00<!---->",
	}
	runs := []string{
		"<script>pwn(1)</script>", "<ScRiPt/x>pwn(1)</sCrIpT >", "<img src=x onerror=pwn(1)>", "<img/src='x'/onerror='pwn(1)'//", "<svg/onload=pwn(1)>",
		"<svg><script>pwn(1)</script></svg>", "<svg><animate onbegin=pwn(1) attributeName=x dur=1s>", "<math><mtext><style><img src onerror=pwn(1)></style></mtext></math>",
		"<noscript><p title='</noscript><img src=x onerror=pwn(1)>'>", "<iframe srcdoc='<script>parent.pwn(1)</script>'></iframe>", "<iframe src=javascript:parent.pwn(1)>",
		"<body onload=pwn(1)>", "<details open ontoggle=pwn(1)>", "<input autofocus onfocus=pwn(1)>", "<video><source onerror=pwn(1)></video>", "<object data='javascript:pwn(1)'>",
		"<base href='javascript:pwn(1)//'>", "<template><s>{{pwn(1)}}</s></template><img src=x onerror=pwn(1)>",
	}
	for _, out := range outs {
		for _, run := range runs {
			all = append(all, out+run)
		}
	}
	return append(all,
		"javascript:pwn(1)", "JaVaScRiPt:pwn(1)", "java\tscript:pwn(1)", "\x01javascript:pwn(1)", "data:text/html,<script>pwn(1)</script>", "vbscript:pwn(1)", "//pwn.example/%3Cscript%3Epwn(1)%3C/script%3E",
		`" onmouseover="pwn(1)" x="`, `' onfocus='pwn(1)' autofocus x='`, "` onclick=`pwn(1)`", `x" style="background:url(javascript:pwn(1))`, `\" onload=\"pwn(1)`,
		"{{constructor.constructor('pwn(1)')()}}", "${pwn(1)}", "<%= pwn(1) %>", "#{pwn(1)}", "{{.Secret}}", "{{template \"frame\"}}", "[[${pwn(1)}]]", "';pwn(1);//", `\u003cimg src=x onerror=pwn(1)\u003e`,
		"＜script＞pwn(1)＜/script＞", "\u202e<script>pwn(1)</script>\u202c", "\u2066<img src=x onerror=pwn(1)>\u2069", "%3Cscript%3Epwn(1)%3C/script%3E", "&lt;script&gt;pwn(1)&lt;/script&gt;", "&#60;img src=x onerror=pwn(1)&#62;",
		"<\u200bscript>pwn(1)</script>", "<a href='jav&#x09;ascript:pwn(1)'>x</a>", "<form action=javascript:pwn(1)><button>x", "<link rel=stylesheet href='data:,*{background:url(javascript:pwn(1))}'>",
		"+ADw-script+AD4-pwn(1)+ADw-/script+AD4-", "<meta http-equiv=refresh content='0;url=javascript:pwn(1)'>", "</tiski-chat><img src=x onerror=pwn(1)>",
	)
}

// hadTalk is a conversation that was had.
type hadTalk []bot.Message

func (hadTalk) See(context.Context, bot.Presence) error { return nil }

func (hadTalk) Present(context.Context, bot.Doing, string) ([]bot.Presence, error) { return nil, nil }

func (s hadTalk) Messages(_ context.Context, _ string, after int64) (all []bot.Message, err error) {
	for _, m := range s {
		if m.Seq > after {
			all = append(all, m)
		}
	}
	return all, nil
}

func (hadTalk) Notify(string, func()) (stop func()) { return func() {} }
func (hadTalk) Handle(context.Context, string, bot.Input) (bot.Turn, error) {
	return bot.Turn{}, nil
}

// unguarded is an address at which a server answers without its content policy:
// what is written into pages must be harmless without it.
func unguarded(t *testing.T, of string) string {
	t.Helper()
	to, err := url.Parse(of)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Del("Content-Security-Policy")
		return nil
	}
	proxy.FlushInterval = -1
	server := httptest.NewServer(proxy)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return server.URL
}

// harmless looks at a page with all words on it: none has become an element, an
// event or an address that runs.
func (b *browser) harmless(where string, most int) {
	b.t.Helper()
	const all = `[...document.querySelectorAll('*'), ...(document.querySelector('tiski-chat')?.shadowRoot?.querySelectorAll('*') ?? [])]`
	bad := b.text(`(` + all + `).filter((e) => ['IFRAME', 'OBJECT', 'BASE', 'VIDEO', 'NOSCRIPT', 'animate'].includes(e.tagName) || e.tagName === 'SCRIPT' && !e.src && e.type !== 'application/json' ||
		[...e.attributes].some((a) => /^on|^srcdoc$/i.test(a.name) || /^(href|src|action|formaction|data)$/i.test(a.name) && /^[\s\x00-\x1f]*(j\s*a\s*v\s*a\s*s|vbs|data:text)/i.test(a.value)))
		.map((e) => e.outerHTML.slice(0, 200)).join('\n')`)
	if bad != "" {
		b.t.Errorf("%s has become another page:\n%s", where, bad)
	}
	shown := b.text(`document.documentElement.textContent.split('pwn(1)').length + (document.querySelector('tiski-chat')?.shadowRoot?.textContent.split('pwn(1)').length ?? 0)`)
	var n int
	if fmt.Sscan(shown, &n); n < most {
		b.t.Errorf("%s shows %d of %d payloads", where, n, most)
	}
	for _, told := range b.faults() {
		if strings.Contains(told, "pwn is not") || strings.Contains(told, "pwn") && strings.Contains(told, "ReferenceError") {
			b.t.Errorf("on %s something ran: %s", where, told)
		}
	}
}

// TestWordsStayWords shows a corpus of payloads on every page, as products, names,
// messages, buttons and addresses, in a browser.
func TestWordsStayWords(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	all := payloads()
	if len(all) < 200 {
		t.Fatalf("%d payloads", len(all))
	}
	joined := strings.ReplaceAll(strings.Join(all, "\n"), "\x00", "")
	b := openBrowser(t)

	// The shop's page and the chat on it.
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	shop := *shelf.Shop
	shop.Products = append([]catalog.Product(nil), shop.Products...)
	for i := range shop.Products {
		shop.Products[i].Name, shop.Products[i].Image = catalog.Text{"fi": strings.Join(all, " ")}, all[i%len(all)]
	}
	var talk hadTalk
	for i, p := range all {
		talk = append(talk, bot.Message{
			Seq: int64(i + 1), From: []dialogue.Speaker{dialogue.ByBot, dialogue.ByCustomer, dialogue.ByStaff}[i%3], Staff: p, Text: p, Photo: p,
			Buttons: []bot.Button{{Label: p, Tap: "x"}, {Label: p, URL: p}}, Cards: []bot.Card{{Product: "x", Title: p, Text: p, Price: p, Image: p, Buttons: []bot.Button{{Label: p, Tap: "x"}}}},
		})
	}
	last := &talk[len(talk)-1] // whose buttons are shown
	for last.From, last.Buttons = dialogue.ByBot, nil; len(last.Buttons) < len(all); {
		last.Buttons = append(last.Buttons, bot.Button{Label: "pwn(1)", URL: all[len(last.Buttons)]})
	}
	log := slog.New(slog.DiscardHandler)
	always := func(context.Context, string, int, time.Duration) (bool, time.Duration, error) { return true, 0, nil }
	door, err := widget.New(widget.Options{
		Handler: talk, Talks: talk, Writers: talk, Secret: make([]byte, 32), Allow: always, Shop: func() *catalog.Shop { return &shop }, Clock: time.Now, Trace: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := webhooks.New(webhooks.Options{Log: log})
	server.Mount(door)
	web := httptest.NewServer(server)
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	b.do(chromedp.Navigate(unguarded(t, web.URL) + "/"))
	b.until(`shadow() !== null`)
	b.text(`shadow().querySelector('.launcher').click()`)
	b.until(fmt.Sprintf(`shadow().querySelectorAll('.message').length >= %d`, len(all)))
	b.harmless("the chat", 2*len(all))

	// An order's page and its letter.
	o := openDoors(t)
	order := anOrder(shelf.Shop, 1, time.Now())
	order.Conversation = "widget:payloads"
	order.Contact.Name, order.Address.Street, order.Address.City, order.Greeting = joined, joined, joined, joined
	for i := range order.Lines {
		order.Lines[i].Title, order.Lines[i].Options = joined, map[string]string{"color": joined}
	}
	if order, err = o.store.Place(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	base := unguarded(t, o.base)
	b.do(chromedp.Navigate(base + "/o/" + order.Token))
	b.harmless("the order's page", len(all))
	b.do(chromedp.Navigate(base + "/o/" + order.Token + "/withdraw"))
	b.harmless("the form of withdrawal", len(all))
	writer := letters.Writer{Shop: shelf.Shop, Words: shelf.Voice, Base: base}
	letter, err := writer.Confirmation(order)
	if err != nil {
		t.Fatal(err)
	}
	said, err := writer.Transcript(letters.Notice{ID: "1", Email: "a@example.fi", Lang: "fi", Said: []letters.Said{{By: "staff", Name: joined, Text: joined, Goods: all}}})
	if err != nil {
		t.Fatal(err)
	}
	post := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, letter.HTML, said.HTML)
	}))
	t.Cleanup(post.Close)
	b.do(chromedp.Navigate(post.URL))
	b.harmless("the letters", 2*len(all))

	// What staff see: the list with a name each, and a conversation.
	for i, p := range all[len(all)-60:] {
		o.hears(t, fmt.Sprint("widget:named", i), "1", p, dialogue.Said{Text: "ihminen kiitos"})
	}
	for i := 0; i < len(all); i += 15 {
		o.hears(t, order.Conversation, fmt.Sprint(i), joined[:200], dialogue.Said{Text: strings.ReplaceAll(strings.Join(all[i:min(i+15, len(all))], "\n"), "\x00", "")})
	}
	pass := o.bot.Passes.Sign(dialogue.PassCopy, order.Conversation, time.Now().Add(time.Hour))
	b.do(chromedp.Navigate(base + "/data/" + pass))
	b.harmless("the copy", 100)
	o.colleague(t, "aino", staff.Admin)
	b.do(chromedp.Navigate(base + "/console/sign-in"))
	b.text(`(document.querySelector('[name=name]').value = 'aino', document.querySelector('[name=password]').value = ` + "`" + staffPassword + "`" + `, document.querySelector('[name=password]').form.submit(), 1)`)
	b.until(`location.pathname === '/console' && document.readyState === 'complete'`)
	b.harmless("the list of conversations", 50)
	b.do(chromedp.Navigate(base + "/console/talk/" + url.PathEscape(order.Conversation)))
	b.harmless("a conversation as staff see it", 80)
}

// hears hands an input in.
func (o *openHouse) hears(t *testing.T, conversation, id, name string, what dialogue.Input) {
	t.Helper()
	if _, err := o.bot.Handle(t.Context(), conversation, bot.Input{ID: id, Name: name, What: what}); err != nil {
		t.Fatal(err)
	}
}
