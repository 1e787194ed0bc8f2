package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"tiski/bot"
	"tiski/catalog"
	"tiski/catalog/call"
	"tiski/catalog/webhook"
	chatdoor "tiski/webhooks/chat"
)

// windowSettings are those of a shop's own chat window.
type windowSettings struct {
	url    string // CHAT_WEBHOOK_URL: where what is said later is sent to
	secret string // CHAT_WEBHOOK_SECRET: signs it, and what the shop sends
}

func (w windowSettings) check() error {
	switch {
	case (w.url == "") != (w.secret == ""):
		return fmt.Errorf("CHAT_WEBHOOK_URL and CHAT_WEBHOOK_SECRET are needed both")
	case w.secret != "" && len(w.secret) < shortestSecret:
		return fmt.Errorf("CHAT_WEBHOOK_SECRET must have at least %d characters", shortestSecret)
	}
	return nil
}

const windowWorkers = 4

// window is the door of the shop's own chat window, and the post of what is
// said there later.
func (h *house) window(w windowSettings) (*chatdoor.Door, *bot.Post) {
	caller := call.New(func(r *http.Request, body []byte) {
		r.Header.Set(webhook.Signature, webhook.Sign(w.secret, time.Now(), body))
	})
	door := chatdoor.New(chatdoor.Options{
		Handler: h.bot, Allow: h.conversations.Allow, Public: h.settings.public, Clock: time.Now,
		Genuine: func(header http.Header, body []byte) bool {
			return webhook.Genuine(w.secret, header.Get(webhook.Signature), body, time.Now())
		},
		Call: func(ctx context.Context, value any) error {
			_, err := caller.JSON(ctx, http.MethodPost, w.url, value, nil)
			return sendPolicy(err)
		},
	})
	return door, &bot.Post{Outbox: h.conversations, Channel: door, Name: chatdoor.Channel, Workers: windowWorkers, Bot: h.bot, Clock: time.Now, Log: h.log}
}

// sendPolicy gives the fault of a call what is to be done about it: the shop
// says when to come again, that the conversation is over (410) or that it will
// never take a message (400, 422). All else is tried again.
func sendPolicy(err error) error {
	var wait *catalog.Later
	var no *call.Refused
	switch {
	case errors.As(err, &wait):
		return &bot.SendError{After: wait.After, Err: err}
	case !errors.As(err, &no):
		return err
	case no.Status == http.StatusGone:
		return &bot.SendError{Gone: true, Err: err}
	case no.Status == http.StatusBadRequest || no.Status == http.StatusUnprocessableEntity:
		return &bot.SendError{Refused: true, Err: err}
	}
	return err
}
