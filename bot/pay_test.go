package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

func TestPayingAnOrder(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	turn := s.order()
	if all := links(turn); len(all) != 1 || !strings.HasPrefix(all[0], "Maksa ") || s.status() != catalog.Awaiting {
		t.Fatalf("links %q, said %q", all, words(turn))
	}
	if !strings.Contains(words(turn), "klo 10.30") {
		t.Errorf("until when is not told: %q", words(turn))
	}
	paid := s.bank.become("", catalog.PaymentPaid)
	if turn := s.told(paid); !strings.Contains(words(turn), "maksu") || s.status() != catalog.Paid {
		t.Errorf("%s, %q", s.status(), words(turn))
	}
	before := len(s.log(s.c.name))
	s.told(paid) // once more
	late := paid
	late.State = catalog.PaymentFailed
	s.told(late)
	if n := len(s.log(s.c.name)); n != before {
		t.Errorf("%d messages for what was known", n-before)
	}
	s.work()
	s.balance()
}

func TestAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.bank.away(errAway)
	turn := s.order()
	if s.status() != catalog.Awaiting || len(links(turn)) != 0 || !strings.Contains(words(turn), "ei veloitettu") || turn.State.Working != "" {
		t.Fatalf("%s, %q", s.status(), words(turn))
	}
	s.c.tap("payby:" + method)
	other := s.customer("web:2")
	other.summary(s.goods(2)[1])
	if said := words(other.tap("edit:payment")); !strings.Contains(said, "ei ole juuri nyt käytettävissä") {
		t.Errorf("a provider that does not answer is offered: %q", said)
	}
	s.bank.away(nil)
	if turn := s.c.tap("payby:" + method); len(links(turn)) != 1 {
		t.Errorf("%q", words(turn))
	}
	if said := words(other.tap("edit:payment")); strings.Contains(said, "käytettävissä") {
		t.Errorf("a provider that answers again is hidden: %q", said)
	}
}

func TestARefusedCharge(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.bank.away(&catalog.PaymentRefused{Provider: "paytrail", Status: 400})
	if turn := s.order(); len(links(turn)) != 0 || s.status() != catalog.Awaiting {
		t.Errorf("%q", words(turn))
	}
	all, err := s.store.PaymentsOf(t.Context(), s.orders(s.c.name)[0].Number)
	if err != nil || len(all) != 1 || all[0].State != catalog.PaymentFailed {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAReservationRunsOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bank func(s *payShop)
		want catalog.Status
	}{
		"unpaid":                   {func(*payShop) {}, catalog.Expired},
		"paid, and nobody told":    {func(s *payShop) { s.bank.become("", catalog.PaymentPaid) }, catalog.Paid},
		"pending, and nobody told": {func(s *payShop) { s.bank.become("", catalog.PaymentPending) }, catalog.Awaiting},
		"the bank is away":         {func(s *payShop) { s.bank.away(errAway) }, catalog.Awaiting},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openPaying(t)
			s.order()
			c.bank(s)
			s.wait(s.shelf.Shop.Reserve - time.Second)
			s.work()
			if s.status() != catalog.Awaiting || s.bank.looks != 0 {
				t.Fatalf("before its time: %s", s.status())
			}
			s.wait(2 * time.Second)
			s.work()
			s.work()
			if s.status() != c.want {
				t.Errorf("%s, want %s", s.status(), c.want)
			}
			if n := strings.Count(texts(s.log(s.c.name)), "raukesi"); n != map[bool]int{true: 1}[c.want == catalog.Expired] {
				t.Errorf("told %d times:\n%s", n, texts(s.log(s.c.name)))
			}
			if c.want == catalog.Expired {
				left, err := s.store.Leftover(t.Context(), 10)
				if err != nil || len(left) != 0 {
					t.Errorf("left over: %+v, %v", left, err)
				}
			}
			s.wait(20 * time.Minute) // a bank that is away keeps nothing for ever
			s.work()
			if c.want == catalog.Awaiting && name != "the bank is away" {
				s.balanceLater()
				return
			}
			if s.bank.fail != nil && s.status() != catalog.Expired {
				t.Errorf("%s though nobody can tell", s.status())
			}
			s.balance()
		})
	}
}

// balanceLater ends a payment that was pending.
func (s *payShop) balanceLater() {
	s.t.Helper()
	s.told(s.bank.become("", catalog.PaymentPaid))
	if s.status() != catalog.Paid {
		s.t.Errorf("%s", s.status())
	}
	s.balance()
}

