package webhooks

import (
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// What one address may ask of this process in a span of time. What is brought
// and taken costs nothing here: its door counts it by conversation, or knows its
// sender by a signature. Nor does what is brought when we are to blame or a door is
// crowded: who sends for many would be kept out when all is well again. An answer
// of 4xx is dear, so that who guesses links, tokens and signatures is soon done.
const (
	span        = time.Minute
	most        = 3000
	refusalCost = 50
	mostVisits  = 100_000 // addresses counted in a span; more are let in uncounted
)

// visits counts what addresses ask for in the present span.
type visits struct {
	now   func() time.Time
	mu    sync.Mutex
	since time.Time
	spent map[string]int
}

// sparing refuses an address that has asked for too much with 429 and
// Retry-After.
func sparing(now func() time.Time) echo.MiddlewareFunc {
	v := &visits{now: now}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			key := addressKey(c.RealIP())
			if key == "" {
				return next(c)
			}
			if wait := v.full(key); wait > 0 {
				c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(int(wait/time.Second)+1))
				return echo.NewHTTPError(http.StatusTooManyRequests, "too many requests")
			}
			brings := c.Request().Method == http.MethodPost
			if !brings {
				v.spend(key, 1) // at once: a stream ends late
			}
			err := next(c)
			if err != nil {
				c.Error(err) // now, so that the status is known
			}
			if status := c.Response().Status; status >= 400 && status < 500 && status != http.StatusTooManyRequests {
				v.spend(key, refusalCost)
			} else if brings && status >= 300 && status < 500 {
				v.spend(key, 1)
			}
			return nil
		}
	}
}

// full returns how long an address must wait; 0 when it may come in.
func (v *visits) full(key string) time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	if now.Sub(v.since) >= span {
		v.since, v.spent = now, map[string]int{}
	}
	if v.spent[key] < most {
		return 0
	}
	return v.since.Add(span).Sub(now)
}

func (v *visits) spend(key string, cost int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, known := v.spent[key]; known || len(v.spent) < mostVisits {
		v.spent[key] += cost
	}
}

// addressKey is what visits are counted by: an IPv4 address, or the network of an
// IPv6 one, which its holder has whole. It is "" for our own network: a proxy
// there that does not say whom it speaks for would speak for everybody.
func addressKey(ip string) string {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	switch address = address.Unmap().WithZone(""); {
	case address.IsLoopback() || address.IsPrivate() || address.IsLinkLocalUnicast():
		return ""
	case address.Is4():
		return address.String()
	}
	network, _ := address.Prefix(64)
	return network.String()
}
