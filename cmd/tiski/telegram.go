package main

import (
	"time"

	"tiski/bot"
	"tiski/catalog/call"
	"tiski/catalog/picture"
	"tiski/webhooks/telegram"
)

const (
	telegramPicture = 800              // pixels
	telegramFile    = 10 * time.Second // to fetch a picture
	telegramPause   = time.Second      // between messages to one chat, as Telegram wishes
	telegramWorkers = 8
)

// telegram is the door of the shop's bot in Telegram, and the post of what is said
// there.
func (h *house) telegram() (*telegram.Door, *bot.Post, error) {
	limits, pause, err := h.settings.telegramLimits()
	if err != nil {
		return nil, nil, err
	}
	door, err := telegram.New(telegram.Options{
		Token: h.settings.telegramToken, APIURL: h.settings.telegramAPI,
		PublicURL: h.settings.public, WebhookSecret: h.settings.telegramHook,
		PaymentToken: h.settings.telegramPay, Charges: h.store, Clock: time.Now,
		Say:     func(lang, key string) string { return h.bot.Shelf().Voice.Sentence(lang, key) },
		Handler: h.bot, Bookmark: h.conversations, Allow: h.conversations.Allow, Log: h.log,
		Limits: limits, Pace: h.conversations.Pace, Group: h.group(),
		Photos: h.store, Files: call.Outward(telegramFile, h.settings.telegramHost()),
		Pictures: func(image string) ([]byte, string, error) { return picture.At(h.files.fs, image, telegramPicture) },
	})
	if err != nil {
		return nil, nil, err
	}
	return door, &bot.Post{
		Outbox: h.conversations, Channel: door, Name: telegram.Channel,
		Pause: pause, Workers: telegramWorkers, Bot: h.bot, Clock: time.Now, Log: h.log,
	}, nil
}
