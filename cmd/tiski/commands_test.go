package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// output runs a command with lines on its standard input.
func output(t *testing.T, in string, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(t.Context(), args, strings.NewReader(in), &out); err != nil {
		t.Fatalf("tiski %s: %v", strings.Join(args, " "), err)
	}
	return out.String()
}

// objects decodes an output of one JSON object a line.
func objects[T any](t *testing.T, out string) []T {
	t.Helper()
	var all []T
	for _, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		var one T
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		all = append(all, one)
	}
	return all
}

// data is a file of the shared data; the test is skipped where it is missing.
func data(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not here", path)
	}
	return path
}

func TestUnderstandExplains(t *testing.T) {
	t.Parallel()
	all := objects[struct {
		Intents []struct{ Name string }
		Why     struct {
			Intent  string
			Words   []struct{ Text, Lemma string }
			Reasons []struct{ Kind, Trait string }
		}
	}](t, output(t, "mis mun paketti viipyy\n", "understand", "-explain"))
	if len(all) != 1 || all[0].Why.Intent != all[0].Intents[0].Name || len(all[0].Why.Words) != 4 || len(all[0].Why.Reasons) == 0 {
		t.Errorf("%+v", all)
	}
}

func TestUnderstandTellsConfusions(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "lines.jsonl")
	lines := `{"text":"mis mun paketti on","intent":"order_status"}
{"text":"mikä on palautusaika","intent":"greeting"}
{"text":"kauanko palautusaika on","intent":"greeting"}
{"text":"mis mun paketti viipyy","intent":"feedback"}
`
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	if err := confusions(shelf.Model, file, false, &told); err != nil {
		t.Fatal(err)
	}
	all := objects[struct {
		Intent   string
		TakenFor string `json:"taken_for"`
		Count    int
		Texts    []string
		Second   int
		Right    *int
		Of       int
		Off      float64 `json:"calibration_error"`
	}](t, told.String())
	if len(all) != 3 || all[0].Intent != "greeting" || all[0].TakenFor != "return_policy" || all[0].Count != 2 || len(all[0].Texts) != 2 ||
		all[1].Intent != "feedback" || all[2].Right == nil || *all[2].Right != 1 || all[2].Of != 4 ||
		all[2].Off < 0.5 || all[2].Off > 1 || all[0].Second > 2 {
		t.Errorf("%+v", all)
	}
	noisy := output(t, "", "understand", "-confusions", file, "-noisy")
	if !strings.Contains(noisy, `"of":4`) || strings.Contains(noisy, "mikä on palautusaika") && strings.Contains(noisy, "kauanko palautusaika on") &&
		strings.Contains(noisy, "mis mun paketti viipyy") {
		t.Errorf("no slip in %s", noisy)
	}
}

func TestUnderstandAnswersEveryLine(t *testing.T) {
	t.Parallel()
	lines := "mis mun paketti viipyy\n\n😀\nsaako kengät palauttaa? <b>\n"
	type reading struct {
		Text     string
		Lang     string
		Intents  []struct{ Name string }
		Acted    []string
		Entities []struct{ Kind, Value, Text string }
	}
	all := objects[reading](t, output(t, lines, "understand"))
	if len(all) != 4 {
		t.Fatalf("%d answers to 4 lines", len(all))
	}
	for i, text := range strings.Split(strings.TrimSuffix(lines, "\n"), "\n") {
		r := all[i]
		if r.Text != text {
			t.Errorf("text %q, want %q", r.Text, text)
		}
		if len(r.Intents) == 0 || len(r.Acted) == 0 || r.Entities == nil || r.Lang == "" {
			t.Errorf("%q: a part is missing: %+v", text, r)
		}
	}
	if all[0].Acted[0] != "order_status" || all[3].Acted[0] != "return_policy" || all[1].Acted[0] != "out_of_scope" {
		t.Errorf("acted %v %v %v", all[0].Acted, all[1].Acted, all[3].Acted)
	}
}

