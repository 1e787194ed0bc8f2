package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkWidget is messages a second of the widget's API with a real Redis:
// every message is read, stepped, committed and answered. Customers ask in
// turn, each a different conversation, so that no limit is met.
func BenchmarkWidget(b *testing.B) {
	p := launch(b, b.TempDir(), []string{"REDIS_URL=" + realRedis(b)})
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
	const crowd = 400
	tokens := make([]string, crowd)
	for i := range tokens {
		request, err := http.NewRequest(http.MethodPost, p.base+"/widget/v1/session", strings.NewReader(`{}`))
		if err != nil {
			b.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", i/250, i%250+1))
		response, err := client.Do(request)
		if err != nil {
			b.Fatal(err)
		}
		var session struct{ Token string }
		if err := json.NewDecoder(response.Body).Decode(&session); err != nil || session.Token == "" {
			b.Fatalf("session: %s: %v", response.Status, err)
		}
		response.Body.Close()
		tokens[i] = session.Token
	}
	questions := []string{
		"moi", "etsin vedenpitäviä talvikenkiä lapselle koko 30, alle 80 euroa", "paljonko toimitus maksaa",
		"onko teillä villasukkia", "voiko maksaa laskulla", "mikä on palautusaika", "kahvinkeitin", "kauanko toimitus kestää 33100",
	}
	var next, refused atomic.Int64
	b.SetParallelism(16)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := int(next.Add(1))
			body := fmt.Sprintf(`{"id":"b%d","text":%q}`, i, questions[i%len(questions)])
			request, err := http.NewRequest(http.MethodPost, p.base+"/widget/v1/messages", bytes.NewReader([]byte(body)))
			if err != nil {
				b.Error(err)
				return
			}
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("Authorization", "Bearer "+tokens[i%crowd])
			response, err := client.Do(request)
			if err != nil {
				b.Error(err)
				return
			}
			var h heard
			if err := json.NewDecoder(response.Body).Decode(&h); err != nil {
				b.Error(err)
			}
			response.Body.Close()
			switch {
			case response.StatusCode == http.StatusTooManyRequests:
				refused.Add(1)
			case response.StatusCode != http.StatusOK || len(h.Messages) == 0:
				b.Errorf("status %d with %d messages", response.StatusCode, len(h.Messages))
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	if n := refused.Load(); n > 0 {
		b.Errorf("%d messages were refused", n)
	}
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
