package dialogue

import "tiski/intents"

// rating asks once how a case went: one tap, and a word when it went badly.
var rating = task{
	kind: Feedback,
	slots: []slot{
		{name: "rating", ask: (*turn).askRating, take: (*turn).takeRating},
		{name: "why_low", when: func(t *turn) bool { return t.top().Values["rating"] == "bad" }, take: (*turn).takeWhyLow, skip: true},
	},
	finish:  (*turn).rated,
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

func (t *turn) askRating() ([]Part, []Button) {
	return []Part{part("ask.rating")}, []Button{
		button("button.rating.good", t.choice("rating", "good")), button("button.rating.fair", t.choice("rating", "fair")), button("button.rating.bad", t.choice("rating", "bad")),
	}
}

func (t *turn) takeRating(m *said) answer {
	rating := ""
	switch {
	case len(m.words) > 4 || m.asks:
		return notMine
	case m.has(cueBadly):
		rating = "bad"
	case m.has(cueFair):
		rating = "fair"
	case m.has(cueWell):
		rating = "good"
	default:
		return notMine
	}
	t.top().note("rating", rating)
	t.proceed()
	return finished
}

func (t *turn) takeWhyLow(m *said) answer {
	if m.asks || m.Has(intents.HumanAgent) || m.First(intents.OrderNo) != "" {
		return notMine
	}
	t.top().note("why_low", clipped(m.Text))
	t.proceed()
	return finished
}

func (t *turn) rated() {
	k := *t.top()
	t.end(Feedback)
	if k.Values["rating"] == "bad" {
		t.say(part("rating.bad"), button("button.human", "human"))
		return
	}
	t.say(part("rating.thanks"))
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
