package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/catalog/carrier/matkahuolto"
	"tiski/webhooks"
)

// metricsAt is where the metrics are read.
func (p *program) metricsAt(t testing.TB) string {
	t.Helper()
	at := regexp.MustCompile(`metrics +(http://\S+)`).FindStringSubmatch(p.said)
	if at == nil {
		t.Fatalf("the program does not say where its metrics are:\n%s", p.said)
	}
	return at[1]
}

// metrics are the lines of the metrics.
func (p *program) metrics(t testing.TB) string {
	t.Helper()
	answer, err := http.Get(p.metricsAt(t))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("metrics: %s, %v", answer.Status, err)
	}
	return string(text)
}

// What customers do is counted, and nothing in it tells who they are or what
// they said.
func TestMetrics(t *testing.T) {
	t.Parallel()
	p := launch(t, t.TempDir(), nil, "-metrics", "127.0.0.1:0", "-log", "debug")
	v := p.visit(t)
	v.press(v.toSummary())
	v.say("haluan puhua ihmiselle")
	addr := strings.TrimPrefix(p.base, "http://")
	if out := output(t, "", "ready", "-addr", addr); out != "ready\n" {
		t.Errorf("it is %q", out)
	}
	told := p.metrics(t)
	for _, want := range []string{
		`tiski_inputs_total{channel="widget",kind="message"} 10`,
		`tiski_intents_total{intent="product_search"} 1`,
		`tiski_stage_seconds_count{stage="commit"} `,
		`tiski_stage_seconds_bucket{stage="read",le="0.01"} `,
		`tiski_missed_total 0`,
		`tiski_conflicts_total 0`,
		`tiski_waiting_customers 1`,
		`tiski_orders{status="placed"} 1`,
		`tiski_up{part="conversations"} 1`,
		`tiski_up{part="orders"} 1`,
		`process_resident_memory_bytes `,
	} {
		if !strings.Contains(told, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	for _, ours := range []string{v.conversation, v.token, "Testinen", "maija", "1234567", "Kotikatu", "00530"} {
		if strings.Contains(told, ours) {
			t.Errorf("the metrics tell %q", ours)
		}
	}
	heap, err := http.Get(strings.TrimSuffix(p.metricsAt(t), "metrics") + "debug/pprof/heap")
	if err != nil {
		t.Fatal(err)
	}
	if heap.Body.Close(); heap.StatusCode != http.StatusOK {
		t.Errorf("the profile of the heap: %s", heap.Status)
	}
	crowded(t, p)
	if told := p.metrics(t); !regexp.MustCompile(`tiski_refused_total\{door="/widget/v1"\} [1-9]`).MatchString(told) {
		t.Errorf("nobody was refused:\n%s", told)
	}
	if !regexp.MustCompile(`"msg":"an input is handled","conversation":"` + v.conversation + `","channel":"widget","input":"m1","first":\d+`).MatchString(p.log.String()) {
		t.Errorf("the log does not follow an input:\n%s", p.log)
	}
	if t.Failed() {
		t.Log(told)
	}
	p.kill()
	if err := run(t.Context(), []string{"ready", "-addr", addr}, nil, io.Discard); err == nil {
		t.Error("it is ready when it is gone")
	}
}

// crowded fills the door of the widget with requests whose bodies do not come: the
// next is refused and told when to come again, staff feel nothing of it, and all is well again when they have gone.
func crowded(t *testing.T, p *program) {
	t.Helper()
	var held []net.Conn
	hold := func() {
		c, err := net.Dial("tcp", strings.TrimPrefix(p.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
		fmt.Fprint(c, "POST /widget/v1/session HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\n")
	}
	for range webhooks.AtOnce() {
		hold()
	}
	post := func(path string) (int, string) {
		answer, err := http.Post(p.base+path, "application/json", strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode, answer.Header.Get("Retry-After")
	}
	eventually(t, "a refusal", func() bool {
		hold() // one may have found the place taken by what is posted here
		status, later := post("/widget/v1/session")
		if status == http.StatusServiceUnavailable && later != "1" {
			t.Errorf("Retry-After is %q", later)
		}
		return status == http.StatusServiceUnavailable
	})
	if status, _ := post("/console/sign-in"); status == http.StatusServiceUnavailable {
		t.Error("staff are refused for the crowd of customers")
	}
	for _, c := range held {
		c.Close()
	}
	eventually(t, "an open door", func() bool {
		status, _ := post("/widget/v1/session")
		return status == http.StatusOK
	})
}

// Profiles are for who is on the machine itself.
func TestProfilesAreGivenHereAlone(t *testing.T) {
	t.Parallel()
	given := fromHere(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for address, want := range map[string]int{
		"127.0.0.1:9": 204, "[::1]:9": 204, "[::ffff:127.0.0.1]:9": 204,
		"10.0.0.2:9": 404, "198.51.100.2:9": 404, "[2001:db8::1]:9": 404, "[::ffff:198.51.100.2]:9": 404, "": 404, "@": 404,
	} {
		r, w := httptest.NewRequest("GET", "/debug/pprof/profile", nil), httptest.NewRecorder()
		r.RemoteAddr = address
		if given.ServeHTTP(w, r); w.Code != want {
			t.Errorf("from %q: %d, want %d", address, w.Code, want)
		}
	}
}

// Faults are counted by whom outside they are about, and by nothing else that
// the log tells of them.
func TestFaultsByProvider(t *testing.T) {
	t.Parallel()
	away := httptest.NewServer(http.NotFoundHandler())
	away.Close()
	m := newMetrics()
	log := slog.New(faultCounter{Handler: slog.NewTextHandler(io.Discard, nil), faults: m.faults})
	parcels := &bot.Parcels{Trackers: []bot.Tracker{matkahuolto.New(away.URL)}, Clock: time.Now, Log: log}
	if _, err := parcels.Track(t.Context(), "MH00000000001"); err == nil {
		t.Error("a carrier that is away has answered")
	}
	shop := log.With("system", shopifySystem).With("order", "T-482913")
	shop.Warn("an order is pushed again later", "tries", 1)
	shop.Info("an order has been handed over")
	log.Error("a payment is refused", "provider", "stripe", "charge", "c1")
	log.Warn("stock is not fresh", "err", "away")
	all, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, family := range all {
		for _, one := range family.GetMetric() {
			if family.GetName() == "tiski_faults_total" {
				labels := one.GetLabel() // by name: level, provider, what
				told = append(told, fmt.Sprint(labels[0].GetValue(), " ", labels[1].GetValue(), " ", labels[2].GetValue(), " ", one.GetCounter().GetValue()))
			}
		}
	}
	want := []string{
		"ERROR stripe a payment is refused 1", "WARN  stock is not fresh 1",
		"WARN matkahuolto a carrier does not answer 1", "WARN shopify an order is pushed again later 1",
	}
	if slices.Sort(told); !slices.Equal(told, want) {
		t.Errorf("told are %q", told)
	}
}