func TestUnderstandTrainsOnOtherExamples(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "examples.jsonl")
	lines := ""
	for _, text := range []string{"herätä minut seitsemältä", "laita herätys kuudeksi", "herätys aamulla kiitos"} {
		lines += `{"text":"` + text + `","intent":"alarm"}` + "\n"
	}
	for _, text := range []string{"soita musiikkia", "laita soimaan rokkia", "haluan kuulla jazzia"} {
		lines += `{"text":"` + text + `","intent":"music"}` + "\n"
	}
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	all := objects[struct{ Intents []struct{ Name string } }](t, output(t, "herätys kahdeksalta\nsoita jazzia\n", "understand", "-examples", file))
	if all[0].Intents[0].Name != "alarm" || all[1].Intents[0].Name != "music" {
		t.Errorf("read %v", all)
	}
}

func TestSearchCatalogueAndWords(t *testing.T) {
	t.Parallel()
	hits := objects[found](t, output(t, "kahvinkeitin\n\n", "search"))
	if len(hits) != 2 || len(hits[0].Hits) == 0 || !strings.Contains(hits[0].Hits[0].Title, "ahvinkeitin") || hits[1].Hits == nil {
		t.Errorf("found %+v", hits)
	}
	products := objects[catalogueProduct](t, output(t, "", "catalogue"))
	variants := 0
	for _, p := range products {
		variants += len(p.Variants)
	}
	if len(products) < 200 || variants < 800 {
		t.Errorf("%d products, %d variants", len(products), variants)
	}
	read := objects[struct {
		Word   string
		Lemmas []string
		Parts  []string
	}](t, output(t, "kengissä\n\n", "words"))
	if len(read) != 2 || read[0].Word != "kengissä" || len(read[0].Lemmas) == 0 || read[1].Lemmas == nil {
		t.Errorf("read %+v", read)
	}
}

func TestChatTellsTheState(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "given.json")
	orders := `{"orders":[{"order_no":"T-100234","email":"maija@example.fi","status":"return_received","placed":"2026-11-10","delivered":"2026-11-14","lines":[{"product":"kaamos-pakkanen-talvikengat","qty":1,"options":{"size":"30"}}]}],"codes":[{"code":"SYKSY","percent":10}]}`
	if err := os.WriteFile(file, []byte(orders), 0o600); err != nil {
		t.Fatal(err)
	}
	record := filepath.Join(t.TempDir(), "story.txt")
	lines := strings.Join([]string{
		"onko teillä kahvinkeittimiä", "se eka", "otan sen", "musta", "", "!photo", "!wait 26h", "!restart", "!paid",
		"missä tilaus T-100234 on", "maija@example.fi", "!staff take", "joo", "!staff say Hei", "!staff back", "!staff dance", "!wait long",
	}, "\n") + "\n"
	all := objects[answer](t, output(t, lines, "chat", "-json", "-now", "2026-11-23T10:00", "-given", file, "-record", record))
	if len(all) != 17 {
		t.Fatalf("%d answers to 17 lines", len(all))
	}
	if s := all[2].State; s.Pending == nil || *s.Pending != "color" || s.Stage != "browse" {
		t.Errorf("after \"otan sen\": %+v", s)
	}
	if s := all[3].State; s.Stage != "cart" || len(s.Cart) != 1 || s.Cart[0].Qty != 1 || s.Cart[0].Options["color"] != "musta" {
		t.Errorf("after \"musta\": %+v", s)
	}
	for i := 4; i < 9; i++ {
		if len(all[i].State.Cart) != 1 {
			t.Errorf("line %d lost the cart", i+1)
		}
	}
	if text := all[10].Replies[0].Text; !strings.Contains(text, "T-100234") {
		t.Errorf("the order given is not told: %q", text)
	}
	if s := all[12].State; s.Handoff == nil || *s.Handoff != "held" || len(all[12].Replies) != 0 {
		t.Errorf("while held: %+v, %d replies", s, len(all[12].Replies))
	}
	if r := all[13].Replies; len(r) != 1 || r[0].From != "staff" || r[0].Text != "Hei" {
		t.Errorf("staff said %+v", r)
	}
	if all[14].State.Handoff != nil {
		t.Errorf("after the hand-back: %v", *all[14].State.Handoff)
	}
	for i := 15; i < 17; i++ {
		if len(all[i].Replies) != 1 || all[i].Replies[0].From != "system" {
			t.Errorf("a wrong command gets %+v", all[i].Replies)
		}
	}
	story, err := os.ReadFile(record)
	if err != nil || !strings.Contains(string(story), "> otan sen\n") || !strings.Contains(string(story), "= cart, 1 × ") {
		t.Errorf("recorded %q: %v", story, err)
	}
}

