package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// BenchmarkStreams is the memory of the compiled program while every customer of
// the crowd has a stream open, each in a conversation of its own. It needs some
// 20,000 open files.
func BenchmarkStreams(b *testing.B) {
	p := launch(b, b.TempDir(), []string{"REDIS_URL=" + realRedis(b)})
	addr, tokens := strings.TrimPrefix(p.base, "http://"), openConversations(b, p)
	before := memoryOf(b, p.cmd.Process.Pid)
	conns := make([]net.Conn, crowd)
	defer func() {
		for _, c := range conns {
			if c != nil {
				c.Close()
			}
		}
	}()
	for b.Loop() {
		var all sync.WaitGroup
		for part := range atATime {
			all.Go(func() {
				for i := part; i < crowd; i += atATime {
					c, err := openStream(addr, tokens[i])
					if err != nil {
						b.Errorf("stream %d: %v", i, err)
						return
					}
					conns[i] = c
				}
			})
		}
		all.Wait()
		time.Sleep(10 * time.Second) // in which all are looked after twice
	}
	after := memoryOf(b, p.cmd.Process.Pid)
	b.ReportMetric(float64(before)/1e6, "MB-before")
	b.ReportMetric(float64(after)/1e6, "MB-with-streams")
	b.ReportMetric(float64(after-before)/crowd, "B/stream")
	b.ReportMetric(0, "ns/op")
}

// openStream opens a stream and reads until the first message has come.
func openStream(addr, token string) (net.Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(c, "GET /widget/v1/events HTTP/1.1\r\nHost: shop\r\n%s\r\n", token)
	for lines := bufio.NewScanner(c); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "data: ") {
			return c, nil
		}
	}
	c.Close()
	return nil, fmt.Errorf("it ended before anything was said")
}

// memoryOf is how much memory a process has, in bytes.
func memoryOf(t testing.TB, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
