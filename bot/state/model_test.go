package state

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// This is the protocol by which inputs are handled, as a small machine whose
// every interleaving is walked through. It has one conversation and a sender, as
// Telegram is one, that brings three inputs in order: a message, a tap that
// orders, and another message. The sender brings an input again, to whichever node, as long as it is
// not answered, also while it is being handled. Each of two nodes may handle an
// input several times at once, take up the work of the order at any time, and
// send from the outbox.
//
// What it takes for granted: that commit.lua does in one go what apply does here
// (the random walk of this package compares them), that Redis and SQL keep what
// they have answered, and that time passes: a claim may run out at any moment at
// which its holder is dead or stands still. What a turn says and decides is left
// out: input, version and number of the order are all there is.
type machine struct {
	// What is kept in Redis and in SQL.
	version int8
	log     [4]int8 // the state: inputs in the order in which they were handled
	seen    [5]bool // inputs that were handled
	work    bool    // the order is to be placed
	orders  int8

	// What is under way.
	tries [3]attempt
	late  ghost // a commit that was sent and may arrive at any time

	answered int8 // inputs that were
	faults   int8 // how many there may still be
	few      bool // no more than two attempts are under way
}

// Inputs, in the order in which they come about.
const (
	message int8 = iota + 1
	tap
	thanks
	done // the result of the tap's work, handled before or after the thanks
)

// attempt is one handling of an input by a node.
type attempt struct {
	stage   stage
	node    int8
	input   int8
	version int8 // as loaded
}

type stage int8

const (
	idle      stage = iota
	begun           // not loaded yet
	decided         // as it was loaded
	asked           // the commit is on its way
	committed       // the sender may be answered, work may be done
	placed          // the order is in SQL
)

// ghost is a commit whose sender does not wait for it any more.
type ghost struct{ input, version int8 }

// rules are those of the protocol. A test leaves each out and must see harm.
type rules struct {
	versions bool // a commit counts only on the version that was loaded
	ids      bool // an input that was handled is not handled again
	unique   bool // an order is placed once for each id
	later    bool // work is carried out after the commit that wants it
	keep     bool // work stays until its result is handled
	tokens   bool // only who holds the claim ends it
	lapse    bool // who has stood still until the claim ran out does not send any more
}

var everyRule = rules{true, true, true, true, true, true, true}

func (m machine) handled(input int8) bool { return slices.Contains(m.log[:], input) }

// apply is commit.lua.
func (m machine) apply(r rules, input, version int8) (machine, bool) {
	if r.versions && m.version != version || r.ids && m.seen[input] || int(version) == len(m.log) {
		return m, false
	}
	clear(m.log[version:]) // what was decided knows of nothing later
	m.log[version], m.seen[input] = input, true
	m.version = version + 1
	switch input {
	case tap:
		m.work = true
	case done:
		m.work = false
	}
	return m, true
}

// place is what SQL does with an order.
func (m machine) place(r rules) machine {
	if !r.unique || m.orders == 0 {
		m.orders++
	}
	if !r.keep {
		m.work = false
	}
	return m
}

// next calls yield with every state that may follow. fault tells that it comes
// about by a fault alone.
func (m machine) next(r rules, yield func(after machine, fault bool)) {
	free := slices.IndexFunc(m.tries[:], func(t attempt) bool { return t.stage == idle })
	if m.few && m.tries[1].stage != idle { // the idle ones come first
		free = -1
	}
	for node := int8(1); node <= 2; node++ {
		if free >= 0 && m.answered < thanks {
			yield(m.with(free, attempt{begun, node, m.answered + 1, 0}), false)
		}
		if free >= 0 && m.work { // taken up
			yield(m.with(free, attempt{committed, node, tap, 0}), false)
		}
		if m.faults > 0 {
			yield(m.crash(node), true)
		}
	}
	for i := range m.tries {
		m.handle(r, i, yield)
	}
	if m.late.input != 0 {
		after, _ := m.apply(r, m.late.input, m.late.version)
		after.late = ghost{}
		yield(after, false)
	}
}

// handle goes on with one attempt.
func (m machine) handle(r rules, i int, yield func(machine, bool)) {
	t := m.tries[i]
	answer := func(m machine) machine {
		if t.input != done {
			m.answered = max(m.answered, t.input)
		}
		return m
	}
	switch t.stage {
	case begun:
		if r.ids && m.seen[t.input] { // its replies are given again
			yield(answer(m).with(i, attempt{}), false)
			return
		}
		t.version, t.stage = m.version, decided
		after := m
		if !r.later && t.input == tap {
			after = m.place(r)
		}
		yield(after.with(i, t), false)
	case decided:
		t.stage = asked
		yield(m.with(i, t), false)
	case asked:
		after, ok := m.apply(r, t.input, t.version)
		if m.faults > 0 { // the answer is lost, or the commit itself for a while: it is sent again
			again := t
			again.stage = decided
			lost := after.with(i, again)
			lost.faults--
			yield(lost, true)
			if m.late.input == 0 {
				slow := m.with(i, again)
				slow.late = ghost{t.input, t.version}
				slow.faults--
				yield(slow, true)
			}
		}
		if t.stage = begun; ok {
			t.stage = committed
		}
		yield(after.with(i, t), false)
	case committed:
		after := answer(m)
		if t.input != tap {
			yield(after.with(i, attempt{}), false)
			return
		}
		t.stage = placed
		if r.later {
			after = after.place(r)
		}
		yield(after.with(i, t), false)
	case placed:
		yield(m.with(i, attempt{begun, t.node, done, 0}), false)
	}
}

