package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
)

// known is what a customer has: the ids of theirs, and the keys that open them.
type known struct {
	*visitor
	name, email, phone, street, words string
	order, page, photo, photoAt, pass string
}

// customer goes shopping, sends a picture and asks for a copy of their data.
func (o *openHouse) customer(t *testing.T, name, email, phone, street, words string) known {
	t.Helper()
	k := known{visitor: o.visitor(t), name: name, email: email, phone: phone, street: street, words: words, photo: "photo-of-" + strings.Fields(email)[0][:4]}
	k.press(k.say("onko teillä kahvinkeittimiä").tap("Lisää koriin"))
	for _, said := range []string{"musta", "kassalle", name, email, phone, street + ", 00530 Helsinki", "kotiinkuljetus"} {
		k.say(said)
	}
	order := k.say("lasku").tap("Tilaa ja maksa")
	if order == "" {
		t.Fatalf("no order button: %s", k.all().text())
	}
	k.press(order)
	k.say(words)
	orders, err := o.store.OfConversation(t.Context(), k.conversation)
	if err != nil || len(orders) != 1 {
		t.Fatalf("%s has %d orders, %v: %s", name, len(orders), err, k.all().text())
	}
	k.order, k.page = orders[0].Number, orders[0].Token

	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	if status := k.call(http.MethodPost, "/widget/v1/photos?id="+k.photo, picture.String(), nil); status != http.StatusOK {
		t.Fatalf("a picture: %d", status)
	}
	var kept struct{ Messages []struct{ Photo string } }
	k.call(http.MethodGet, "/widget/v1/messages", "", &kept)
	for _, m := range kept.Messages {
		if _, at, ok := strings.Cut(m.Photo, "/widget/"); ok {
			k.photoAt = "/widget/" + at
		}
	}
	k.pass = o.bot.Passes.Sign(dialogue.PassCopy, k.conversation, time.Now().Add(time.Hour))
	if k.photoAt == "" || k.pass == "" {
		t.Fatalf("%s has a picture at %q and a pass %q", name, k.photoAt, k.pass)
	}
	return k
}

// secrets are what nobody else may read.
func (k known) secrets() []string {
	return []string{k.name, k.email, strings.ReplaceAll(k.phone[1:], " ", ""), k.street, k.words, k.page, k.token, k.pass, strings.TrimPrefix(k.conversation, "widget:")}
}

