package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tiski/bot"
)

// metrics are what Prometheus is told. No label has values that a customer
// chooses, nor more of them than the shop's files and the program have.
type metrics struct {
	registry  *prometheus.Registry
	inputs    *prometheus.CounterVec
	intents   *prometheus.CounterVec
	missed    prometheus.Counter
	conflicts prometheus.Counter
	failures  *prometheus.CounterVec
	faults    *prometheus.CounterVec
	stages    *prometheus.HistogramVec

	load, read, step, commit prometheus.Observer // of stages
}

func newMetrics() *metrics {
	count := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tiski_" + name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		inputs:   count("inputs_total", "Inputs that were committed: a message in words, a tap, or an event.", "channel", "kind"),
		intents:  count("intents_total", "Intents that were acted on.", "intent"),
		missed: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tiski_missed_total", Help: "Messages that were not understood.",
		}),
		conflicts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tiski_conflicts_total", Help: "Commits for which another node was faster.",
		}),
		failures: count("failures_total", "Inputs that could not be committed and are tried again by their sender.", "channel"),
		faults:   count("faults_total", "Warnings and errors in the log, by their sentence and by whom outside they are about.", "level", "what", "provider"),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tiski_stage_seconds", Help: "How long the stages of an input took: load, read, step, commit.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"stage"}),
	}
	m.load, m.read = m.stages.WithLabelValues("load"), m.stages.WithLabelValues("read")
	m.step, m.commit = m.stages.WithLabelValues("step"), m.stages.WithLabelValues("commit")
	m.registry.MustRegister(m.inputs, m.intents, m.missed, m.conflicts, m.failures, m.faults, m.stages,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// handled counts one input.
func (m *metrics) handled(h bot.Handled) {
	m.conflicts.Add(float64(h.Conflicts))
	if h.Failed {
		m.failures.WithLabelValues(h.Channel).Inc()
		return
	}
	m.inputs.WithLabelValues(h.Channel, h.Kind).Inc()
	for _, intent := range h.Acted {
		m.intents.WithLabelValues(intent).Inc()
	}
	if h.Missed {
		m.missed.Inc()
	}
	m.load.Observe(h.Load.Seconds())
	if h.Kind == bot.KindMessage {
		m.read.Observe(h.Read.Seconds())
	}
	m.step.Observe(h.Step.Seconds())
	m.commit.Observe(h.Commit.Seconds())
}

// faultCounter is a log that counts its warnings and errors. Their sentences are
// constants of the program; what varies stands in their attributes.
type faultCounter struct {
	slog.Handler
	faults   *prometheus.CounterVec
	provider string // "" for none
}

// outside are the keys by which the log tells whom outside something is about: a
// provider of payments or of mail, a carrier, the shop's own system, a channel.
// Their values are names that the program has, as "paytrail".
var outside = []string{"provider", "carrier", "system", "channel"}

func (f faultCounter) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn {
		provider := f.provider
		r.Attrs(func(a slog.Attr) bool {
			if slices.Contains(outside, a.Key) {
				provider = a.Value.String()
			}
			return true
		})
		f.faults.WithLabelValues(r.Level.String(), r.Message, provider).Inc()
	}
	return f.Handler.Handle(ctx, r)
}

func (f faultCounter) WithAttrs(attrs []slog.Attr) slog.Handler {
	f.Handler = f.Handler.WithAttrs(attrs)
	for _, a := range attrs {
		if slices.Contains(outside, a.Key) {
			f.provider = a.Value.String()
		}
	}
	return f
}

func (f faultCounter) WithGroup(name string) slog.Handler {
	f.Handler = f.Handler.WithGroup(name)
	return f
}

// gauges, and a count that the server keeps, are looked up when they are asked for.
type gauges struct {
	*house
	channels []string              // those that are pushed to
	refused  func() map[string]int // by doors, for the crowd there
}

const (
	scrapeTime = 3 * time.Second
	orderAge   = 30 * 24 * time.Hour // of the orders that are counted
)

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("tiski_"+name, help, labels, nil)
}

var (
	upGauge      = gauge("up", "Whether what a part needs answers.", "part")
	unsentGauge  = gauge("outbox_conversations", "Conversations with messages that wait to be sent.", "channel")
	lateGauge    = gauge("outbox_late_seconds", "For how long the message has been due that waits longest to be sent.", "channel")
	waitingGauge = gauge("waiting_customers", "Customers who wait for a person.")
	longestGauge = gauge("waiting_longest_seconds", "For how long the one has waited who has waited longest.")
	refusedCount = gauge("refused_total", "Requests refused because a door was crowded; their sender tries again.", "door")
	ordersGauge  = gauge("orders", "Orders placed in the last 30 days, by their state.", "status")
)

// Describe tells of all gauges.
func (g gauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{upGauge, unsentGauge, lateGauge, waitingGauge, longestGauge, ordersGauge, refusedCount} {
		to <- d
	}
}

// Collect looks everything up. What does not answer has no values but that it
// is not up.
func (g gauges) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	tell := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	up := func(part string, err error) {
		if err != nil {
			g.log.Warn("a part does not answer", "part", part, "err", err)
			tell(upGauge, 0, part)
			return
		}
		tell(upGauge, 1, part)
	}
	for door, n := range g.refused() {
		to <- prometheus.MustNewConstMetric(refusedCount, prometheus.CounterValue, float64(n), door)
	}
	up("conversations", g.talks(ctx, tell))
	up("orders", g.orders(ctx, tell))
}

func (g gauges) talks(ctx context.Context, tell func(*prometheus.Desc, float64, ...string)) error {
	now := time.Now()
	for _, channel := range g.channels {
		unsent, err := g.conversations.Unsent(ctx, channel)
		if err != nil {
			return err
		}
		late, err := g.conversations.Late(ctx, channel, now)
		if err != nil {
			return err
		}
		tell(unsentGauge, float64(unsent), channel)
		tell(lateGauge, late.Seconds(), channel)
	}
	customers, longest, err := g.conversations.Waiting(ctx, now)
	if err != nil {
		return err
	}
	tell(waitingGauge, float64(customers))
	tell(longestGauge, longest.Seconds())
	return nil
}

func (g gauges) orders(ctx context.Context, tell func(*prometheus.Desc, float64, ...string)) error {
	counts, err := g.store.OrderCounts(ctx, time.Now().Add(-orderAge))
	if err != nil {
		return err
	}
	for status, n := range counts {
		tell(ordersGauge, float64(n), string(status))
	}
	return nil
}

// serveMetrics adds a door at an address of its own, which answers /metrics, and
// profiles of the process, 10 seconds long at most, to this machine alone.
func (h *house) serveMetrics(m *metrics, addr string, d *doors) error {
	if err := m.registry.Register(gauges{h, h.pushed, d.http.Refused}); err != nil {
		return fmt.Errorf("register the metrics: %w", err)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen for metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2}))
	mux.Handle("GET /debug/pprof/", fromHere(http.HandlerFunc(pprof.Index)))
	mux.Handle("GET /debug/pprof/profile", fromHere(http.HandlerFunc(pprof.Profile)))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: scrapeTime, WriteTimeout: 4 * scrapeTime}
	d.metrics = listener.Addr().String()
	d.run = append(d.run, func(ctx context.Context) error {
		defer context.AfterFunc(ctx, func() { server.Close() })()
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve metrics: %w", err)
		}
		return nil
	})
	return nil
}

// fromHere lets in only who asks from this machine; others find nothing.
func fromHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if at, err := netip.ParseAddrPort(r.RemoteAddr); err != nil || !at.Addr().Unmap().IsLoopback() {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
