// Package call asks systems outside over HTTP, in JSON: with a time limit, a
// size limit, and errors that say what may be done about them.
package call

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tiski/catalog"
)

// Limits of one call.
const (
	Patience = 20 * time.Second
	MaxBytes = 16 << 20 // of an answer
)

// Refused is an answer that says no, for a reason that is not the moment's.
type Refused struct {
	Status int
	Body   []byte // the first 4 KB, for the caller to understand; never logged: it may hold what was sent
}

func (r *Refused) Error() string {
	return fmt.Sprintf("the answer is %d %s", r.Status, http.StatusText(r.Status))
}

const longestRefusal = 4 << 10

// Caller makes calls of one system. Any number of goroutines may use it.
type Caller struct {
	// Sign adds what proves who calls: keys, a signature of the body.
	Sign func(r *http.Request, body []byte)

	client http.Client
}

// New returns a caller that signs its calls so. It follows no redirections:
// what is sent must not land elsewhere.
func New(sign func(r *http.Request, body []byte)) *Caller {
	return &Caller{Sign: sign, client: http.Client{
		Timeout:       Patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// JSON sends a value (nil: nothing) and reads the answer into another (nil: it
// does not matter). An answer of 4xx is *[Refused]; 429, and 503 that names a
// time, is *[catalog.Later]; any other error may be tried again. No error tells
// the address, which may hold a key.
func (c *Caller) JSON(ctx context.Context, method, address string, send, into any) (http.Header, error) {
	if send == nil {
		return c.ask(ctx, method, address, "", nil, into)
	}
	body, err := json.Marshal(send)
	if err != nil {
		return nil, fmt.Errorf("write the request: %w", err)
	}
	return c.ask(ctx, method, address, "application/json", body, into)
}

// Form sends values as a form does, and reads the answer as [Caller.JSON] does.
func (c *Caller) Form(ctx context.Context, address string, values url.Values, into any) error {
	_, err := c.ask(ctx, http.MethodPost, address, "application/x-www-form-urlencoded", []byte(values.Encode()), into)
	return err
}

// ask makes one call; kind is that of the body, "" without one.
func (c *Caller) ask(ctx context.Context, method, address, kind string, body []byte, into any) (http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("the address is malformed")
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "Tiski")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	c.Sign(r, body)
	resp, err := c.client.Do(r)
	if err != nil {
		return nil, catalog.WithoutAddress(err)
	}
	defer resp.Body.Close()
	if err := refusal(resp); err != nil {
		return nil, err
	}
	if into == nil {
		return resp.Header, nil
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", catalog.WithoutAddress(err))
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("the answer is larger than %d bytes", MaxBytes)
	}
	if err := json.Unmarshal(data, into); err != nil {
		return nil, fmt.Errorf("the answer of type %q is not what was expected: %w", resp.Header.Get("Content-Type"), err)
	}
	return resp.Header, nil
}

func refusal(resp *http.Response) error {
	status := resp.StatusCode
	if status >= 200 && status < 300 {
		return nil
	}
	told := fmt.Errorf("the answer is %s", resp.Status)
	after, known := retryAfter(resp.Header.Get("Retry-After"), time.Now())
	switch {
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable && known:
		return &catalog.Later{After: after, Err: told}
	case status >= 400 && status < 500 && status != http.StatusRequestTimeout:
		body, _ := io.ReadAll(io.LimitReader(resp.Body, longestRefusal)) // what can be read of it will do
		return &Refused{Status: status, Body: body}
	}
	return told
}

// retryAfter reads seconds or a date (RFC 9110, 10.2.3).
func retryAfter(s string, now time.Time) (after time.Duration, known bool) {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n >= 0 {
		return time.Duration(min(n, 24*60*60)) * time.Second, true
	}
	if at, err := http.ParseTime(s); err == nil {
		return min(max(0, at.Sub(now)), 24*time.Hour), true
	}
	return 0, false
}
