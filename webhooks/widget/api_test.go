package widget_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tiski/bot"
	"tiski/catalog/picture"
	"tiski/webhooks/widget"
)

func TestSession(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	conversation, token := s.session(t)
	name, ok := strings.CutPrefix(conversation, "widget:")
	if b, err := base64.RawURLEncoding.DecodeString(name); !ok || err != nil || len(b) != 16 {
		t.Errorf("conversation %s is not 128 bits of chance", conversation)
	}
	if other, _ := s.session(t); other == conversation {
		t.Error("two sessions have one conversation")
	}
	got := s.ask(t, "GET", "/widget/v1/messages", "", "Authorization", "Bearer "+token)
	if all := lines(t, got.body); texts(all) != "bot hei fi; " {
		t.Errorf("the log of a new session: %s", texts(all))
	}
	for name, test := range map[string]struct {
		body     string
		status   int
		greeting string
	}{
		"no body":        {"", 200, "hei "},
		"no language":    {"{}", 200, "hei "},
		"region":         {`{"lang":"sv-FI"}`, 200, "hei sv"},
		"unknown field":  {`{"lang":"fi","x":1}`, 400, ""},
		"malformed":      {`{"lang":`, 400, ""},
		"no object":      {`"fi"`, 400, ""},
		"wrong type":     {`{"lang":1}`, 400, ""},
		"something more": {`{}{}`, 400, ""},
		"too large":      {`{"lang":"` + strings.Repeat("a", 64<<10) + `"}`, 413, ""},
	} {
		got := s.ask(t, "POST", "/widget/v1/session", test.body)
		if got.status != test.status {
			t.Errorf("%s: %d %s, want %d", name, got.status, got.body, test.status)
		}
	}
}

func TestMessage(t *testing.T) {
	t.Parallel()
	s := openShop(t, func(o *widget.Options) { o.Public = "https://bot.example" })
	_, token := s.session(t)
	got := s.send(t, token, `{"id":"1","tap":"more:takki","label":"Lisää"}`)
	shape := regexp.MustCompile(`^\{"messages":\[\{"seq":\d+,"from":"bot","text":"more:takki","buttons":\[\{"tap":"cart","label":"Kori"\}\],` +
		`"cards":\[\{"product":"takki","title":"Takki","price":"10,00 €","image":"https://bot\.example/images/takki\.svg","buttons":\[\]\},` +
		`\{"product":"","title":"","price":"","image":"https://kuva\.example/a\.jpg","buttons":\[\]\}\],"at":"[^"]+"\}\]\}\n$`)
	if got.status != http.StatusOK || !shape.MatchString(got.body) {
		t.Errorf("a tap: %d %s", got.status, got.body)
	}
	again := s.send(t, token, `{"id":"1","tap":"more:takki","label":"Lisää"}`)
	at := regexp.MustCompile(`"at":"[^"]+"`)
	if again.status != http.StatusOK || at.ReplaceAllString(again.body, "") != at.ReplaceAllString(got.body, "") {
		t.Errorf("the same id again: %d %s, want %s", again.status, again.body, got.body)
	}
	if n := s.parrot.heard.Load(); n != 2 {
		t.Errorf("%d inputs were handled, want the opening and one tap", n)
	}
	plain := s.send(t, token, `{"id":"2","text":"moi"}`)
	if !strings.Contains(plain.body, `"text":"moi","buttons":[],"cards":[],`) {
		t.Errorf("lists must not be null: %s", plain.body)
	}
}

