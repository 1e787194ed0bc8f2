package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiski/bot/staff"
	"tiski/webhooks/telegram/telegramtest"
)

// open house: the whole program with every door open, on a port of its own.
type openHouse struct {
	*house
	doors *doors
	base  string // address
	log   *record
}

const (
	doorSecret    = "a secret of a door that nobody could guess"
	staffPassword = "kahvikuppi-ja-pulla-iltapäivällä"
)

func openDoors(t *testing.T) *openHouse {
	t.Helper()
	s, err := readSettings([]string{
		"PUBLIC_URL=https://shop.example", "WIDGET_ORIGINS=https://friend.example", "WIDGET_SECRET=" + doorSecret, "IDENTITY_SECRET=" + doorSecret,
		"TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_STAFF_GROUP=-1001", "TELEGRAM_WEBHOOK_SECRET=hush", "TELEGRAM_API_URL=" + telegramtest.Start(t).URL,
		"PAYTRAIL_ACCOUNT=375917", "PAYTRAIL_SECRET=" + doorSecret, "PAYTRAIL_URL=http://127.0.0.1:9", "STRIPE_KEY=sk_test_1", "STRIPE_WEBHOOK_SECRET=whsec_1", "STRIPE_URL=http://127.0.0.1:9",
		"CHAT_WEBHOOK_URL=http://127.0.0.1:9", "CHAT_WEBHOOK_SECRET=" + doorSecret, "ORDERS_WEBHOOK_URL=http://127.0.0.1:9", "ORDERS_WEBHOOK_SECRET=" + doorSecret,
		"CHATWOOT_URL=http://127.0.0.1:9", "CHATWOOT_ACCOUNT=1", "CHATWOOT_TOKEN=" + doorSecret, "CHATWOOT_SECRET=" + doorSecret,
		"PAKETTIKAUPPA_KEY=key", "PAKETTIKAUPPA_SECRET=" + doorSecret, "PAKETTIKAUPPA_URL=http://127.0.0.1:9",
	})
	if err != nil {
		t.Fatal(err)
	}
	o := &openHouse{log: &record{}}
	ctx, stop := context.WithCancel(context.Background())
	if o.house, err = open(ctx, s, "", t.TempDir(), slog.New(slog.NewJSONHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug}))); err != nil {
		stop()
		t.Fatal(err)
	}
	// One shop has one system; here the doors of all are open. The tests come by http.
	o.settings.woo.hook, o.settings.shopify.hook, o.settings.public = doorSecret, doorSecret, "http://shop.example"
	if o.doors, err = wire(ctx, o.house, "127.0.0.1:0"); err != nil {
		stop()
		o.close()
		t.Fatal(err)
	}
	o.base = "http://" + o.doors.addr
	ended := make(chan error, 1)
	go func() { ended <- o.run(ctx, o.doors) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && ctx.Err() == nil {
			t.Error(err)
		}
		o.close()
	})
	return o
}

func (o *openHouse) visitor(t *testing.T) *visitor {
	t.Helper()
	return (&program{base: o.base}).visit(t)
}

// colleague is a new member of staff, signed in.
func (o *openHouse) colleague(t *testing.T, name string, role staff.Role) *colleague {
	t.Helper()
	if err := o.accounts.Add(t.Context(), staff.Account{Name: name, Display: name, Role: role}, staffPassword); err != nil {
		t.Fatal(err)
	}
	c := &colleague{t: t, base: o.base, client: stranger(t)}
	if _, status := c.submit("/console/sign-in", "/console/sign-in", url.Values{"name": {name}, "password": {staffPassword}}); status != http.StatusSeeOther {
		t.Fatalf("%s cannot sign in: %d", name, status)
	}
	return c
}

