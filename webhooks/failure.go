package webhooks

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"
)

// failure is the body of every answer that is an error.
type failure struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// failures answers errors as JSON. Of a fault of ours the sender learns only
// that there was one; the log gets the rest, by the request's id.
func failures(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		status, message := http.StatusInternalServerError, "something went wrong here"
		var told *echo.HTTPError
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &told):
			status, message = told.Code, fmt.Sprint(told.Message)
		case errors.As(err, &large):
			status, message = http.StatusRequestEntityTooLarge, "the body is too large"
		}
		if status >= http.StatusInternalServerError {
			log.Error("a request failed", "status", status, "route", c.Request().Method+" "+c.Path(),
				"request", c.Response().Header().Get(echo.HeaderXRequestID), "err", err)
		}
		if c.Response().Committed {
			return
		}
		var body failure
		body.Error.Code, body.Error.Message = code(status), message
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		if c.Request().Method == http.MethodHead {
			err = c.NoContent(status)
		} else {
			err = c.JSON(status, body)
		}
		if err != nil {
			log.Debug("an error could not be answered", "err", err)
		}
	}
}

// code is the name of a status: "not_found".
func code(status int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

// recovered makes an error of a panic.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if cause := recover(); cause != nil {
				if cause == http.ErrAbortHandler {
					panic(cause)
				}
				err = fmt.Errorf("panic: %T\n%s", cause, debug.Stack())
			}
		}()
		return next(c)
	}
}
