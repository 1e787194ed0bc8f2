package main

import (
	"context"
	"fmt"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/letters"
	"tiski/catalog"
	"tiski/webhooks/telegram"
)

// alarm calls staff from elsewhere when nobody looks at who waits: by letter, and
// in a chat of Telegram when there is one.
func (h *house) alarm(mailer *letters.Mailer, door *telegram.Door) *bot.Alarm {
	bells := []bot.Bell{letterBell{mailer}}
	if door != nil && h.settings.telegramStaff != "" {
		bells = append(bells, telegramBell{mailer, door, h.settings.telegramStaff})
	}
	return &bot.Alarm{
		Desks: h.conversations.Desks, Looked: h.store, Here: h.accounts.Staffed, Leases: h.conversations, Bells: bells,
		Shop: func() *catalog.Shop { return h.bot.Shelf().Shop }, Clock: time.Now, Log: h.log,
	}
}

type letterBell struct{ *letters.Mailer }

func (b letterBell) Ring(ctx context.Context, u bot.Unseen) error {
	l, err := b.Writer().Alarm(u.ID, u.Waiting, u.Longest)
	if err == nil {
		err = b.Post.Send(ctx, l)
	}
	if err != nil {
		return fmt.Errorf("call staff by letter: %w", err)
	}
	return nil
}

type telegramBell struct {
	*letters.Mailer
	door *telegram.Door
	chat string
}

func (b telegramBell) Ring(ctx context.Context, u bot.Unseen) error {
	l, err := b.Writer().Alarm(u.ID, u.Waiting, u.Longest)
	if err == nil {
		m := bot.Message{Seq: b.Clock().UnixMilli(), From: dialogue.BySystem, Text: l.Text}
		err = b.door.Send(ctx, telegram.Channel+":"+b.chat, m)
	}
	if err != nil {
		return fmt.Errorf("call staff in Telegram: %w", err)
	}
	return nil
}