// stranger is a browser that is led nowhere.
func stranger(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// guest says who a route lets in.
type guest string

const (
	anybody guest = "anybody"
	link    guest = "who has the link" // a token in the path is the key
	bearer  guest = "who has the conversation's token"
	signer  guest = "who signs"
	entrant guest = "who signs in"
	agent   guest = guest(staff.Agent)
	lead    guest = guest(staff.Lead)
	admin   guest = guest(staff.Admin)
)

// guests are all routes and whom they let in. A route that is not written here
// fails the tests: think of what webhooks/README.md says of its door first.
var guests = map[guest]string{
	anybody: `GET / · GET /healthz · GET /readyz · GET /images/:name · GET /page.css · GET /widget.js · GET /widget/panel.js · GET /o/order.css · GET /console/files/:file ·
		POST /widget/v1/session · OPTIONS /widget/v1/session · OPTIONS /widget/v1/messages · OPTIONS /widget/v1/photos · OPTIONS /widget/v1/transcript · OPTIONS /widget/v1/context · OPTIONS /widget/v1/typing ·
		OPTIONS /widget/v1/identify · OPTIONS /widget/v1/events`,
	link: `GET /o/:token · POST /o/:token/pay · GET /o/:token/withdraw · POST /o/:token/withdraw · POST /o/:token/withdraw/confirm · GET /data/:pass · GET /data/:pass/tiedot.json ·
		GET /newsletter/:token · POST /newsletter/:token · POST /newsletter/:token/leave · GET /reminders/:token · POST /reminders/:token · POST /reminders/:token/leave · GET /widget/photos/:conversation/:id/:until/:signature · GET /payments/stripe/return/:token`,
	bearer: `POST /widget/v1/messages · POST /widget/v1/photos · POST /widget/v1/transcript · POST /widget/v1/context · POST /widget/v1/typing · GET /widget/v1/messages · POST /widget/v1/identify · GET /widget/v1/events`,
	signer: `POST /webhooks/telegram · POST /webhooks/chat · POST /webhooks/chatwoot · POST /payments/stripe · GET /payments/paytrail/callback · GET /payments/paytrail/refund ·
		GET /payments/paytrail/return/:token · POST /shops/woocommerce · POST /shops/shopify · POST /shops/webhook · POST /carriers/pakettikauppa`,
	entrant: `GET /console/sign-in · POST /console/sign-in · GET /console/link/:token · POST /console/link/:token · GET /console/code · POST /console/code · GET /console/oidc · GET /console/oidc/back`,
	agent: `POST /console/sign-out · GET /console · GET /console/live · GET /console/queue/live · GET /console/events · GET /console/search · GET /console/search/live · GET /console/me · POST /console/me/factor · POST /console/me/factor/end ·
		POST /console/me/password · POST /console/me/session/end · POST /console/me/away · POST /console/me/telegram · POST /console/me/telegram/end · POST /console/me/push · GET /console/snags · GET /console/cases ·
		GET /console/examples · GET /console/answers · POST /console/answers · GET /console/talk/:conversation ·
		GET /console/talk/:conversation/photo/:id · GET /console/talk/:conversation/whole · GET /console/talk/:conversation/live · POST /console/talk/:conversation/take ·
		POST /console/talk/:conversation/reply · POST /console/talk/:conversation/picture · POST /console/talk/:conversation/back · POST /console/talk/:conversation/note · POST /console/talk/:conversation/mark ·
		 POST /console/talk/:conversation/letter · POST /console/talk/:conversation/address · POST /console/talk/:conversation/received ·
		POST /console/talk/:conversation/persona · GET /console/talk/:conversation/reading/:seq · POST /console/talk/:conversation/reading/:seq`,
	lead:  `GET /console/report · GET /console/report.csv · GET /console/reviews · POST /console/reviews · POST /console/answers/use · POST /console/examples · POST /console/examples/teach · GET /console/answers.yaml`,
	admin: `GET /console/staff · POST /console/staff/add · POST /console/staff/role · POST /console/staff/email · POST /console/staff/factor · POST /console/snags/again · POST /console/snags/settle · POST /console/cases/advance · POST /console/talk/:conversation/cancel · GET /console/trail`,
}

// route is one of the program's, with whom it lets in.
type route struct {
	method, path string
	to           guest
}

// filled is the path with something in the place of each name.
func (r route) filled(with string) string {
	parts := strings.Split(r.path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") {
			parts[i] = with
		}
	}
	return strings.Join(parts, "/")
}

// routes are those of the program; it fails for one that guests does not know.
func (o *openHouse) routes(t *testing.T) (all []route) {
	t.Helper()
	known := map[string]guest{}
	for who, routes := range guests {
		for _, r := range strings.Split(routes, "·") {
			known[strings.TrimSpace(r)] = who
		}
	}
	for _, r := range o.doors.http.Routes() {
		if r.Method == "echo_route_not_found" {
			continue
		}
		name := r.Method + " " + r.Path
		who, ok := known[name]
		if !ok {
			t.Errorf("%s is a door that nobody thought about: see guests", name)
		}
		delete(known, name)
		all = append(all, route{r.Method, r.Path, who})
	}
	for name := range known {
		t.Errorf("%s is no route any more", name)
	}
	return all
}

// knock asks a route without any right to it.
func (o *openHouse) knock(t *testing.T, client *http.Client, method, path, kind string, body io.Reader) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, o.base+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Origin", "https://stranger.example")
	answer, err := client.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer, string(text)
}

// published are files that tell nothing of anybody, and which the shop's page asks
// for with a check of their content.
var published = []string{"/widget.js", "/widget/panel.js", "/page.css"}

