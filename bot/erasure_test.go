package bot_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/letters"
	"tiski/bot/staff"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
)

// planted are what a customer tells of themselves, each found nowhere else.
var planted = []string{"Salainen", "salainen@example.com", "401112223", "Piilokatu", "salakirje", "salatoive", "salamuistio"}

// TestNothingIsLeftOfWhoIsErased plants a customer's details everywhere and
// looks for them in all of Redis, of the database and of the letters, once they
// are erased and the order is over.
func TestNothingIsLeftOfWhoIsErased(t *testing.T) {
	t.Parallel()
	s, folder := open(t), letters.Folder{Dir: t.TempDir(), From: "Tuulikello <palvelu@example.fi>"}
	file := filepath.Join(t.TempDir(), "tiski.db")
	kept, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	kept.Now = s.clock
	s.store = kept
	s.bot = s.node(s.state, kept)
	s.bot.Customers, s.bot.Subscribers, s.bot.Letters = kept, kept, folder.RemoveTo
	c := s.customer(pushed + ":1")
	sku := s.goods(1)[0]
	s.stock(sku, 5, c.bot)

	c.tap("sku:" + sku)
	c.tap("checkout")
	for _, said := range []string{"Sanni Salainen", "salainen@example.com", "040 111 2223", "Piilokatu 5, 00530 Helsinki", "kotiin", "laskulla"} {
		c.say(said)
	}
	tap := orderTap(c.tap("checkout"))
	if turn := c.tap(tap); turn.State.Order == nil {
		t.Fatalf("no order: %s", words(turn))
	}
	c.tap("consent:" + dialogue.Service + ":yes")
	c.say("kutsu minua nimellä Salainen")
	c.say("tilaa uutiskirje salakirje@example.com")
	for i, told := range []dialogue.Remark{{About: dialogue.OfOrder, Subject: "T-0", Score: 3, Words: "salatoive"}, {About: dialogue.Missed, Words: "salatoive"}} {
		if err := kept.Remark(t.Context(), fmt.Sprintf("%s/90/%d", c.name, i), c.name, told); err != nil {
			t.Fatal(err)
		}
	}
	reminder := dialogue.Remind{Later: dialogue.Later{Sending: dialogue.Sending{Kind: dialogue.OfCampaign, Subject: "salakirje"}}, Once: "salakirje", Week: 1}
	if why, err := kept.Send(t.Context(), c.name+"/91/0", c.name, reminder); err != nil || why != "" {
		t.Fatal(why, err)
	}
	if err := kept.AddNote(t.Context(), staff.Note{ID: "n", Conversation: c.name, At: s.clock(), Text: "salamuistio"}); err != nil {
		t.Fatal(err)
	}
	archivist := &bot.Archivist{Archive: s.state, Transcripts: kept}
	if err := archivist.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	order := s.orders(c.name)[0]
	if err := folder.Send(t.Context(), letters.Letter{ID: "order/1/placed", To: order.Contact.Email, Subject: "Tilaus", Text: "Hei Sanni Salainen", HTML: "<p>Piilokatu</p>"}); err != nil {
		t.Fatal(err)
	}
	found := strings.Join(searched(t, s.state, c.name, file, folder.Dir), ", ")
	for _, place := range []string{"state", "log", "orders", "messages", "customers", "subscribers", "events", "sendings", "staff_notes", "file"} {
		if !strings.Contains(found, place) {
			t.Errorf("nothing is planted in %s, only %s", place, found)
		}
	}

	late := s.log(c.name) // on its way to the transcripts when all is erased
	s.wait(time.Minute)
	c.tap("erase")
	if turn := c.say("joo"); !strings.Contains(words(turn), "Vielä kesken: "+order.Number) {
		t.Errorf("the answer is %q", words(turn))
	}
	if err := kept.SaveMessages(t.Context(), bot.Excerpt{Conversation: c.name, Messages: late}); err != nil {
		t.Fatal(err)
	}
	for _, where := range searched(t, s.state, c.name, file, folder.Dir) {
		if !strings.HasPrefix(where, "orders") {
			t.Errorf("while the order is under way, there is still %s", where)
		}
	}

	if _, _, err := kept.Told(t.Context(), catalog.News{Order: order.Number, Status: catalog.Delivered}, s.clock()); err != nil {
		t.Fatal(err)
	}
	s.wait(61 * 24 * time.Hour)
	if _, err := kept.Sweep(t.Context(), catalog.DefaultPrivacy, s.clock()); err != nil {
		t.Fatal(err)
	}
	if found := searched(t, s.state, c.name, file, folder.Dir); len(found) > 0 {
		t.Errorf("when all is over, there is still %q", found)
	}
	entries, err := kept.Books(t.Context(), opening.AddDate(0, 0, -1), opening.AddDate(0, 0, 1))
	if err != nil || len(entries) == 0 {
		t.Errorf("the books have %d entries: %v", len(entries), err)
	}
}

// searched returns what of planted is where.
func searched(t *testing.T, memory *state.Conversations, conversation string, file, dir string) []string {
	t.Helper()
	places := map[string][]byte{}
	snapshot, err := memory.Load(t.Context(), conversation, "search")
	if err != nil {
		t.Fatal(err)
	}
	said, err := memory.Messages(t.Context(), conversation, 0)
	if err != nil {
		t.Fatal(err)
	}
	desks, err := memory.Desks(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	places["state"], places["log"], places["desks"] = snapshot.State, document(t, said), document(t, desks)
	var queued []bot.Message
	for at := opening.AddDate(1, 0, 0); ; {
		d, ok, err := memory.ClaimDelivery(t.Context(), pushed, at, time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if !ok || len(queued) > 200 {
			break
		}
		queued = append(queued, d.Message)
		at = at.Add(time.Second)
		if len(queued) > 1 && queued[len(queued)-1].Seq == queued[len(queued)-2].Seq {
			break // the head, claimed again
		}
	}
	places["outbox"] = document(t, queued)
	for table, rows := range tables(t, file) {
		places[table] = rows
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if places["file "+filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	var found []string
	for place, text := range places {
		for _, secret := range planted {
			if bytes.Contains(text, []byte(secret)) {
				found = append(found, place+": "+secret)
			}
		}
	}
	return found
}

// tables are all rows of a database, by table.
func tables(t *testing.T, file string) map[string][]byte {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string][]byte{}
	for _, table := range column(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table'`) {
		var fields []string
		for _, field := range column(t, db, `SELECT name FROM pragma_table_info('`+table+`')`) {
			fields = append(fields, `COALESCE(CAST("`+field+`" AS TEXT), '')`)
		}
		all[table] = []byte(strings.Join(column(t, db, `SELECT `+strings.Join(fields, " || ' ' || ")+` FROM "`+table+`"`), "\n"))
	}
	return all
}

// column is the single column of a query.
func column(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func document(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
