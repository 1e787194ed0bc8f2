package webhooks

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"
)

// pipes is a listener of connections inside the program, whose time is the test's.
type pipes struct {
	come   chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.come:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// Who sends a head or a body drop by drop is left when the time for it is over.
func TestSlowSenders(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		sent  string
		limit time.Duration
	}{
		"head": {"POST /read HTTP/1.1\r\nHost: shop\r\n", headerTime},
		"body": {"POST /read HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\n{", readTime},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := New(Options{Log: slog.New(slog.DiscardHandler)})
				s.echo.POST("/read", func(c echo.Context) error {
					if _, err := io.ReadAll(c.Request().Body); err != nil {
						return echo.ErrRequestTimeout
					}
					return c.NoContent(http.StatusNoContent)
				})
				in := &pipes{come: make(chan net.Conn), closed: make(chan struct{})}
				s.listener = in
				ctx, stop := context.WithCancel(t.Context())
				ended := make(chan error, 1)
				go func() { ended <- s.Run(ctx) }()
				ours, theirs := net.Pipe()
				in.come <- theirs
				began := time.Now()
				if _, err := fmt.Fprint(ours, test.sent); err != nil {
					t.Fatal(err)
				}
				said, _ := bufio.NewReader(ours).ReadString('\n') // until the server has had enough
				if took := time.Since(began); took != test.limit {
					t.Errorf("the server waited %v, not %v", took, test.limit)
				}
				if strings.Contains(said, " 2") {
					t.Errorf("the server answers %q", said)
				}
				ours.Close()
				stop()
				if err := <-ended; err != nil {
					t.Error(err)
				}
			})
		})
	}
}
