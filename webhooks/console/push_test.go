package console_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/webhooks/console"
)

// device is a browser's push service, and the keys of that browser.
type device struct {
	*httptest.Server
	key    *ecdh.PrivateKey
	auth   []byte
	status int // that the service answers
	came   chan *http.Request
}

func newDevice(t *testing.T, status int) *device {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d := &device{key: key, auth: make([]byte, 16), status: status, came: make(chan *http.Request, 9)}
	rand.Read(d.auth)
	d.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		status := d.status
		d.came <- r
		w.WriteHeader(status)
	}))
	t.Cleanup(d.Close)
	return d
}

func (d *device) fields() url.Values {
	text := base64.RawURLEncoding.EncodeToString
	return url.Values{"endpoint": {d.URL + "/push/1"}, "p256dh": {text(d.key.PublicKey().Bytes())}, "auth": {text(d.auth)}}
}

// read opens what was pushed, as a browser does (RFC 8188 and 8291).
func (d *device) read(t *testing.T, r *http.Request) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil || len(body) < 86 || body[20] != 65 {
		t.Fatalf("pushed %d bytes, %v", len(body), err)
	}
	salt, from, sealed := body[:16], body[21:86], body[86:]
	public, err := ecdh.P256().NewPublicKey(from)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := d.key.ECDH(public)
	if err != nil {
		t.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, length int) []byte {
		t.Helper()
		key, err := hkdf.Key(sha256.New, secret, salt, info, length)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	secret := derive(shared, d.auth, "WebPush: info\x00"+string(d.key.PublicKey().Bytes())+string(from), 32)
	block, err := aes.NewCipher(derive(secret, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	text, err := seal.Open(nil, derive(secret, salt, "Content-Encoding: nonce\x00", 12), sealed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimRight(string(text), "\x00\x02")
}

func (c *counter) pushes(t *testing.T) int {
	t.Helper()
	all, err := c.store.Pushes(t.Context(), c.now())
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestStaffAreToldThatSomebodyWaits(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	d := newDevice(t, http.StatusCreated)
	c.push.HTTP = d.Client()
	b := c.at(t, "aino")
	b.get(t, "/console")
	if !regexp.MustCompile(`data-push="[\w-]{87}"`).MatchString(b.page) || !strings.Contains(b.page, "worker.js?v=") {
		t.Error("the page does not tell how to subscribe")
	}
	b.submit(t, "/console/me/push", d.fields())
	if b.status != http.StatusNoContent || c.pushes(t) != 1 {
		t.Fatalf("%d, %d subscriptions", b.status, c.pushes(t))
	}
	come := func() *http.Request {
		t.Helper()
		select {
		case r := <-d.came:
			return r
		case <-time.After(time.Minute):
			t.Fatal("nobody is told")
			return nil
		}
	}
	c.hearFrom(t, "widget:1", "Sinikka", dialogue.Said{Text: "haluan puhua ihmiselle sinivuokoista"})
	r := come()
	if got := d.read(t, r); got != `{"text":"Asiakas odottaa vastausta"}` {
		t.Errorf("told %q", got)
	}
	if r.Header.Get("TTL") != "300" || r.Header.Get("Topic") != "waiting" || r.Header.Get("Urgency") != "high" || r.URL.Path != "/push/1" ||
		!strings.HasPrefix(r.Header.Get("Authorization"), "vapid t=") {
		t.Errorf("sent to %s with %v", r.URL, r.Header)
	}

	aino := staff.Account{Name: "aino"}
	for _, away := range []bool{true, false} {
		if err := c.accounts.SetAway(t.Context(), aino, away); err != nil {
			t.Fatal(err)
		}
		if told := c.pushes(t) > 0; told == away {
			t.Errorf("away: %v, told: %v", away, told)
		}
	}

	d.status = http.StatusGone // the browser is no more
	c.hearFrom(t, "widget:2", "", dialogue.Said{Text: "haluan puhua ihmiselle"})
	come()
	for deadline := time.Now().Add(time.Minute); c.pushes(t) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("a browser that is gone is still told")
		}
	}
	if len(d.came) > 0 {
		t.Error("told once more of the same customers")
	}
	if log := c.trace.String(); strings.Contains(log, "level=WARN") {
		t.Errorf("the log: %s", log)
	}
	d.Close()
	b.get(t, "/console")
	b.submit(t, "/console/me/push", d.fields())
	c.hearFrom(t, "widget:3", "", dialogue.Said{Text: "haluan puhua ihmiselle"})
	for deadline := time.Now().Add(time.Minute); !strings.Contains(c.trace.String(), "staff cannot be told"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nobody hears of a push service that is away")
		}
	}
	if log := c.trace.String(); strings.Contains(log, "/push/1") {
		t.Errorf("the log tells where a browser is pushed to: %s", log)
	}
}

func TestSubscriptionsEnd(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	d := newDevice(t, http.StatusCreated)
	b, phone := c.at(t, "aino"), c.at(t, "aino")
	for _, one := range []*browser{b, phone, phone} { // the same browser, signed in anew
		one.get(t, "/console")
		one.submit(t, "/console/me/push", d.fields())
		if one.status != http.StatusNoContent || c.pushes(t) != 1 {
			t.Fatalf("%d, %d subscriptions", one.status, c.pushes(t))
		}
	}
	for name, value := range map[string]string{
		"endpoint": "http://push.example/1", "p256dh": "AAAA", "auth": "AAAA",
	} {
		fields := d.fields()
		fields.Set(name, value)
		b.get(t, "/console")
		b.submit(t, "/console/me/push", fields)
		b.expect(t, http.StatusForbidden, "vanhentunut")
	}
	long := d.fields()
	long.Set("endpoint", "https://push.example/"+strings.Repeat("a", staff.MaxEndpoint+1-len("https://push.example/")))
	b.get(t, "/console")
	b.submit(t, "/console/me/push", long)
	b.expect(t, http.StatusForbidden, "vanhentunut")
	phone.get(t, "/console")
	phone.submit(t, "/console/sign-out", nil)
	if c.pushes(t) != 0 {
		t.Error("who has signed out is still told")
	}
	b.get(t, "/console")
	b.submit(t, "/console/me/push", d.fields())
	c.pass(staff.SessionLife)
	if c.pushes(t) != 0 {
		t.Error("a session that is over is still told")
	}
}

// The keys are the same after every start, and others of another secret.
func TestKeysOfPush(t *testing.T) {
	t.Parallel()
	var all []console.Push
	for _, secret := range []string{password, password, password + "!"} {
		p, err := console.NewPush([]byte(secret), "https://shop.example", nil)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, *p)
	}
	if all[0] != all[1] || all[0] == all[2] {
		t.Errorf("keys %+v", all)
	}
}