func TestBadMessages(t *testing.T) {
	t.Parallel()
	s := openShop(t, func(o *widget.Options) { o.Allow = always })
	_, token := s.session(t)
	id64 := strings.Repeat("a", 64)
	for name, test := range map[string]struct {
		body   string
		status int
	}{
		"text":               {`{"id":"a","text":"moi"}`, 200},
		"empty text":         {`{"id":"b","text":""}`, 200},
		"unknown tap":        {`{"id":"c","tap":"none:such"}`, 200},
		"longest id":         {`{"id":"` + id64 + `","text":"moi"}`, 200},
		"id too long":        {`{"id":"` + id64 + `a","text":"moi"}`, 400},
		"no id":              {`{"text":"moi"}`, 400},
		"odd id":             {`{"id":"a/b","text":"moi"}`, 400},
		"id of another kind": {`{"id":7,"text":"moi"}`, 400},
		"neither":            {`{"id":"d"}`, 400},
		"both":               {`{"id":"d","text":"moi","tap":"cart"}`, 400},
		"null":               {`{"id":"d","text":null}`, 400},
		"label with text":    {`{"id":"d","text":"moi","label":"Kori"}`, 400},
		"empty tap":          {`{"id":"d","tap":""}`, 400},
		"longest tap":        {`{"id":"e","tap":"` + id64 + `"}`, 200},
		"tap too long":       {`{"id":"f","tap":"` + id64 + `a"}`, 400},
		"longest label":      {`{"id":"g","tap":"cart","label":"` + strings.Repeat("a", 200) + `"}`, 200},
		"label too long":     {`{"id":"h","tap":"cart","label":"` + strings.Repeat("a", 201) + `"}`, 400},
		"unknown field":      {`{"id":"d","text":"moi","conversation":"widget:other"}`, 400},
		"nothing":            {``, 400},
		"malformed":          {`{"id":"d","text":`, 400},
		"binary":             {"\x00\xff\xfe", 400},
		"a list":             {`[{"id":"d","text":"moi"}]`, 400},
		"something more":     {`{"id":"d","text":"moi"} x`, 400},
		"long text":          {`{"id":"i","text":"` + strings.Repeat("ä", 4001) + `"}`, 200},
		"longest body":       {`{"id":"j","text":"` + strings.Repeat("a", 64<<10-20) + `"}`, 200},
		"body too long":      {`{"id":"k","text":"` + strings.Repeat("a", 64<<10-19) + `"}`, 413},
	} {
		before := s.parrot.heard.Load()
		got := s.send(t, token, test.body)
		if got.status != test.status {
			t.Errorf("%s: %d %s, want %d", name, got.status, got.body, test.status)
		}
		if heard := s.parrot.heard.Load() - before; (heard == 1) != (test.status == 200) {
			t.Errorf("%s: %d inputs were handled", name, heard)
		}
		if test.status != 200 && !strings.HasPrefix(got.body, `{"error":{"code":"`) {
			t.Errorf("%s: %s is not an error of the API", name, got.body)
		}
	}
}

func always(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
	return true, 0, nil
}

