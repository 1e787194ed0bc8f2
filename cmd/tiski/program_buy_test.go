package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiski/bot/store"
	"tiski/webhooks/telegram/telegramtest"
)

var orderNumber = regexp.MustCompile(`T-\d{6,}`)

// ordered opens the database of a stopped or running program and returns the
// numbers of the orders of a conversation.
func ordered(t *testing.T, data, conversation string) []string {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(data, "tiski.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	orders, err := s.OfConversation(context.Background(), conversation)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, o := range orders {
		numbers = append(numbers, o.Number)
	}
	return numbers
}

// confirmation waits for the one letter in a data folder.
func confirmation(t *testing.T, data string) string {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		names, err := filepath.Glob(filepath.Join(data, "letters", "*_confirmation.eml"))
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 1 {
			text, err := os.ReadFile(names[0])
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
	}
	t.Fatal("no confirmation was written")
	return ""
}

func TestWidgetCustomerBuys(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := launch(t, data, nil)
	v := p.visit(t)
	if greeting := v.all().text(); !strings.Contains(greeting, "tekoälyavustaja") {
		t.Errorf("the greeting does not say that it is a bot: %q", greeting)
	}
	tap := v.toSummary()
	if h := v.say("joo"); orderNumber.MatchString(h.text()) || len(ordered(t, data, v.conversation)) != 0 {
		t.Fatalf("a typed yes must not order: %q", h.text())
	}
	if h := v.press(tap); orderNumber.MatchString(h.text()) {
		t.Fatalf("the button of an older summary must not order: %q", h.text())
	}
	tap = v.all().tap("Tilaa ja maksa 84,80 €")
	h, status := v.post("order", "tap", tap)
	number := orderNumber.FindString(h.text())
	if status != http.StatusOK || number == "" {
		t.Fatalf("status %d, %q", status, h.text())
	}
	again, status := v.post("order", "tap", tap)
	if status != http.StatusOK || again.text() != h.text() {
		t.Errorf("the same id again: status %d\n%q\nis not\n%q", status, again.text(), h.text())
	}
	if got := ordered(t, data, v.conversation); len(got) != 1 || got[0] != number {
		t.Errorf("orders %v, want %s alone", got, number)
	}
	if letter := confirmation(t, data); !strings.Contains(letter, number) {
		t.Errorf("the confirmation does not name order %s", number)
	}
	if h := v.say("missä mun tilaus on?"); !strings.Contains(h.text(), number) {
		t.Errorf("where the order is: %q", h.text())
	}
	for _, secret := range []string{"Testinen", "maija@example.fi", "Kotikatu", v.token} {
		if strings.Contains(p.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

func TestTelegramCustomerBuys(t *testing.T) {
	t.Parallel()
	api := telegramtest.Start(t)
	data := t.TempDir()
	launch(t, data, []string{"TELEGRAM_BOT_TOKEN=" + telegramtest.Token, "TELEGRAM_API_URL=" + api.URL})
	const chat = 4711
	// hears waits for a message of the bot that contains text.
	hears := func(text string) telegramtest.Request {
		t.Helper()
		return api.Await(text, func(r telegramtest.Request) bool {
			return r.Chat() == chat && strings.Contains(r.Words(), text)
		})
	}
	press := func(r telegramtest.Request, label string) {
		t.Helper()
		_, does := r.Buttons()
		for name := range does {
			if strings.Contains(name, label) {
				api.Push(telegramtest.Tapped(chat, r, name))
				return
			}
		}
		t.Fatalf("no button %q under %q", label, r.Words())
	}
	say := func(text string) { api.Push(telegramtest.Said(chat, text)) }

	say("/start")
	hears("tekoälyavustaja")
	say("villasukat")
	press(hears("Villavuona-villasukat"), "1. Lisää koriin")
	press(hears("minkä värin"), "harmaa")
	press(hears("minkä koon"), "40/43")
	press(hears("Lisäsin koriin"), "Tilaamaan")
	hears("Kenen nimellä")
	say("Timo Telegrammi")
	hears("sähköpostiosoitteesi")
	say("timo@example.fi")
	hears("puhelinnumerosi")
	say("+358 40 765 4321")
	press(hears("Mikä on osoitteesi"), "Nouto myymälästä")
	press(hears("Miten haluat maksaa"), "Maksu noudettaessa")
	press(hears("Tarkista tilauksesi"), "Tilaa ja maksa 17,90 €")
	number := orderNumber.FindString(hears("Kiitos tilauksesta").Words())
	if got := ordered(t, data, fmt.Sprint("telegram:", chat)); len(got) != 1 || got[0] != number {
		t.Errorf("orders %v, want %s alone", got, number)
	}
}

// colleague is a member of staff with a browser.
type colleague struct {
	t      *testing.T
	base   string
	client *http.Client
}

var (
	formToken = regexp.MustCompile(`name="form" value="([^"]+)"`)
	freshID   = regexp.MustCompile(`name="id" value="([^"]+)"`)
)

// submit opens a page, fills its form and sends it to action.
func (c *colleague) submit(page, action string, fields url.Values) (string, int) {
	c.t.Helper()
	body := c.get(page)
	if m := formToken.FindStringSubmatch(body); m != nil {
		fields.Set("form", m[1])
	}
	if m := freshID.FindStringSubmatch(body); m != nil {
		fields.Set("id", m[1])
	}
	response, err := c.client.PostForm(c.base+action, fields)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text), response.StatusCode
}

func (c *colleague) get(page string) string {
	c.t.Helper()
	response, err := c.client.Get(c.base + page)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}

func TestCustomerIsTakenOverAndGivenBack(t *testing.T) {
	t.Parallel()
	p := launch(t, t.TempDir(), nil)
	v := p.visit(t)
	v.say("haluan puhua ihmiselle")

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &colleague{t: t, base: p.base, client: &http.Client{Jar: jar}}
	link := strings.TrimPrefix(p.link, p.base)
	if _, status := c.submit(link, link, url.Values{}); status != http.StatusOK {
		t.Fatalf("sign-in by the link: %d", status)
	}
	if list := c.get("/console"); !strings.Contains(list, url.PathEscape(v.conversation)) && !strings.Contains(list, v.conversation) {
		t.Fatalf("the list does not show who waits")
	}
	talk := "/console/talk/" + url.PathEscape(v.conversation)
	if body, status := c.submit(talk, talk+"/take", url.Values{}); status != http.StatusOK {
		t.Fatalf("take: %d %s", status, body)
	}
	if h := v.say("moi, mun paketti on hukassa"); len(h.Messages) != 0 {
		t.Errorf("the bot talks over a person: %q", h.text())
	}
	if !strings.Contains(c.get(talk), "mun paketti on hukassa") {
		t.Error("staff do not see what the customer says")
	}
	if _, status := c.submit(talk, talk+"/reply", url.Values{"text": {"Katson heti, hetki."}}); status != http.StatusOK {
		t.Fatalf("reply: %d", status)
	}
	if all := v.all().text(); !strings.Contains(all, "Katson heti, hetki.") {
		t.Errorf("the customer does not hear the person: %q", all)
	}
	if _, status := c.submit(talk, talk+"/back", url.Values{"note": {"Soitan huomenna."}}); status != http.StatusOK {
		t.Fatalf("hand back: %d", status)
	}
	if all := v.all().text(); !strings.Contains(all, "Soitan huomenna.") || !strings.Contains(all, "Tekoälyavustaja jatkaa") {
		t.Errorf("the bot does not go on: %q", all)
	}
	if h := v.say("kiitos"); len(h.Messages) == 0 {
		t.Error("the bot is silent after the hand-back")
	}
}

// TestFeedChangesWhileACustomerShops: the feed's file is written anew in the
// middle of a conversation, which goes on with the new price and its cart.
func TestFeedChangesWhileACustomerShops(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "feed.tsv")
	write := func(price string) {
		lines := "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\n" +
			"kana-1\tKananruoka\tRouhetta kanoille\thttps://shop.example/kana\thttps://shop.example/kana.webp\tin_stock\t" + price + " EUR\n" +
			"rikki\t\t\t\t\t\t\n"
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("12.00")
	p := launch(t, t.TempDir(), nil, "-shop", file)
	if !strings.Contains(p.log.String(), "rikki") {
		t.Errorf("the broken item is not reported: %s", p.log)
	}
	v := p.visit(t)
	if h := v.press(v.say("kananruoka").tap("Lisää koriin")); !strings.Contains(h.text(), "12,00 €") {
		t.Fatalf("not in the cart: %q", h.text())
	}
	write("13.50")
	eventually(t, "the feed to be read again", func() bool { return strings.Contains(p.log.String(), "the goods have been read") })
	if h := v.say("kori"); !strings.Contains(h.text(), "13,50 €") {
		t.Errorf("the cart has not the new price: %q", h.text())
	}
}

// TestKillInTheMiddleOfAPurchase kills the program at different moments after
// the taps that order, and starts it again: each order is placed once, and each
// customer is told once.
func TestKillInTheMiddleOfAPurchase(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	settings := []string{"REDIS_URL=" + realRedis(t), "WIDGET_SECRET=" + strings.Repeat("x", 40)}
	p := launch(t, data, settings)
	moments := []time.Duration{0, 250 * time.Microsecond, 500 * time.Microsecond, time.Millisecond, 2 * time.Millisecond, 4 * time.Millisecond, 8 * time.Millisecond, 16 * time.Millisecond}
	var visits []*visitor
	var taps []string
	var before []int
	for range moments {
		v := p.visit(t)
		visits, taps, before = append(visits, v), append(taps, v.toSummary()), append(before, len(v.all().Messages))
	}

	var all sync.WaitGroup
	for i, v := range visits {
		all.Add(1)
		time.AfterFunc(slices.Max(moments)-moments[i], func() {
			defer all.Done()
			v.post("order", "tap", taps[i]) // may or may not be answered
		})
	}
	all.Add(1)
	time.AfterFunc(slices.Max(moments), func() { p.kill(); all.Done() })
	all.Wait()

	p = launch(t, data, settings)
	for i, v := range visits {
		v.base = p.base
		eventually(t, "the tap to be handled", func() bool {
			_, status := v.post("order", "tap", taps[i])
			return status == http.StatusOK
		})
		eventually(t, "the order to be told", func() bool { return orderNumber.MatchString(v.all().text()) })
		said := v.all()
		told := orderNumber.FindAllString(said.text(), -1)
		if got := ordered(t, data, v.conversation); len(got) != 1 || len(told) != 1 || told[0] != got[0] {
			t.Errorf("killed after %v: orders %v, told %v", moments[i], got, told)
		}
		if len(said.Messages) != before[i]+3 {
			t.Errorf("killed after %v: %d messages, want the tap, the confirmation and whether to remember after %d", moments[i], len(said.Messages), before[i])
		}
		for at, m := range said.Messages {
			if at > 0 && m.Seq != said.Messages[at-1].Seq+1 {
				t.Errorf("killed after %v: message %d follows %d", moments[i], m.Seq, said.Messages[at-1].Seq)
			}
		}
	}
}
