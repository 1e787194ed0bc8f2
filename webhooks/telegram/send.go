package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot"
)

// Send sends one message to one conversation. It may take several calls of the
// Bot API; when one fails, those before it are remembered in this process, and
// the next Send of the same message goes on from there. Another process begins
// anew. Errors are *bot.SendError where Telegram says what to do: wait (429),
// give up the customer (403, no such chat) or the message (400).
func (d *Door) Send(ctx context.Context, conversation string, m bot.Message) error {
	channel, id, _ := strings.Cut(conversation, ":")
	chat, err := strconv.ParseInt(id, 10, 64)
	if channel != Channel || err != nil {
		return &bot.SendError{Refused: true, Err: fmt.Errorf("send: %q is no conversation of Telegram", channel)}
	}
	ctx, done := context.WithTimeout(ctx, sendTime)
	defer done()
	key := sending{chat, m.Seq}
	for i, p := range d.parts(chat, m) {
		if i < d.sent.calls(key) {
			continue
		}
		if err := d.put(ctx, chat, p); err != nil {
			err = policy(fmt.Errorf("send: %w", err))
			var fault *bot.SendError
			if errors.As(err, &fault) && (fault.Gone || fault.Refused) {
				d.sent.forget(key)
			}
			return err
		}
		d.sent.note(key, i+1)
	}
	d.sent.forget(key)
	return nil
}

// piece is what one call of the Bot API sends: pictures, a text, or an invoice. The
// keyboard stands under a text or a single picture.
type piece struct {
	photos  []photo
	text    string // the caption, when there is one picture
	keys    keyboard
	must    bool         // a picture that nothing stands in for
	invoice *bot.Invoice // alone
	thread  int          // topic of the chat that a text goes to; 0 for none
}

// put makes the call for a piece. Pictures that Telegram does not want are left
// out: their words go alone.
func (d *Door) put(ctx context.Context, chat int64, p piece) error {
	if p.invoice != nil {
		return d.putInvoice(ctx, chat, p.invoice)
	}
	if len(p.photos) == 0 {
		return d.putText(ctx, chat, p)
	}
	known := d.files.anyOf(p.photos)
	err := d.putPhotos(ctx, chat, p)
	if known && errors.Is(err, tg.ErrorBadRequest) && !gone(err) {
		d.files.forget(p.photos) // perhaps Telegram knows the file no more
		err = d.putPhotos(ctx, chat, p)
	}
	if err == nil || p.must || !errors.Is(err, tg.ErrorBadRequest) || gone(err) {
		return err
	}
	d.Log.Warn("pictures are left out", "conversation", conversation(chat), "channel", Channel, "err", err)
	return d.putText(ctx, chat, p)
}

// putText sends the words of a piece; pictures whose words are a piece of
// their own have none.
func (d *Door) putText(ctx context.Context, chat int64, p piece) error {
	if p.text == "" {
		return nil
	}
	if err := d.wait(ctx, chat, 1); err != nil {
		return err
	}
	noPreview := true
	_, err := d.api.SendMessage(ctx, &tg.SendMessageParams{
		ChatID: chat, MessageThreadID: p.thread, Text: p.text, ReplyMarkup: p.keys.markup(), LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &noPreview},
	})
	return err
}

// gone tells whether an error of the Bot API means that the customer cannot be
// reached any more.
func gone(err error) bool {
	return errors.Is(err, tg.ErrorForbidden) || errors.Is(err, tg.ErrorBadRequest) && strings.Contains(err.Error(), "chat not found")
}

// policy gives an error of the Bot API what is to be done about it. Faults of
// the network, of Telegram and of our settings are tried again as the caller
// sees fit.
func policy(err error) error {
	var many *tg.TooManyRequestsError
	var moved *tg.MigrateError
	switch {
	case errors.As(err, &many):
		return &bot.SendError{After: time.Duration(max(many.RetryAfter, 1)) * time.Second, Err: err}
	case gone(err):
		return &bot.SendError{Gone: true, Err: err}
	case errors.Is(err, tg.ErrorBadRequest), errors.As(err, &moved):
		return &bot.SendError{Refused: true, Err: err}
	}
	return err
}

// sending is a message on its way.
type sending struct {
	chat, seq int64
}

// progress remembers how many calls of a message have succeeded, of messages
// that failed in the middle.
type progress struct {
	mu   sync.Mutex
	done map[sending]int
}

const maxProgress = 10_000 // messages; beyond, any is forgotten, which repeats its first pieces

func (p *progress) calls(s sending) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done[s]
}

func (p *progress) note(s sending, calls int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done == nil {
		p.done = map[sending]int{}
	}
	makeRoom(p.done, maxProgress)
	p.done[s] = calls
}

func (p *progress) forget(s sending) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.done, s)
}

// makeRoom drops any entry of a map that is full.
func makeRoom[K comparable, V any](m map[K]V, most int) {
	for k := range m {
		if len(m) < most {
			return
		}
		delete(m, k)
	}
}
