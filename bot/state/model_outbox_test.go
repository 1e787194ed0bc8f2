package state

import (
	"errors"
	"fmt"
)

// outbox is the protocol of sending, as a machine like that of handling: three
// messages come into a queue, and two nodes claim its head, send it and settle.
// A claim may run out at any moment at which its holder is dead or stands still.
// Telegram takes every message and tells nothing of those it has taken before.
type outbox struct {
	said, settled int8 // messages that came in, and that have left
	claim         int8 // the node that holds the head; 0: nobody
	nodes         [3]postman
	sent          [3]int8 // how often each message was
	faults, harm  int8    // how many there may still be; how many may have doubled a message
}

// postman is a node at the outbox.
type postman struct {
	at      int8 // the message claimed, counted from 1; 0: none
	sent    bool
	asleep  bool // stands still; its claim may run out meanwhile
	claimed bool // its claim has not run out
}

func (o outbox) next(r rules, yield func(outbox, bool)) {
	if o.said < int8(len(o.sent)) {
		after := o
		after.said++
		yield(after, false)
	}
	for n := int8(1); n <= 2; n++ {
		p := o.nodes[n]
		with := func(p postman) outbox {
			after := o
			after.nodes[n] = p
			return after
		}
		switch then := p; {
		case p.asleep:
			then.asleep = false
			yield(with(then), false)
			if p.claimed {
				then.asleep, then.claimed = true, false
				after := with(then)
				after.claim = 0
				yield(after, false)
			}
		case p.at == 0 && o.claim == 0 && o.settled < o.said:
			after := with(postman{at: o.settled + 1, claimed: true})
			after.claim = n
			yield(after, false)
		case p.at != 0 && !p.sent && !p.claimed && r.lapse:
			yield(with(postman{}), false)
		case p.at != 0 && !p.sent:
			then.sent = true
			after := with(then)
			after.sent[p.at-1]++
			yield(after, false)
		case p.at != 0:
			after := with(postman{})
			if p.claimed || !r.tokens {
				after.settled, after.claim = min(o.settled+1, o.said), 0
			}
			yield(after, false)
		}
		if p.at == 0 || o.faults == 0 {
			continue
		}
		o := o
		o.faults--
		if p.sent {
			o.harm++ // nobody can know that it was
		}
		dead := o
		dead.nodes[n] = postman{}
		if p.claimed {
			dead.claim = 0
		}
		yield(dead, true)
		if !p.asleep {
			o.nodes[n].asleep = true
			yield(o, true)
		}
	}
}

func (o outbox) harmed() error {
	doubled := int8(0)
	for i, n := range o.sent {
		doubled += max(0, n-1)
		if n == 0 && int8(i) < o.settled {
			return fmt.Errorf("message %d was left out", i+1)
		}
		if i > 0 && n > 0 && o.sent[i-1] == 0 {
			return errors.New("messages were sent in another order")
		}
	}
	if doubled > o.harm {
		return fmt.Errorf("%d messages were doubled by %d faults", doubled, o.harm)
	}
	return nil
}

func (o outbox) good() bool { return o.settled == int8(len(o.sent)) }
