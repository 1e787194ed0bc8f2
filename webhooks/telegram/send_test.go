package telegram

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/telegram/telegramtest"
)

func card(n int) bot.Card {
	return bot.Card{
		Product: fmt.Sprint("kenka-", n), Title: fmt.Sprintf("Kenkä %d", n), Price: "64,90 €", Text: "Koot 28–31",
		Image:   fmt.Sprintf("/images/kenka-%d.svg?color=1f2f55", n),
		Buttons: []bot.Button{{Tap: fmt.Sprint("add:kenka-", n), Label: "Lisää koriin"}, {Tap: fmt.Sprint("more:kenka-", n), Label: "Lisätietoja"}},
	}
}

func cards(n int) []bot.Card {
	var all []bot.Card
	for i := range n {
		all = append(all, card(i+1))
	}
	return all
}

func send(t *testing.T, d *Door, m bot.Message) {
	t.Helper()
	if err := d.Send(t.Context(), "telegram:77", m); err != nil {
		t.Fatal(err)
	}
}

func methods(rs []telegramtest.Request) string {
	var names []string
	for _, r := range rs {
		names = append(names, strings.TrimPrefix(r.Method, "send"))
	}
	return strings.Join(names, " ")
}

func TestWordsGoAsTheyAre(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	send(t, d, bot.Message{Seq: 1, From: dialogue.ByBot, Text: "<b>2 < 3 & *kenkä* _ok_\n"})
	send(t, d, bot.Message{Seq: 2, From: dialogue.ByStaff, Staff: "Maija", Text: "Hei!"})
	send(t, d, bot.Message{Seq: 3, From: dialogue.BySystem, Text: "Tilaus on lähetetty \xff."})
	send(t, d, bot.Message{Seq: 4, Text: " "})
	var words []string
	for _, r := range api.Requests() {
		if r.Method != "sendMessage" || r.Chat() != 77 || r.Fields["parse_mode"] != "" {
			t.Errorf("%s %v", r.Method, r.Fields)
		}
		words = append(words, r.Words())
	}
	if want := []string{"<b>2 < 3 & *kenkä* _ok_", "Maija: Hei!", "Tilaus on lähetetty \uFFFD."}; !slices.Equal(words, want) {
		t.Errorf("%q", words)
	}
}

func TestLongWordsAreSplit(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	send(t, d, bot.Message{Seq: 1, Text: strings.Repeat("🧦", 2100) + "\n\n" + strings.Repeat("sukka ", 900), Buttons: []bot.Button{{Tap: "cart", Label: "Kori"}}})
	sent := api.Requests()
	if len(sent) < 3 {
		t.Fatalf("%d messages", len(sent))
	}
	for i, r := range sent {
		if rows, _ := r.Buttons(); (len(rows) == 1) != (i == len(sent)-1) {
			t.Errorf("message %d has the buttons %v", i, rows)
		}
	}
}

func TestButtons(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	send(t, d, bot.Message{Seq: 1, Text: "Mikä koko?", Buttons: []bot.Button{
		{Tap: "opt:size:28", Label: "28"}, {Tap: "opt:size:29", Label: "29"}, {Tap: "opt:size:30", Label: "30"}, {Tap: "opt:size:31", Label: "31"},
		{Tap: "order", Label: "Tilaa ja maksa 37,70 €"}, {Tap: "human", Label: "Asiakaspalvelija"},
		{Tap: strings.Repeat("ä", 32), Label: "64 tavua"},
		{Tap: strings.Repeat("ä", 32) + "x", Label: "65 tavua"},
		{URL: "https://shop.example/ehdot", Tap: "terms", Label: "Toimitusehdot"},
		{URL: "http://localhost:8080/ehdot", Label: "Täällä vain"},
		{URL: "javascript:alert(1).x", Label: "Skripti"},
		{Tap: "none", Label: " "}, {Label: "Ei mitään"},
	}})
	rows, does := api.Requests()[0].Buttons()
	want := "[[28 29 30] [31 Tilaa ja maksa 37,70 €] [Asiakaspalvelija 64 tavua] [Toimitusehdot]]"
	if got := fmt.Sprint(rows); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if does["Toimitusehdot"] != "https://shop.example/ehdot" || does["28"] != "opt:size:28" {
		t.Errorf("%v", does)
	}
	var many []bot.Button
	for range maxKeys + 1 {
		many = append(many, bot.Button{Tap: "a", Label: "a"})
	}
	send(t, d, bot.Message{Seq: 2, Buttons: many})
	rows, _ = api.Requests()[1].Buttons()
	if n := len(slices.Concat(rows...)); n != maxKeys || api.Requests()[1].Words() != "…" {
		t.Errorf("%d buttons under %q", n, api.Requests()[1].Words())
	}
}

