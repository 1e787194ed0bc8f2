package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What the benchmarks of messages ask.
const (
	crowd      = 10_000 // customers, who write in turn, each in a conversation of their own
	atATime    = 64     // who wait for an answer
	roundTime  = 3 * time.Second
	steadyRate = 2000 // messages a second, of the latencies
)

var commonQuestions = []string{
	"moi", "etsin vedenpitäviä talvikenkiä lapselle koko 30, alle 80 euroa", "paljonko toimitus maksaa",
	"onko teillä villasukkia", "voiko maksaa laskulla", "mikä on palautusaika", "kahvinkeitin", "kauanko toimitus kestää 33100",
}

// question is what the i-th message says; every customer begins elsewhere.
func question(i int) string { return commonQuestions[(i/crowd+i)%len(commonQuestions)] }

// contest is loads that are measured in turns, one beside the others, so that
// what else the machine does bears on all of them.
type contest struct{ entries []*entry }

// entry is one of them.
type entry struct {
	name  string
	load  *load
	nodes []int // their processes
	under int   // that of Redis

	perSecond, own, redis []float64       // of each round; the costs are milliseconds of processors a message
	p50, p99              []time.Duration // at the steady rate
}

// saturate measures every load once at saturation.
func (c *contest) saturate(b *testing.B) {
	b.Helper()
	for _, e := range c.entries {
		nodes, under := cpu(b, e.nodes...), cpu(b, e.under)
		o := e.load.saturate(b, roundTime)
		if len(o.refused) > 0 || len(o.took) == 0 {
			b.Fatalf("%s: %d were answered, %d refused", e.name, len(o.took), len(o.refused))
		}
		each := func(worked time.Duration) float64 { return worked.Seconds() * 1000 / float64(len(o.took)) }
		e.perSecond = append(e.perSecond, o.perSecond())
		e.own = append(e.own, each(cpu(b, e.nodes...)-nodes))
		e.redis = append(e.redis, each(cpu(b, e.under)-under))
	}
}

// steady measures the latencies of every load once at the steady rate.
func (c *contest) steady(b *testing.B) {
	b.Helper()
	for _, e := range c.entries {
		o := e.load.pace(b, steadyRate, roundTime)
		e.p50, e.p99 = append(e.p50, o.quantile(.5)), append(e.p99, o.quantile(.99))
	}
}

// table tells the medians of all rounds; ratios are to the first entry.
func (c *contest) table() string {
	t := fmt.Sprintf("%-28s %10s %6s %14s %12s %10s %10s\n", "", "messages/s", "ratio", "own CPU ms", "Redis ms", "p50 at "+strconv.Itoa(steadyRate), "p99")
	for _, e := range c.entries {
		t += fmt.Sprintf("%-28s %10.0f %6.2f %14.3f %12.3f %10s %10s\n", e.name, median(e.perSecond), median(e.perSecond)/median(c.entries[0].perSecond),
			median(e.own), median(e.redis), median(e.p50).Round(10*time.Microsecond), median(e.p99).Round(10*time.Microsecond))
	}
	return t
}

func median[N cmp.Ordered](of []N) N { return slices.Sorted(slices.Values(of))[len(of)/2] }

