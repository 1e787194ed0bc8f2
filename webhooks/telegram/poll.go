package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/catalog"
)

const (
	pollTime  = 20 * time.Second // how long Telegram waits for an update to come
	leaseTime = 45 * time.Second // longer than a poll with its answer
	maxBatch  = 100              // updates of one answer, as Telegram limits them
	maxAnswer = 64 << 20         // bytes of one answer
)

// poll fetches updates whenever it is this node's turn, until ctx ends.
func (d *Door) poll(ctx context.Context) error {
	defer d.handOver(ctx, Channel)
	leads, wait := false, d.backoff
	for ctx.Err() == nil {
		ours, err := d.Bookmark.Lease(ctx, Channel, d.holder, leaseTime)
		switch {
		case err == nil && !ours:
			leads = false
			pause(ctx, d.look)
			continue
		case err == nil && !leads: // Telegram polls nobody while a webhook is set
			if _, err = d.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{}); err != nil {
				err = fmt.Errorf("delete the webhook: %w", err)
			}
			leads = err == nil
		}
		if err == nil {
			err = d.batch(ctx)
		}
		if err == nil {
			wait = d.backoff
			continue
		}
		if ctx.Err() == nil {
			d.Log.Error("cannot poll", "channel", Channel, "err", err)
			pause(ctx, wait)
			wait = min(2*wait, mostBackoff)
		}
	}
	return nil
}

// handOver lets another node have a turn of this one's, also when ctx has ended.
func (d *Door) handOver(ctx context.Context, lease string) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer done()
	if err := d.Bookmark.Release(ctx, lease, d.holder); err != nil {
		d.Log.Warn("cannot hand over a turn", "channel", Channel, "err", err)
	}
}

// batch fetches updates, handles them, different chats at once and each chat in
// order, and notes how far it came: up to the first that was not handled. Those
// handled beyond it come again and are known by their ids.
func (d *Door) batch(ctx context.Context) error {
	offset, err := d.Bookmark.Offset(ctx, Channel)
	if err != nil {
		return err
	}
	updates, next, err := d.fetch(ctx, offset)
	if err != nil || next == offset {
		return err
	}
	chats := map[int64][]models.Update{}
	for _, u := range updates {
		if c := d.inOrder(u); c != 0 {
			chats[c] = append(chats[c], u)
		}
	}
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		failed []error
	)
	for _, updates := range chats {
		all.Go(func() {
			for _, u := range updates {
				if err := d.Update(ctx, u); err != nil {
					mu.Lock()
					defer mu.Unlock()
					next = min(next, u.ID)
					failed = append(failed, err)
					return
				}
			}
		})
	}
	all.Wait()
	if next != offset {
		if err := d.Bookmark.SetOffset(context.WithoutCancel(ctx), Channel, next); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// fetch asks for updates from offset on and returns those that can be read, and
// the offset after them all.
func (d *Door) fetch(ctx context.Context, offset int64) (updates []models.Update, next int64, err error) {
	ctx, done := context.WithTimeout(ctx, pollTime+callTime)
	defer done()
	body, err := json.Marshal(map[string]any{
		"offset": offset, "limit": maxBatch, "timeout": int(pollTime.Seconds()), "allowed_updates": d.allowed(),
	})
	if err != nil {
		return nil, 0, fmt.Errorf("ask for updates: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.APIURL+"/bot"+d.Token+"/getUpdates", bytes.NewReader(body))
	if err != nil {
		return nil, 0, errors.New("ask for updates: bad address of the Bot API")
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := d.client.Do(request)
	if err != nil {
		return nil, 0, fmt.Errorf("ask for updates: %w", catalog.WithoutAddress(err)) // the token is in it
	}
	defer response.Body.Close()
	var answer struct {
		OK          bool              `json:"ok"`
		Description string            `json:"description"`
		Result      []json.RawMessage `json:"result"`
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, maxAnswer)).Decode(&answer); err != nil {
		return nil, 0, fmt.Errorf("ask for updates: status %d: %w", response.StatusCode, err)
	}
	if !answer.OK {
		return nil, 0, fmt.Errorf("ask for updates: status %d: %s", response.StatusCode, answer.Description)
	}
	next = offset
	for _, raw := range answer.Result {
		u, err := decode(raw)
		if errors.Is(err, errMalformed) {
			return nil, 0, fmt.Errorf("ask for updates: %w", err)
		}
		next = max(next, u.ID+1)
		if err != nil {
			d.Log.Error("an update is skipped", "channel", Channel, "err", err)
			continue
		}
		updates = append(updates, u)
	}
	return updates, next, nil
}
