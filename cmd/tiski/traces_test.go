package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"syscall"
	"testing"
)

// A collector is told of every input by the id its channel gave it, and of no word.
func TestTraces(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var told bytes.Buffer
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var in io.Reader = r.Body
		if r.Header.Get("Content-Encoding") == "gzip" {
			unpacked, err := gzip.NewReader(r.Body)
			if err != nil {
				t.Error(err)
				return
			}
			in = unpacked
		}
		mu.Lock()
		defer mu.Unlock()
		if _, err := io.Copy(&told, in); err != nil {
			t.Error(err)
		}
	}))
	defer collector.Close()
	p := launch(t, t.TempDir(), []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL})
	v := p.visit(t)
	if _, status := v.post("tunnus-1", "text", "onko teillä kahvinkeittimiä"); status != http.StatusOK {
		t.Fatal(status)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, p.log)
	}
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{"widget message", "tunnus-1", v.conversation, "load", "read", "step", "commit"} {
		if !bytes.Contains(told.Bytes(), []byte(want)) {
			t.Errorf("the collector was not told %q", want)
		}
	}
	if bytes.Contains(told.Bytes(), []byte("kahvi")) {
		t.Error("the collector was told what the customer said")
	}
}
