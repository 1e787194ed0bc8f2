package bot_test

import (
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// remembering is a shop whose bot remembers customers and signs passes.
func remembering(t *testing.T) *shop {
	s := open(t)
	s.bot.Customers = s.store
	s.bot.Passes = &bot.Passes{Key: []byte(strings.Repeat("k", 32)), Clock: s.clock}
	return s
}

// code asks for the code that joins another conversation.
func (c *customer) code() string {
	c.shop.t.Helper()
	said := words(c.tap("join"))
	code := said[strings.LastIndexByte(said, ' ')+1:]
	if len(code) < 24 {
		c.shop.t.Fatalf("no code in %q", said)
	}
	return code
}

func TestACodeJoinsTwoConversationsOnce(t *testing.T) {
	t.Parallel()
	s := remembering(t)
	site, phone, thief := s.customer("web:0123456789abcdefghijkl"), s.customer(pushed+":42"), s.customer(pushed+":43")
	sku := s.goods(1)[0]
	s.stock(sku, 5, s.bot)
	turn := site.tap(site.summary(sku))
	number := turn.State.Order.Number
	code := site.code()
	if said := words(site.say(code)); !strings.Contains(said, "Yhdistetäänkö") {
		t.Errorf("the code is answered by %q", said)
	}
	if said := words(site.say("joo")); !strings.Contains(said, "tästä keskustelusta") {
		t.Errorf("a conversation joins itself: %q", said)
	}
	if said := words(phone.do(dialogue.Opened{Lang: "fi", Pass: code})); !strings.Contains(said, "tekoälyavustaja") || !strings.Contains(said, "vain, jos teit koodin itse") {
		t.Errorf("who comes with a code hears %q", said)
	}
	if said := words(phone.say("missä mun tilaus on?")); strings.Contains(said, number) {
		t.Errorf("without a yes the other conversation's order is told: %q", said)
	}
	phone.say(code)
	if said := words(phone.say("joo")); !strings.Contains(said, "Yhdistetty") {
		t.Fatalf("the joining is answered by %q", said)
	}
	if said := words(phone.tap("track:")); !strings.Contains(said, number) {
		t.Errorf("the order made on the site is told as %q", said)
	}
	thief.say("moi")
	thief.say(code)
	if said := words(thief.say("joo")); !strings.Contains(said, "Koodi ei kelpaa") {
		t.Errorf("a used code is answered by %q", said)
	}
	if said := words(thief.tap("track:")) + words(thief.say("mitä tiedätte minusta?")); strings.Contains(said, number) || strings.Contains(said, "Maija") {
		t.Errorf("a stranger sees %q", said)
	}
}

func TestAnOldOrStrangeCodeJoinsNothing(t *testing.T) {
	t.Parallel()
	s := remembering(t)
	site, phone := s.customer("web:1"), s.customer(pushed+":1")
	site.say("moi")
	code := site.code()
	s.wait(15 * time.Minute)
	for _, bad := range []string{code, "Aa1" + strings.Repeat("x", 40), code + "A"} {
		phone.say(bad)
		if said := words(phone.say("joo")); !strings.Contains(said, "Koodi ei kelpaa") {
			t.Errorf("%s is answered by %q", bad, said)
		}
	}
}

// TestTheShopsWordJoins: whom the shop names the same is one customer; a
// conversation of one is never another's.
func TestTheShopsWordJoins(t *testing.T) {
	t.Parallel()
	s := remembering(t)
	desk, phone, other := s.customer("web:1"), s.customer("web:2"), s.customer("web:3")
	for c, subject := range map[*customer]string{desk: "1001", phone: "1001", other: "1002"} {
		c.say("moi")
		c.do(dialogue.Identified{Subject: subject})
	}
	sku := s.goods(1)[0]
	s.stock(sku, 5, s.bot)
	turn := desk.tap(desk.summary(sku))
	if said := words(phone.tap("track:")); !strings.Contains(said, turn.State.Order.Number) {
		t.Errorf("in their other conversation the customer hears %q", said)
	}
	if said := words(other.tap("track:")); strings.Contains(said, turn.State.Order.Number) {
		t.Errorf("another customer hears %q", said)
	}
	if said := words(other.do(dialogue.Identified{Subject: "1001"})); !strings.Contains(said, "eri asiakkaille") {
		t.Errorf("a conversation that changes hands hears %q", said)
	}
	if said := words(other.tap("track:")); strings.Contains(said, turn.State.Order.Number) {
		t.Errorf("after that another customer hears %q", said)
	}
}