// crash ends all that a node does. A commit that it has sent may still arrive.
func (m machine) crash(node int8) machine {
	m.faults--
	for i, t := range m.tries {
		if t.node != node || t.stage == idle {
			continue
		}
		if t.stage == asked && m.late.input == 0 {
			m.late = ghost{t.input, t.version}
		}
		m.tries[i] = attempt{}
	}
	return m.sorted()
}

func (m machine) with(i int, t attempt) machine {
	m.tries[i] = t
	return m.sorted()
}

// sorted makes states the same that differ only in the order of their attempts
// and in which node is called the first.
func (m machine) sorted() machine {
	swapped := m.tries
	for i := range swapped {
		if swapped[i].stage != idle {
			swapped[i].node = 3 - swapped[i].node
		}
	}
	order := func(a, b attempt) int {
		return cmp.Or(cmp.Compare(a.stage, b.stage), cmp.Compare(a.input, b.input), cmp.Compare(a.version, b.version), cmp.Compare(a.node, b.node))
	}
	slices.SortFunc(m.tries[:], order)
	slices.SortFunc(swapped[:], order)
	if slices.CompareFunc(swapped[:], m.tries[:], order) < 0 {
		m.tries = swapped
	}
	return m
}

// orders are those in which inputs may be handled, as far as they have come.
var orders = [][4]int8{
	{}, {message}, {message, tap}, {message, tap, thanks}, {message, tap, done}, {message, tap, thanks, done}, {message, tap, done, thanks},
}

// harmed tells what must never be.
func (m machine) harmed() error {
	if !slices.Contains(orders, m.log) {
		return fmt.Errorf("handled: %v", m.log)
	}
	for input := message; input <= m.answered; input++ {
		if !m.handled(input) {
			return fmt.Errorf("input %d was answered and is lost", input)
		}
	}
	if m.orders > 1 {
		return errors.New("the order is placed twice")
	}
	if m.orders > 0 && !m.handled(tap) {
		return errors.New("an order is placed that nobody has")
	}
	if m.handled(done) && m.orders == 0 {
		return errors.New("an order is confirmed that was not placed")
	}
	return nil
}

// good is how all must end when faults do.
func (m machine) good() bool {
	return m.answered == thanks && m.handled(done) && m.orders == 1 && !m.work
}

// protocol is a machine that can be walked through.
type protocol[M comparable] struct {
	next   func(m M, r rules, yield func(after M, fault bool))
	harmed func(M) error
	good   func(M) bool
}

var (
	handling = protocol[machine]{machine.next, machine.harmed, machine.good}
	sending  = protocol[outbox]{outbox.next, outbox.harmed, outbox.good}
)

// explore walks through everything that can follow from start. It returns how
// many states there are, and the first harm.
func (p protocol[M]) explore(r rules, start M) (states int, harm error) {
	number := map[M]int32{start: 0}
	queue := []M{start}
	before := [][]int32{nil} // by number: states from which it is reached without a fault
	var ends []int32
	for at := 0; at < len(queue); at++ {
		m := queue[at]
		if err := p.harmed(m); err != nil {
			return len(queue), fmt.Errorf("%w in %+v", err, m)
		}
		if p.good(m) {
			ends = append(ends, int32(at))
		}
		p.next(m, r, func(after M, fault bool) {
			n, known := number[after]
			if !known {
				n = int32(len(queue))
				number[after] = n
				queue, before = append(queue, after), append(before, nil)
			}
			if !fault {
				before[n] = append(before[n], int32(at))
			}
		})
	}
	// Wherever faults have led, all can end well without more of them.
	fine := make([]bool, len(queue))
	for _, n := range ends {
		fine[n] = true
	}
	for i := 0; i < len(ends); i++ {
		for _, n := range before[ends[i]] {
			if !fine[n] {
				fine[n] = true
				ends = append(ends, n)
			}
		}
	}
	if i := slices.Index(fine, false); i >= 0 {
		return len(queue), fmt.Errorf("it cannot end well from %+v", queue[i])
	}
	return len(queue), nil
}

// TestProtocol walks through every interleaving with a few faults: nodes that
// crash or stand still, and answers and commits that are lost or late. Three
// attempts are under way at once at most, with several faults two.
func TestProtocol(t *testing.T) {
	t.Parallel()
	for faults := range int8(4) {
		handled, err := handling.explore(everyRule, machine{faults: faults, few: faults > 1})
		sent, second := sending.explore(everyRule, outbox{faults: faults})
		if err := errors.Join(err, second); err != nil {
			t.Errorf("%d faults: %v", faults, err)
		}
		t.Logf("%d faults: %d states of handling, %d of sending", faults, handled, sent)
	}
}

// TestEveryRuleIsNeeded leaves out one rule after the other.
func TestEveryRuleIsNeeded(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*rules){
		"versions":                       func(r *rules) { r.versions = false },
		"ids":                            func(r *rules) { r.ids = false },
		"one order for each id":          func(r *rules) { r.unique = false },
		"work after its commit":          func(r *rules) { r.later = false },
		"work stays until it is known":   func(r *rules) { r.keep = false },
		"who holds the claim may end it": func(r *rules) { r.tokens = false },
		"nothing is sent late":           func(r *rules) { r.lapse = false },
	} {
		r := everyRule
		leave(&r)
		_, err := handling.explore(r, machine{faults: 1})
		if err == nil {
			_, err = sending.explore(r, outbox{faults: 2})
		}
		if err == nil {
			t.Errorf("without the rule of %s nothing goes wrong", name)
		}
		t.Logf("%s: %v", name, err)
	}
}
