package widget

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// What the shop has not signed names nobody; what it has, names somebody for a day
// at most.
func FuzzIdentity(f *testing.F) {
	const head = `{"alg":"HS256","typ":"JWT"}`
	for _, seed := range [][3]string{
		{head, `{"sub":"1001","exp":1795435201}`, ""}, {head, `{"sub":"1001","exp":1.7954352e9,"exp":null}`, "a.b.c"}, {head, `{"sub":1,"exp":"1"}`, ".."}, {head, `{"sub":"\ud800","exp":1795435300}`, "e30.e30."},
		{`{"alg":"none"}`, `{"sub":"1001","exp":1795435201}`, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMDAxIiwiZXhwIjoxNzk1NDM1MjAxfQ."}, {"null", "[]", ""}, {head, `{"sub":"x","exp":1e999}`, "x"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	now := time.Unix(1795435200, 0)
	named := func(key, token string, at time.Time) (string, bool) {
		d := &Door{Options: Options{Identity: []IdentityKey{IdentitySecret(key)}, Clock: func() time.Time { return at }}}
		return d.subject(token)
	}
	key, other := strings.Repeat("k", 32), strings.Repeat("o", 32)
	f.Fuzz(func(t *testing.T, head, claims, forged string) {
		if subject, ok := named(key, forged, now); ok {
			t.Fatalf("%q, which nobody signed, names %q", forged, subject)
		}
		text := base64.RawURLEncoding.EncodeToString([]byte(head)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(text))
		token := text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
		subject, ok := named(key, token, now)
		if !ok {
			return
		}
		if subject == "" || len(subject) > maxSubject || !utf8.ValidString(subject) || !json.Valid([]byte(head)) || !json.Valid([]byte(claims)) || !strings.Contains(head, "HS256") && !strings.Contains(head, `\u`) {
			t.Fatalf("%q and %q name %q", head, claims, subject)
		}
		for _, at := range []time.Time{now.Add(identityLife), now.Add(-identityLife - time.Second)} {
			if _, ok := named(key, token, at); ok {
				t.Fatalf("%q names somebody at %s", claims, at)
			}
		}
		if _, ok := named(other, token, now); ok {
			t.Fatalf("%q is taken for signed by another key", token)
		}
	})
}
