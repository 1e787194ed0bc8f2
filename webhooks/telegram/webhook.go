package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"

	tg "github.com/go-telegram/bot"
	"github.com/labstack/echo/v4"
)

const (
	webhookPath = "/webhooks/telegram"
	maxUpdate   = 1 << 20 // bytes
	connections = 40      // updates that Telegram may bring at once
	retryAfter  = "5"     // seconds until Telegram brings an update again that could not be handled
)

func (d *Door) setWebhook(ctx context.Context) error {
	_, err := d.api.SetWebhook(ctx, &tg.SetWebhookParams{
		URL: d.PublicURL + webhookPath, SecretToken: d.WebhookSecret, AllowedUpdates: d.allowed(), MaxConnections: connections,
	})
	return err
}

// webhook takes one update from Telegram: 200 when it is handled, 503 when it
// must come again, 401 without the secret, 413 over 1 MiB, 400 when it is none.
func (d *Door) webhook(c echo.Context) error {
	r := c.Request()
	if !d.knows(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")) {
		return echo.ErrUnauthorized
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, maxUpdate))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	case err != nil:
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read an update: %w", err))
	}
	u, err := decode(body)
	switch {
	case errors.Is(err, errMalformed):
		return echo.ErrBadRequest
	case err != nil:
		d.Log.Error("an update is skipped", "channel", Channel, "err", err)
		return c.NoContent(http.StatusOK)
	}
	if err := d.Update(r.Context(), u); err != nil {
		d.Log.Warn("an update must come again", "channel", Channel, "err", err)
		c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter)
		return echo.ErrServiceUnavailable
	}
	return c.NoContent(http.StatusOK)
}

// knows compares secrets in a time that tells nothing of them.
func (d *Door) knows(secret string) bool {
	given, ours := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(d.WebhookSecret))
	return d.WebhookSecret != "" && subtle.ConstantTimeCompare(given[:], ours[:]) == 1
}
