package mydata

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, catalog.Helsinki)

// full is a copy with something of everything.
func full(conversation string) bot.Copy {
	bought := persona.Fact{Value: "2", Since: noon, Why: "T-1"}
	belief := persona.Belief{Used: "kiire", Reasons: []persona.Reason{{For: "kiire", Kind: persona.Word, Name: "äkki*"}}}
	return bot.Copy{
		At: noon,
		Profiles: []bot.Remembered{{Seen: noon, Named: true, Profile: persona.Profile{
			Name: persona.Fact{Value: "Ainokainen", Since: noon, Why: persona.Told}, Unadvised: persona.Fact{Value: "yes", Since: noon, Why: persona.Told},
			Likes: map[string]persona.Fact{"kengat": bought}, Belief: belief,
		}}},
		Consents: []dialogue.Consent{{Purpose: dialogue.Reminders, Answer: dialogue.Given, Wording: "Saanko <muistuttaa>?", At: noon}},
		Talks: []bot.Talk{{
			Conversation: conversation, Since: noon, State: json.RawMessage(`{"schema":1,"contact":{"Email":"aino@example.fi"},"cart":[{"sku":"X-1","qty":3}]}`),
			Messages: []bot.Message{{Seq: 4, From: dialogue.ByCustomer, Text: "hei kauppa", At: noon}}, Missed: []int64{4}, Photos: []bot.Photo{{ID: "k", At: noon, JPEG: []byte("kuva")}},
			Notes: []string{"soitti perään"}, Labels: []string{"toimitus"}, Read: []bot.Example{{At: noon, Text: "missä se on", Intent: "order_status"}},
		}},
		Orders: []bot.Purchase{{
			Order:    catalog.Order{Number: "T-1", Placed: noon, Total: 1290, Lines: []catalog.OrderLine{{Title: "Sukat", Qty: 1, Unit: 1290}}, Contact: catalog.Contact{Name: "Aino Virtanen"}, Greeting: "Onnea"},
			Events:   []catalog.OrderEvent{{To: catalog.Shipped, At: noon}},
			Payments: []catalog.Payment{{Amount: 1290, State: catalog.PaymentPaid}}, Returned: []bot.Refunded{{At: noon, Amount: 205, State: bot.RefundMade}}, Letters: []time.Time{noon},
		}},
		Cases:       []bot.Claim{{Case: catalog.Case{Number: "R-1", Order: "T-1", Kind: catalog.Complaint, Reason: "vetoketju"}, Events: []bot.Step{{At: noon, To: catalog.CaseOpen}}}},
		Sent:        []bot.Sent{{At: noon, Kind: dialogue.OfCampaign, Subject: "talvi"}, {At: noon, Kind: "uusi", Subject: "asia"}},
		Said:        []bot.Opinion{{At: noon, Kind: dialogue.OfOrder, Subject: "T-1", Value: 9, Words: "hyvin meni"}},
		Reviews:     []catalog.Review{{Product: "sukat", Stars: 4, Text: "kelpo sukat", At: noon}},
		Newsletters: []bot.Newsletter{{Email: "uutiset@example.fi", Asked: noon}},
	}
}

func door(t *testing.T) *echo.Echo {
	t.Helper()
	shop := &catalog.Shop{}
	shop.Company.Name = "Tuuli & kello"
	e := echo.New()
	New(Options{
		Open: func(pass string) (string, bool) { return "widget:" + pass, pass == "aino" || pass == "away" },
		Copy: func(_ context.Context, conversation string) (bot.Copy, error) {
			if conversation == "widget:away" {
				return bot.Copy{}, errors.New("the database is away")
			}
			return full(conversation), nil
		},
		Shop: func() *catalog.Shop { return shop }, Persona: func(string) catalog.Text { return catalog.Text{"fi": "Kiireinen"} }, Log: slog.New(slog.DiscardHandler),
	}).Mount(e)
	return e
}

