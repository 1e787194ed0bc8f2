package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/intents/language"
)

// maxLine is the longest line that the commands read, in bytes.
const maxLine = 1 << 20

// answer is one line of `tiski chat -json`.
type answer struct {
	Replies []reply  `json:"replies"`
	Acted   []string `json:"acted"`
	State   view     `json:"state"`
}

// reply is a message as the widget's API gives it.
type reply struct {
	Seq     int64          `json:"seq"`
	From    string         `json:"from"`
	Text    string         `json:"text"`
	Buttons []voice.Button `json:"buttons"`
	Cards   []voice.Card   `json:"cards"`
	Staff   string         `json:"staff,omitempty"`
	At      time.Time      `json:"at"`
}

// view is what a state is to those who look at it from outside.
type view struct {
	Stage      string     `json:"stage"`
	Cart       []viewLine `json:"cart"`
	Pending    *string    `json:"pending"`
	PostalCode string     `json:"postal_code"`
	Delivery   *string    `json:"delivery"`
	Payment    *string    `json:"payment"`
	Discount   *string    `json:"discount"` // the code given
	Order      *viewOrder `json:"order"`
	Case       *viewCase  `json:"case"`
	Handoff    *string    `json:"handoff"`
	Lang       string     `json:"lang"`
	Persona    string     `json:"persona"`
}

type viewLine struct {
	Product string            `json:"product"`
	SKU     string            `json:"sku"`
	Title   string            `json:"title"`
	Qty     int               `json:"qty"`
	Options map[string]string `json:"options"`
}

type viewOrder struct {
	Number string `json:"number"`
	Status string `json:"status"`
}

type viewCase struct {
	Number string `json:"number"`
	Kind   string `json:"kind"`
	State  string `json:"state"`
}

func viewOf(s dialogue.State, shop *catalog.Shop) view {
	v := view{Stage: s.Stage(), Cart: []viewLine{}, PostalCode: s.Address.Postcode, Lang: s.Lang, Persona: s.Persona.Persona()}
	for _, l := range s.Cart {
		if p, variant := shop.Variant(l.SKU); variant != nil {
			v.Cart = append(v.Cart, viewLine{Product: p.ID, SKU: l.SKU, Title: p.Name.In(s.Lang), Qty: l.Qty, Options: variant.Options})
		}
	}
	if slot := s.Pending(); slot != "" {
		v.Pending = &slot
	}
	if m := shop.DeliveryMethod(s.Delivery); m != nil {
		v.Delivery = &m.Kind
	}
	if s.Payment != "" {
		v.Payment = &s.Payment
	}
	if s.Code != "" {
		v.Discount = &s.Code
	}
	if s.Order != nil {
		v.Order = &viewOrder{Number: s.Order.Number, Status: string(s.Order.Status)}
	}
	if s.Case != nil {
		v.Case = &viewCase{Number: s.Case.Number, Kind: string(s.Case.Kind), State: string(s.Case.State)}
	}
	if s.Handoff.Stage != "" {
		v.Handoff = &s.Handoff.Stage
	}
	return v
}

// chat is `tiski chat`.
func chat(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	f := flags("chat")
	shop := shopFlag(f)
	data := dataFlag(f)
	asJSON := f.Bool("json", false, "read lines, answer each with a JSON object")
	lang := f.String("lang", language.Finnish, "language of the page where the talk begins: fi, sv or en")
	now := f.String("now", "", "time at the start, for example 2026-11-23T10:00; it stands still but for !wait")
	orders := f.String("given", "", "JSON file of orders that exist already")
	record := f.String("record", "", "write the talk to this file as a story")
	if err := parse(f, args); err != nil {
		return err
	}
	if !slices.Contains(language.Codes, *lang) {
		return fmt.Errorf("-lang: fi, sv or en, not %q", *lang)
	}
	var at time.Time
	if *now != "" {
		var err error
		if at, err = parseTime(*now); err != nil {
			return fmt.Errorf("-now: %w", err)
		}
	}
	shelf, err := openShelf(ctx, *shop, *data)
	if err != nil {
		return err
	}
	c, err := openCounter(ctx, shelf, "chat:terminal", at, practised...)
	if err != nil {
		return err
	}
	defer c.close()
	if *orders != "" {
		if err := c.give(ctx, *orders); err != nil {
			return err
		}
	}
	t := talk{counter: c, shelf: shelf, lang: *lang, out: out, json: *asJSON}
	if *record != "" {
		if t.story, err = os.Create(*record); err != nil {
			return fmt.Errorf("record: %w", err)
		}
		defer t.story.Close()
		fmt.Fprintf(t.story, "# \n@ %s\n! pays\n", c.clock().Format("2006-01-02T15:04"))
	}
	return t.run(ctx, in)
}

