package widget_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"tiski/webhooks/widget"
)

// jwt is a JSON Web Token of these parts, signed with HS256.
func jwt(key, head, claims string) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(head)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	present, before := strings.Repeat("p", 32), strings.Repeat("b", 32)
	now := time.Now()
	s := openShop(t, func(o *widget.Options) {
		o.Identity = [][]byte{[]byte(present), []byte(before)}
		o.Clock = func() time.Time { return now }
	})
	_, token := s.session(t)
	const head = `{"alg":"HS256","typ":"JWT"}`
	claims := func(d time.Duration) string { return fmt.Sprintf(`{"sub":"1001","exp":%d}`, now.Add(d).Unix()) }
	good := jwt(present, head, claims(time.Hour))
	for i, c := range []struct {
		name, identity string
		status         int
	}{
		{"signed", good, 200},
		{"by the key before", jwt(before, head, claims(time.Hour)), 200},
		{"for a day", jwt(present, head, claims(24*time.Hour)), 200},
		{"for longer", jwt(present, head, claims(24*time.Hour+time.Second)), 403},
		{"run out", jwt(present, head, claims(0)), 403},
		{"without exp", jwt(present, head, `{"sub":"1001"}`), 403},
		{"without sub", jwt(present, head, strings.Replace(claims(time.Hour), "1001", "", 1)), 403},
		{"a long sub", jwt(present, head, strings.Replace(claims(time.Hour), "1001", strings.Repeat("1", 201), 1)), 403},
		{"of another key", jwt(strings.Repeat("x", 32), head, claims(time.Hour)), 403},
		{"with no key", jwt("", head, claims(time.Hour)), 403},
		{"of another algorithm", jwt(present, `{"alg":"HS512"}`, claims(time.Hour)), 403},
		{"of no algorithm", jwt(present, `{"alg":"none"}`, claims(time.Hour)), 403},
		{"unsigned", good[:strings.LastIndexByte(good, '.')+1], 403},
		{"no token", "1001", 403},
		{"nothing", "", 403},
	} {
		got := s.ask(t, "POST", "/widget/v1/identify", fmt.Sprintf(`{"id":"i%d","identity":%q}`, i, c.identity), "Authorization", "Bearer "+token)
		if got.status != c.status {
			t.Errorf("%s: %d %s, want %d", c.name, got.status, got.body, c.status)
		}
	}
	if got := s.ask(t, "POST", "/widget/v1/identify", fmt.Sprintf(`{"id":"x","identity":%q}`, good)); got.status != 401 {
		t.Errorf("without a conversation: %d", got.status)
	}
	none := openShop(t, nil)
	_, token = none.session(t)
	if got := none.ask(t, "POST", "/widget/v1/identify", fmt.Sprintf(`{"id":"x","identity":%q}`, good), "Authorization", "Bearer "+token); got.status != 403 {
		t.Errorf("without keys: %d", got.status)
	}
}
