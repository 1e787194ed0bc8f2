package main

import (
	"context"
	"errors"
	"time"

	"tiski/bot/staff"
	"tiski/webhooks/telegram"
)

// group is the staff's group in Telegram; nil when there is none.
func (h *house) group() *telegram.Group {
	if h.settings.telegramGroup == 0 {
		return nil
	}
	return &telegram.Group{
		Chat: h.settings.telegramGroup, Talks: h.conversations, Counter: h.bot, Staff: groupStaff{h}, Topics: h.store, Clock: time.Now,
	}
}

// groupStaff are the staff as the group knows them.
type groupStaff struct{ *house }

func (g groupStaff) Member(ctx context.Context, id int64) (telegram.Member, bool, error) {
	return member(g.accounts.InTelegram(ctx, id))
}

func (g groupStaff) Link(ctx context.Context, code string, id int64) (telegram.Member, bool, error) {
	return member(g.accounts.LinkTelegram(ctx, code, id))
}

func member(who staff.Account, err error) (telegram.Member, bool, error) {
	if errors.Is(err, staff.ErrUnknown) || errors.Is(err, staff.ErrSignIn) {
		return telegram.Member{}, false, nil
	}
	return telegram.Member{Name: who.Name, Display: who.Display}, err == nil, err
}

func (g groupStaff) Audit(ctx context.Context, m telegram.Member, act, conversation string) error {
	return g.accounts.Audit(ctx, m.Name, act, conversation)
}

func (g groupStaff) TurnAway(ctx context.Context, m telegram.Member) (bool, error) {
	return g.accounts.TurnAway(ctx, staff.Account{Name: m.Name})
}

func (g groupStaff) Close(ctx context.Context, conversation string) error {
	return staff.Close(ctx, g.store, conversation, staff.Solved, time.Now())
}
