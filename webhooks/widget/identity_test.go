package widget_test

import (
	"crypto/ed25519"
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
	return token(head, claims, func(text []byte) []byte {
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write(text)
		return mac.Sum(nil)
	})
}

// edJWT is one signed with EdDSA.
func edJWT(key ed25519.PrivateKey, head, claims string) string {
	return token(head, claims, func(text []byte) []byte { return ed25519.Sign(key, text) })
}

func token(head, claims string, sign func(text []byte) []byte) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(head)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	return text + "." + base64.RawURLEncoding.EncodeToString(sign([]byte(text)))
}

// edKey is a key of its own for each letter.
func edKey(letter string) (private ed25519.PrivateKey, public ed25519.PublicKey) {
	private = ed25519.NewKeyFromSeed([]byte(strings.Repeat(letter, ed25519.SeedSize)))
	return private, private.Public().(ed25519.PublicKey)
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	present, before := strings.Repeat("p", 32), strings.Repeat("b", 32)
	now := time.Now()
	private, public := edKey("p")
	privateBefore, publicBefore := edKey("b")
	stranger, _ := edKey("x")
	s := openShop(t, func(o *widget.Options) {
		o.Identity = []widget.IdentityKey{widget.IdentitySecret(present), widget.IdentitySecret(before), widget.IdentityPublic(public), widget.IdentityPublic(publicBefore)}
		o.Clock = func() time.Time { return now }
	})
	_, token := s.session(t)
	const head, edHead = `{"alg":"HS256","typ":"JWT"}`, `{"alg":"EdDSA","typ":"JWT"}`
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
		{"with what must be understood", jwt(present, `{"alg":"HS256","crit":["b64"],"b64":false}`, claims(time.Hour)), 403},
		{"by a key pair", edJWT(private, edHead, claims(time.Hour)), 200},
		{"by a key pair, as it is called now", edJWT(private, `{"alg":"Ed25519"}`, claims(time.Hour)), 200},
		{"by the key pair before", edJWT(privateBefore, edHead, claims(24*time.Hour)), 200},
		{"by a key pair for longer", edJWT(private, edHead, claims(24*time.Hour+time.Second)), 403},
		{"by a key pair, run out", edJWT(private, edHead, claims(0)), 403},
		{"by a key pair, in seventy years", edJWT(private, edHead, claims(70*365*24*time.Hour)), 403},
		{"by a stranger's key pair", edJWT(stranger, edHead, claims(time.Hour)), 403},
		{"by a key pair of no algorithm", edJWT(private, `{"alg":"none"}`, claims(time.Hour)), 403},
		{"by a key pair that calls itself a secret", edJWT(private, head, claims(time.Hour)), 403},
		{"by a secret that calls itself a key pair", jwt(present, edHead, claims(time.Hour)), 403},
		{"by the public key as a secret", jwt(string(public), head, claims(time.Hour)), 403},
		{"by the public key as a secret that calls itself a key pair", jwt(string(public), edHead, claims(time.Hour)), 403},
		{"cut short", edJWT(private, edHead, claims(time.Hour))[:150], 403},
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
