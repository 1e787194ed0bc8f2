package staff

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// MaxEndpoint is how long the address of a push service may be, in bytes.
const MaxEndpoint = 1000

// ErrPush means that a subscription is none.
var ErrPush = errors.New("this is no subscription of a browser")

// Push is a browser that is told when somebody waits, while its session lasts (RFC
// 8030 and 8291).
type Push struct {
	Session  string // hash of its token
	Endpoint string // of its push service; https
	Key      string // of the browser, for encrypting; base64url
	Auth     string // a secret shared with it; base64url
	Lang     string // of the console in it
}

// Pushes keeps such browsers.
type Pushes interface {
	// SavePush writes a subscription over that of its session, and over that of the
	// same browser at an earlier one. A session that has ended has none.
	SavePush(ctx context.Context, p Push) error
	// Pushes returns those of sessions that last after now.
	Pushes(ctx context.Context, now time.Time) ([]Push, error)
	// DropPush forgets the one at an address.
	DropPush(ctx context.Context, endpoint string) error
}

// Subscribe has the browser of a session told when somebody waits, until that
// session ends; or it is ErrPush.
func (a *Accounts) Subscribe(ctx context.Context, token string, p Push) error {
	p.Session = digest(token)
	u, err := url.Parse(p.Endpoint)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(p.Endpoint) > MaxEndpoint {
		return ErrPush
	}
	for _, key := range []struct {
		text   string
		length int // bytes: a point of P-256, not compressed; 128 bits
	}{{p.Key, 65}, {p.Auth, 16}} {
		if b, err := base64.RawURLEncoding.DecodeString(key.text); err != nil || len(b) != key.length {
			return ErrPush
		}
	}
	if err := a.Records.SavePush(ctx, p); err != nil {
		return fmt.Errorf("subscribe: %w", err)
	}
	return nil
}