// TestEveryDoorIsGuarded asks every route as a stranger would: with nothing, with
// a guess, with too much, from a page elsewhere.
func TestEveryDoorIsGuarded(t *testing.T) {
	t.Parallel()
	o := openDoors(t)
	const guess = "AAAAAAAAAAAAAAAAAAAAAAAAAA"
	for _, r := range o.routes(t) {
		name := r.method + " " + r.path
		answer, page := o.knock(t, stranger(t), r.method, r.filled(guess), "application/json", strings.NewReader(""))
		status, h := answer.StatusCode, answer.Header
		var may []int
		switch r.to {
		case anybody, entrant:
			may = []int{200, 204, 303, 401, 403, 404} // the widget's API refuses pages of elsewhere, forms without a token are refused
		case link:
			may = []int{200, 303, 404}
		case bearer:
			may = []int{401, 403}
		case signer:
			may = []int{400, 401}
		default:
			may = []int{303, 401}
		}
		if !slices.Contains(may, status) {
			t.Errorf("%s lets a stranger in: %d", name, status)
		}
		if where := h.Get("Location"); r.to == agent && status == 303 && !strings.HasPrefix(where, "/console/sign-in") {
			t.Errorf("%s leads a stranger to %s", name, where)
		}
		if h.Get("Access-Control-Allow-Origin") != "" && !slices.Contains(published, r.path) || h.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s may be read by a page of elsewhere", name)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: headers %v", name, h)
		}
		policy := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-eval") || strings.Contains(policy, "script-src 'unsafe") ||
			strings.HasPrefix(h.Get("Content-Type"), "text/html") && (!strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "base-uri 'none'")) {
			t.Errorf("%s: content policy %q", name, policy)
		}
		if strings.Contains(page, "goroutine ") || strings.Contains(page, "sql") {
			t.Errorf("%s tells of its inside: %s", name, page)
		}
		if r.method == http.MethodGet || r.method == http.MethodOptions {
			continue
		}
		for kind, body := range map[string]string{
			"application/json":                  `{"id":"1","text":"` + strings.Repeat("a", 1<<20) + `"}`,
			"application/x-www-form-urlencoded": "form=1&text=" + strings.Repeat("a", 1<<20),
		} {
			// Without a length that would tell it before.
			answer, _ := o.knock(t, stranger(t), r.method, r.filled(guess), kind, io.MultiReader(strings.NewReader(body)))
			if answer.StatusCode < 400 || answer.StatusCode >= 500 {
				if r.to != link || answer.StatusCode >= 500 { // a link that is nobody's needs no body
					t.Errorf("%s takes a body of over 1 MiB: %d", name, answer.StatusCode)
				}
			}
		}
	}
}

// TestRolesOfStaff asks every route of the console as each role, with and without
// the token of its forms.
func TestRolesOfStaff(t *testing.T) {
	t.Parallel()
	o := openDoors(t)
	routes, talk := o.routes(t), url.PathEscape(o.visitor(t).conversation)
	for _, role := range staff.Roles {
		c := o.colleague(t, "test-"+string(role), role)
		form := formToken.FindStringSubmatch(c.get("/console/me"))[1]
		for _, r := range routes {
			if rankOf[r.to] == 0 || r.path == "/console/sign-out" || strings.HasSuffix(r.path, "/events") || strings.HasPrefix(r.path, "/console/me/") {
				continue
			}
			for _, token := range []string{"", form + "0", form} {
				if r.method == http.MethodGet && token != "" {
					continue
				}
				if token == form && (strings.HasSuffix(r.path, "/use") || strings.HasSuffix(r.path, "/teach")) { // the bot would learn anew, for minutes under the race detector
					continue
				}
				fields := url.Values{"form": {token}, "id": {rand.Text()}, "name": {"nobody"}, "role": {"admin"}}
				answer, page := o.knock(t, c.client, r.method, r.filled(talk), "application/x-www-form-urlencoded", strings.NewReader(fields.Encode()))
				refused := answer.StatusCode == http.StatusForbidden
				if rankOf[r.to] > rankOf[guest(role)] || r.method == http.MethodPost && token != form {
					if !refused {
						t.Errorf("%s %s lets in %s with the form token %q: %d", r.method, r.path, role, token, answer.StatusCode)
					}
				} else if refused && !strings.Contains(page, "vanhentunut") { // a form with nothing in it
					t.Errorf("%s %s keeps %s out", r.method, r.path, role)
				}
				if refused && strings.Contains(page, `data-part="report"`) {
					t.Errorf("%s %s shows %s what it refuses", r.method, r.path, role)
				}
			}
		}
	}
	if got := fmt.Sprint(o.roleOf(t, "test-agent"), o.roleOf(t, "test-lead")); got != "agentlead" {
		t.Errorf("the roles have become %s", got)
	}
}

func (o *openHouse) roleOf(t *testing.T, name string) staff.Role {
	t.Helper()
	members, err := o.accounts.Members(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if m.Name == name {
			return m.Role
		}
	}
	return ""
}
