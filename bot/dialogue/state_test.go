package dialogue_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/intents"
)

// States that a program of schema 1 wrote go on where they were.
func TestDecodeMigratesOlderStates(t *testing.T) {
	t.Parallel()
	shelves, err := demoShelves()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file    string
		pending string
		says    string
		stage   string
		next    string // what is asked after it
		cart    int
	}{
		{"testdata/choosing-1.json", "size", "40/43", "cart", "", 1},
		{"testdata/buying-1.json", "email", "ville@example.fi", "checkout", "phone", 1},
	} {
		document, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := dialogue.Decode(document)
		if err != nil || s.Pending() != c.pending {
			t.Fatalf("%s asks %q, not %s, %v", c.file, s.Pending(), c.pending, err)
		}
		world := shelves[0].world(time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), 2000, nil)
		world.Reading = shelves[0].model.Read(c.says, s.Hint(world.Now))
		next, _ := dialogue.Step(s, dialogue.Said{Text: c.says}, world)
		if next.Stage() != c.stage || next.Pending() != c.next || len(next.Cart) != c.cart {
			t.Errorf("%s: after %q the stage is %s, %q is asked, the cart has %d lines", c.file, c.says, next.Stage(), next.Pending(), len(next.Cart))
		}
	}
}

func TestDecodeRefusesNewerStates(t *testing.T) {
	t.Parallel()
	state, err := json.Marshal(dialogue.State{Schema: 1, Lang: "sv"})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := dialogue.Decode(state); err != nil || s.Lang != "sv" {
		t.Errorf("this program's own: %+v, %v", s, err)
	}
	if _, err := dialogue.Decode([]byte(`{"schema":1000000}`)); err == nil {
		t.Error("the state of a newer program is read")
	}
}

// A state written by hand or damaged is refused or understood, and never makes
// Step panic on what customers say.
func FuzzDecode(f *testing.F) {
	shelves, err := demoShelves()
	if err != nil {
		f.Fatal(err)
	}
	for _, document := range []string{
		"", "{}", `{"schema":1000000}`, `{"schema":-1}`, "null", "[]", `{"cart":[{"sku":"NO","qty":-5}],"buying":true,"pending":{"slot":"size","for":"add","product":"NO"}}`,
		`{"pending":{"slot":"nonsense","for":"buy"},"summary":{"id":""},"shown":["a"],"query":{}}`, `{"handoff":{"stage":"requested"},"persona":{"p":{"neutral":0}}}`,
	} {
		f.Add([]byte(document))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		s, err := dialogue.Decode(document)
		if err != nil {
			return
		}
		written, err := s.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := dialogue.Decode(written)
		if err != nil {
			t.Fatalf("%v: %s", err, written)
		}
		if twice, err := again.Encode(); err != nil || !bytes.Equal(twice, written) {
			t.Errorf("written %s, read and written again %s, %v", written, twice, err)
		}
		world := shelves[0].world(time.Date(2026, 11, 23, 10, 0, 0, 0, catalog.Helsinki), 1, nil)
		for _, tap := range []string{"cart", "checkout", "change", "stop", "order:x", "which", "human"} {
			dialogue.Step(s, dialogue.Tapped{Tap: tap}, world)
		}
		for _, text := range []string{"moi", "M", "joo", "eka"} {
			world.Reading = intents.Reading{Text: text, Lang: "fi", Intents: []intents.Intent{{Name: intents.OutOfScope, P: 1}}, Acted: []string{intents.OutOfScope}}
			dialogue.Step(s, dialogue.Said{Text: text}, world)
		}
	})
}