// TestChatInSwedish: a talk begins in the language of its page, and a word alone does
// not change it.
func TestChatInSwedish(t *testing.T) {
	t.Parallel()
	if told := output(t, "yllesockor\n", "chat", "-lang", "sv"); !strings.Contains(told, "Hej! Jag är") || !strings.Contains(told, "I lager") {
		t.Errorf("it goes %s", told)
	}
}

// TestGivenCodes: a code given to a chat lowers its price until its last day.
func TestGivenCodes(t *testing.T) {
	t.Parallel()
	give := func(codes string) string {
		file := filepath.Join(t.TempDir(), "given.json")
		if err := os.WriteFile(file, []byte(`{"codes":[`+codes+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	terminal := func(now string) *counter {
		t.Helper()
		at, err := parseTime(now)
		if err != nil {
			t.Fatal(err)
		}
		c, err := openCounter(t.Context(), shelf, "chat:terminal", at)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.close)
		return c
	}
	for now, want := range map[string]bool{"2026-11-23T23:59": true, "2026-11-24T00:00": false} {
		c := terminal(now)
		if err := c.give(t.Context(), give(`{"code":"SYKSY","amount":500,"until":"2026-11-23"}`)); err != nil {
			t.Fatal(err)
		}
		turn, err := c.line(t.Context(), "syksy")
		if err != nil {
			t.Fatal(err)
		}
		if got := turn.State.Code; (got == "SYKSY") != want {
			t.Errorf("at %s: %q", now, turn.Messages[0].Text)
		}
	}
	c := terminal("2026-11-23T10:00")
	for _, codes := range []string{`{"code":"X"}`, `{"code":"X","percent":101}`, `{"code":"X","percent":5,"amount":5}`, `{"code":"X","amount":-5}`} {
		if err := c.give(t.Context(), give(codes)); err == nil {
			t.Errorf("%s is taken", codes)
		}
	}
}

// TestImport tells what was read and what was left out, and why.
func TestImport(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "feed.tsv")
	if err := os.WriteFile(file, []byte("id\ttitle\tprice\tavailability\nA\tMatto\t15.00 EUR\tin_stock\nB\tKuppi\t8.00 SEK\tin_stock\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := output(t, "", "import", "-shop", file, "-data", folder)
	if !strings.Contains(out, `skipped: feed.tsv: row 3 (B): price "8.00 SEK" is not a price in euros`) || !strings.Contains(out, "1 products, 1 variants (of 0 the stock is counted), 0 categories; 1 skipped") {
		t.Errorf("said %q", out)
	}
	table := filepath.Join(folder, "shopify.csv")
	if err := os.WriteFile(table, []byte("Handle,Title,Option1 Name,Option1 Value,Variant Price\npipo,Pipo,Koko,M,19.90\npipo,,,L,19.90\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := output(t, "", "import", "-shop", table, "-data", t.TempDir()); !strings.Contains(out, "1 products, 2 variants") {
		t.Errorf("said %q", out)
	}
	if g, err := keptGoods(folder); err != nil || len(g.Products) != 1 || len(g.Skipped) != 1 {
		t.Errorf("kept %+v, %v", g, err)
	}
	if err := run(t.Context(), []string{"import", "-data", folder}, strings.NewReader(""), io.Discard); err == nil {
		t.Error("the demo shop is imported")
	}
}

// TestARealFeedIsSold: a customer finds and orders what a real shop's feed holds.
func TestARealFeedIsSold(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"lieromaa-google-feed-fi.xml", "lieromaa-google-feed-fi.tsv"} {
		shelf, err := openShelf(t.Context(), data(t, name), "")
		if err != nil {
			t.Fatal(err)
		}
		at, err := parseTime("2026-11-23T10:00")
		if err != nil {
			t.Fatal(err)
		}
		c, err := openCounter(t.Context(), shelf, "chat:feed", at)
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		var said heard
		for _, line := range []string{
			"onko teillä kompostimatoja", "otan niitä", "50 g, noin 100 matoa", "kassalle", "Lasse Lierola",
			"lasse@example.fi", "0401234567", "Matotie 1, 04400 Järvenpää", "noutopiste", "lähin käy", "lasku",
		} {
			turn, err := c.line(t.Context(), line)
			if err != nil {
				t.Fatal(err)
			}
			said = heard{}
			for _, m := range turn.Messages {
				said.Messages = append(said.Messages, replyOf(m))
			}
		}
		turn, err := c.line(t.Context(), "!tap "+said.tap("Tilaa ja maksa 34,90 €"))
		if err != nil {
			t.Fatal(err)
		}
		if turn.State.Order == nil || turn.State.Order.Status != "placed" {
			t.Errorf("%s: not ordered: %q", name, said.text())
		}
	}
}

func TestCheckTellsMistakesWithTheirPlace(t *testing.T) {
	t.Parallel()
	bad := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(bad, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("returns.yaml", "days: 7\n")
	write("payments.yaml", "- {id: bitcoin, name: {fi: Bitcoin}}\n")
	var out bytes.Buffer
	err := run(t.Context(), []string{"check", "-shop", bad}, strings.NewReader(""), &out)
	if err == nil || !strings.Contains(out.String(), "returns.yaml:1") || !strings.Contains(out.String(), "payments.yaml:1") {
		t.Errorf("%v: %s", err, out.String())
	}
	if err := run(t.Context(), []string{"-shop", bad, "-data", t.TempDir(), "-addr", "127.0.0.1:0"}, nil, &out); err == nil {
		t.Error("the program starts with wrong files")
	}
}

func TestMisspeltFlagsAndSettingsStopTheStart(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-shopp", "x"}, {"serve", "extra"}, {"understand", "-jsonn"}, {"dance"}, {"chat", "-now", "soon"}, {"chat", "-lang", "se"}, {"search", "-shop", "/no/such/folder"}, {"staff"}} {
		if err := run(t.Context(), args, strings.NewReader(""), &bytes.Buffer{}); err == nil {
			t.Errorf("tiski %s starts", strings.Join(args, " "))
		}
	}
	if err := run(t.Context(), []string{"-help"}, nil, &bytes.Buffer{}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-help: %v", err)
	}
	for _, environ := range [][]string{
		{"TELEGRAM_TOKEN=x"}, {"WIDGET_SECRETT=x"}, {"TISKI_DEBUG=1"},
		{"PUBLIC_URL=shop.example"}, {"DATABASE_URL=mysql://x"}, {"WIDGET_SECRET=short"}, {"IDENTITY_SECRET=short"}, {"SMTP_URL=mail.example:587"}, {"TELEGRAM_LIMITS=30"}, {"TELEGRAM_LIMITS=30,1,-1"}, {"TELEGRAM_LIMITS=30,1,20,5"}, {"TELEGRAM_STAFF_GROUP=-100"}, {"TELEGRAM_BOT_TOKEN=x", "TELEGRAM_STAFF_GROUP=team"}, {"TELEGRAM_BOT_TOKEN=x", "TELEGRAM_STAFF_GROUP=100"}, {"WIDGET_ORIGINS=https://a.example/path"},
		{"TELEGRAM_BOT_TOKEN=x", "PUBLIC_URL=https://a.example"},
		{"WOO_URL=https://a.example"}, {"WOO_KEY=x"}, {"WOO_WEBHOOK_SECRET=x"}, {"WOO_HOOK=x"}, {"WOO_URL=http://a.example", "WOO_KEY=x", "WOO_SECRET=x"},
		{"SHOPIFY_SHOP=a.myshopify.com"}, {"SHOPIFY_TOKEN=x"}, {"SHOPIFY_WEBHOOK_SECRET=x"}, {"SHOPIFY_SHOP=https://a.myshopify.com", "SHOPIFY_TOKEN=x"},
		{"SHOPIFY_SHOP=a.myshopify.com", "SHOPIFY_TOKEN=x", "WOO_URL=https://a.example", "WOO_KEY=x", "WOO_SECRET=x"},
		{"ORDERS_WEBHOOK_URL=https://a.example", "ORDERS_WEBHOOK_SECRET=" + strings.Repeat("y", 31)}, {"ORDERS_WEBHOOK_SECRET=" + strings.Repeat("y", 32)},
		{"CHAT_WEBHOOK_URL=https://a.example"}, {"CHAT_WEBHOOK_URL=http://a.example", "CHAT_WEBHOOK_SECRET=" + strings.Repeat("y", 32)}, {"CHAT_URL=x"},
		{"CHATWOOT_URL=https://a.example", "CHATWOOT_ACCOUNT=1", "CHATWOOT_TOKEN=x"}, {"CHATWOOT_URL=https://a.example", "CHATWOOT_ACCOUNT=1x", "CHATWOOT_TOKEN=x", "CHATWOOT_SECRET=y"},
		{"CHATWOOT_URL=http://a.example", "CHATWOOT_ACCOUNT=1", "CHATWOOT_TOKEN=x", "CHATWOOT_SECRET=y"},
		{"OIDC_ISSUER=https://a.example", "OIDC_CLIENT_ID=x", "OIDC_CLIENT_SECRET=x"}, {"OIDC_CLIENT_ID=x", "PUBLIC_URL=https://b.example"}, {"OIDC_URL=x"},
		{"OIDC_ISSUER=http://a.example", "OIDC_CLIENT_ID=x", "OIDC_CLIENT_SECRET=x", "PUBLIC_URL=https://b.example"},
		{"OIDC_ISSUER=a.example", "OIDC_CLIENT_ID=x", "OIDC_CLIENT_SECRET=x", "PUBLIC_URL=https://b.example"},
		{"CHAT_WEBHOOK_URL=https://a.example", "CHAT_WEBHOOK_SECRET=" + strings.Repeat("y", 31)}, {"CHAT_WEBHOOK_SECRET=" + strings.Repeat("y", 32)},
		{"WOO_URL=https://a.example", "WOO_KEY=x", "WOO_SECRET=x", "ORDERS_WEBHOOK_URL=https://a.example", "ORDERS_WEBHOOK_SECRET=" + strings.Repeat("y", 32)},
	} {
		if _, err := readSettings(environ); err == nil {
			t.Errorf("%v is accepted", environ)
		} else if strings.Contains(err.Error(), "=x") {
			t.Errorf("the error tells a value: %v", err)
		}
	}
	s, err := readSettings([]string{"HOME=/root", "WIDGET_ORIGINS= https://a.example/ ,https://b.example", "PUBLIC_URL=https://c.example/"})
	if err != nil || len(s.widgetOrigins) != 2 || s.widgetOrigins[0] != "https://a.example" || s.public != "https://c.example" {
		t.Errorf("%+v: %v", s, err)
	}
	if limits, pause, err := (settings{telegramPace: "0,4,7"}).telegramLimits(); err != nil || limits.Second != 0 || limits.Group != 7 || pause != time.Second/4 {
		t.Errorf("limits %+v, a pause of %v: %v", limits, pause, err)
	}
}

func TestStaffAddNeedsAGoodPassword(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	args := []string{"staff", "add", "-name", "maija", "-display", "Maija", "-data", folder}
	if err := run(context.Background(), args, strings.NewReader("short\n"), &bytes.Buffer{}); err == nil {
		t.Error("a short password is accepted")
	}
	if out := output(t, "a long enough password\n", args...); !strings.Contains(out, "maija can sign in now") {
		t.Errorf("said %q", out)
	}
	if err := run(context.Background(), args, strings.NewReader("a long enough password\n"), &bytes.Buffer{}); err == nil {
		t.Error("the same name is taken twice")
	}
}
