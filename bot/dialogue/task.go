package dialogue

import (
	"maps"
	"slices"
)

// Kinds of tasks.
const (
	Find       = "find"       // what is looked for
	About      = "about"      // which product a question is about
	Add        = "add"        // a product into the cart
	Remove     = "remove"     // a line out of the cart
	Buy        = "buy"        // the checkout
	Track      = "track"      // where an order is
	Return     = "return"     // goods sent back
	Exchange   = "exchange"   // for another size or colour
	Withdraw   = "withdraw"   // from an order, by the statutory words
	Complain   = "complain"   // of a defect or wrong goods
	Change     = "change"     // of an order made
	Erase      = "erase"      // what is known of the customer
	Feedback   = "feedback"   // how a case went
	Newsletter = "newsletter" // where the newsletter goes to
	Review     = "review"     // of goods that were bought
	Lacking    = "lacking"    // what was missed
	Afterhours = "afterhours" // what a person is wanted for when nobody is at work
	Quiz       = "quiz"       // what fits, by a few questions
	Consenting = "consent"    // whether something may be remembered
	Amend      = "amend"      // a size that is known
	Join       = "join"       // another conversation to this one
	Resume     = "resume"     // which of two interrupted tasks goes on
	MaxTask    = 4            // tasks on the stack
	maxNote    = 200          // bytes of a value
	notes      = 16           // values of a task
)

// Task is something the customer is in the middle of.
type Task struct {
	Kind    string            `json:"kind"`
	Values  map[string]string `json:"values,omitempty"`  // what was told, by slot
	Asked   string            `json:"asked,omitempty"`   // the slot of the open question; "" when nothing is asked
	Anew    bool              `json:"anew,omitempty"`    // Asked has a value, which stands until another is told
	Tries   int               `json:"tries,omitempty"`   // answers to it that did not do
	Asides  int               `json:"asides,omitempty"`  // messages in a row on something else, after which it was asked again
	Skipped []string          `json:"skipped,omitempty"` // slots the customer passed over
	Filled  []string          `json:"filled,omitempty"`  // slots in the order they were told, for corrections
	Product string            `json:"product,omitempty"` // the product it is about
	Qty     int               `json:"qty,omitempty"`
	Order   string            `json:"order,omitempty"` // the number of the order it is about
	Lines   []Line            `json:"lines,omitempty"` // the lines of it
	Next    []Goods           `json:"next,omitempty"`  // what is chosen after it
}

func (k Task) clone() Task {
	k.Values = maps.Clone(k.Values)
	k.Skipped = slices.Clip(k.Skipped)
	k.Filled = slices.Clip(k.Filled)
	k.Lines = slices.Clone(k.Lines)
	k.Next = slices.Clone(k.Next)
	for i := range k.Next {
		k.Next[i].Options = maps.Clone(k.Next[i].Options)
	}
	return k
}

// note keeps what was told for a slot; "" forgets it.
func (k *Task) note(slot, value string) {
	if value == "" {
		delete(k.Values, slot)
		return
	}
	if k.Values == nil {
		k.Values = map[string]string{}
	}
	k.Values[slot] = value
}

// fill notes that a slot was told just now.
func (k *Task) fill(slot string) {
	k.Filled = append(slices.DeleteFunc(slices.Clone(k.Filled), func(f string) bool { return f == slot }), slot)
	k.Filled = k.Filled[max(0, len(k.Filled)-notes):]
}

// task is a kind of task: what must be known for it, and what is done then.
// All of its functions are called with the task on top of the stack.
type task struct {
	kind  string
	slots []slot // asked in this order

	// check looks before every question whether the task still can go on: the
	// world moves. It says why when not, and returns false. nil: it always can.
	check func(*turn) bool
	// finish does what the task is for, once every slot is known. It ends the task.
	finish func(*turn)
	// cancel says that the task is given up and forgets what should be
	// forgotten. nil: a short word.
	cancel func(*turn)
	// changed is called when the value of any slot has changed. May be nil.
	changed func(*turn)
	// yields reports that a message that answers nothing goes on to something
	// else, so that the task is given up silently. nil: it stays open.
	yields func(*turn, *said) bool
	// lost is the other way after three answers that did not do. nil: a person is offered.
	lost func(*turn)
	// passing tasks are forgotten as soon as something else is talked about,
	// and never misunderstand a message.
	passing bool
	// leads are the tasks that it may begin, for the graph.
	leads []string
}

