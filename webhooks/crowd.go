package webhooks

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
)

// atOnce is how many requests a processor is given that bring something, before
// the next are refused. What is accepted thus waits for that many turns at most,
// some 50 ms, however many want in.
const atOnce = 64

// comeAgain is when those who are refused are to try again.
const comeAgain = time.Second

// AtOnce is how many requests that bring something this server handles at once.
func AtOnce() int { return atOnce * runtime.GOMAXPROCS(0) }

// crowd refuses what is brought while too much is being handled, before anything
// is done for it: 503, with Retry-After. Only reading, and streams, which last,
// are not counted.
func crowd() echo.MiddlewareFunc {
	inside := make(chan struct{}, AtOnce())
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if m := c.Request().Method; m == http.MethodGet || m == http.MethodHead || m == http.MethodOptions {
				return next(c)
			}
			select {
			case inside <- struct{}{}:
				defer func() { <-inside }()
				return next(c)
			default:
				c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(int(comeAgain.Seconds())))
				return c.NoContent(http.StatusServiceUnavailable)
			}
		}
	}
}