// BenchmarkMessages is what a message costs the compiled program with a real
// Redis, of the widget and of Telegram, beside two floors that understand
// nothing. Every message is read, stepped, committed and answered, and what is
// said is copied to SQL meanwhile.
func BenchmarkMessages(b *testing.B) {
	url := realRedis(b)
	api := newSmallAPI(b)
	p := launch(b, b.TempDir(), append(api.settings(), "REDIS_URL="+url))
	defer func() {
		if b.Failed() {
			b.Log(p.log)
		}
	}()
	base, pid := floor(b, url)
	floors := func(path string) *load {
		return &load{addrs: []string{base}, callers: atATime, request: func(i int) []byte {
			return wholePost(path, "Authorization: "+strconv.Itoa(i%crowd)+"\r\n", fmt.Appendf(nil, `{"id":"b%d","text":%q}`, i, question(i)))
		}}
	}
	under, own, its := pidOf(b, url), []int{pid}, []int{p.cmd.Process.Pid}
	c := &contest{[]*entry{
		{name: "floor: one script", load: floors("/script"), nodes: own, under: under},
		{name: "floor: GET and SET", load: floors("/trips"), nodes: own, under: under},
		{name: "widget, reply in the answer", load: widgetLoad(b, p), nodes: its, under: under},
		{name: "Telegram, reply sent", load: api.load(b, p), nodes: its, under: under},
	}}
	rounds := 0
	for b.Loop() {
		c.saturate(b)
		c.steady(b)
		rounds++
	}
	b.Logf("medians of %d rounds\n%s", rounds, c.table())
	widget, telegram := c.entries[2], c.entries[3]
	b.ReportMetric(median(widget.perSecond), "widget/s")
	b.ReportMetric(median(widget.own), "widget-ms")
	b.ReportMetric(median(telegram.perSecond), "telegram/s")
	b.ReportMetric(median(telegram.own), "telegram-ms")
	b.ReportMetric(0, "ns/op")
}

// openConversations opens one for each of the crowd, and returns the headers that
// go with them.
func openConversations(t testing.TB, p *program) []string {
	t.Helper()
	var mu sync.Mutex
	var tokens []string
	opened := &load{addrs: []string{strings.TrimPrefix(p.base, "http://")}, callers: atATime, request: func(int) []byte {
		return wholePost("/widget/v1/session", "", []byte(`{"lang":"fi"}`))
	}, read: func(body []byte) error {
		var session struct{ Token string }
		if err := json.Unmarshal(body, &session); err != nil || session.Token == "" {
			return fmt.Errorf("session: %s: %w", body, err)
		}
		mu.Lock()
		defer mu.Unlock()
		tokens = append(tokens, "Authorization: Bearer "+session.Token+"\r\n")
		return nil
	}}
	opened.times(t, crowd)
	return tokens
}

// widgetLoad opens the crowd's conversations and returns their messages.
func widgetLoad(t testing.TB, p *program) *load {
	t.Helper()
	tokens := openConversations(t, p)
	return &load{addrs: []string{strings.TrimPrefix(p.base, "http://")}, callers: atATime, request: func(i int) []byte {
		return wholePost("/widget/v1/messages", tokens[i%crowd], fmt.Appendf(nil, `{"id":"b%d","text":%q}`, i, question(i)))
	}, read: func(body []byte) error {
		if !bytes.Contains(body, []byte(`"from":"bot"`)) {
			return fmt.Errorf("no reply: %s", body)
		}
		return nil
	}}
}

// smallAPI is Telegram's Bot API, as far as a message needs it: it takes what
// is sent and says that it is.
type smallAPI struct {
	server *httptest.Server
	mu     sync.Mutex
	await  map[int64][]chan struct{} // who wait for a message to a chat
}

const (
	smallToken  = "42:small-token"
	smallSecret = "small-secret"
	firstChat   = 1_000_000
)

func newSmallAPI(t testing.TB) *smallAPI {
	a := &smallAPI{await: map[int64][]chan struct{}{}}
	a.server = httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(a.server.Close)
	return a
}

func (a *smallAPI) settings() []string {
	return []string{
		"PUBLIC_URL=http://127.0.0.1:1", "TELEGRAM_LIMITS=0,0,0", "TELEGRAM_BOT_TOKEN=" + smallToken,
		"TELEGRAM_WEBHOOK_SECRET=" + smallSecret, "TELEGRAM_API_URL=" + a.server.URL,
	}
}

