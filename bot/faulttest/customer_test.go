//go:build linux

package faulttest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// line is how a customer talks with the shop. Each call returns when what was
// said has been taken.
type line interface {
	name() string // of the conversation
	say(text string)
	tap(tap, label string)
	told() []sending // what has been said to the customer
}

// talk is one conversation and what must have come of it.
type talk struct {
	line
	t      testing.TB
	gap    time.Duration // between two messages
	said   []string      // in this order, once each
	orders []map[string]int
	cart   map[string]int
}

func (k *talk) speak(text string) {
	k.line.say(text)
	k.said = append(k.said, text)
	time.Sleep(k.gap)
}

// press presses a button whose label is told apart by a number.
func (k *talk) press(tap, label string) {
	label = fmt.Sprint(label, " ", len(k.said)+1)
	k.line.tap(tap, label)
	k.said = append(k.said, label)
	time.Sleep(k.gap)
}

// await waits until something is said to the customer after the first n.
func (k *talk) await(what string, n int, wanted func(sending) bool) (found sending) {
	k.t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for {
		all := k.told()
		for _, s := range all[min(n, len(all)):] {
			if wanted(s) {
				return s
			}
		}
		if time.Now().After(deadline) {
			k.t.Errorf("%s waits in vain for %s; it was told %d messages, the last %v", k.name(), what, len(all), all[max(0, len(all)-2):])
			return found
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// round fills the cart, asks in between, and orders.
func (k *talk) round() bool {
	goods := []string{"pipo", "huivi"}
	for range 4 {
		g := goods[rand.IntN(2)]
		k.press("add:"+g, "Lisää koriin")
		k.cart[strings.ToUpper(g)]++
	}
	k.speak(fmt.Sprint("mitä korissa on? ", len(k.said)+1))
	for range 3 {
		g := goods[rand.IntN(2)]
		k.press("add:"+g, "Lisää koriin")
		k.cart[strings.ToUpper(g)]++
	}
	before := len(k.told())
	k.press("checkout", "Tilaamaan")
	if len(k.orders) == 0 {
		k.speak("Timo Testinen")
		k.speak("timo@example.fi")
		k.speak("+358 40 765 4321")
	} else {
		k.press("same", "Samat tiedot")
	}
	k.press("del:myymalanouto", "Nouto myymälästä")
	k.press("pay:at_store", "Maksu noudettaessa")
	button := ""
	k.await("the button that orders", before, func(s sending) bool {
		for _, tap := range s.taps {
			if strings.HasPrefix(tap, "order:") {
				button = tap
			}
		}
		return button != ""
	})
	if button == "" {
		return false
	}
	before = len(k.told())
	k.press(button, "Tilaa ja maksa")
	k.orders, k.cart = append(k.orders, k.cart), map[string]int{}
	k.await("the order's confirmation", before, func(s sending) bool { return strings.Contains(s.text, "Kiitos tilauksesta") })
	return true
}

// gap keeps a customer within 60 messages in 10 seconds.
const gap = 180 * time.Millisecond

// rounds are how often a conversation comes to an order; then another begins.
const rounds = 4

// crowd is the customers of a shop.
type crowd struct {
	site  *site
	left  atomic.Int64 // messages still to be sent
	open  atomic.Bool  // more are sent all the same
	mu    sync.Mutex
	talks []*talk
	chats atomic.Int64
}

// talkAll lets so many customers of each channel talk until all messages are
// sent and the doors have closed.
func (c *crowd) talkAll(telegram, widget int) {
	var all sync.WaitGroup
	for i := range telegram + widget {
		all.Go(func() {
			for c.more() {
				k := &talk{t: c.site.t, gap: gap, cart: map[string]int{}}
				if i < telegram {
					k.line = &chat{c.site, c.chats.Add(1)}
				} else {
					k.line = openVisit(c.site)
				}
				c.mu.Lock()
				c.talks = append(c.talks, k)
				c.mu.Unlock()
				for range rounds {
					before := len(k.said)
					if !c.more() || !k.round() {
						break
					}
					c.left.Add(int64(before - len(k.said)))
				}
			}
		})
	}
	all.Wait()
}

func (c *crowd) more() bool { return !c.site.t.Failed() && (c.left.Load() > 0 || c.open.Load()) }
