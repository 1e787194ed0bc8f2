package telegram

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tiski/bot"
	"tiski/webhooks/telegram/telegramtest"
)

func TestPollingTakesEachUpdateOnceInOrder(t *testing.T) {
	t.Parallel()
	s, b := &shop{}, &shelf{}
	d, api := open(t, Options{Handler: s, Bookmark: b})
	last := int64(0)
	var want []string
	for i := range 130 { // more than one answer holds
		last = api.Push(telegramtest.Said(77, fmt.Sprint(i)))
		want = append(want, fmt.Sprint("update:", last))
		api.Push(telegramtest.Said(-int64(i), "another's"))
	}
	run(t, d)
	api.Confirmed(last)
	if got := s.ids("telegram:77"); got != strings.Join(want, " ") {
		t.Errorf("handled %s", got)
	}
	if methods(api.Requests("deleteWebhook")) != "deleteWebhook" {
		t.Error("the webhook was not deleted")
	}
	late := api.Push(telegramtest.Said(77, "vielä"))
	api.Confirmed(late)
	if offset, _ := b.Offset(t.Context(), Channel); offset != late+1 {
		t.Errorf("offset %d, want %d", offset, late+1)
	}
}

// An update whose handling fails keeps those after it in its chat waiting, and
// the offset behind it, but not the other chats.
func TestPollingComesBackToWhatFailed(t *testing.T) {
	t.Parallel()
	unfit := fmt.Errorf("commit: %w", bot.ErrUnfit) // each time it comes
	s := &shop{faults: map[string][]error{"update:1002": {errAway, errAway}, "update:1004": {unfit, unfit, unfit}}}
	d, api := open(t, Options{Handler: s, Bookmark: &shelf{}})
	api.Fail("getUpdates", telegramtest.Fault{Status: 502, Description: "Bad Gateway"}, telegramtest.Fault{Status: 409, Description: "Conflict"})
	api.Fail("deleteWebhook", telegramtest.Fault{Status: 500, Description: "Internal Server Error"})
	for range 3 {
		api.Push(telegramtest.Said(77, "moi"))
	}
	api.Push(telegramtest.Said(78, "moi"))
	last := api.Push(telegramtest.Said(78, "moi"))
	run(t, d)
	api.Confirmed(last)
	if got := s.ids("telegram:77"); got != "update:1001 update:1002 update:1003" {
		t.Errorf("handled %s", got)
	}
	if got := s.ids("telegram:78"); got != "update:1005" {
		t.Errorf("handled %s", got)
	}
}

func TestChatsArePolledSideBySide(t *testing.T) {
	t.Parallel()
	s := &shop{}
	d, api := open(t, Options{Handler: s, Bookmark: &shelf{}})
	second := make(chan struct{})
	s.handled = func(ctx context.Context, id string) {
		if id == "update:1002" {
			close(second)
			return
		}
		select {
		case <-second:
		case <-ctx.Done():
		}
	}
	api.Push(telegramtest.Said(77, "moi"))
	last := api.Push(telegramtest.Said(78, "moi"))
	run(t, d)
	api.Confirmed(last)
}

func TestTheOffsetStaysBehindWhatIsNotHandled(t *testing.T) {
	t.Parallel()
	s, b := &shop{}, &shelf{}
	d, api := open(t, Options{Handler: s, Bookmark: b})
	api.Push(telegramtest.Said(77, "moi"))
	api.Push(telegramtest.Said(77, "moi"))
	s.faults = map[string][]error{"update:1002": {errAway}}
	if err := d.batch(t.Context()); err == nil || b.offset != 1002 {
		t.Errorf("offset %d, %v", b.offset, err)
	}
	if err := d.batch(t.Context()); err != nil || b.offset != 1003 {
		t.Errorf("offset %d, %v", b.offset, err)
	}
}

func TestAnUnreadableUpdateIsPassedBy(t *testing.T) {
	t.Parallel()
	s, b := &shop{}, &shelf{}
	d, api := open(t, Options{Handler: s, Bookmark: b})
	api.Push(`"message":{"text":{}}`)
	api.Push(telegramtest.Said(77, "moi"))
	if err := d.batch(t.Context()); err != nil || b.offset != 1003 || s.ids("telegram:77") != "update:1002" {
		t.Errorf("offset %d, %v, handled %s", b.offset, err, s.ids("telegram:77"))
	}
}

func TestOnlyWhoHoldsTheLeasePolls(t *testing.T) {
	t.Parallel()
	s, b := &shop{}, &shelf{holder: "another node", asked: make(chan string)}
	d, api := open(t, Options{Handler: s, Bookmark: b})
	update := api.Push(telegramtest.Said(77, "moi"))
	run(t, d)
	for range 5 {
		<-b.asked
	}
	if len(api.Requests("deleteWebhook")) > 0 || s.ids("telegram:77") != "" {
		t.Error("polled out of turn")
	}
	if err := b.Release(t.Context(), Channel, "another node"); err != nil {
		t.Fatal(err)
	}
	go func() {
		for t.Context().Err() == nil {
			select {
			case <-b.asked:
			case <-t.Context().Done():
			}
		}
	}()
	api.Confirmed(update)
}

func TestALeaderHandsOver(t *testing.T) {
	t.Parallel()
	b := &shelf{}
	d, api := open(t, Options{Handler: &shop{}, Bookmark: b})
	stop := run(t, d)
	api.Confirmed(api.Push(telegramtest.Said(77, "moi")))
	stop()
	if b.holder != "" {
		t.Errorf("the lease is held by %q", b.holder)
	}
}
