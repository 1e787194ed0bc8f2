//go:build linux

package faulttest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/state"
	"tiski/bot/store"
)

// verdict is what became of all that was said in a shop.
type verdict struct {
	messages   int
	lost       int // messages of customers that were taken and are in no log
	twice      int // handled more than once
	misordered int // handled in another order than they were said
	silent     int // replies that were never sent, nor wait to be
	jumbled    int // replies sent in another order
	doubled    int // replies sent to Telegram again
	worst      int // of them to one chat
	repeated   int // replies said twice in one conversation
	orders     int
	wrong      int // orders lost, doubled or with other goods
	carts      int // carts that are not what the customer filled
	drift      int // pieces of stock
	complaints []string
}

func (v *verdict) complain(format string, args ...any) {
	v.complaints = append(v.complaints, fmt.Sprintf(format, args...))
}

// books are what the checker reads.
type books struct {
	talks  *state.Conversations
	store  *store.Store
	queues map[string][]string // texts that wait to be sent, by conversation
}

const pieces = 100_000 // of each of the goods, at first

// check reads what Redis, the database and Telegram have, and compares it with
// what the customers said and did.
func check(t testing.TB, s *site, talks []*talk) (v verdict) {
	t.Helper()
	ctx := context.Background()
	b := books{queues: map[string][]string{}}
	var err error
	if b.talks, err = state.Open(ctx, state.Options{URL: "redis://" + s.redisAt}); err != nil {
		t.Fatal(err)
	}
	defer b.talks.Close()
	if b.store, err = store.Open(ctx, s.sql); err != nil {
		t.Fatal(err)
	}
	defer b.store.Close()
	if err := b.readQueues(ctx, s.redisAt); err != nil {
		t.Fatal(err)
	}
	sold := map[string]int{}
	for _, k := range talks {
		log, err := b.log(ctx, k.name())
		if err != nil {
			t.Fatal(err)
		}
		v.heard(k, log)
		v.replies(k, log, b.queues[k.name()])
		if err := v.bought(ctx, k, b, sold); err != nil {
			t.Fatal(err)
		}
	}
	stock, err := b.store.Stock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, sku := range []string{"PIPO", "HUIVI"} {
		drift := pieces - sold[sku] - stock[sku]
		if drift != 0 {
			v.drift += max(drift, -drift)
			v.complain("the stock of %s is off by %d", sku, drift)
		}
	}
	return v
}

// readQueues reads the messages that still wait to be sent.
func (b *books) readQueues(ctx context.Context, address string) error {
	client := redis.NewClient(&redis.Options{Addr: address})
	defer client.Close()
	keys := client.Scan(ctx, 0, "tiski:{*}:out:*", 1000).Iterator()
	for keys.Next(ctx) {
		_, conversation, _ := strings.Cut(keys.Val(), ":out:")
		for _, entry := range client.LRange(ctx, keys.Val(), 0, -1).Val() {
			_, document, _ := strings.Cut(entry, " ")
			var m bot.Message
			if err := json.Unmarshal([]byte(document), &m); err != nil {
				return fmt.Errorf("%s: %w", keys.Val(), err)
			}
			b.queues[conversation] = append(b.queues[conversation], strings.TrimSpace(m.Text))
		}
	}
	return keys.Err()
}

// log is all that was said in a conversation: what has been moved to the
// database, and what is in Redis still.
func (b *books) log(ctx context.Context, conversation string) ([]bot.Message, error) {
	all, err := b.store.Transcript(ctx, conversation, 0, store.MaxTranscript)
	if err != nil {
		return nil, err
	}
	last := int64(0)
	if len(all) > 0 {
		last = all[len(all)-1].Seq
	}
	rest, err := b.talks.Messages(ctx, conversation, last)
	return append(all, rest...), err
}

// heard compares what a customer said with what was handled.
func (v *verdict) heard(k *talk, log []bot.Message) {
	var got []string
	for i, m := range log {
		if m.From == dialogue.ByCustomer {
			got = append(got, m.Text)
		}
		if i > 0 && m.Seq != log[i-1].Seq+1 {
			v.complain("%s: message %d follows %d", k.name(), m.Seq, log[i-1].Seq)
			v.lost++
		}
	}
	v.messages += len(k.said)
	if slices.Equal(got, k.said) {
		return
	}
	counts := map[string]int{}
	for _, text := range k.said {
		counts[text]++
	}
	for _, text := range got {
		counts[text]--
	}
	astray := 0
	for text, n := range counts {
		v.lost, v.twice, astray = v.lost+max(n, 0), v.twice+max(-n, 0), astray+max(n, -n)
		if n != 0 {
			v.complain("%s: %q is off by %d", k.name(), text, n)
		}
	}
	if astray == 0 {
		v.misordered++
		v.complain("%s: said\n%q\nbut handled\n%q", k.name(), k.said, got)
	}
}