func TestLateMoney(t *testing.T) {
	t.Parallel()
	for _, there := range []bool{true, false} {
		t.Run(fmt.Sprint("goods there: ", there), func(t *testing.T) {
			t.Parallel()
			s := openPaying(t)
			s.order()
			s.wait(s.shelf.Shop.Reserve)
			s.work()
			if s.status() != catalog.Expired {
				t.Fatal(s.status())
			}
			want := catalog.Paid
			if !there {
				s.stock(s.sku, 0, s.bot)
				want = catalog.Expired
			}
			turn := s.told(s.bank.become("", catalog.PaymentPaid))
			if s.status() != want {
				t.Errorf("%s, want %s: %q", s.status(), want, words(turn))
			}
			s.work()
			said := texts(s.log(s.c.name))
			if !there && (!strings.Contains(said, "Pahoittelut") || !strings.Contains(said, "Palautimme") || s.status() != catalog.Refunded || s.desk(s.c.name).Reason != "payment") {
				t.Errorf("%s, %+v:\n%s", s.status(), s.desk(s.c.name), said)
			}
			s.balance()
		})
	}
}

func TestTwoPaymentsForOneOrder(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	first := s.bank.last
	s.c.say("linkki ei toimi")
	second := s.bank.last
	if first == second {
		t.Fatal("no new link")
	}
	s.told(s.bank.become(second, catalog.PaymentPaid))
	s.told(s.bank.become(first, catalog.PaymentPaid))
	s.work()
	s.work()
	if len(s.bank.refunded) != 1 || s.status() != catalog.Paid {
		t.Errorf("%v, %s", s.bank.refunded, s.status())
	}
	if said := texts(s.log(s.c.name)); strings.Count(said, "Palautimme") != 1 || !strings.Contains(said, "oli jo maksettu") {
		t.Errorf("said\n%s", said)
	}
	s.balance()
}

func TestAnotherSumPaysNothing(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	p := s.bank.become("", catalog.PaymentPaid)
	p.Amount -= 100
	s.bank.payments[p.ID] = p
	s.told(p)
	s.work()
	if s.status() != catalog.Awaiting || s.desk(s.c.name).Reason != "payment" || len(s.bank.refunded) != 1 {
		t.Errorf("%s, %v", s.status(), s.bank.refunded)
	}
	s.balance()
}

func TestARefundThatFailsThenWorks(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	s.told(s.bank.become("", catalog.PaymentPaid))
	o := s.orders(s.c.name)[0]
	s.c.tap("withdraw!:" + o.Number)
	if s.status() != catalog.Cancelled {
		t.Fatalf("%s:\n%s", s.status(), texts(s.log(s.c.name)))
	}
	s.bank.away(errAway)
	for range 3 {
		s.work()
		s.wait(time.Hour)
	}
	s.bank.away(nil)
	for range 3 {
		s.work()
		s.wait(time.Hour)
	}
	if len(s.bank.refunded) != 1 || s.status() != catalog.Refunded {
		t.Errorf("%v, %s", s.bank.refunded, s.status())
	}
	if n := strings.Count(texts(s.log(s.c.name)), "Palautimme"); n != 1 {
		t.Errorf("told %d times", n)
	}
	s.balance()
}

func TestARefundIsLeftToStaff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err   error
		tries int // after which it is left
	}{
		"refused":       {&catalog.PaymentRefused{Provider: "paytrail", Status: 422}, 1},
		"never answers": {errAway, 12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openPaying(t)
			s.order()
			s.told(s.bank.become("", catalog.PaymentPaid))
			s.bank.refuse = c.err
			s.c.tap("withdraw!:" + s.orders(s.c.name)[0].Number)
			for i := range c.tries + 2 {
				s.work()
				by := strings.Contains(texts(s.log(s.c.name)), "käsin")
				if by != (i+1 >= c.tries) {
					t.Fatalf("after %d tries left to staff: %v", i+1, by)
				}
				s.wait(2 * time.Hour)
			}
			if s.status() != catalog.Cancelled || s.desk(s.c.name).Reason != "refund" {
				t.Errorf("%s, %+v", s.status(), s.desk(s.c.name))
			}
		})
	}
}

func TestWhatIsSaidOfAPayment(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	for _, c := range []struct {
		said, want string
		links      int
	}{
		{"maksoin jo", "ei näy vielä", 1},
		{"miten maksan", "odottaa maksua", 1},
		{"en ole vielä maksanut", "odottaa maksua", 1},
		{"linkki ei toimi", "uusi maksulinkki", 1},
		{"saisko uuden maksulinkin", "uusi maksulinkki", 1},
		{"can you send a new link", "new payment link", 1},
	} {
		if turn := s.c.say(c.said); !strings.Contains(words(turn), c.want) || len(links(turn)) != c.links {
			t.Errorf("%s: %q, %q", c.said, words(turn), links(turn))
		}
	}
	s.bank.become("", catalog.PaymentPaid)
	if turn := s.c.say("oon jo maksanu"); s.status() != catalog.Paid {
		t.Errorf("%s, %q", s.status(), words(turn))
	}
	s.balance()
}

