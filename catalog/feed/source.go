package feed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"tiski/catalog"
	"tiski/catalog/call"
)

// patience is how long fetching a feed may take.
const patience = 10 * time.Second

// Source is where a feed is fetched from, again and again. It is used by one
// goroutine at a time.
type Source struct {
	address string // http or https address, or a file
	form    Form
	now     func() time.Time
	client  *http.Client

	etag     string      // of the last answer
	modified string      // Last-Modified of it
	file     os.FileInfo // as it was read last
	seen     os.FileInfo // as it was at the last look
	sum      [32]byte    // of what was read last
	until    time.Time   // when the prices of it change
}

// Form reads goods as they hold at a time: by [Read] those of feeds.
type Form func(r io.Reader, at time.Time) (catalog.Goods, error)

// NewSource returns a source of some form that fetches nothing yet. The address
// is a file or begins with http:// or https://. It may lead to the open network
// only, and to own: hosts of the shopkeeper's network (see [call.Outward]). One
// that the address itself is written with is among them.
func NewSource(address string, form Form, now func() time.Time, own ...string) *Source {
	if host := call.OwnHost(address); host != "" {
		own = append(own, host)
	}
	return &Source{address: address, form: form, now: now, client: call.Outward(patience, own...)}
}

// Fetch reads the feed. changed is false, and the feed empty, when it is the
// same as the last time. A feed that is broken is fetched again the next time, a
// file when it has changed: after the first time it is read only once it is as it
// was at the look before, so that nobody is writing it.
func (s *Source) Fetch(ctx context.Context) (g catalog.Goods, changed bool, err error) {
	if !s.until.IsZero() && !s.now().Before(s.until) {
		s.etag, s.modified, s.file, s.sum = "", "", nil, [32]byte{}
	}
	data, err := s.read(ctx)
	if err != nil {
		return catalog.Goods{}, false, fmt.Errorf("fetch feed: %w", err)
	}
	sum := sha256.Sum256(data)
	if data == nil || sum == s.sum {
		return catalog.Goods{}, false, nil
	}
	if g, err = s.form(bytes.NewReader(data), s.now()); err != nil {
		s.etag, s.modified = "", ""
		return catalog.Goods{}, false, err
	}
	s.sum, s.until = sum, g.Until
	return g, true, nil
}

// read returns the bytes of the feed, or nil when they have not changed.
func (s *Source) read(ctx context.Context) ([]byte, error) {
	if strings.HasPrefix(s.address, "http://") || strings.HasPrefix(s.address, "https://") {
		return s.download(ctx)
	}
	info, err := os.Stat(s.address)
	if err != nil {
		return nil, err
	}
	still := s.seen == nil || same(info, s.seen)
	s.seen = info
	if !still || s.file != nil && same(info, s.file) {
		return nil, nil
	}
	in, err := os.Open(s.address)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(&limited{r: in, left: maxBytes})
	if err != nil {
		return nil, err
	}
	s.file = info
	return data, nil
}

func same(a, b os.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func (s *Source) download(ctx context.Context) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address, nil)
	if err != nil {
		return nil, errors.New("the address is malformed")
	}
	if s.etag != "" {
		req.Header.Set("If-None-Match", s.etag)
	}
	if s.modified != "" {
		req.Header.Set("If-Modified-Since", s.modified)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, catalog.WithoutAddress(err)
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusNotModified:
		return nil, nil
	case http.StatusOK:
	default:
		return nil, fmt.Errorf("the shop answers %s", resp.Status)
	}
	if kind := resp.Header.Get("Content-Type"); slices.ContainsFunc(noFeeds, func(no string) bool { return strings.HasPrefix(kind, no) }) {
		return nil, fmt.Errorf("the answer is %s and no feed", kind)
	}
	data, err := io.ReadAll(&limited{r: resp.Body, left: maxBytes})
	if err != nil {
		return nil, err
	}
	s.etag, s.modified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	return data, nil
}

// noFeeds begin the types of what cannot be a feed: pages to sign in at, pictures.
var noFeeds = []string{"text/html", "image/", "video/", "audio/", "font/"}