// talk is a chat in the terminal.
type talk struct {
	*counter
	shelf   *bot.Shelf
	lang    string
	out     io.Writer
	json    bool
	story   *os.File
	buttons []voice.Button // those shown last, for !1, !2 …
}

func (t *talk) run(ctx context.Context, in io.Reader) error {
	if !t.json {
		fmt.Fprintln(t.out, "Kirjoita viesti. !1 painaa ensimmäistä painiketta, Ctrl-D lopettaa.")
		turn, err := t.line(ctx, "!start "+t.lang)
		if err != nil {
			return err
		}
		t.print(turn)
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	for lines.Scan() {
		if ctx.Err() != nil {
			return nil
		}
		text := lines.Text()
		if n, err := strconv.Atoi(strings.TrimPrefix(text, "!")); err == nil && strings.HasPrefix(text, "!") && n >= 1 && n <= len(t.buttons) {
			text = "!tap " + t.buttons[n-1].Tap
		}
		turn, err := t.line(ctx, text)
		if err != nil {
			if !t.json {
				fmt.Fprintln(t.out, err)
				continue
			}
			turn.Messages = []bot.Message{{From: dialogue.BySystem, Text: err.Error(), At: t.clock()}}
		}
		if t.story != nil {
			fmt.Fprint(t.story, storyTurn(text, turn, t.shelf.Shop))
		}
		if err := t.tell(turn); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read a line: %w", err)
	}
	return nil
}

func (t *talk) tell(turn bot.Turn) error {
	if !t.json {
		t.print(turn)
		return nil
	}
	a := answer{Replies: []reply{}, Acted: turn.Acted, State: viewOf(turn.State, t.shelf.Shop)}
	if a.Acted == nil {
		a.Acted = []string{}
	}
	for _, m := range turn.Messages {
		a.Replies = append(a.Replies, replyOf(m))
	}
	return json.NewEncoder(t.out).Encode(a)
}

func replyOf(m bot.Message) reply {
	r := reply{Seq: m.Seq, From: string(m.From), Text: m.Text, Buttons: m.Buttons, Cards: m.Cards, Staff: m.Staff, At: m.At}
	if r.Buttons == nil {
		r.Buttons = []voice.Button{}
	}
	if r.Cards == nil {
		r.Cards = []voice.Card{}
	}
	return r
}

func (t *talk) print(turn bot.Turn) {
	t.buttons = nil
	for _, m := range turn.Messages {
		who := ""
		if m.Staff != "" {
			who = m.Staff + ": "
		}
		fmt.Fprintf(t.out, "\n%s%s\n", who, m.Text)
		for _, c := range m.Cards {
			fmt.Fprintf(t.out, "  ▪ %s, %s\n", c.Title, c.Price)
			for _, line := range strings.Split(c.Text, "\n") {
				fmt.Fprintf(t.out, "    %s\n", line)
			}
			t.printButtons(c.Buttons)
		}
		t.printButtons(m.Buttons)
	}
	fmt.Fprintln(t.out)
}

func (t *talk) printButtons(buttons []voice.Button) {
	for _, b := range buttons {
		t.buttons = append(t.buttons, b)
		fmt.Fprintf(t.out, "    [!%d %s]", len(t.buttons), b.Label)
	}
	if len(buttons) > 0 {
		fmt.Fprintln(t.out)
	}
}