// Who says to have paid an order that was given up is believed as far as the
// bank does.
func TestWhoPaidAllTheSame(t *testing.T) {
	t.Parallel()
	for _, paid := range []bool{false, true} {
		s := openPaying(t)
		s.order()
		s.wait(s.shelf.Shop.Reserve)
		s.work()
		want, said := catalog.Expired, "ei näy vielä"
		if paid {
			s.bank.become("", catalog.PaymentPaid)
			want, said = catalog.Paid, "on saatu"
		}
		if s.status() != catalog.Expired {
			t.Fatal(s.status())
		}
		if turn := s.c.say("mut mä maksoin sen jo"); s.status() != want || !strings.Contains(words(turn), said) {
			t.Errorf("%s, %q", s.status(), words(turn))
		}
		s.balance()
	}
}

func TestHowAPendingPaymentStands(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	s.told(s.bank.become("", catalog.PaymentPending))
	if turn := s.c.say("joko maksu näkyy?"); !strings.Contains(words(turn), "odottaa vielä vahvistusta") {
		t.Errorf("%q", words(turn))
	}
}

// A provider that never answers keeps nobody waiting for long.
func TestAProviderThatNeverAnswers(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.seat(s.state, s.store, s.store, silent{s.bank})
	if err := s.bot.RefreshStock(t.Context()); err != nil {
		t.Fatal(err)
	}
	turn := s.order()
	if turn.State.Working != "" || !strings.Contains(words(turn), "ei juuri nyt aukea") || s.status() != catalog.Awaiting {
		t.Errorf("%s, %q", s.status(), words(turn))
	}
}

// silent is a provider that takes questions and never answers.
type silent struct{ bot.Provider }

func (silent) Ask(ctx context.Context, _ catalog.Charge) (catalog.Payment, error) {
	<-ctx.Done()
	return catalog.Payment{}, ctx.Err()
}

// What costs nothing is not asked of a provider.
func TestAnOrderOfNothing(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	shop, shelf := *s.shelf.Shop, *s.shelf
	shop.Discounts = []catalog.Discount{{ID: "lahja", Name: catalog.Text{"fi": "Lahja"}, Percent: 100}}
	shelf.Shop = &shop
	s.bot.Swap(&shelf)
	if turn := s.order(); s.status() != catalog.Placed || len(links(turn)) != 0 || s.bank.last != "" {
		t.Errorf("%s, %q", s.status(), words(turn))
	}
}

// The order may get paid elsewhere: then nothing is asked for it any more.
func TestAnOrderThatMovesOn(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	if turn := s.order(); turn.State.Paying == nil {
		t.Fatal("nothing is awaited")
	}
	o := s.orders(s.c.name)[0]
	o.Status = catalog.Paid
	if turn := s.c.do(dialogue.Moved{Order: o}); turn.State.Paying != nil {
		t.Errorf("awaited: %+v", turn.State.Paying)
	}
}

// A payment that a provider calls pending for ever does not keep the goods for ever.
func TestAPaymentThatStaysPending(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	s.told(s.bank.become("", catalog.PaymentPending))
	for range 6 * 24 {
		s.wait(time.Hour)
		s.work()
	}
	if s.status() != catalog.Awaiting {
		t.Fatalf("while it is pending the order is %s", s.status())
	}
	for range 3 * 24 {
		s.wait(time.Hour)
		s.work()
	}
	if left := s.pieces(s.sku); s.status() != catalog.Expired || left != 5 {
		t.Errorf("the order is %s, and %d pieces are left", s.status(), left)
	}
	s.told(s.bank.become("", catalog.PaymentPaid))
	if s.status() != catalog.Paid {
		t.Errorf("paid all the same it is %s", s.status())
	}
}

// late are orders whose time to pay is over; of most the conversation cannot be
// handled just now.
type late struct {
	bot.Drawer
	orders []catalog.Order
}

func (l late) Overdue(_ context.Context, _ time.Time, most int) ([]catalog.Order, error) {
	return l.orders[:min(most, len(l.orders))], nil
}

// refusing are conversations that a newer program has, but for those of one.
type refusing struct {
	bot.Conversations
	but string
}

func (r refusing) Load(ctx context.Context, conversation, input string) (bot.Snapshot, error) {
	if conversation != r.but {
		return bot.Snapshot{}, errAway
	}
	return r.Conversations.Load(ctx, conversation, input)
}

// Orders that cannot be let go keep no other's goods.
func TestOverdueOrdersThatCannotBeHandled(t *testing.T) {
	t.Parallel()
	s := openPaying(t)
	s.order()
	mine := s.orders(s.c.name)[0]
	drawer := late{Drawer: s.store}
	for i := range 50 {
		drawer.orders = append(drawer.orders, catalog.Order{Number: fmt.Sprint("T-", i), Conversation: fmt.Sprint("web:stuck", i)})
	}
	drawer.orders = append(drawer.orders, mine)
	s.seat(refusing{s.state, s.c.name}, s.store, s.store, s.bank)
	s.cashier.Drawer = drawer
	s.wait(time.Hour)
	for range 4 {
		s.work()
		s.wait(time.Minute)
	}
	if s.status() != catalog.Expired {
		t.Errorf("the order is %s", s.status())
	}
}