func ask(e *echo.Echo, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	e.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestACopyIsGivenToItsOwner(t *testing.T) {
	t.Parallel()
	e := door(t)
	for _, under := range []string{"", "/tiedot.json", "?lang=sv"} {
		for _, c := range []struct {
			pass string
			code int
			says string
		}{
			{"aino", http.StatusOK, "widget:aino"}, {"eino", http.StatusNotFound, "does not work"}, {"away", http.StatusServiceUnavailable, "not available"},
		} {
			answer := ask(e, "/data/"+c.pass+under)
			if answer.Code != c.code || !strings.Contains(answer.Body.String(), c.says) || answer.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s%s: %d %s", c.pass, under, answer.Code, answer.Body)
			}
			if c.code != http.StatusOK && strings.Contains(answer.Body.String(), "T-1") {
				t.Errorf("%s gets the copy: %s", c.pass, answer.Body)
			}
		}
	}
}

func TestTheFileIsTheWholeCopy(t *testing.T) {
	t.Parallel()
	answer := ask(door(t), "/data/aino/tiedot.json")
	want, err := json.MarshalIndent(full("widget:aino"), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(answer.Body.String()); got != string(want) || !strings.Contains(answer.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%v %s", answer.Header(), got)
	}
}

// TestThePageTellsEverything in words: nothing of a copy is missing on it, and no
// key is left in its place.
func TestThePageTellsEverything(t *testing.T) {
	t.Parallel()
	answer := ask(door(t), "/data/aino?lang=fi")
	page := answer.Body.String()
	for _, want := range []string{
		"Tuuli &amp; kello", "Ainokainen (kerroit itse 20.11.2026)", "Ostettu, kengat: 2 kpl (tilauksesta T-1, 20.11.2026)",
		"Kiireinen (käytit sanaa ”äkki”)", "Suositukset: pyysit, ettei tuotteita suositella (kerroit itse 20.11.2026)", "Siitä on tallessa vain tiiviste", "Muistutukset ja tarjoukset: kyllä", "”Saanko &lt;muistuttaa&gt;?”",
		"1 × Sukat, 12,90", "Aino Virtanen", "”Onnea”", "lähetetty", "Maksu 12,90", "maksettu", "Palautettu raha 2,05", "Sähköpostit tilauksesta: 20.11.2026 klo 12.00",
		"Virheilmoitus R-1, T-1", "”vetoketju”", "vastaanotettu", "Tarjous, talvi", "uusi, asia", "Suosittelisitko, 9/10, T-1: ”hyvin meni”",
		"Arvostelu, 4/5, sukat: ”kelpo sukat”", "uutiset@example.fi: pyydetty 20.11.2026, ei vahvistettu", "Kerrotut yhteystiedot: aino@example.fi", "Ostoskorissa: 3 × X-1",
		"Sinä: hei kauppa (botti ei ymmärtänyt tätä)", "soitti perään", "toimitus", "missä se on", `src="data:image/jpeg;base64,a3V2YQ=="`, `href="/data/aino/tiedot.json"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "<no value>") || strings.Contains(page, "{") && strings.Contains(strings.SplitN(page, "</style>", 2)[1], "{") {
		t.Errorf("something is not filled in: %s", page)
	}
	if t.Failed() {
		t.Log(page)
	}
	for _, lang := range []string{"sv", "en", "xx"} {
		if other := ask(door(t), "/data/aino?lang="+lang); other.Code != http.StatusOK || lang != "xx" && strings.Contains(other.Body.String(), "Suostumukset") {
			t.Errorf("%s: %d %s", lang, other.Code, other.Body)
		}
	}
}

func TestNothingIsToldOfNobody(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	if err := (Page{Lang: "en", Shop: &catalog.Shop{}}).Write(&page, bot.Copy{At: noon}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(page.String(), "<p>Nothing.</p>"); n != 8 || strings.Contains(page.String(), "href") {
		t.Errorf("%d empty sections: %s", n, page.String())
	}
}

// TestEveryLanguageHasEveryWord of Finnish, and no other.
func TestEveryLanguageHasEveryWord(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(wordFiles, "words/*.yaml")
	if err != nil || len(files) != len(spoken()) {
		t.Fatalf("%q, %v", files, err)
	}
	for lang, w := range spoken() {
		for key := range spoken()["fi"].text {
			if w.text[key] == "" {
				t.Errorf("%s has no %s", lang, key)
			}
		}
		if len(w.text) != len(spoken()["fi"].text) {
			t.Errorf("%s has %d words, Finnish %d", lang, len(w.text), len(spoken()["fi"].text))
		}
	}
}
