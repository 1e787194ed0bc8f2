package console_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot/staff"
	"tiski/webhooks/console"
)

// issuerKey signs for the issuers of all tests; it is slow to make.
var issuerKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// issuer is who vouches for staff, played by the test.
type issuer struct {
	*httptest.Server
	t       *testing.T
	mu      sync.Mutex
	asked   url.Values // what the last browser came with
	claims  map[string]any
	header  map[string]any
	forge   func(head, claims string) string // a signature of another kind
	refuses bool
}

func startIssuer(t *testing.T, c *counter) *issuer {
	t.Helper()
	i := &issuer{t: t, header: map[string]any{"alg": "RS256", "kid": "1"}}
	i.Server = httptest.NewServer(i)
	t.Cleanup(i.Close)
	c.console.Issuer = &console.Issuer{Address: i.URL, Client: "tiski", Secret: "hush", Back: "https://shop.example/console/oidc/back", HTTP: i.Client()}
	i.claims = map[string]any{
		"iss": i.URL, "aud": "tiski", "sub": "77", "exp": c.now().Add(time.Minute).Unix(), "iat": c.now().Unix(),
		"email": "Aino@Shop.example", "email_verified": true,
	}
	return i
}

func encoded(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// token is signed by the issuer's key, unless it is forged.
func (i *issuer) token() string {
	head, claims := encoded(i.header), encoded(i.claims)
	if i.forge != nil {
		return head + "." + claims + "." + i.forge(head, claims)
	}
	key, err := issuerKey()
	if err != nil {
		i.t.Error(err)
	}
	sum := sha256.Sum256([]byte(head + "." + claims))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		i.t.Error(err)
	}
	return head + "." + claims + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	answer := func(value any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(value); err != nil {
			i.t.Error(err)
		}
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		answer(map[string]any{
			"issuer": i.URL, "authorization_endpoint": i.URL + "/ask", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
		})
	case "/keys":
		key, err := issuerKey()
		if err != nil {
			i.t.Error(err)
		}
		answer(map[string]any{"keys": []any{map[string]any{
			"kty": "RSA", "kid": "1", "use": "sig", "n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": "AQAB",
		}}})
	case "/token":
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		client, secret, _ := r.BasicAuth()
		if i.refuses || r.FormValue("code") != "code" || client != "tiski" || secret != "hush" || i.asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		answer(map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.token()})
	default:
		http.NotFound(w, r)
	}
}

