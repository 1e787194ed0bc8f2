package mydata

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/catalog"
)

func TestACopyIsGivenToItsOwner(t *testing.T) {
	t.Parallel()
	e := echo.New()
	New(Options{
		Open: func(pass string) (string, bool) { return "widget:" + pass, pass == "aino" || pass == "away" },
		Copy: func(_ context.Context, conversation string) (bot.Copy, error) {
			if conversation == "widget:away" {
				return bot.Copy{}, errors.New("the database is away")
			}
			return bot.Copy{Orders: []catalog.Order{{Number: "T-1", Conversation: conversation}}}, nil
		},
		Log: slog.New(slog.DiscardHandler),
	}).Mount(e)
	for _, c := range []struct {
		pass string
		code int
		says string
	}{
		{"aino", http.StatusOK, "widget:aino"}, {"eino", http.StatusNotFound, "does not work"}, {"away", http.StatusServiceUnavailable, "not available"},
	} {
		answer := httptest.NewRecorder()
		e.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/data/"+c.pass, nil))
		if answer.Code != c.code || !strings.Contains(answer.Body.String(), c.says) || answer.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", c.pass, answer.Code, answer.Body)
		}
		if c.code != http.StatusOK && strings.Contains(answer.Body.String(), "T-1") {
			t.Errorf("%s gets the copy: %s", c.pass, answer.Body)
		}
	}
}
