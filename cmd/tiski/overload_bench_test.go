package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// What BenchmarkOverload asks.
const (
	rushTime    = 5 * time.Second
	rushTimes   = 3   // of what the program can
	rushCallers = 512 // who ask at once, many more than it lets in
	calmRate    = 200 // messages a second, of what is usual
	calmAgain   = 20  // messages in a row that are answered in the usual time
)

// rush is what became of more than the program can.
type rush struct {
	name    string
	can     float64         // messages a second, at saturation
	usual   time.Duration   // within which 99 % are answered when it is calm
	came    outcome         // replies to Telegram are not waited for in it
	replied []time.Duration // from an update's acceptance to its reply, the quickest first; nil of the widget
	calm    time.Duration   // from the end of the rush to the last answer that took more than the usual time
}

func (r rush) String() string {
	asked := len(r.came.took) + len(r.came.refused)
	ms := func(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }
	return fmt.Sprintf("%-10s %8.0f %8.0f %10.0f %8.2f %10s %10s %10s %12s %10s %10s\n", r.name, r.can, float64(asked)/r.came.elapsed.Seconds(), r.came.perSecond(),
		float64(len(r.came.refused))/float64(asked), ms(r.came.quantile(.5)), ms(r.came.quantile(.99)), ms(quantile(r.came.refused, .99)), ms(quantile(r.replied, .99)), ms(r.usual), ms(r.calm))
}

// rushAt measures what the program can, and lets three times as much come.
func rushAt(b *testing.B, name string, l *load) rush {
	b.Helper()
	r := rush{name: name, can: l.saturate(b, roundTime).perSecond(), usual: l.pace(b, calmRate, roundTime).quantile(.99)}
	var mu sync.Mutex
	var replies sync.WaitGroup
	callers, done := l.callers, l.done
	defer func() { l.callers, l.done = callers, done }()
	if l.callers = rushCallers; done != nil {
		l.done = func(i int) {
			accepted := time.Now()
			replies.Go(func() {
				done(i)
				mu.Lock()
				defer mu.Unlock()
				r.replied = append(r.replied, time.Since(accepted))
			})
		}
	}
	r.came = l.pace(b, rushTimes*int(r.can), rushTime)
	over := time.Now()
	l.callers, l.done = 1, done
	for usual := 0; usual < calmAgain && time.Since(over) < time.Minute; {
		given := false
		o := l.run(b, func() (time.Time, bool) { given = !given; return time.Now(), given })
		if usual++; o.quantile(1) == 0 || o.quantile(1) > r.usual {
			usual, r.calm = 0, time.Since(over)
		}
	}
	replies.Wait()
	slices.Sort(r.replied)
	return r
}

// BenchmarkOverload lets three times more messages come than the compiled program
// can handle, to the widget and to Telegram's webhook, and tells what became of
// them. Who asks works on the same processors, and leaves the less for the program
// the more it asks.
func BenchmarkOverload(b *testing.B) {
	api := newSmallAPI(b)
	p := launch(b, b.TempDir(), append(api.settings(), "REDIS_URL="+realRedis(b)))
	widget, telegram := widgetLoad(b, p), api.load(b, p)
	var told strings.Builder
	for b.Loop() {
		told.WriteString(rushAt(b, "widget", widget).String() + rushAt(b, "Telegram", telegram).String())
	}
	b.Logf("\n%-10s %8s %8s %10s %8s %10s %10s %10s %12s %10s %10s\n%s", "", "can/s", "asked/s", "accepted/s", "refused", "p50", "p99", "refusals", "replies", "usual p99", "calm after", &told)
	b.ReportMetric(0, "ns/op")
}
