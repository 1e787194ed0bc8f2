package webhooks

import (
	"maps"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// atOnce is how many requests that bring something a door is given for each
// processor before the next are refused. What is accepted thus waits for that
// many turns at most, some 50 ms, however many want in.
const atOnce = 64

// comeAgain is when those who are refused are to try again.
const comeAgain = time.Second

// AtOnce is how many requests that bring something one door handles at once.
func AtOnce() int { return atOnce * runtime.GOMAXPROCS(0) }

// crowds are those inside, by door. Each door has places of its own, so that a
// crowd of customers keeps neither staff nor payments out.
type crowds struct {
	mu      sync.Mutex
	inside  map[string]int
	refused map[string]int
}

// doorOf is the first two parts of a route: "/widget/v1", "/webhooks/telegram".
func doorOf(route string) string {
	parts := strings.SplitN(route, "/", 4)
	return strings.Join(parts[:min(3, len(parts))], "/")
}

// enter takes a place, and says whether there was one.
func (c *crowds) enter(door string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside[door] >= AtOnce() {
		c.refused[door]++
		return false
	}
	c.inside[door]++
	return true
}

func (c *crowds) leave(door string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.inside[door]--
}

// Refused is how many requests were refused at each door because it was crowded,
// by the first two parts of their paths.
func (s *Server) Refused() map[string]int {
	s.crowds.mu.Lock()
	defer s.crowds.mu.Unlock()
	return maps.Clone(s.crowds.refused)
}

// admit refuses what is brought to a door that is crowded, before anything is
// read of it or done for it: 503, with Retry-After. Only reading, and streams,
// which last, are not counted.
func (c *crowds) admit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(to echo.Context) error {
		if m := to.Request().Method; m == http.MethodGet || m == http.MethodHead || m == http.MethodOptions {
			return next(to)
		}
		door := doorOf(to.Path())
		if !c.enter(door) {
			to.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(int(comeAgain.Seconds())))
			return to.NoContent(http.StatusServiceUnavailable)
		}
		defer c.leave(door)
		return next(to)
	}
}
