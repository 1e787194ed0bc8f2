package store

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// copied tells of each table what a customer's row puts into their copy, or, of
// those without customers, "".
var copied = map[string]string{
	"orders": "Aino Virtanen", "order_events": `"Cause":"carrier"`, "payments": "nordea", "refunds": `"State":"made"`, "letters": "2026-11-21T",
	"cases": "R-77", "case_events": `"To":"open"`,
	"messages": "hei kauppa", "missed": `"missed":[7]`, "staff_notes": "soitti perään", "staff_marks": "kiireinen-asiakas", "examples": "missä mun paketti on",
	"photos":    `"jpeg":"a3V2YQ=="`,
	"customers": "Ainokainen", "customer_talks": `"since":"2026-11-20T`, "consents": "Muistanko?",
	"sendings": "talvimyynti", "reviews": "kelpo sukat", "points": `"Points":41`, "invites": "KAVERI-AB2CD3", "events": "kesti liian kauan", "subscribers": "uutiset@example.fi",

	"reminder_letters": "", "transcript_letters": "", // what was said in the conversation, to an address of it

	"stock": "", "taken": "", "prices": "", "arrivals": "", // goods
	"answers": "",                                     // of the shop: whoever accepts one sees that nobody is told of in it
	"counts":  "", "sending_counts": "", "sweeps": "", // numbers alone
	"discount_counts": "", "discount_uses": "", // a hash of an address beside the order's discounts, which are in the order
	"pushes": "", "recalls": "", "parcels": "", "erasures": "", "passes_used": "", "erased_talks": "", // what is still to be done
	"staff": "", "staff_keys": "", "staff_acts": "", "staff_factors": "", "staff_telegram": "", "staff_pushes": "", // of the staff
	"staff_topics": "", // where staff see what was said
	"seals":        "", // names of keys
}

var created = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// TestACopyHasWhatEveryTableKeeps plants something in every table and looks for it
// in the copy, and after the erasure in none.
func TestACopyHasWhatEveryTableKeeps(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		plantAll(t, s)
		b, err := s.Belongings(t.Context(), "widget:1")
		if err != nil {
			t.Fatal(err)
		}
		given := copyFor(t, s, b)
		files, err := migrations.ReadDir("migrations")
		if err != nil {
			t.Fatal(err)
		}
		known := maps.Clone(copied)
		for _, f := range files {
			text, err := migrations.ReadFile("migrations/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range created.FindAllStringSubmatch(string(text), -1) {
				mark, listed := known[m[1]]
				if !listed {
					t.Errorf("table %s: say here what of it is in a customer's copy", m[1])
				}
				if !strings.Contains(given, mark) {
					t.Errorf("table %s: the copy has no %q: %s", m[1], mark, given)
				}
				delete(known, m[1])
			}
		}
		if len(known) > 0 {
			t.Errorf("no tables: %v", slices.Sorted(maps.Keys(known)))
		}
		for _, secret := range []string{"geheim", "widget:2", "muut@example.fi"} {
			if strings.Contains(given, secret) {
				t.Errorf("the copy has %q, which is not the customer's: %s", secret, given)
			}
		}

		if _, err := s.Erase(t.Context(), b, noon.AddDate(1, 0, 0)); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"messages", "missed", "staff_notes", "staff_marks", "staff_topics", "examples", "photos", "customer_talks", "consents", "sendings", "subscribers", "events"} {
			if n := number1(t, s, `SELECT COUNT(*) FROM `+table+` WHERE conversation = 'widget:1'`); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM events WHERE id LIKE '%widget:1%' OR subject LIKE '%widget:1%' OR words <> ''`); n != 0 {
			t.Errorf("%d scores tell in which conversation they were given", n)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM events`); n != 2 {
			t.Errorf("%d scores are left, want both", n)
		}
		for _, left := range []string{`SELECT COUNT(*) FROM subscribers WHERE email = 'muut@example.fi'`, `SELECT COUNT(*) FROM consents WHERE conversation = 'widget:2'`} {
			if number1(t, s, left) != 1 {
				t.Errorf("another's are gone: %s", left)
			}
		}
	})
}

