package bot_test

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"tiski/bot"
	"tiski/bot/dialogue"
)

func TestSameInputTwice(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	in := c.input(dialogue.Said{Text: "paljonko toimitus maksaa?"})
	first, err := s.bot.Handle(t.Context(), c.name, in)
	if err != nil || len(first.Messages) == 0 || first.Repeated {
		t.Fatalf("%+v, %v", first, err)
	}
	log, snapshot := s.log(c.name), s.load(c.name)

	again, err := s.bot.Handle(t.Context(), c.name, in)
	if err != nil || !again.Repeated {
		t.Fatalf("repeated %v, %v", again.Repeated, err)
	}
	if words(again) != words(first) || again.Messages[0].Seq != first.Messages[0].Seq {
		t.Errorf("the second time it said %q, the first time %q", words(again), words(first))
	}
	if !reflect.DeepEqual(s.log(c.name), log) || !reflect.DeepEqual(s.load(c.name), snapshot) {
		t.Error("the conversation has changed")
	}
	other, err := s.bot.Handle(t.Context(), c.name, c.input(in.What))
	if err != nil || other.Repeated || other.Messages[0].Seq <= first.Messages[0].Seq {
		t.Errorf("the same words under another id: %+v, %v", other, err)
	}
}

func TestOrderTappedTwice(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	sku := s.goods(1)[0]
	s.stock(sku, 5, s.bot)
	in := c.input(dialogue.Tapped{Tap: c.summary(sku)})
	first, err := s.bot.Handle(t.Context(), c.name, in)
	if err != nil {
		t.Fatal(err)
	}
	orders := s.orders(c.name)
	if len(orders) != 1 || !strings.Contains(words(first), orders[0].Number) || s.pieces(sku) != 4 {
		t.Fatalf("%d orders, %d pieces left; said %q", len(orders), s.pieces(sku), words(first))
	}
	log := s.log(c.name)
	again, err := s.bot.Handle(t.Context(), c.name, in)
	if err != nil || !again.Repeated || words(again) != words(first) {
		t.Fatalf("repeated %v, %v: %q", again.Repeated, err, words(again))
	}
	late := c.tap(in.What.(dialogue.Tapped).Tap)
	if !strings.Contains(words(late), orders[0].Number) {
		t.Errorf("a late second tap is told %q, not the number of the order", words(late))
	}
	if n := len(s.orders(c.name)); n != 1 || s.pieces(sku) != 4 {
		t.Errorf("%d orders, %d pieces left", n, s.pieces(sku))
	}
	if n := len(s.log(c.name)); n != len(log)+2 {
		t.Errorf("%d messages were said by the repetition and the late tap, want the tap and its answer", n-len(log))
	}
}

// crowd lets goroutines talk at once in one conversation, through the nodes in
// turn, and checks that each of their messages stands in the log once, those of
// one goroutine in their order.
func crowd(t *testing.T, s *shop, goroutines, each int, nodes ...*bot.Bot) {
	t.Helper()
	const conversation = "web:crowd"
	var all sync.WaitGroup
	for g := range goroutines {
		all.Go(func() {
			for i := range each {
				label := fmt.Sprintf("%d/%d", g, i)
				in := bot.Input{ID: label, What: dialogue.Tapped{Tap: "cart", Label: label}}
				turn, err := nodes[g%len(nodes)].Handle(t.Context(), conversation, in)
				if err != nil || len(turn.Messages) != 1 {
					t.Errorf("%s: %d messages, %v", label, len(turn.Messages), err)
				}
			}
		})
	}
	all.Wait()
	next := map[string]int{}
	for _, m := range s.log(conversation) {
		if m.From != dialogue.ByCustomer {
			continue
		}
		g, i, _ := strings.Cut(m.Text, "/")
		if i != strconv.Itoa(next[g]) {
			t.Errorf("message %s of goroutine %s stands where %d should", i, g, next[g])
		}
		next[g]++
	}
	for g := range goroutines {
		if n := next[strconv.Itoa(g)]; n != each {
			t.Errorf("goroutine %d was heard %d times, not %d", g, n, each)
		}
	}
}

