package dialogue

import (
	"slices"
	"strconv"

	"tiski/intents"
)

// What a Remark is about.
const (
	OfCase  = "case"  // how a case went: 1 badly, 2 fairly, 3 well
	OfOrder = "order" // how likely an order makes the customer recommend the shop: 0–10
	Missed  = "missed"
)

// rating asks once how a case went, or an order that was delivered: one tap, and
// a word when it went badly.
var rating = task{
	kind: Feedback,
	slots: []slot{
		{name: "rating", ask: (*turn).askRating, take: (*turn).takeRating},
		{name: "why_low", when: func(t *turn) bool { return t.top().low() }, take: (*turn).takeWhyLow, skip: true},
	},
	finish:  (*turn).rated,
	passing: true,
}

// lacking asks what was missed, after the bot has understood too little.
var lacking = task{
	kind:    Lacking,
	slots:   []slot{{name: "missed", take: (*turn).takeMissed, skip: true}},
	finish:  func(t *turn) { t.end(Lacking) },
	passing: true,
}

// rate asks about the case of this conversation, never twice about one.
func (t *turn) rate() {
	if t.Case == nil || t.Case.Rated || len(t.Tasks) > 0 {
		return
	}
	c := *t.Case
	c.Rated = true
	t.Case = &c
	t.start(Task{Kind: Feedback})
}

// caseScores are the answers about a case and what they count.
var caseScores = map[string]int{"bad": 1, "fair": 2, "good": 3}

const (
	mostLikely = 10 // the best score of an order
	lowScore   = 6  // up to which it is asked why
)

// score is what the rating of a task counts; ok is false for no rating of it.
func (k *Task) score(rating string) (score int, ok bool) {
	if k.Order == "" {
		score, ok = caseScores[rating]
		return score, ok
	}
	n, err := strconv.Atoi(rating)
	return n, err == nil && n >= 0 && n <= mostLikely && strconv.Itoa(n) == rating
}

// low reports whether the rating told is a bad one.
func (k *Task) low() bool {
	score, ok := k.score(k.Values["rating"])
	return ok && (k.Order == "" && score == caseScores["bad"] || k.Order != "" && score <= lowScore)
}

func (t *turn) askRating() ([]Part, []Button) {
	if order := t.top().Order; order != "" {
		var buttons []Button
		for n := mostLikely; n >= 0; n-- {
			buttons = append(buttons, button("button.text", t.choice("rating", strconv.Itoa(n)), "text", strconv.Itoa(n)))
		}
		return []Part{part("ask.score", "number", order)}, buttons
	}
	return []Part{part("ask.rating")}, []Button{
		button("button.rating.good", t.choice("rating", "good")), button("button.rating.fair", t.choice("rating", "fair")), button("button.rating.bad", t.choice("rating", "bad")),
	}
}

func (t *turn) takeRating(m *said) answer {
	rating := ""
	switch {
	case len(m.words) > 4 || m.asks:
		return notMine
	case t.top().Order != "":
		if i := slices.IndexFunc(m.words, func(w string) bool { _, err := strconv.Atoi(w); return err == nil }); i >= 0 {
			rating = m.words[i]
		}
	case m.has(cueBadly):
		rating = "bad"
	case m.has(cueFair):
		rating = "fair"
	case m.has(cueWell):
		rating = "good"
	}
	if !t.rateAs(rating) {
		return notMine
	}
	return finished
}

// rateAs takes a rating, and keeps it at once: who is asked why need not answer.
func (t *turn) rateAs(rating string) bool {
	k := t.top()
	if _, ok := k.score(rating); !ok {
		return false
	}
	k.note("rating", rating)
	t.remark("")
	t.proceed()
	return true
}

// remark keeps the rating of the task on top, with the customer's words if any.
func (t *turn) remark(words string) {
	k := t.top()
	r := Remark{About: OfOrder, Subject: k.Order, Words: words}
	r.Score, _ = k.score(k.Values["rating"])
	if k.Order == "" {
		if t.Case == nil {
			return
		}
		r.About, r.Subject = OfCase, t.Case.Number
	}
	t.want(r)
}

func (t *turn) takeWhyLow(m *said) answer {
	if m.asks || m.Has(intents.HumanAgent) || m.First(intents.OrderNo) != "" {
		return notMine
	}
	why := clipped(m.Text)
	t.top().note("why_low", why)
	t.remark(why)
	t.proceed()
	return finished
}

func (t *turn) rated() {
	k := *t.top()
	t.end(Feedback)
	var more []Button // whatever the rating: not only the content are to write
	if t.known(k.Order) != nil {
		more = append(more, button("button.review", "review:"+k.Order))
	}
	if k.low() {
		t.say(part("rating.bad"), button("button.human", "human"), more)
		return
	}
	t.say(part("rating.thanks"), more)
}

// takeMissed keeps what the customer says was missing.
func (t *turn) takeMissed(m *said) answer {
	if m.Has(intents.HumanAgent) {
		return notMine
	}
	t.want(Remark{About: Missed, Words: clipped(m.Text)})
	t.end(Lacking)
	t.say(part("missed.thanks"), button("button.human", "human"))
	return finished
}

// feedback thanks for what is said of the shop; of a case just done it asks how
// it went.
func (t *turn) feedback(m *said) {
	switch {
	case t.Case != nil && !t.Case.Rated:
		t.rate()
		return
	case m.has(cueWell) && !m.has(cueBadly) && !m.has(cueNegation) && !m.asks:
		t.say(part("praise"), t.nextButtons())
		return
	}
	t.say(part("feedback"), button("button.human", "human"))
}