// What the page shows enters the conversation, unsaid.
func TestContext(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	_, token := s.session(t)
	signed := []string{"Authorization", "Bearer " + token}
	for body, want := range map[string]int{
		``: 400, `{}`: 400, `{"id":"p1"}`: 400, `{"id":"p 1","product":"takki"}`: 400, `{"id":"p1","product":"takki","more":1}`: 400,
		`{"id":"p2","product":"` + strings.Repeat("a", 201) + `"}`: 400, `{"id":"p3","product":"` + strings.Repeat("a", 200) + `"}`: 200,
		`{"id":"p5","cart":[{"sku":"A","qty":2}]}`: 200, `{"id":"p6","cart":[]}`: 200, `{"id":"p7","cart":[{"sku":"A","qty":"2"}]}`: 400,
		`{"id":"p8","cart":[{}` + strings.Repeat(",{}", 49) + `]}`: 200, `{"id":"p9","cart":[{}` + strings.Repeat(",{}", 50) + `]}`: 400,
	} {
		if got := s.ask(t, "POST", "/widget/v1/context", body, signed...); got.status != want {
			t.Errorf("%.40s: %d, want %d", body, got.status, want)
		}
	}
	if got := s.ask(t, "POST", "/widget/v1/context", `{"id":"p4","product":"takki"}`); got.status != 401 {
		t.Errorf("without a token: %d", got.status)
	}
	got := s.ask(t, "POST", "/widget/v1/context", `{"id":"p4","product":"takki"}`, signed...)
	if got.status != 200 || got.body != `{"messages":[]}`+"\n" || *s.parrot.viewed.Load() != "takki" {
		t.Errorf("the page of a product: %d %q, %q", got.status, got.body, *s.parrot.viewed.Load())
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := openShop(t, func(o *widget.Options) { o.Clock = func() time.Time { return now } })
	mine, token := s.session(t)
	others, _ := s.session(t)
	_, foreign := openShop(t, func(o *widget.Options) { o.Secret = []byte(strings.Repeat("another secret ", 3)) }).session(t)
	_, expired := openShop(t, func(o *widget.Options) {
		o.Clock = func() time.Time { return now.Add(-30*24*time.Hour - time.Second) }
	}).session(t)
	_, old := openShop(t, func(o *widget.Options) {
		o.Clock = func() time.Time { return now.Add(-30*24*time.Hour + time.Minute) }
	}).session(t)
	part := strings.Split(token, ".")
	swapped := strings.Replace(token, strings.TrimPrefix(mine, "widget:"), strings.TrimPrefix(others, "widget:"), 1)
	for name, test := range map[string]struct {
		header string
		status int
	}{
		"mine":                  {"Bearer " + token, 200},
		"small letters":         {"bearer " + token, 200},
		"old but good":          {"Bearer " + old, 200},
		"none":                  {"", 401},
		"unknown":               {"Bearer x", 401},
		"empty":                 {"Bearer ", 401},
		"another scheme":        {"Basic " + token, 401},
		"another's name":        {"Bearer " + swapped, 401},
		"another shop's":        {"Bearer " + foreign, 401},
		"expired":               {"Bearer " + expired, 401},
		"another expiry":        {"Bearer " + part[0] + ".9999999999." + part[2], 401},
		"without its signature": {"Bearer " + part[0] + "." + part[1] + ".", 401},
		"only a name":           {"Bearer " + part[0], 401},
	} {
		var refusal string
		for _, request := range [][3]string{
			{"POST", "/widget/v1/messages", `{"id":"x","text":"moi"}`}, {"GET", "/widget/v1/messages", ""}, {"GET", "/widget/v1/events", ""},
		} {
			if test.status == 200 && request[1] == "/widget/v1/events" {
				continue // a stream has no end
			}
			got := s.ask(t, request[0], request[1], request[2], "Authorization", test.header)
			if got.status != test.status {
				t.Errorf("%s: %s %s: %d %s, want %d", name, request[0], request[1], got.status, got.body, test.status)
			}
			if test.status == 401 && (got.header.Get("WWW-Authenticate") != "Bearer" || refusal != "" && got.body != refusal) {
				t.Errorf("%s: %s: the refusal tells more: %s", name, request[1], got.body)
			}
			refusal = got.body
		}
	}
}

func TestSecret(t *testing.T) {
	t.Parallel()
	if _, err := widget.New(widget.Options{Secret: secret[:31]}); err == nil {
		t.Error("a secret of 31 bytes is taken")
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	_, token := s.session(t)
	s.send(t, token, `{"id":"1","text":"moi"}`)
	get := func(query string) reply {
		return s.ask(t, "GET", "/widget/v1/messages"+query, "", "Authorization", "Bearer "+token)
	}
	all := lines(t, get("").body)
	if texts(all) != "bot hei fi; customer moi; bot moi; " {
		t.Fatalf("all: %s", texts(all))
	}
	if rest := lines(t, get(fmt.Sprintf("?after=%d", all[1].Seq)).body); texts(rest) != "bot moi; " {
		t.Errorf("after the second: %s", texts(rest))
	}
	if none := get(fmt.Sprintf("?after=%d", all[2].Seq)).body; none != "{\"messages\":[]}\n" {
		t.Errorf("after the last: %s", none)
	}
	for _, odd := range []string{"?after=x", "?after=-1", "?after=99999999999999999999"} {
		if got := get(odd); got.status != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", odd, got.status)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	fixed := openShop(t, func(o *widget.Options) {
		used := map[string]int{}
		o.Allow = func(_ context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error) {
			used[key]++ // requests of this test come one by one
			return used[key] <= limit, per, nil
		}
	})
	_, token := fixed.session(t)
	for i := 1; i <= 61; i++ {
		got := fixed.send(t, token, fmt.Sprintf(`{"id":"%d","text":"moi"}`, i))
		if want := map[bool]int{true: 200, false: 429}[i <= 60]; got.status != want {
			t.Fatalf("message %d: %d %s, want %d", i, got.status, got.body, want)
		}
		if i == 61 && got.header.Get("Retry-After") != "10" {
			t.Errorf("try again after %q seconds, want 10", got.header.Get("Retry-After"))
		}
	}
	if _, other := fixed.session(t); fixed.send(t, other, `{"id":"1","text":"moi"}`).status != 200 {
		t.Error("another conversation is refused too")
	}
	for i := 1; i <= 121; i++ {
		address := fmt.Sprintf("2001:db8:1:1::%d", i)
		got := fixed.ask(t, "POST", "/widget/v1/session", "", "X-Forwarded-For", address)
		if want := map[bool]int{true: 200, false: 429}[i <= 120]; got.status != want {
			t.Fatalf("session %d of a network: %d, want %d", i, got.status, want)
		}
	}
	if got := fixed.ask(t, "POST", "/widget/v1/session", "", "X-Forwarded-For", "198.51.100.1"); got.status != 200 {
		t.Errorf("another address is refused too: %d", got.status)
	}
	used := 2999
	late := openShop(t, func(o *widget.Options) { // late in the day
		o.Allow = func(_ context.Context, _ string, limit int, per time.Duration) (bool, time.Duration, error) {
			if per == 24*time.Hour {
				used++
			}
			return limit < 3000 || used <= limit, time.Hour, nil
		}
	})
	for i, want := range []int{200, 429} {
		if got := late.ask(t, "POST", "/widget/v1/session", "", "X-Forwarded-For", "198.51.100.1"); got.status != want {
			t.Errorf("session %d of a day: %d, want %d", 3000+i, got.status, want)
		}
	}
	refused := 0 // more than two windows of time let through, with the real count of uses
	_, token = s.session(t)
	for i := range 130 {
		if got := s.send(t, token, fmt.Sprintf(`{"id":"%d","text":"moi"}`, i)); got.status == http.StatusTooManyRequests && got.header.Get("Retry-After") != "" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("a flood is let through")
	}
}

func TestAway(t *testing.T) {
	t.Parallel()
	broken := errors.New("redis://user:secret@host: connection refused")
	s := openShop(t, nil)
	_, token := s.session(t)
	s.parrot.fail(fmt.Errorf("commit: %w", broken))
	count := openShop(t, func(o *widget.Options) {
		o.Allow = func(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
			return false, 0, broken
		}
	})
	for name, got := range map[string]reply{
		"message": s.send(t, token, `{"id":"1","text":"moi"}`),
		"session": s.ask(t, "POST", "/widget/v1/session", ""),
		"count":   count.send(t, token, `{"id":"1","text":"moi"}`),
	} {
		if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || strings.Contains(got.body, "redis") {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	s.parrot.fail(fmt.Errorf("commit: %w", bot.ErrUnfit))
	if got := s.send(t, token, `{"id":"1","text":"moi"}`); got.status != http.StatusUnprocessableEntity {
		t.Errorf("what never fits: %d, want 422", got.status)
	}
	s.talks.Close()
	if got := s.ask(t, "GET", "/widget/v1/messages", "", "Authorization", "Bearer "+token); got.status != http.StatusServiceUnavailable {
		t.Errorf("log: %d, want 503", got.status)
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	s := openShop(t, func(o *widget.Options) {
		o.Origins = []string{"https://shop.example"}
		o.Public = "https://bot.example"
	})
	for origin, status := range map[string]int{
		"":                          200,
		s.URL:                       200,
		"https://shop.example":      200,
		"https://bot.example":       200,
		"http://shop.example":       403,
		"https://shop.example.evil": 403,
		"https://evil.example":      403,
		"null":                      403,
	} {
		var headers []string
		if origin != "" {
			headers = []string{"Origin", origin}
		}
		got := s.ask(t, "POST", "/widget/v1/session", "", headers...)
		allowed := got.header.Get("Access-Control-Allow-Origin")
		if got.status != status || status == 200 && allowed != origin || status == 403 && allowed != "" {
			t.Errorf("origin %q: %d, allowed %q; want %d", origin, got.status, allowed, status)
		}
		if got.header.Get("Vary") != "Origin" {
			t.Errorf("origin %q: the answer may be kept for another", origin)
		}
	}
	for _, path := range []string{"/session", "/messages", "/events"} {
		got := s.ask(t, "OPTIONS", "/widget/v1"+path, "", "Origin", "https://shop.example", "Access-Control-Request-Method", "POST")
		if got.status != http.StatusNoContent || !strings.Contains(got.header.Get("Access-Control-Allow-Headers"), "Authorization") {
			t.Errorf("preflight of %s: %d %v", path, got.status, got.header)
		}
		if got := s.ask(t, "OPTIONS", "/widget/v1"+path, "", "Origin", "https://evil.example"); got.status != http.StatusForbidden {
			t.Errorf("preflight of %s from elsewhere: %d, want 403", path, got.status)
		}
	}
	if got := s.ask(t, "GET", "/widget/v1/nothing", ""); got.status != http.StatusNotFound {
		t.Errorf("an unknown path: %d, want 404", got.status)
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	for path, status := range map[string]int{
		"/images/talvikenka.svg":                  200,
		"/images/talvikenka.svg?color=1F2f55":     200,
		"/images/talvikenka.svg?color=red":        404,
		"/images/talvikenka.svg?color=1f2f555":    404,
		"/images/none.svg":                        404,
		"/images/takki.png":                       404,
		"/images/..%2Fshop.yaml":                  404,
		"/images/%2e%2e%2ftakki.svg":              404,
		"/images/":                                404,
		"/images/talvikenka.svg?color=%3Cscript3": 404,
	} {
		got := s.ask(t, "GET", path, "")
		if got.status != status {
			t.Errorf("%s: %d, want %d", path, got.status, status)
		}
		if status == 200 && (got.header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") ||
			!strings.Contains(got.header.Get("Cache-Control"), "max-age") || strings.Contains(got.body, "var(")) {
			t.Errorf("%s: %v", path, got.header)
		}
	}
	if got := s.ask(t, "GET", "/images/talvikenka.svg?color=1f2f55", ""); !strings.Contains(got.body, "#1f2f55") {
		t.Error("the picture is not painted")
	}
}

// A photograph of the shop is served as what its content is, and nothing else of its files.
func TestPhotographsOfTheShop(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"images/kera.jpg": {Data: []byte("\xff\xd8\xff\xe0...")}, "images/sivu.jpg": {Data: []byte("<html>")}}
	s := openShop(t, func(o *widget.Options) {
		o.Picture = func(image, color string) ([]byte, string, error) { return picture.Of(files, image, color) }
	})
	got := s.ask(t, "GET", "/images/kera.jpg?color=1f2f55", "")
	if got.status != 200 || got.header.Get("Content-Type") != "image/jpeg" || got.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %v", got.status, got.header)
	}
	for _, path := range []string{"/images/sivu.jpg", "/images/muu.jpg", "/images/..%2Fimages%2Fkera.jpg"} {
		if got := s.ask(t, "GET", path, ""); got.status != 404 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

// Whatever is sent is taken or refused for what it is: never a fault of ours,
// and only one object with an id and one of text and tap is taken.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{
		`{"id":"a","text":"moi"}`, `{"id":"b","tap":"cart","label":"Kori"}`, `{"id":"c","text":null,"tap":"x"}`, `{"ID":"d","Text":"e"}`,
		`{"id":"e","text":"\ud800"}`, `[]`, `null`, ``, "\x00", `{"id":"f","text":"x"}{}`, `{"id":"g","text":"x","text":"y"}`,
	} {
		f.Add([]byte(seed))
	}
	s := openShop(f, func(o *widget.Options) { o.Allow = always })
	_, token := s.session(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		got := s.send(t, token, string(body))
		if got.status != 200 && got.status != 400 && got.status != 413 {
			t.Fatalf("%q: %d %s", body, got.status, got.body)
		}
		var sent struct{ ID, Text, Tap *string }
		if got.status == 200 && (json.Unmarshal(body, &sent) != nil || sent.ID == nil || (sent.Text == nil) == (sent.Tap == nil)) {
			t.Fatalf("%q is taken", body)
		}
	})
}

// What the shop has not signed is nobody's token.
func FuzzToken(f *testing.F) {
	s := openShop(f, nil)
	f.Add("P0b0CaDZk1Zog1-A5aBANQ.9797911711.hr8AdBPaytu7t6LWwZjXSal-m5R5owcHnlzg-KwLghk")
	f.Add("..")
	f.Fuzz(func(t *testing.T, other string) {
		if strings.ContainsFunc(other, func(r rune) bool { return r < '!' || r > '~' }) {
			t.Skip()
		}
		if got := s.ask(t, "GET", "/widget/v1/messages", "", "Authorization", "Bearer "+other); got.status != 401 {
			t.Fatalf("%q: %d", other, got.status)
		}
	})
}