func TestOneCardIsAPhotoWithItsWords(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	m := bot.Message{Seq: 1, Text: "Löysin tämän:", Cards: cards(1), Buttons: []bot.Button{{Tap: "cart", Label: "Kori"}}}
	send(t, d, m)
	m.Seq = 2
	send(t, d, m)
	sent := api.Requests()
	if methods(sent) != "Photo Photo" {
		t.Fatal(methods(sent))
	}
	if got := sent[0].Words(); got != "Löysin tämän:\n\nKenkä 1\n64,90 €\nKoot 28–31" {
		t.Errorf("caption %q", got)
	}
	if got := string(sent[0].Files["photo"]); got != "PNG of /images/kenka-1.svg?color=1f2f55" {
		t.Errorf("uploaded %q", got)
	}
	if rows, does := sent[0].Buttons(); fmt.Sprint(rows) != "[[Lisää koriin Lisätietoja] [Kori]]" || does["Lisää koriin"] != "add:kenka-1" {
		t.Errorf("buttons %v %v", rows, does)
	}
	if got := sent[1].Fields["photo"]; got != "large-1" || len(sent[1].Files) > 0 {
		t.Errorf("the second time: %q and %d files, want the file known by now", got, len(sent[1].Files))
	}
}

func TestALongCardIsAPhotoAndThenWords(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	send(t, d, bot.Message{Seq: 1, Text: strings.Repeat("kenkä ", 200), Cards: cards(1)})
	sent := api.Requests()
	if methods(sent) != "Photo Message" || sent[0].Words() != "Kenkä 1" {
		t.Fatalf("%s, %q", methods(sent), sent[0].Words())
	}
	if rows, _ := sent[1].Buttons(); len(rows) != 1 {
		t.Errorf("buttons %v", rows)
	}
}

func TestSeveralCardsAreAnAlbumAndAList(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	m := bot.Message{Seq: 1, Text: "Löysin 3 tuotetta.", Cards: cards(3), Buttons: []bot.Button{{Tap: "narrow:size:30", Label: "Koko 30"}}}
	m.Cards[1].Image = "https://shop.example/kuva.jpg"
	send(t, d, m)
	m.Seq = 2
	send(t, d, m)
	sent := api.Requests()
	if methods(sent) != "MediaGroup Message MediaGroup Message" {
		t.Fatal(methods(sent))
	}
	album := sent[0].Fields["media"]
	for _, part := range []string{`"caption":"1. Kenkä 1"`, `"caption":"3. Kenkä 3"`, `"media":"https://shop.example/kuva.jpg"`, `"media":"attach://1.png"`} {
		if !strings.Contains(album, part) {
			t.Errorf("no %s in %s", part, album)
		}
	}
	if len(sent[0].Files) != 2 || len(sent[2].Files) != 0 {
		t.Errorf("uploaded %d and then %d files, want 2 and 0", len(sent[0].Files), len(sent[2].Files))
	}
	want := "Löysin 3 tuotetta.\n\n1. Kenkä 1\n64,90 €\nKoot 28–31\n\n2. Kenkä 2\n64,90 €\nKoot 28–31\n\n3. Kenkä 3\n64,90 €\nKoot 28–31"
	if got := sent[1].Words(); got != want {
		t.Errorf("%q", got)
	}
	rows, does := sent[1].Buttons()
	if fmt.Sprint(rows) != "[[1. Lisää koriin 1. Lisätietoja] [2. Lisää koriin 2. Lisätietoja] [3. Lisää koriin 3. Lisätietoja] [Koko 30]]" || does["2. Lisää koriin"] != "add:kenka-2" {
		t.Errorf("buttons %v %v", rows, does)
	}
}

func TestAnAlbumHasTenPicturesAtMost(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	send(t, d, bot.Message{Seq: 1, Cards: cards(11)})
	sent := api.Requests()
	if methods(sent) != "MediaGroup Message" || len(sent[0].Files) != 10 || !strings.Contains(sent[1].Words(), "11. Kenkä 11") {
		t.Errorf("%s with %d files", methods(sent), len(sent[0].Files))
	}
}

func TestPicturesThatFailAreLeftOut(t *testing.T) {
	t.Parallel()
	missing := func(n int) []bot.Card {
		all := cards(3)
		for i := range n {
			all[i].Image = "/images/puuttuu.svg"
		}
		return all
	}
	refused := telegramtest.Fault{Status: 400, Description: "Bad Request: failed to get HTTP URL content"}
	for name, c := range map[string]struct {
		cards  []bot.Card
		faults map[string]telegramtest.Fault
		want   string
	}{
		"one of three is missing":  {missing(1), nil, "MediaGroup Message"},
		"two of three are missing": {missing(2), nil, "Photo Message"},
		"all are missing":          {missing(3), nil, "Message"},
		"the only one is missing":  {missing(1)[:1], nil, "Message"},
		"an album is refused":      {cards(3), map[string]telegramtest.Fault{"sendMediaGroup": refused}, "MediaGroup Message"},
		"a photo is refused":       {cards(1), map[string]telegramtest.Fault{"sendPhoto": refused}, "Photo Message"},
		"cards without pictures":   {[]bot.Card{{Title: "a"}, {Title: "b"}}, nil, "Message"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, api := open(t, Options{})
			for method, fault := range c.faults {
				api.Fail(method, fault)
			}
			send(t, d, bot.Message{Seq: 1, Text: "Löysin nämä.", Cards: c.cards})
			sent := api.Requests()
			if methods(sent) != c.want {
				t.Fatalf("%s, want %s", methods(sent), c.want)
			}
			if last := sent[len(sent)-1]; !strings.Contains(last.Words(), "Löysin nämä.") || !strings.Contains(last.Words(), c.cards[0].Title) {
				t.Errorf("%q", last.Words())
			}
		})
	}
}