// goes leads a browser to the issuer, which notes with what it came.
func (i *issuer) goes(b *browser, to string) {
	i.t.Helper()
	b.get(i.t, "/console/oidc?to="+url.QueryEscape(to))
	where, err := url.Parse(b.header.Get("Location"))
	if err != nil || b.status != http.StatusSeeOther || !strings.HasPrefix(where.String(), i.URL+"/ask?") {
		i.t.Fatalf("led to %s: %d %v", where, b.status, err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.asked = where.Query()
	i.claims["nonce"] = i.asked.Get("nonce")
	if q := i.asked; q.Get("code_challenge_method") != "S256" || q.Get("response_type") != "code" || q.Get("scope") != "openid email" ||
		q.Get("redirect_uri") != "https://shop.example/console/oidc/back" || len(q.Get("nonce")) < 32 || len(q.Get("state")) < 32 {
		i.t.Errorf("asked %v", q)
	}
}

func (i *issuer) back() string {
	return "/console/oidc/back?" + url.Values{"code": {"code"}, "state": {i.asked.Get("state")}}.Encode()
}

func TestSignInAtTheIssuer(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	if err := c.accounts.SetEmail(t.Context(), staff.Account{Name: "demo"}, "aino", "aino@shop.example"); err != nil {
		t.Fatal(err)
	}
	b := c.browser(t)
	b.get(t, "/console/sign-in")
	if strings.Contains(b.page, "/console/oidc") {
		t.Error("an issuer is offered that is not set")
	}
	for _, path := range []string{"/console/oidc", "/console/oidc/back?code=code&state=x"} {
		if b.get(t, path); b.status != http.StatusSeeOther && b.status != http.StatusUnauthorized {
			t.Errorf("%s without an issuer: %d", path, b.status)
		}
	}
	i := startIssuer(t, c)
	b.get(t, "/console/sign-in?to="+talkPath)
	if !strings.Contains(b.page, `href="/console/oidc?to=%2fconsole%2ftalk%2f`) {
		t.Errorf("the issuer is not offered: %s", b.page)
	}
	i.goes(b, talkPath)
	again := i.back()
	cookie := b.cookie(t, "tiski_oidc")
	b.get(t, again)
	if b.status != http.StatusSeeOther || b.header.Get("Location") != talkPath {
		t.Fatalf("%d to %s: %s", b.status, b.header.Get("Location"), b.alert())
	}
	b.get(t, "/console")
	if b.status != http.StatusOK {
		t.Errorf("signed in, but %d", b.status)
	}
	if got := c.acts(t); got != "demo member_email aino; aino sign_in_oidc" {
		t.Errorf("written down: %s", got)
	}

	// The same once more, by somebody who has taken all of it down.
	thief := c.browser(t)
	thief.get(t, again)
	thief.expect(t, http.StatusUnauthorized, "jäi kesken")
	thief.setCookie(t, cookie)
	thief.get(t, again)
	thief.expect(t, http.StatusUnauthorized, "jäi kesken")
	if strings.Contains(strings.ToLower(c.trace.String()), "aino@") {
		t.Error("the log tells who signs in")
	}
}

// cookie is one that the browser has for the console.
func (b *browser) cookie(t *testing.T, name string) *http.Cookie {
	t.Helper()
	u, err := url.Parse(b.url + "/console")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range b.client.Jar.Cookies(u) {
		if one.Name == name {
			return one
		}
	}
	t.Fatalf("no cookie %s", name)
	return nil
}

func (b *browser) setCookie(t *testing.T, one *http.Cookie) {
	t.Helper()
	u, err := url.Parse(b.url + "/console")
	if err != nil {
		t.Fatal(err)
	}
	one.Path = "/console"
	b.client.Jar.SetCookies(u, []*http.Cookie{one})
}

// What an issuer must not say, or another says in its place.
func TestNobodyVouches(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hire(t, "gone", "Poissa")
	for name, email := range map[string]string{"aino": "aino@shop.example", "gone": "gone@shop.example"} {
		if err := c.accounts.SetEmail(t.Context(), staff.Account{Name: "demo"}, name, email); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.accounts.SetRole(t.Context(), staff.Account{Name: "demo"}, "gone", staff.Gone); err != nil {
		t.Fatal(err)
	}
	key, err := issuerKey()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		lie   func(i *issuer)
		alert string
	}{
		"another nonce":      {func(i *issuer) { i.claims["nonce"] = strings.Repeat("0", 64) }, "ei onnistunut"},
		"no nonce":           {func(i *issuer) { delete(i.claims, "nonce") }, "ei onnistunut"},
		"another audience":   {func(i *issuer) { i.claims["aud"] = "other" }, "ei onnistunut"},
		"two audiences":      {func(i *issuer) { i.claims["aud"] = []string{"tiski", "other"} }, "ei onnistunut"},
		"another's":          {func(i *issuer) { i.claims["aud"], i.claims["azp"] = []string{"tiski", "other"}, "other" }, "ei onnistunut"},
		"another issuer":     {func(i *issuer) { i.claims["iss"] = "https://other.example" }, "ei onnistunut"},
		"expired":            {func(i *issuer) { i.claims["exp"] = c.now().Add(-time.Second).Unix() }, "ei onnistunut"},
		"unverified":         {func(i *issuer) { i.claims["email_verified"] = false }, "ei onnistunut"},
		"says not":           {func(i *issuer) { delete(i.claims, "email_verified") }, "ei onnistunut"},
		"no address":         {func(i *issuer) { delete(i.claims, "email") }, "ei ole tunnusta"},
		"an unknown address": {func(i *issuer) { i.claims["email"] = "mallory@shop.example" }, "ei ole tunnusta"},
		"who has left":       {func(i *issuer) { i.claims["email"] = "gone@shop.example" }, "ei ole tunnusta"},
		"a key unknown":      {func(i *issuer) { i.header["kid"] = "2" }, "ei onnistunut"},
		"no signature":       {func(i *issuer) { i.header["alg"], i.forge = "none", func(string, string) string { return "" } }, "ei onnistunut"},
		"signed by the client's secret": {func(i *issuer) {
			i.header["alg"], i.forge = "HS256", func(head, claims string) string {
				mac := hmac.New(sha256.New, []byte("hush"))
				mac.Write([]byte(head + "." + claims))
				return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
			}
		}, "ei onnistunut"},
		"RS512": {func(i *issuer) {
			i.header["alg"], i.forge = "RS512", func(head, claims string) string {
				sum := crypto.SHA512.New()
				sum.Write([]byte(head + "." + claims))
				signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA512, sum.Sum(nil))
				if err != nil {
					t.Error(err)
				}
				return base64.RawURLEncoding.EncodeToString(signature)
			}
		}, "ei onnistunut"},
		"the code is refused": {func(i *issuer) { i.refuses = true }, "ei onnistunut"},
	} {
		i := startIssuer(t, c)
		b := c.browser(t)
		i.goes(b, "")
		test.lie(i)
		b.get(t, i.back())
		if b.status != http.StatusUnauthorized || !strings.Contains(b.alert(), test.alert) {
			t.Errorf("%s: %d %q, want %q", name, b.status, b.alert(), test.alert)
		}
	}

	b := c.browser(t)
	i := startIssuer(t, c)
	i.goes(b, "")
	b.get(t, strings.Replace(i.back(), "state=", "state=0", 1))
	b.expect(t, http.StatusUnauthorized, "jäi kesken")
	b.get(t, i.back()) // the cookie has gone
	b.expect(t, http.StatusUnauthorized, "jäi kesken")
	i.goes(b, "")
	b.get(t, "/console/oidc/back?error=access_denied&error_description=Aino&state="+i.asked.Get("state"))
	b.expect(t, http.StatusUnauthorized, "ei onnistunut")
	i.goes(b, "")
	i.Close()
	b.get(t, i.back())
	b.expect(t, http.StatusServiceUnavailable, "ei vastaa")
	c.console.Issuer = &console.Issuer{Address: i.URL, HTTP: http.DefaultClient}
	b.get(t, "/console/oidc")
	b.expect(t, http.StatusServiceUnavailable, "ei vastaa")
	if got := c.acts(t); strings.Contains(got, "sign_in") {
		t.Errorf("written down: %s", got)
	}
	if log := strings.ToLower(c.trace.String()); strings.Contains(log, "@shop") || strings.Contains(log, "hush") || strings.Contains(log, "aino") {
		t.Errorf("the log tells who signs in: %s", log)
	}
}
