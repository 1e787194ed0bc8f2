package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// load is what many ask of one server, or of its nodes. It costs little beside what it measures:
// connections are kept, and requests are written as they are.
type load struct {
	addrs   []string
	callers int                // who ask at once
	request func(int) []byte   // the whole request of a number, which is never asked twice
	read    func([]byte) error // judges the body of a 200; nil: any will do
	done    func(int)          // returns when what was asked for has come; nil: it is in the answer
	to      func(int) int      // which of addrs is asked; nil: the first
	next    atomic.Int64       // numbers given so far
}

// outcome is what came of a load.
type outcome struct {
	elapsed time.Duration
	took    []time.Duration // by those that were accepted, the quickest first
	refused []time.Duration // by 429 and 503, from when each was asked, likewise
}

func (o outcome) perSecond() float64 { return float64(len(o.took)) / o.elapsed.Seconds() }

// quantile is the time within which such a share was accepted.
func (o outcome) quantile(share float64) time.Duration { return quantile(o.took, share) }

// quantile is the time that such a share of sorted ones is within; 0 of none.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// saturate asks again as soon as there is an answer, for so long.
func (l *load) saturate(t testing.TB, span time.Duration) outcome {
	until := time.Now().Add(span)
	return l.run(t, func() (time.Time, bool) {
		now := time.Now()
		return now, now.Before(until)
	})
}

// pace asks so often a second whatever is answered, for so long. Times are
// counted from when each was to be asked.
func (l *load) pace(t testing.TB, perSecond int, span time.Duration) outcome {
	turns := make(chan time.Time, perSecond)
	go func() {
		defer close(turns)
		start := time.Now()
		for i := range int(span.Seconds() * float64(perSecond)) {
			at := start.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
			time.Sleep(time.Until(at))
			turns <- at
		}
	}()
	return l.run(t, func() (time.Time, bool) {
		at, more := <-turns
		return at, more
	})
}

// times asks so many times, and must get an answer each time.
func (l *load) times(t testing.TB, n int) {
	t.Helper()
	var given atomic.Int64
	if o := l.run(t, func() (time.Time, bool) { return time.Now(), given.Add(1) <= int64(n) }); len(o.took) != n {
		t.Fatalf("%d of %d were answered, %d refused", len(o.took), n, len(o.refused))
	}
}

// run lets all callers ask until next has no more turns.
func (l *load) run(t testing.TB, next func() (time.Time, bool)) outcome {
	t.Helper()
	outcomes := make([]outcome, l.callers)
	var all sync.WaitGroup
	start := time.Now()
	for i := range outcomes {
		all.Go(func() {
			if err := l.call(&outcomes[i], next); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	sum := outcome{elapsed: time.Since(start)}
	for _, o := range outcomes {
		sum.took, sum.refused = append(sum.took, o.took...), append(sum.refused, o.refused...)
	}
	slices.Sort(sum.took)
	slices.Sort(sum.refused)
	return sum
}

// line is a connection that is kept.
type line struct {
	net.Conn
	in *bufio.Reader
}

// call is one caller with connections of its own.
func (l *load) call(o *outcome, next func() (time.Time, bool)) error {
	lines := make([]line, len(l.addrs))
	for i, addr := range l.addrs {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		defer conn.Close()
		lines[i] = line{conn, bufio.NewReader(conn)}
	}
	for at, more := next(); more; at, more = next() {
		i := int(l.next.Add(1))
		to := lines[0]
		if l.to != nil {
			to = lines[l.to(i)]
		}
		asked := time.Now()
		if _, err := to.Write(l.request(i)); err != nil {
			return err
		}
		response, err := http.ReadResponse(to.in, nil)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		if err != nil {
			return err
		}
		switch response.StatusCode {
		case http.StatusOK:
			if l.read != nil {
				if err := l.read(body); err != nil {
					return err
				}
			}
			if l.done != nil {
				l.done(i)
			}
			o.took = append(o.took, time.Since(at))
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			o.refused = append(o.refused, time.Since(asked))
		default:
			return fmt.Errorf("request %d: %s: %s", i, response.Status, body)
		}
	}
	return nil
}

// wholePost is a whole request.
func wholePost(path, headers string, body []byte) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s", path, headers, len(body), body)
}

// cpu is how long processes have worked, on all processors together.
func cpu(t testing.TB, pids ...int) (worked time.Duration) {
	t.Helper()
	for _, pid := range pids {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			t.Fatal(err)
		}
		// The name, in brackets, may hold anything; user and system time follow as
		// the 12th and 13th of the rest, in hundredths of a second.
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		for _, field := range fields[11:13] {
			ticks, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			worked += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return worked
}

// pidOf is the process of the Redis at an address.
func pidOf(t testing.TB, url string) int {
	t.Helper()
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(o)
	defer client.Close()
	told, err := client.InfoMap(context.Background(), "server").Result()
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(told["Server"]["process_id"])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}