func TestCrowdInOneConversation(t *testing.T) {
	t.Parallel()
	s := open(t)
	crowd(t, s, 100, 1, s.bot)
}

func TestTurnsOfOneCustomer(t *testing.T) {
	t.Parallel()
	s := open(t)
	crowd(t, s, 5, 12, s.bot)
}

func TestTwoNodes(t *testing.T) {
	t.Parallel()
	s := open(t)
	crowd(t, s, 20, 3, s.bot, s.node(s.state, s.store))
}

func TestConflictForEver(t *testing.T) {
	t.Parallel()
	s := open(t)
	tries := 0
	b := s.node(&brokenMemory{Conversations: s.state, commit: func(bot.Commit) (bool, error) {
		tries++
		return false, fmt.Errorf("commit: %w", bot.ErrConflict)
	}}, s.store)
	_, err := b.Handle(t.Context(), "web:1", bot.Input{ID: "1", What: dialogue.Opened{}})
	if !errors.Is(err, bot.ErrConflict) || tries != 50 {
		t.Errorf("after %d tries: %v", tries, err)
	}
}

// failed checks that an input was committed as failed: an apology was said and
// staff called.
func failed(t *testing.T, s *shop, c *customer, turn bot.Turn) {
	t.Helper()
	if !strings.HasPrefix(words(turn), "Pahoittelut") {
		t.Errorf("no apology: %q", words(turn))
	}
	if d := s.desk(c.name); d.Waiting.IsZero() || d.Reason != "failed" {
		t.Errorf("staff are not called: %+v", d)
	}
}

func TestPanicIsCommittedAsFailed(t *testing.T) {
	t.Parallel()
	s := open(t)
	shelf := *s.shelf
	shelf.Index = nil // whatever is searched now panics
	s.bot.Swap(&shelf)
	c := s.customer("web:1")
	in := c.input(dialogue.Tapped{Tap: "shelf:" + shelf.Shop.Categories[0].ID, Label: "Osasto"})
	turn, err := s.bot.Handle(t.Context(), c.name, in)
	if err != nil {
		t.Fatal(err)
	}
	failed(t, s, c, turn)
	if log := s.log(c.name); log[0].Text != "Osasto" || log[0].From != dialogue.ByCustomer {
		t.Errorf("staff cannot see what the customer sent: %+v", log[0])
	}
	again, err := s.bot.Handle(t.Context(), c.name, in)
	if err != nil || !again.Repeated || words(again) != words(turn) {
		t.Errorf("the second time %+v, %v", again, err)
	}
	s.bot.Swap(s.shelf)
	if turn := c.tap("cart"); strings.HasPrefix(words(turn), "Pahoittelut") {
		t.Error("the conversation does not go on")
	}
}

// torn commits a document that is no state of this program.
func torn(t *testing.T, s *shop, c *customer, document string) {
	t.Helper()
	before := s.load(c.name)
	if err := s.state.Commit(t.Context(), bot.Commit{
		Conversation: c.name, Channel: "web", Input: "torn", Version: before.Version, Seq: before.Seq, State: []byte(document),
	}); err != nil {
		t.Fatal(err)
	}
}

func TestStateThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	c.tap("sku:" + s.goods(1)[0])
	torn(t, s, c, `{"cart":[`)
	failed(t, s, c, c.tap("cart"))
	if turn := c.tap("cart"); strings.HasPrefix(words(turn), "Pahoittelut") || len(turn.State.Cart) != 0 {
		t.Errorf("it does not begin afresh: %q", words(turn))
	}
}

// A state of a newer program is left to that program: the door answers 503.
func TestStateOfANewerProgram(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	c.tap("cart")
	torn(t, s, c, `{"schema":1000000}`)
	_, err := s.bot.Handle(t.Context(), c.name, c.input(dialogue.Tapped{Tap: "cart"}))
	if !errors.Is(err, dialogue.ErrNewer) {
		t.Errorf("handled: %v", err)
	}
	if got := string(s.load(c.name).State); got != `{"schema":1000000}` {
		t.Errorf("the state has become %s", got)
	}
}