func TestAFileThatTelegramForgotIsUploadedAgain(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	send(t, d, bot.Message{Seq: 1, Cards: cards(1)})
	api.Fail("sendPhoto", telegramtest.Fault{Status: 400, Description: "Bad Request: wrong file identifier"})
	send(t, d, bot.Message{Seq: 2, Cards: cards(1)})
	sent := api.Requests()
	if methods(sent) != "Photo Photo Photo" || len(sent[2].Files) != 1 {
		t.Errorf("%s", methods(sent))
	}
}

func TestErrorsSayWhatHappensNext(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault telegramtest.Fault
		want  bot.SendError // empty: no *SendError
	}{
		"too many":       {telegramtest.Fault{Status: 429, Description: "Too Many Requests: retry after 7", RetryAfter: 7}, bot.SendError{After: 7 * time.Second}},
		"too many, when": {telegramtest.Fault{Status: 429, Description: "Too Many Requests"}, bot.SendError{After: time.Second}},
		"blocked":        {telegramtest.Fault{Status: 403, Description: "Forbidden: bot was blocked by the user"}, bot.SendError{Gone: true}},
		"no such chat":   {telegramtest.Fault{Status: 400, Description: "Bad Request: chat not found"}, bot.SendError{Gone: true}},
		"refused":        {telegramtest.Fault{Status: 400, Description: "Bad Request: message is too long"}, bot.SendError{Refused: true}},
		"broken":         {telegramtest.Fault{Status: 500, Description: "Internal Server Error"}, bot.SendError{}},
		"wrong token":    {telegramtest.Fault{Status: 401, Description: "Unauthorized"}, bot.SendError{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, api := open(t, Options{})
			api.Fail("sendMessage", c.fault)
			api.Fail("sendPhoto", c.fault, c.fault)
			for _, m := range []bot.Message{{Seq: 1, Text: "moi"}, {Seq: 2, Text: "moi", Cards: cards(1)}} {
				if m.Cards != nil && c.want.Refused {
					continue // its words go alone
				}
				err := d.Send(t.Context(), "telegram:77", m)
				var got *bot.SendError
				if errors.As(err, &got); got == nil {
					got = &bot.SendError{}
				}
				if err == nil || got.After != c.want.After || got.Gone != c.want.Gone || got.Refused != c.want.Refused {
					t.Errorf("%v: %+v, want %+v", err, *got, c.want)
				}
			}
		})
	}
}

func TestAFaultOfTheNetworkTellsNoToken(t *testing.T) {
	t.Parallel()
	d, err := New(Options{Token: telegramtest.Token, APIURL: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	_, _, polled := d.fetch(t.Context(), 0)
	for _, err := range []error{d.Send(t.Context(), "telegram:77", bot.Message{Seq: 1, Text: "moi"}), polled} {
		var policy *bot.SendError
		if err == nil || errors.As(err, &policy) || strings.Contains(err.Error(), telegramtest.Token) {
			t.Errorf("%v", err)
		}
	}
}

func TestSendRefusesOtherConversations(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	for _, conversation := range []string{"widget:77", "telegram:", "telegram:Aino", "77", ""} {
		var fault *bot.SendError
		if err := d.Send(t.Context(), conversation, bot.Message{Seq: 1, Text: "moi"}); !errors.As(err, &fault) || !fault.Refused {
			t.Errorf("%q: %v", conversation, err)
		}
	}
	if len(api.Requests()) > 0 {
		t.Errorf("sent %v", api.Requests())
	}
}

func TestASecondTryGoesOnWhereTheFirstFailed(t *testing.T) {
	t.Parallel()
	d, api := open(t, Options{})
	api.Fail("sendMessage", telegramtest.Fault{Status: 500, Description: "Internal Server Error"}, telegramtest.Fault{Status: 429, Description: "Too Many Requests", RetryAfter: 1})
	m := bot.Message{Seq: 1, Text: "Löysin nämä.", Cards: cards(2)}
	for range 2 {
		if err := d.Send(t.Context(), "telegram:77", m); err == nil {
			t.Fatal("no error")
		}
	}
	send(t, d, m)
	if got := methods(api.Requests()); got != "MediaGroup Message Message Message" {
		t.Error(got)
	}
	if len(d.sent.done) > 0 {
		t.Errorf("%v is remembered for nothing", d.sent.done)
	}
}

func TestMemoriesAreBounded(t *testing.T) {
	t.Parallel()
	var p progress
	for i := range int64(maxProgress + 1) {
		p.note(sending{77, i}, 1)
	}
	if len(p.done) != maxProgress || p.calls(sending{77, maxProgress}) != 1 {
		t.Errorf("%d messages are remembered", len(p.done))
	}
}
