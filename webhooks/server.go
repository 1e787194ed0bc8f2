// Package webhooks is the HTTP server: its limits, its headers, its errors and
// its health. What it serves are rooms, each of which mounts its own routes.
package webhooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// Limits of every request. A room may ask for less; a stream of events sets its
// own deadlines through http.ResponseController.
const (
	maxBody    = 1 << 20
	headerTime = 5 * time.Second
	readTime   = 15 * time.Second
	writeTime  = 30 * time.Second
	idleTime   = 90 * time.Second
	maxHeader  = 16 << 10
	stopTime   = 5 * time.Second // for requests under way when the server stops
	readyTime  = 2 * time.Second // for the check behind /readyz
)

// Options say how to serve.
type Options struct {
	Addr  string                          // HOST:PORT; port 0 takes a free one
	Ready func(ctx context.Context) error // whether messages can be handled now; nil: always
	Log   *slog.Logger
}

// Room is a door or a set of pages: it adds its routes to the server. Its
// handlers return *echo.HTTPError, or any other error for a fault of ours.
type Room interface {
	Mount(e *echo.Echo)
}

// Server serves rooms over HTTP.
type Server struct {
	echo     *echo.Echo
	addr     string
	listener net.Listener
	log      *slog.Logger
	crowds   *crowds
}

// New returns a server that does not listen yet. It answers /healthz, and
// /readyz with 503 while Ready fails.
func New(o Options) *Server {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard)
	e.HTTPErrorHandler = failures(o.Log)
	// The address of a customer is believed only from a proxy in our own network.
	e.IPExtractor = echo.ExtractIPFromXFFHeader()
	crowds := &crowds{inside: map[string]int{}, refused: map[string]int{}}
	e.Use(requestID, headers, sparing(time.Now), crowds.admit, recovered, limited)
	e.GET("/healthz", func(c echo.Context) error {
		return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
	})
	e.GET("/readyz", func(c echo.Context) error { return ready(c, o.Ready) })
	return &Server{echo: e, addr: o.Addr, log: o.Log, crowds: crowds}
}

// limited lets no request's body be larger than maxBody.
func limited(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.ContentLength > maxBody {
			return echo.ErrStatusRequestEntityTooLarge
		}
		r.Body = http.MaxBytesReader(c.Response(), r.Body, maxBody)
		return next(c)
	}
}

func ready(c echo.Context, check func(context.Context) error) error {
	if check != nil {
		ctx, cancel := context.WithTimeout(c.Request().Context(), readyTime)
		defer cancel()
		if err := check(ctx); err != nil {
			return echo.NewHTTPError(http.StatusServiceUnavailable, "not ready").WithInternal(err)
		}
	}
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

// Mount adds the routes of rooms.
func (s *Server) Mount(rooms ...Room) {
	for _, r := range rooms {
		r.Mount(s.echo)
	}
}

// Routes are what the rooms have added, and the server's own.
func (s *Server) Routes() []*echo.Route { return s.echo.Routes() }

// ServeHTTP answers one request as the listening server would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// Listen takes the port and returns the address, with the port taken.
func (s *Server) Listen() (addr string, err error) {
	if s.listener, err = net.Listen("tcp", s.addr); err != nil {
		return "", fmt.Errorf("listen on %s: %w", s.addr, err)
	}
	return s.listener.Addr().String(), nil
}

// Run serves, after Listen, until ctx ends; requests under way then have five
// seconds. Streams must end by themselves when ctx does.
func (s *Server) Run(ctx context.Context) error {
	server := &http.Server{
		Handler: s.echo, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorLog: stdlog.New(io.Discard, "", 0), // broken connections of strangers
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(s.listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		s.log.Warn("requests were cut off at the stop", "err", err)
		server.Close()
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