// A text of staff that does not fit into a message is the one input that can
// be over a limit of the memory.
func TestTurnOverTheLimits(t *testing.T) {
	t.Parallel()
	for _, fits := range []bool{true, false} {
		t.Run(strconv.FormatBool(fits), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			c := s.customer("web:1")
			c.do(dialogue.Taken{Staff: "maija", Name: "Maija"})
			text := strings.Repeat("a", 60<<10)
			if !fits {
				text = strings.Repeat("a", 65<<10)
			}
			turn := c.do(dialogue.StaffSaid{Staff: "maija", Name: "Maija", Text: text})
			if apology := strings.HasPrefix(words(turn), "Pahoittelut"); apology == fits {
				t.Errorf("said %.40q", words(turn))
			}
			if c.tap("cart"); s.desk(c.name).Holder != "maija" {
				t.Error("nobody holds the conversation any more")
			}
		})
	}
}

// Of what a customer sends the log keeps so much that it always fits.
func TestOverlongIsCut(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	for _, what := range []dialogue.Input{
		dialogue.Said{Text: strings.Repeat("ö", 100_000)}, dialogue.Tapped{Tap: "cart", Label: strings.Repeat("ö", 100_000)},
		dialogue.Tapped{Tap: strings.Repeat("x", 100_000)}, dialogue.Sent{Kind: strings.Repeat("x", 100_000)},
		dialogue.Commanded{Command: strings.Repeat("x", 100_000)},
	} {
		turn := c.do(what)
		if len(turn.Messages) == 0 || strings.HasPrefix(words(turn), "Pahoittelut") {
			t.Errorf("%T: %q", what, words(turn))
		}
	}
	for _, m := range s.log(c.name) {
		if n := utf8.RuneCountInString(m.Text); n > dialogue.MaxText+2 {
			t.Errorf("a message of %d characters is kept", n)
		}
	}
	exact := strings.Repeat("!", dialogue.MaxText)
	c.say(exact)
	if !strings.Contains(texts(s.log(c.name)), exact+"\n") {
		t.Error("a message of just the limit is cut")
	}
}

