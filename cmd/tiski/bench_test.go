package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
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
type contest struct {
	redis   int // its process
	entries []*entry
}

// entry is one of them.
type entry struct {
	name string
	load *load
	pid  int // of the server

	perSecond, own, redis []float64       // of each round; the costs are milliseconds of processors a message
	p50, p99              []time.Duration // at the steady rate
}

// round measures every load once at saturation and once at the steady rate.
func (c *contest) round(b *testing.B) {
	for _, e := range c.entries {
		server, memory := cpu(b, e.pid), cpu(b, c.redis)
		o := e.load.saturate(b, roundTime)
		if o.refused > 0 || len(o.took) == 0 {
			b.Fatalf("%s: %d were answered, %d refused", e.name, len(o.took), o.refused)
		}
		each := func(worked time.Duration) float64 { return worked.Seconds() * 1000 / float64(len(o.took)) }
		e.perSecond = append(e.perSecond, o.perSecond())
		e.own = append(e.own, each(cpu(b, e.pid)-server))
		e.redis = append(e.redis, each(cpu(b, c.redis)-memory))
	}
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
	o, err := redis.ParseURL(url)
	if err != nil {
		b.Fatal(err)
	}
	client := redis.NewClient(o)
	defer client.Close()
	api := newSmallAPI(b)
	p := launch(b, b.TempDir(), append(api.settings(), "REDIS_URL="+url))
	defer func() {
		if b.Failed() {
			b.Log(p.log)
		}
	}()
	base, pid := floor(b, url)
	floors := func(path string) *load {
		return &load{addr: base, callers: atATime, request: func(i int) []byte {
			return wholePost(path, "Authorization: "+strconv.Itoa(i%crowd)+"\r\n", fmt.Appendf(nil, `{"id":"b%d","text":%q}`, i, question(i)))
		}}
	}
	c := &contest{redis: pidOf(b, client), entries: []*entry{
		{name: "floor: one script", load: floors("/script"), pid: pid},
		{name: "floor: GET and SET", load: floors("/trips"), pid: pid},
		{name: "widget, reply in the answer", load: widgetLoad(b, p), pid: p.cmd.Process.Pid},
		{name: "Telegram, reply sent", load: api.load(b, p), pid: p.cmd.Process.Pid},
	}}
	rounds := 0
	for b.Loop() {
		c.round(b)
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
	opened := &load{addr: strings.TrimPrefix(p.base, "http://"), callers: atATime, request: func(int) []byte {
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
	addr := strings.TrimPrefix(p.base, "http://")
	return &load{addr: addr, callers: atATime, request: func(i int) []byte {
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
	await  map[int64]chan struct{} // who waits for a message to a chat
}

const (
	smallToken  = "42:small-token"
	smallSecret = "small-secret"
	firstChat   = 1_000_000
)

func newSmallAPI(t testing.TB) *smallAPI {
	a := &smallAPI{await: map[int64]chan struct{}{}}
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
	if waiting := a.await[chat]; waiting != nil {
		delete(a.await, chat)
		close(waiting)
	}
}

// load is updates with messages of the crowd; each is done when something was
// sent to its chat.
func (a *smallAPI) load(t testing.TB, p *program) *load {
	t.Helper()
	chat := func(i int) int64 { return int64(firstChat + i%crowd) }
	var waits sync.Map // by the number of the message
	updates := &load{addr: strings.TrimPrefix(p.base, "http://"), callers: atATime, request: func(i int) []byte {
		sent := make(chan struct{})
		waits.Store(i, sent)
		a.mu.Lock()
		a.await[chat(i)] = sent
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

// BenchmarkFirstAnswer is the time from the compiled program's start to its
// first answer to a customer.
func BenchmarkFirstAnswer(b *testing.B) {
	if _, err := compiled(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		start := time.Now()
		p := launch(b, b.TempDir(), nil)
		if h := p.visit(b).say("moi"); len(h.Messages) == 0 {
			b.Fatal("no answer")
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms")
		p.kill()
	}
}