func (a *smallAPI) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if !strings.Contains(r.URL.Path, "/send") {
		io.WriteString(w, `{"ok":true,"result":true}`)
		return
	}
	r.ParseMultipartForm(1 << 20)
	chat, _ := strconv.ParseInt(r.FormValue("chat_id"), 10, 64)
	result := fmt.Sprintf(`{"message_id":1,"date":1789300000,"chat":{"id":%d,"type":"private"},"photo":[{"file_id":"f","file_unique_id":"u","width":8,"height":8}]}`, chat)
	if album := r.FormValue("media"); album != "" {
		result = "[" + strings.Repeat(result+",", strings.Count(album, `"media":`)-1) + result + "]"
	}
	fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, waiting := range a.await[chat] {
		close(waiting)
	}
	delete(a.await, chat)
}

// load is updates with messages of the crowd; each is done when something was
// sent to its chat.
func (a *smallAPI) load(t testing.TB, p *program) *load {
	t.Helper()
	chat := func(i int) int64 { return int64(firstChat + i%crowd) }
	var waits sync.Map // by the number of the message
	updates := &load{addrs: []string{strings.TrimPrefix(p.base, "http://")}, callers: atATime, request: func(i int) []byte {
		sent := make(chan struct{})
		waits.Store(i, sent)
		a.mu.Lock()
		a.await[chat(i)] = append(a.await[chat(i)], sent)
		a.mu.Unlock()
		return wholePost("/webhooks/telegram", "X-Telegram-Bot-Api-Secret-Token: "+smallSecret+"\r\n", fmt.Appendf(nil,
			`{"update_id":%d,"message":{"message_id":%d,"date":1789300000,"from":{"id":%[3]d,"is_bot":false,"first_name":"Maija","language_code":"fi"},`+
				`"chat":{"id":%[3]d,"type":"private","first_name":"Maija"},"text":%[4]q}}`, i, i, chat(i), question(i)))
	}, done: func(i int) {
		sent, _ := waits.LoadAndDelete(i)
		<-sent.(chan struct{})
	}}
	updates.times(t, crowd) // every chat is known then, and every picture
	return updates
}

// BenchmarkTwoNodes is what a message of the widget costs two nodes of the compiled
// program together, beside one: when all messages of a conversation come to one of
// them, and when each comes to any.
func BenchmarkTwoNodes(b *testing.B) {
	c := &contest{}
	for _, one := range []struct {
		name  string
		nodes int
		to    func(i int) int
	}{
		{"one node", 1, nil},
		{"two, by conversation", 2, func(i int) int { return i % crowd % 2 }},
		{"two, at random", 2, func(int) int { return rand.IntN(2) }},
	} {
		url, data := realRedis(b), b.TempDir()
		e := &entry{name: one.name, under: pidOf(b, url)}
		var addrs []string
		for range one.nodes {
			p := launch(b, data, []string{"REDIS_URL=" + url})
			e.nodes, addrs = append(e.nodes, p.cmd.Process.Pid), append(addrs, strings.TrimPrefix(p.base, "http://"))
			if e.load == nil {
				e.load = widgetLoad(b, p)
			}
		}
		e.load.addrs, e.load.to = addrs, one.to
		c.entries = append(c.entries, e)
	}
	for b.Loop() {
		c.saturate(b)
	}
	for _, e := range c.entries {
		var ratios []float64
		for i, own := range e.own {
			ratios = append(ratios, own/c.entries[0].own[i])
		}
		b.Logf("%-22s %6.0f messages/s, own CPU %.3f ms a message, %.2f of one node's, Redis %.3f ms", e.name, median(e.perSecond), median(e.own), median(ratios), median(e.redis))
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkFirstAnswer is the time from the compiled program's start to its
// first answer to a customer.
func BenchmarkFirstAnswer(b *testing.B) {
	if _, err := compiled(); err != nil {
		b.Fatal(err)
	}
	var all time.Duration
	for b.Loop() {
		start := time.Now()
		p := launch(b, b.TempDir(), nil)
		if h := p.visit(b).say("moi"); len(h.Messages) == 0 {
			b.Fatal("no answer")
		}
		all += time.Since(start)
		p.kill()
	}
	b.ReportMetric(all.Seconds()*1000/float64(b.N), "ms")
}