// replies compares what was said to a customer with what reached them.
func (v *verdict) replies(k *talk, log []bot.Message, queue []string) {
	var said []string
	turn := map[string]bool{} // said since the customer's last message
	for _, m := range log {
		if m.From == dialogue.ByCustomer {
			clear(turn)
			continue
		}
		if turn[m.Text] {
			v.repeated++
			v.complain("%s: said twice: %q", k.name(), m.Text)
		}
		turn[m.Text] = true
		said = append(said, strings.TrimSpace(m.Text))
	}
	switch l := k.line.(type) {
	case *visit:
		for _, m := range log {
			if told, ok := l.heard[m.Seq]; ok && told != m.Text {
				v.jumbled++
				v.complain("%s: was answered %q where %q was said", k.name(), told, m.Text)
			}
			delete(l.heard, m.Seq)
		}
		for seq, told := range l.heard {
			v.silent++
			v.complain("%s: was answered message %d that nobody said: %q", k.name(), seq, told)
		}
	case *chat:
		v.sends(k, said, queue, l.told())
	}
}

// sends compares what was said with what Telegram was given and is still to be
// given.
func (v *verdict) sends(k *talk, said, queue []string, given []sending) {
	at, doubled := 0, 0
	for _, s := range given {
		// Replies of different orders may be the same: only the next few count.
		switch next := slices.Index(said[min(at, len(said)):min(at+4, len(said))], s.text); {
		case next == 0:
			at++
		case at > 0 && s.text == said[at-1]:
			doubled++
		case next > 0:
			v.silent += next
			v.complain("%s: never sent: %q", k.name(), said[at:at+next])
			at += next + 1
		default:
			v.jumbled++
			v.complain("%s: sent out of order: %q", k.name(), s.text)
		}
	}
	v.doubled, v.worst = v.doubled+doubled, max(v.worst, doubled)
	// The head of the queue may have been sent just now.
	if rest := said[at:]; !slices.Equal(queue, rest) && (at == 0 || !slices.Equal(queue, said[at-1:])) {
		v.silent++
		v.complain("%s: of what is to be said %q, only %q waits", k.name(), rest, queue)
	}
}

// bought compares a customer's orders and cart with those in the books.
func (v *verdict) bought(ctx context.Context, k *talk, b books, sold map[string]int) error {
	placed, err := b.store.OfConversation(ctx, k.name())
	if err != nil {
		return err
	}
	v.orders += len(placed)
	slices.Reverse(placed) // they come newest first
	for i := range max(len(placed), len(k.orders)) {
		goods := map[string]int{}
		if i < len(placed) {
			for _, l := range placed[i].Lines {
				goods[l.SKU] += l.Qty
			}
		}
		if i >= len(placed) || i >= len(k.orders) || !maps.Equal(goods, k.orders[i]) {
			v.wrong++
			v.complain("%s: order %d of %d is of %v; of %d ordered: %v", k.name(), i+1, len(placed), goods, len(k.orders), k.orders)
		}
		for sku, n := range goods {
			sold[sku] += n
		}
	}
	snapshot, err := b.talks.Load(ctx, k.name(), "look")
	if err != nil {
		return err
	}
	kept, err := dialogue.Decode(snapshot.State)
	if err != nil && !strings.Contains(err.Error(), dialogue.ErrNewer.Error()) {
		return err
	}
	cart := map[string]int{}
	for _, l := range kept.Cart {
		cart[l.SKU] += l.Qty
	}
	if err == nil && !maps.Equal(cart, k.cart) {
		v.carts++
		v.complain("%s: the cart is %v, not %v", k.name(), cart, k.cart)
	}
	return nil
}

// settled waits until everything said has been sent and archived, at most so long.
func settled(t testing.TB, s *site, most time.Duration) {
	t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		b := books{queues: map[string][]string{}}
		if b.readQueues(context.Background(), s.redisAt) == nil && len(b.queues) == 0 {
			return
		}
	}
}