// slot is something a task must know. Replies: "ask.<key>" asks, "again.<key>"
// asks shortly, "why.<key>" says why, "bad.<key>" that an answer did not do and
// "bad.<key>.again" gives an example.
type slot struct {
	name string
	key  string // of its replies; "" is the name
	// as names the question when the slot is one of several of a kind: "size",
	// "color" … nil: the name.
	as func(*turn) string
	// when reports whether it is needed. nil: always.
	when func(*turn) bool
	// value is what is known, "" when nothing is; then it is asked. nil: the task's Values.
	value func(*turn) string
	// look is what must be looked up before it can be asked. nil: nothing.
	look func(*turn) (Look, bool)
	// ask words the question and its buttons. nil: the reply alone.
	ask func(*turn) ([]Part, []Button)
	// again asks a second time, shortly. nil: "again.<key>" with the buttons of ask.
	again func(*turn) ([]Part, []Button)
	// take takes a message as the answer to the question.
	take func(*turn, *said) answer
	// notice takes the value from a message that answers something else: only
	// what is unmistakable. nil: it must be asked.
	notice func(*turn, *said) bool
	// changed is called when it was told: what no longer goes with it is dropped.
	// May be nil.
	changed func(*turn)
	// called are words that customers call it by, to correct it; 0: none.
	called cue
	// skip allows passing over it.
	skip bool
	// later allows putting off: it is asked again after the others.
	later bool
	// quiet values change without a word that they did: the next reply shows it.
	quiet bool
	// lists: the question shows a list, so "se eka" is of that.
	lists bool
	// verbatim: words are the answer as they stand, whatever else they might mean.
	verbatim bool
	// loose questions take nothing for a failed answer.
	loose bool
}

// answer is what a slot makes of a message.
type answer struct {
	taken bool
	ended bool // it was, and the task came to its end with it
	why   Part // why the answer cannot be; the zero Part when it is something else
}

var (
	taken    = answer{taken: true}
	finished = answer{ended: true}
	notMine  = answer{}
)

func refused(why Part) answer { return answer{why: why} }

// took is taken when something was, else notMine.
func took(it bool) answer { return answer{taken: it} }

func (s *slot) replies() string {
	if s.key != "" {
		return s.key
	}
	return s.name
}

func (s *slot) label(t *turn) string {
	if s.as != nil {
		return s.as(t)
	}
	return s.name
}

// known reports whether the slot need not be asked.
func (s *slot) known(t *turn) bool {
	k := t.top()
	if s.when != nil && !s.when(t) || slices.Contains(k.Skipped, s.name) {
		return true
	}
	if s.value != nil {
		return s.value(t) != ""
	}
	return k.Values[s.name] != ""
}

// question words the slot's question.
func (s *slot) question(t *turn) ([]Part, []Button) {
	if s.ask != nil {
		return s.ask(t)
	}
	return []Part{part("ask." + s.replies())}, nil
}

// shortly words it a second time.
func (s *slot) shortly(t *turn) ([]Part, []Button) {
	if s.again != nil {
		return s.again(t)
	}
	_, buttons := s.question(t)
	return []Part{part("again." + s.replies())}, buttons
}

// top is the task talked about, nil when there is none.
func (t *turn) top() *Task {
	if len(t.Tasks) == 0 {
		return nil
	}
	return &t.Tasks[len(t.Tasks)-1]
}

// kind is what the task on top is, nil when there is none or a newer program
// began it.
func (t *turn) kind() *task {
	if k := t.top(); k != nil {
		return t.kindOf(k.Kind)
	}
	return nil
}

func (t *turn) kindOf(kind string) *task {
	for _, d := range t.kinds {
		if d.kind == kind {
			return d
		}
	}
	return nil
}

// open is the slot of the open question, nil when nothing is asked.
func (t *turn) open() *slot {
	k, d := t.top(), t.kind()
	if k == nil || d == nil || k.Asked == "" {
		return nil
	}
	for i := range d.slots {
		if s := &d.slots[i]; s.name == k.Asked || s.as != nil && d.named(k.Asked) == nil {
			return s
		}
	}
	return nil
}

func (d *task) named(name string) *slot {
	for i := range d.slots {
		if d.slots[i].name == name {
			return &d.slots[i]
		}
	}
	return nil
}

// begin puts a task on top of the stack. There is one of a kind: one begun
// before gives way to it.
func (t *turn) begin(k Task) {
	t.Tasks = slices.DeleteFunc(t.Tasks, func(was Task) bool {
		d := t.kindOf(was.Kind)
		return was.Kind == k.Kind || d == nil || d.passing
	})
	if len(t.Tasks) == MaxTask {
		oldest := slices.IndexFunc(t.Tasks, func(was Task) bool { return was.Kind != Buy })
		t.Tasks = slices.Delete(t.Tasks, oldest, oldest+1)
	}
	t.Tasks = append(t.Tasks, k)
}

// end takes tasks off the stack. What waits below goes on at the end of the turn.
func (t *turn) end(kinds ...string) {
	before := len(t.Tasks)
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool { return slices.Contains(kinds, k.Kind) })
	t.ended = t.ended || len(t.Tasks) < before
}