// plantAll has one customer, in widget:1, of whom every table keeps something, and
// another one in widget:2.
func plantAll(t *testing.T, s *Store) {
	t.Helper()
	s.Now = func() time.Time { return noon }
	o := aSale(t, s, "widget:1/5/0")
	openCase(t, s, "widget:1/9/0", o.Number, begin(aShop(t), catalog.Withdrawal, catalog.CaseLine{Line: 0, Qty: 1}))
	told := answered(dialogue.Service, dialogue.Given, noon)
	told.Profile.Name.Value = "Ainokainen"
	learn(t, s, "widget:1/6/0", "widget:1", told)
	learn(t, s, "widget:2/6/0", "widget:2", answered(dialogue.Service, dialogue.Refused, noon))
	for _, r := range []dialogue.Remark{{About: dialogue.OfOrder, Subject: o.Number, Score: 9}, {About: dialogue.Missed, Words: "kesti liian kauan"}} {
		if err := s.Remark(t.Context(), "widget:1/"+r.About, "widget:1", r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SaveMessages(t.Context(), bot.Excerpt{Conversation: "widget:1", Messages: []bot.Message{{Seq: 7, At: noon, Text: "hei kauppa"}}}); err != nil {
		t.Fatal(err)
	}
	at := noon.UnixMilli()
	for _, planted := range []struct {
		row  string
		args []any
	}{
		{`UPDATE cases SET number = 'R-77', document = REPLACE(document, '"Number":"', '"Number":"R-77 ')`, nil},
		{`INSERT INTO payments (charge, effect, order_id, conversation, provider, kind, state, amount, currency, method, made, expires) VALUES ('widget:1/7/0', 'widget:1/7/0', $2, 'widget:1', 'stripe', 'bank', 'paid', 5650, 'EUR', 'nordea', $1, $1)`, []any{at, o.ID}},
		{`INSERT INTO refunds (id, charge, order_id, amount, state, due, made) VALUES ('payment/widget:1/7/0', 'widget:1/7/0', $2, 100, 'made', $1, $1)`, []any{at, o.ID}},
		{`UPDATE letters SET ended = $1 WHERE id LIKE 'order/%'`, []any{noon.AddDate(0, 0, 1).UnixMilli()}},
		{`INSERT INTO photos (conversation, id, at, jpeg) VALUES ('widget:1', 'k', $1, $2)`, []any{at, []byte("kuva")}},
		{`INSERT INTO missed (conversation, seq, at, lang) VALUES ('widget:1', 7, $1, 'fi')`, []any{at}},
		{`INSERT INTO staff_notes (id, conversation, at, staff, name, text) VALUES ('n', 'widget:1', $1, 'maija', 'Maija', 'soitti perään')`, []any{at}},
		{`INSERT INTO staff_marks (conversation, labels, since) VALUES ('widget:1', '["kiireinen-asiakas"]', $1)`, []any{at}},
		{`INSERT INTO staff_topics (chat, thread, conversation, seq, told, at) VALUES (-100, 3, 'widget:1', 7, 'maija', $1)`, []any{at}},
		{`INSERT INTO examples (id, conversation, at, staff, lang, text, was, intent, state) VALUES ('e', 'widget:1', $1, 'maija', 'fi', 'missä mun paketti on', 'x', 'order_status', 'proposed')`, []any{at}},
		{`INSERT INTO sendings (id, who, conversation, kind, subject, at) VALUES ('widget:1/8/0', 'widget:1', 'widget:1', 'campaign', 'talvimyynti', $1)`, []any{at}},
		{`INSERT INTO points (id, customer, order_id, points, at, until) SELECT 'earned/x', customer, $2, 41, $1, $1 FROM customer_talks WHERE conversation = 'widget:1'`, []any{at, o.ID}},
		{`INSERT INTO invites (code, customer) SELECT 'KAVERI-AB2CD3', customer FROM customer_talks WHERE conversation = 'widget:1'`, nil},
		{`INSERT INTO reviews (id, order_id, product, conversation, stars, lang, words, name, at, state) VALUES ('widget:1/8/1', $2, 'sukat', 'widget:1', 4, 'fi', 'kelpo sukat', '', $1, 'shown')`, []any{at, o.ID}},
		{`INSERT INTO subscribers (email, token, lang, conversation, asked) VALUES ('uutiset@example.fi', 'geheim', 'fi', 'widget:1', $1), ('muut@example.fi', 'geheim2', 'fi', 'widget:2', $1)`, []any{at}},
	} {
		if _, err := s.db.ExecContext(t.Context(), planted.row, planted.args...); err != nil {
			t.Fatalf("%s: %v", planted.row, err)
		}
	}
}

func copyFor(t *testing.T, s *Store, b bot.Belongings) string {
	t.Helper()
	c, err := s.Copy(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestACopyByAnAddress has all who ordered with it, and the newsletter that goes to it
// wherever it was asked for.
func TestACopyByAnAddress(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon }
		for _, conversation := range []string{"widget:1", "widget:2"} {
			o := anOrder(conversation+"/5/0", "A")
			o.Conversation = conversation
			place(t, s, o)
			learn(t, s, conversation, conversation, answered(dialogue.Service, dialogue.Given, noon))
		}
		if err := s.Subscribe(t.Context(), "widget:3", dialogue.Subscribe{Email: "Aino@example.fi", Lang: "fi"}); err != nil {
			t.Fatal(err)
		}
		b, err := s.BelongingsOf(t.Context(), "aino@example.fi")
		if err != nil {
			t.Fatal(err)
		}
		c, err := s.Copy(t.Context(), b)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Profiles) != 2 || len(c.Consents) != 2 || len(c.Orders) != 2 || len(c.Newsletters) != 1 || !c.Newsletters[0].Confirmed.IsZero() {
			t.Errorf("%d profiles, %d consents, %d orders, newsletters %+v", len(c.Profiles), len(c.Consents), len(c.Orders), c.Newsletters)
		}
		if c, err := s.Copy(t.Context(), bot.Belongings{Conversations: []string{"widget:1"}, Emails: b.Emails}); err != nil || len(c.Newsletters) != 0 {
			t.Errorf("an address that was only typed shows its newsletter: %+v, %v", c.Newsletters, err)
		}
		if _, err := s.Erase(t.Context(), b, noon); err != nil {
			t.Fatal(err)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM subscribers`); n != 0 {
			t.Error("the newsletter still goes to an erased address")
		}
	})
}
