package console

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/SherClockHolmes/webpush-go"
	"golang.org/x/sync/errgroup"

	"tiski/bot/staff"
	"tiski/catalog"
)

// How browsers are told that somebody waits.
const (
	pushPause = time.Second     // between two looks at who waits
	pushTTL   = 5 * time.Minute // after which a browser that was off is not told any more
	pushLooks = 50              // who have waited longest
	pushOnce  = 14 * 24 * time.Hour
	pushRooms = 8 // browsers told at once
)

// Push tells browsers of staff that somebody waits, even when the console is not
// open in them (RFC 8030, 8291 and 8292): nothing of who that is or what they want.
type Push struct {
	Contact string       // of the shop, for push services: https://… or an e-mail address
	HTTP    *http.Client // must have a limit of time, and reach no private network

	public, private string // key pair of the shop, base64url
}

// NewPush returns a Push whose keys are made of a secret of the shop, so that they
// are the same on all nodes and after every start.
func NewPush(secret []byte, contact string, client *http.Client) (*Push, error) {
	p := &Push{Contact: contact, HTTP: client}
	for n := 0; p.private == ""; n++ { // one in four billion numbers is no key
		number, err := hkdf.Key(sha256.New, secret, nil, "tiski web push "+strconv.Itoa(n), 32)
		if err != nil {
			return nil, fmt.Errorf("make the keys of web push: %w", err)
		}
		key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), number)
		if err != nil {
			continue
		}
		public, err := key.PublicKey.Bytes()
		if err != nil {
			return nil, fmt.Errorf("make the keys of web push: %w", err)
		}
		p.private, p.public = base64.RawURLEncoding.EncodeToString(number), base64.RawURLEncoding.EncodeToString(public)
	}
	return p, nil
}

// pushKey is what browsers subscribe with; "" when nobody is told.
func (c *Console) pushKey() string {
	if c.Push == nil {
		return ""
	}
	return c.Push.public
}

// subscribe takes the subscription of this browser.
func (c *Console) subscribe(v *visit) error {
	err := c.Accounts.Subscribe(v.ctx(), v.session, staff.Push{
		Endpoint: v.FormValue("endpoint"), Key: v.FormValue("p256dh"), Auth: v.FormValue("auth"), Lang: v.words.Lang,
	})
	if errors.Is(err, staff.ErrPush) {
		return errForm
	}
	if err != nil {
		return err
	}
	return v.NoContent(http.StatusNoContent)
}

// push tells of everybody who begins to wait, until ctx ends.
func (c *Console) push(ctx context.Context) {
	if c.Push == nil {
		return
	}
	known := map[string]bool{}
	for changed := c.Conversations.Watch(ctx, ""); ; {
		if err := c.tellWaiting(ctx, known); err != nil && ctx.Err() == nil {
			c.Log.Warn("staff cannot be told that somebody waits", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pushPause):
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// tellWaiting tells once of those who wait, while customer service is open. known are
// those of whom this node knows that they have been told of.
func (c *Console) tellWaiting(ctx context.Context, known map[string]bool) error {
	now := c.Clock()
	if !c.Bot.Shelf().Shop.Hours.ServiceOpen(now) {
		return nil
	}
	browsers, err := c.Accounts.Records.Pushes(ctx, now)
	if err != nil || len(browsers) == 0 {
		return err
	}
	desks, err := c.Conversations.Desks(ctx, pushLooks)
	if err != nil {
		return err
	}
	waiting, news := map[string]bool{}, false
	for _, d := range desks {
		if d.Waiting.IsZero() {
			continue
		}
		key := "push:" + d.Conversation + ":" + strconv.FormatInt(d.Waiting.UnixMilli(), 10)
		waiting[key] = true
		if known[key] {
			continue
		}
		first, err := c.Once(ctx, key, pushOnce)
		if err != nil {
			return err
		}
		news = news || first
	}
	clear(known)
	for key := range waiting {
		known[key] = true
	}
	if !news {
		return nil
	}
	var g errgroup.Group
	g.SetLimit(pushRooms)
	for _, b := range browsers {
		g.Go(func() error { return c.tellBrowser(ctx, b) })
	}
	return g.Wait()
}

// tellBrowser tells one browser, and forgets it when it is no more.
func (c *Console) tellBrowser(ctx context.Context, to staff.Push) error {
	payload, err := json.Marshal(map[string]string{"text": wordsFor(to.Lang, "").T("alarm.notice")})
	if err != nil {
		return fmt.Errorf("write a push: %w", err)
	}
	answer, err := webpush.SendNotificationWithContext(ctx, payload, &webpush.Subscription{
		Endpoint: to.Endpoint, Keys: webpush.Keys{Auth: to.Auth, P256dh: to.Key},
	}, &webpush.Options{
		HTTPClient: c.Push.HTTP, Subscriber: c.Push.Contact, Topic: "waiting", TTL: int(pushTTL.Seconds()), Urgency: webpush.UrgencyHigh,
		VAPIDPublicKey: c.Push.public, VAPIDPrivateKey: c.Push.private,
	})
	if err != nil {
		return fmt.Errorf("push: %w", catalog.WithoutAddress(err)) // it stands for that browser
	}
	answer.Body.Close()
	switch {
	case answer.StatusCode == http.StatusNotFound, answer.StatusCode == http.StatusGone:
		return c.Accounts.Records.DropPush(ctx, to.Endpoint)
	case answer.StatusCode >= 300:
		return fmt.Errorf("a push service answers %d", answer.StatusCode)
	}
	return nil
}