func TestMemoryAway(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &brokenMemory{Conversations: s.state}
	c := s.customer("web:1")
	c.bot = s.node(memory, s.store)
	in := c.input(dialogue.Tapped{Tap: "sku:" + s.goods(1)[0]})
	away := func() error { return errAway }
	for name, fault := range map[string]func(){
		"load":   func() { memory.load, memory.commit = func(string) error { return away() }, nil },
		"commit": func() { memory.load, memory.commit = nil, func(bot.Commit) (bool, error) { return false, away() } },
	} {
		fault()
		if _, err := c.bot.Handle(t.Context(), c.name, in); !errors.Is(err, errAway) || !strings.Contains(err.Error(), name+" web:1") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if log := s.log(c.name); len(log) != 0 {
		t.Errorf("something was committed: %v", log)
	}
	memory.load, memory.commit = nil, nil
	turn, err := c.bot.Handle(t.Context(), c.name, in)
	if err != nil || turn.Repeated || len(turn.State.Cart) != 1 {
		t.Errorf("when it is back: %+v, %v", turn, err)
	}
}

// The answer of a commit can be lost after it was written.
func TestAnswerOfCommitLost(t *testing.T) {
	t.Parallel()
	s := open(t)
	memory := &brokenMemory{Conversations: s.state, commit: func(bot.Commit) (bool, error) { return true, errAway }}
	b := s.node(memory, s.store)
	in := bot.Input{ID: "1", What: dialogue.Tapped{Tap: "sku:" + s.goods(1)[0]}}
	if _, err := b.Handle(t.Context(), "web:1", in); !errors.Is(err, errAway) {
		t.Fatal(err)
	}
	memory.commit = nil
	turn, err := b.Handle(t.Context(), "web:1", in)
	if err != nil || !turn.Repeated || len(turn.Messages) != 1 || turn.State.Cart[0].Qty != 1 {
		t.Errorf("%+v, %v", turn, err)
	}
}

func TestStoreAwayDuringLookUp(t *testing.T) {
	t.Parallel()
	s := open(t)
	orders := &awayOrders{Orders: s.store}
	c := s.customer("web:1")
	c.bot = s.node(s.state, orders)
	c.tap("cart")
	before := s.load(c.name)
	orders.down.Store(true)
	in := c.input(dialogue.Tapped{Tap: "track:T-123456"})
	if _, err := c.bot.Handle(t.Context(), c.name, in); !errors.Is(err, errAway) {
		t.Fatal(err)
	}
	if after := s.load(c.name); after.Version != before.Version {
		t.Error("something was committed")
	}
	orders.down.Store(false)
	turn, err := c.bot.Handle(t.Context(), c.name, in)
	if err != nil || turn.Repeated || len(turn.Messages) == 0 {
		t.Errorf("when it is back: %+v, %v", turn, err)
	}
}

// The bot is silent while a person holds the conversation; what the person
// says is pushed, and the customer's words are in the log.
func TestHeldConversation(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer(pushed + ":1")
	tap := c.summary(s.goods(1)[0])
	c.do(dialogue.Taken{Staff: "maija", Name: "Maija"})
	for _, what := range []dialogue.Input{
		dialogue.Said{Text: "joo tilaan"}, dialogue.Tapped{Tap: tap}, dialogue.Sent{Kind: "photo"},
		dialogue.Commanded{Command: "help"}, dialogue.Opened{}, dialogue.Shared{Name: "Maija Virtanen", Phone: "+358401234567"},
	} {
		if turn := c.do(what); len(turn.Messages) != 0 {
			t.Errorf("%#v is answered: %q", what, words(turn))
		}
	}
	if turn := c.do(dialogue.StaffSaid{Staff: "maija", Name: "Maija", Text: "Hei, Maija tässä."}); words(turn) != "Hei, Maija tässä." || turn.Messages[0].From != dialogue.ByStaff {
		t.Errorf("staff's words are %+v", turn.Messages)
	}
	if turn := c.do(dialogue.StaffSaid{Staff: "pekka", Name: "Pekka", Text: "Hei"}); len(turn.Messages) != 0 {
		t.Errorf("somebody else speaks: %q", words(turn))
	}
	if len(s.orders(c.name)) != 0 {
		t.Error("an order was placed")
	}
	if d := s.desk(c.name); d.Holder != "maija" || d.HolderName != "Maija" || d.Name != "Maija Virtanen" {
		t.Errorf("on the staff's list: %+v", d)
	}
}

func TestOnlyTheCurrentButtonOrders(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	two := s.goods(2)
	old := c.summary(two[0])
	c.tap("sku:" + two[1])
	current := orderTap(c.tap("checkout"))
	if current == "" || current == old {
		t.Fatalf("the button says %q, the old one %q", current, old)
	}
	for _, text := range []string{"joo", "tilaan", "kyllä kiitos", "osta", "jag beställer", "yes please", current} {
		c.say(text)
	}
	for _, tap := range []string{"order:", "order", "order:0", strings.ToUpper(current), current + " "} {
		c.tap(tap)
	}
	if n := len(s.orders(c.name)); n != 0 {
		t.Fatalf("%d orders without a tap on the order button", n)
	}
	stale := c.tap(old)
	if len(s.orders(c.name)) != 0 || !strings.HasPrefix(words(stale), "Tilauksesi on muuttunut") {
		t.Errorf("the old button: %q", words(stale))
	}
	current = orderTap(stale)
	c.tap(current)
	if orders := s.orders(c.name); len(orders) != 1 || len(orders[0].Lines) != 2 {
		t.Errorf("the current button: %+v", orders)
	}
}

func TestCardNumberIsNeverKept(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := s.customer("web:1")
	c.say("korttini on 4111 1111 1111 1111 ja hetu 131052-308T")
	c.do(dialogue.Taken{Staff: "maija", Name: "Maija"})
	c.say("siis 4111-1111-1111-1111")
	for _, m := range s.log(c.name) {
		if strings.Contains(m.Text, "1111") || strings.Contains(m.Text, "308T") {
			t.Errorf("kept: %q", m.Text)
		}
	}
	if strings.Contains(string(s.load(c.name).State), "1111") {
		t.Error("kept in the state")
	}
}