// start begins a task and goes on with it.
func (t *turn) start(k Task) {
	t.begin(k)
	t.proceed()
}

// proceed asks the first thing that the task on top still needs, or finishes it.
func (t *turn) proceed() {
	k, d := t.top(), t.kind()
	switch {
	case k == nil:
		return
	case d == nil: // of a newer program
		t.end(k.Kind)
		return
	case d.check != nil && !d.check(t):
		return
	case k.Anew:
		if s := t.open(); s != nil {
			t.ask(s)
			return
		}
	}
	for i := range d.slots {
		s := &d.slots[i]
		if s.known(t) {
			continue
		}
		if s.loose && t.recall() {
			t.proceed()
		} else {
			t.ask(s)
		}
		return
	}
	d.finish(t)
}

// recall takes up the slots that were put off. It reports whether there are any.
func (t *turn) recall() bool {
	k, d := t.top(), t.kind()
	before := len(k.Skipped)
	k.Skipped = slices.DeleteFunc(slices.Clone(k.Skipped), func(name string) bool { return !d.named(name).skip })
	return len(k.Skipped) < before
}

// ask opens the question of a slot.
func (t *turn) ask(s *slot) {
	if s.look != nil {
		if l, needed := s.look(t); needed {
			t.lookFor(l)
			return
		}
	}
	k := t.top()
	name := s.label(t)
	word := s.question
	if k.Asked == name && !k.Anew {
		word = s.shortly
	} else {
		k.Asked, k.Tries, k.Asides = name, 0, 0
	}
	t.asked = true
	parts, buttons := word(t)
	t.say(parts, buttons)
}

// filled marks a slot of the task on top as told just now.
func (t *turn) filled(s *slot) {
	k, d := t.top(), t.kind()
	name := s.label(t)
	k.fill(name)
	k.Skipped = slices.DeleteFunc(slices.Clone(k.Skipped), func(f string) bool { return f == s.name })
	if k.Asked == name || s == t.open() {
		k.Asked, k.Anew, k.Tries, k.Asides = "", false, 0, 0
	}
	t.moved = true
	if s.changed != nil {
		s.changed(t)
	}
	if d.changed != nil {
		d.changed(t)
	}
}

// goOn ends a turn: the open question is asked again after something else was
// answered, and a task that was interrupted goes on.
func (t *turn) goOn() {
	if t.asked || t.looking || t.Working != "" {
		return
	}
	if t.Handoff.Stage != "" && len(t.effects) > 0 && !t.moved {
		return
	}
	moving := t.kind() // goes on, though it is passing
	t.Tasks = slices.DeleteFunc(t.Tasks, func(k Task) bool {
		d := t.kindOf(k.Kind)
		return d == nil || d.passing && !(t.moved && d == moving)
	})
	if k := t.top(); k != nil && k.Kind == Buy && t.ended && len(t.Cart) == 0 && len(t.effects) > 0 {
		t.end(Buy) // what was to be bought has been given up
	}
	for range MaxTask { // a task that cannot go on any more gives way to the one below
		if t.asked || t.looking || t.Working != "" || len(t.Tasks) == 0 {
			return
		}
		if t.ended && len(t.Tasks) > 1 {
			t.start(Task{Kind: Resume})
			return
		}
		if t.ended && !t.announced {
			t.announced = true
			t.lead(part("resume." + t.top().Kind))
		}
		if k := t.top(); k.Asides == mostAsides && k.Kind != Buy && !t.moved && !t.ended && len(t.effects) > 0 { // the customer has other things in mind
			t.layDown()
			continue
		}
		if s := t.open(); s != nil && !t.moved && !t.ended {
			t.remind(s)
		} else {
			t.proceed()
		}
	}
}

// layDown ends the task on top, and says so of a choice of goods, which a button or the
// next message takes up again.
func (t *turn) layDown() {
	was := t.laidDown()
	t.Tasks = slices.Delete(t.Tasks, len(t.Tasks)-1, len(t.Tasks))
	if p := t.w.Shop.Product(was.Product); p != nil && was.Kind == Add {
		t.Dropped = &was
		t.say(part("laid_down", "title", p.Name), button("button.go_on", "add:"+p.ID))
	}
}

// mostAsides is how many times a question is asked again after something else was
// said: then only the checkout is not given up.
const mostAsides = 2

// remind asks the open question a second time.
func (t *turn) remind(s *slot) {
	if d := t.kind(); d.check != nil && !d.check(t) {
		return
	}
	t.asked = true
	if k := t.top(); k.Asides < mostAsides {
		k.Asides++
	}
	parts, buttons := s.shortly(t)
	t.say(parts, buttons)
}