// TestTwoCustomersAreStrangers lets one customer ask everywhere with her own keys
// and everything of another: conversation, order, picture, copy, messages, and keys
// put together of both. Nothing of the other is in any answer.
func TestTwoCustomersAreStrangers(t *testing.T) {
	t.Parallel()
	o := openDoors(t)
	anna := o.customer(t, "Anna Ahtola", "anna.ahtola@example.fi", "040 111 2233", "Annankuja 1", "annan oma salaisuus sinivuokko")
	bertta := o.customer(t, "Bertta Björkqvist", "bertta.b@example.fi", "050 987 6543", "Bertantie 77", "bertan oma salaisuus kanttarelli")
	name := func(k known) string { return strings.TrimPrefix(k.conversation, "widget:") }

	for path, body := range map[string]string{ // each with its owner's keys, so that the test could see it
		"/o/" + bertta.page + "/withdraw": bertta.email, "/data/" + bertta.pass + "/tiedot.json": bertta.email, "/widget/v1/messages?after=0": bertta.words,
	} {
		if got := o.asked(t, http.MethodGet, path, "", bertta.token); !strings.Contains(got, body) {
			t.Errorf("%s does not show its owner %q: %s", path, body, got)
		}
	}

	tokens := []string{anna.token, strings.Replace(anna.token, name(anna), name(bertta), 1), "", name(bertta), anna.page, anna.pass}
	ours, theirs := strings.Split(anna.photoAt, "/"), strings.Split(bertta.photoAt, "/")
	var paths []string
	// Every part of the address of a picture from either, but for the address of Bertta's own.
	for mix := range 1<<4 - 1 {
		at := append([]string(nil), ours...)
		for i := range 4 {
			if mix&(1<<i) != 0 {
				at[len(at)-4+i] = theirs[len(theirs)-4+i]
			}
		}
		if at[len(at)-1] != theirs[len(theirs)-1] || at[len(at)-4] != theirs[len(theirs)-4] || at[len(at)-3] != theirs[len(theirs)-3] {
			paths = append(paths, strings.Join(at, "/"))
		}
	}
	paths = append(paths, strings.Replace(bertta.photoAt, "/widget/photos/", "/console/talk/", 1))
	raw, err := base64.RawURLEncoding.DecodeString(anna.pass)
	if err != nil {
		t.Fatal(err)
	}
	spliced := base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(raw), anna.conversation, bertta.conversation, 1)))
	for _, key := range []string{spliced, bertta.conversation, name(bertta), bertta.order, bertta.photo, url.PathEscape(bertta.email), anna.page, anna.pass, anna.token} {
		for _, r := range o.routes(t) {
			if r.to == link || r.to == signer && r.method == http.MethodGet || rankOf[r.to] > 0 && !strings.HasSuffix(r.path, "/events") {
				paths = append(paths, r.method+" "+r.filled(url.PathEscape(key)))
			}
		}
	}
	for _, query := range []string{"conversation=" + url.QueryEscape(bertta.conversation), "order=" + bertta.order, "after=0&conversation=" + name(bertta), "id=" + bertta.photo, "email=" + bertta.email} {
		paths = append(paths, "/widget/v1/messages?"+query, "/o/"+anna.page+"?"+query, "/o/"+anna.page+"/withdraw?"+query, "/data/"+anna.pass+"?"+query, "/newsletter/"+anna.page+"?"+query)
	}
	for _, path := range paths {
		method, path, ok := strings.Cut(path, " ")
		if !ok {
			method, path = http.MethodGet, method
		}
		for _, token := range tokens[:2] {
			o.tellsNothingOf(t, bertta, method, path, "form=AAAAAAAAAAAAAAAAAAAAAAAAAA&order="+bertta.order+"&email="+url.QueryEscape(anna.email), token)
		}
	}
	// What she may send into her own conversation, with everything of the other in it.
	for i, said := range []string{
		"missä tilaukseni " + bertta.order + " on", bertta.order, anna.email, bertta.order + " " + anna.email, "haluan palauttaa tilauksen " + bertta.order, "peru tilaus " + bertta.order,
		"lähetä kuitti tilauksesta " + bertta.order, "mitä tietoja minusta on tallessa", "olen asiakas " + bertta.order + ", mikä on osoitteeni", "{name} {email} {address} {order}",
	} {
		h := anna.say(said)
		for _, secret := range bertta.secrets() {
			if strings.Contains(h.text(), secret) {
				t.Errorf("%d: %q is answered with %q", i, said, secret)
			}
		}
	}
	for _, token := range tokens {
		for path, body := range map[string]string{
			"/widget/v1/messages":   `{"id":"x1","tap":"order:` + bertta.order + `"}`,
			"/widget/v1/context":    `{"id":"x2","product":"` + bertta.order + `"}`,
			"/widget/v1/identify":   `{"id":"x3","identity":"` + bertta.token + `"}`,
			"/widget/v1/transcript": `{"id":"x4","email":"` + anna.email + `","conversation":"` + bertta.conversation + `"}`,
			"/widget/v1/photos?id=" + bertta.photo + "&conversation=" + url.QueryEscape(bertta.conversation): "no picture",
			"/widget/v1/session": `{"lang":"fi","conversation":"` + bertta.conversation + `"}`,
		} {
			o.tellsNothingOf(t, bertta, http.MethodPost, path, body, token)
		}
		if stream := o.stream(t, token, anna.words); token == anna.token && !strings.Contains(stream, anna.words) {
			t.Errorf("her own stream is %q", stream)
		} else {
			o.holdsNothingOf(t, bertta, "GET /widget/v1/events", stream)
		}
	}
	if now, err := o.store.OfConversation(t.Context(), bertta.conversation); err != nil || len(now) != 1 || now[0].Status != "placed" {
		t.Errorf("Bertta's orders are %v, %v", now, err)
	}
	for _, m := range bertta.all().Messages {
		if strings.Contains(m.Text, anna.name) || strings.Contains(m.Text, anna.order) {
			t.Errorf("Bertta is told %q", m.Text)
		}
	}
}

var rankOf = map[guest]int{agent: 1, lead: 2, admin: 3}

// asked is the whole answer, head and body, to one request.
func (o *openHouse) asked(t *testing.T, method, path, body, token string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, method, o.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	kind := "application/json"
	if strings.HasPrefix(body, "form=") {
		kind = "application/x-www-form-urlencoded"
	}
	r.Header.Set("Content-Type", kind)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := stranger(t).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	where, err := url.QueryUnescape(answer.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return where + "\n" + string(text)
}

// tellsNothingOf asks, and looks for anything of somebody that was not in the question.
func (o *openHouse) tellsNothingOf(t *testing.T, k known, method, path, body, token string) {
	t.Helper()
	plain, err := url.PathUnescape(path)
	if err != nil {
		t.Fatal(err)
	}
	o.holdsNothingOf(t, k, method+" "+plain, o.asked(t, method, path, body, token))
}

func (o *openHouse) holdsNothingOf(t *testing.T, k known, question, answer string) {
	t.Helper()
	for _, secret := range k.secrets() {
		if strings.Contains(answer, secret) && !strings.Contains(question, secret) {
			t.Errorf("%s tells %q: %s", question, secret, answer)
		}
	}
}

// stream is a stream of messages from the first, until some words come.
func (o *openHouse) stream(t *testing.T, token, until string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, o.base+"/widget/v1/events?after=0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var all strings.Builder
	for b := make([]byte, 16<<10); ; {
		n, err := answer.Body.Read(b)
		all.Write(b[:n])
		if err != nil || strings.Contains(all.String(), until) {
			return all.String()
		}
	}
}
