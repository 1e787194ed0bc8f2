package dialogue

import (
	"cmp"
	"slices"
	"strings"

	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents"
)

// choosingBy is a quiz of the shop: a few questions of use, answered by buttons
// or in words, each of which may be passed over; then what fits and why.
var choosingBy = task{
	kind: Quiz,
	slots: []slot{{
		name: "question", key: "quiz", as: (*turn).quizQuestion, value: (*turn).quizAnswered, ask: (*turn).askQuiz, again: (*turn).askQuiz, take: (*turn).takeQuiz,
	}},
	check:   (*turn).checkQuiz,
	finish:  (*turn).quizDone,
	changed: (*turn).quizReopened,
	lost:    (*turn).passQuestion,
}

// passed is the value of a question that the customer passed over.
const passed = "-"

// quizzed starts the quiz that a message asks for help with: by the words of the
// quiz, else of what is being looked at. When neither tells, it asks which. It
// reports false when the message asks for no help in choosing.
func (t *turn) quizzed(m *said) bool {
	if !m.has(cueChoose) || len(t.w.Shop.Quizzes) == 0 || t.choosing() && m.First(intents.Category) == "" {
		return false
	}
	if q := t.quizMeant(m); q != nil {
		t.startQuiz(q.ID)
		return true
	}
	var buttons []Button
	for _, q := range t.w.Shop.Quizzes {
		if t.w.Shop.Quiz(q.ID) != nil {
			buttons = append(buttons, button("button.text", "quiz:"+q.ID, "text", t.w.Shop.Category(q.Category).Name))
		}
	}
	if len(buttons) == 0 {
		return false
	}
	t.say(part("quiz.which"), buttons, t.shelfButtons())
	return true
}

// quizMeant is the quiz that a message means, nil when it is not clear.
func (t *turn) quizMeant(m *said) *catalog.Quiz {
	for i := range t.w.Shop.Quizzes {
		if q := &t.w.Shop.Quizzes[i]; t.w.Shop.Quiz(q.ID) != nil && begun(q.Words, m.words) > 0 {
			return q
		}
	}
	shelf := m.First(intents.Category)
	if p := t.w.Shop.Product(t.Focus); shelf == "" && p != nil {
		shelf = p.Category
	}
	if shown := t.shownProducts(); shelf == "" && len(shown) > 0 {
		shelf = shown[0].Category
	}
	return t.w.Shop.QuizOf(shelf)
}

// quizButton offers the quiz about what was found, when there is more of it than
// is shown and the customer does not mind questions.
func (t *turn) quizButton(q catalog.Query, found catalog.Found) []Button {
	if found.Nearest || found.Total <= t.served().Cards || !t.served().Narrow || q.Product != "" {
		return nil
	}
	quiz := t.w.Shop.QuizOf(found.Hits[0].Product.Category)
	if quiz == nil || slices.ContainsFunc(found.Hits, func(h catalog.Hit) bool { return !t.w.Shop.Under(h.Product.Category, quiz.Category) }) {
		return nil
	}
	return []Button{button("button.quiz", "quiz:"+quiz.ID)}
}

// begun counts the words of a message that begin as one of the list does.
func begun(beginnings map[string][]string, words []string) int {
	n := 0
	for _, list := range beginnings {
		for _, beginning := range list {
			b := strings.Join(folded(beginning), "")
			if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, b) }) {
				n++
			}
		}
	}
	return n
}

// startQuiz begins a quiz anew. It reports false when the shop has it no more.
func (t *turn) startQuiz(id string) bool {
	q := t.w.Shop.Quiz(id)
	if q == nil {
		return false
	}
	t.lead(part("quiz.start", "count", len(q.Questions)))
	t.start(Task{Kind: Quiz, Values: map[string]string{"quiz": id}})
	return true
}

func (t *turn) quiz() *catalog.Quiz { return t.w.Shop.Quiz(t.top().Values["quiz"]) }

// checkQuiz ends a quiz that the shop has no more.
func (t *turn) checkQuiz() bool {
	if t.quiz() != nil {
		return true
	}
	t.end(Quiz)
	t.say(part("quiz.gone"), t.nextButtons())
	return false
}

// openQuestion is the first question without an answer, nil when all have one.
func (t *turn) openQuestion() (n int, open *catalog.QuizQuestion) {
	q := t.quiz()
	if q == nil {
		return 0, nil
	}
	for i := range q.Questions {
		if t.top().Values[q.Questions[i].ID] == "" {
			return i, &q.Questions[i]
		}
	}
	return 0, nil
}

func (t *turn) quizQuestion() string {
	if _, open := t.openQuestion(); open != nil {
		return open.ID
	}
	return ""
}

func (t *turn) quizAnswered() string {
	if t.quizQuestion() == "" {
		return t.top().Values["quiz"]
	}
	return ""
}

func (t *turn) askQuiz() ([]Part, []Button) {
	n, open := t.openQuestion()
	var buttons []Button
	if open.Size {
		for _, size := range t.quizSizes() {
			buttons = append(buttons, button("button.value", t.choice("question", open.ID+"/"+size), "value", OptionValue{"size", size}))
		}
	}
	for _, a := range open.Answers {
		buttons = append(buttons, button("button.text", t.choice("question", open.ID+"/"+a.ID), "text", a.Say))
	}
	buttons = append(buttons, button("button.quiz.pass", t.choice("question", open.ID+"/"+passed)))
	return []Part{part("quiz.question", "ask", open.Ask, "n", n+1, "of", len(t.quiz().Questions))}, buttons
}

// mostSizes is how many sizes have a button.
const mostSizes = 14

// quizSizes are the sizes that can be bought of the goods of the quiz.
func (t *turn) quizSizes() []string {
	q, _ := t.quizQuery()
	q.Size = ""
	var sizes []string
	for _, h := range t.quizFound(q, t.quiz()).Hits {
		for _, size := range t.inStock(h.Product, "size") {
			if !slices.Contains(sizes, size) {
				sizes = append(sizes, size)
			}
		}
	}
	sortValues(sizes)
	return sizes[:min(len(sizes), mostSizes)]
}

// takeQuiz takes the answer that most words of a message are of, the place of
// one in the list, a size, or a price to stay under.
func (t *turn) takeQuiz(m *said) answer {
	_, open := t.openQuestion()
	if open == nil || m.asks && m.digresses() {
		return notMine
	}
	value := ""
	switch place := m.place(len(open.Answers)); {
	case open.Size:
		value = m.First(intents.Size)
		if value == "" && len(m.words) == 1 && isNumber(m.words[0]) {
			value = m.words[0]
		}
	case m.First(intents.PriceMax) != "":
		for _, a := range open.Answers {
			if a.Max >= cents(m.First(intents.PriceMax)) && value == "" {
				value = a.ID
			}
		}
	case place >= 0 && len(m.words) <= 3:
		value = open.Answers[place].ID
	default:
		most := 0
		for _, a := range open.Answers {
			n := begun(a.Words, m.words)
			for _, own := range folded(a.Say.In(t.Lang)) {
				if len(own) >= 5 && slices.ContainsFunc(m.words, func(w string) bool { return akin(own, w) }) {
					n++
				}
			}
			switch {
			case n > most:
				most, value = n, a.ID
			case n == most:
				value = ""
			}
		}
	}
	if value == "" {
		return notMine
	}
	t.answerQuiz(open, value)
	return finished
}

// tapQuiz takes the answer of a button, also of a question answered before.
func (t *turn) tapQuiz(value string) bool {
	id, chosen, _ := strings.Cut(value, "/")
	q := t.quiz()
	if q == nil {
		return false
	}
	for i := range q.Questions {
		open := &q.Questions[i]
		if open.ID == id && (chosen == passed || open.Answer(chosen) != nil || open.Size && chosen != "") {
			t.answerQuiz(open, chosen)
			return true
		}
	}
	return false
}

// answerQuiz notes an answer, learns from it and goes on.
func (t *turn) answerQuiz(of *catalog.QuizQuestion, value string) {
	k := t.top()
	k.note(of.ID, clipped(value))
	k.fill(of.ID)
	k.Asked, k.Anew, k.Tries = "", false, 0
	t.moved = true
	if a := of.Answer(value); a != nil && len(a.Values) > 0 {
		t.learn(persona.Evidence{Answers: a.Values})
	}
	t.proceed()
}

// passQuestion goes on without an answer.
func (t *turn) passQuestion() {
	if _, open := t.openQuestion(); open != nil {
		t.answerQuiz(open, passed)
	}
}

// quizReopened forgets the answer of a question that is asked anew.
func (t *turn) quizReopened() {
	if k := t.top(); k.Anew {
		k.note(k.Asked, "")
		k.Asked, k.Anew = "", false
	}
}

// quizQuery is what the answers given mean for a search, and the answers that
// wish for something.
func (t *turn) quizQuery() (catalog.Query, []*catalog.QuizAnswer) {
	quiz := t.quiz()
	q := catalog.Query{Category: quiz.Category, Lang: t.Lang, InStock: true}
	var wishing []*catalog.QuizAnswer
	for i := range quiz.Questions {
		of := &quiz.Questions[i]
		value := t.top().Values[of.ID]
		if of.Size && value != passed {
			q.Size = value
		}
		a := of.Answer(value)
		if a == nil {
			continue
		}
		q.Category, q.Audience = cmp.Or(a.Shelf, q.Category), cmp.Or(a.Whom, q.Audience)
		q.Max, q.Min = cmp.Or(a.Max, q.Max), cmp.Or(a.Min, q.Min)
		if len(a.Wishes) > 0 {
			wishing = append(wishing, a)
		}
	}
	return q, wishing
}

// quizHits is how many products a quiz ends with at most.
const quizHits = 3

// quizDone shows what fits the answers, what meets most wishes first, with the
// wishes that each meets by its own data.
func (t *turn) quizDone() {
	q, wishing := t.quizQuery()
	quiz := t.quiz()
	t.end(Quiz)
	found := t.quizFound(q, quiz)
	if len(found.Hits) == 0 {
		t.say(part("find.none"), part("find.none.hint").glued(), t.shelfButtons())
		return
	}
	met := map[string][]*catalog.QuizAnswer{}
	for _, h := range found.Hits {
		for _, a := range wishing {
			if tells(h.Product, a.Wishes) > 0 {
				met[h.Product.ID] = append(met[h.Product.ID], a)
			}
		}
	}
	hits := slices.Clone(t.ranked(found.Hits, q))
	slices.SortStableFunc(hits, func(a, b catalog.Hit) int {
		return cmp.Or(len(met[b.Product.ID])-len(met[a.Product.ID]), t.wishesMet(b.Product, wishing)-t.wishesMet(a.Product, wishing))
	})
	hits = hits[:min(len(hits), quizHits)]
	q.Limit = pool
	t.Shown, t.Focus, t.Query, t.shown = nil, "", &q, true
	cards := t.cards(hits, q)
	for i, h := range hits {
		t.Shown = append(t.Shown, h.Product.ID)
		var wishes Texts
		for _, a := range met[h.Product.ID] {
			wishes = append(wishes, a.Say)
		}
		if len(wishes) > 0 {
			cards[i].Parts = slices.Insert(cards[i].Parts, 1, part("quiz.because", "wishes", wishes))
		}
	}
	if len(hits) == 1 {
		t.Focus = hits[0].Product.ID
	}
	parts := []Part{part("quiz.done")}
	if found.Nearest {
		parts = []Part{part("find.nearest", "what", t.relaxed(found.Relaxed))}
	}
	t.say(parts, cards, button("button.quiz.anew", "quiz:"+quiz.ID))
}

// quizFound are the goods of a quiz that a search finds.
func (t *turn) quizFound(q catalog.Query, quiz *catalog.Quiz) catalog.Found {
	q.Limit = mostRated
	found := t.w.Find(q)
	found.Hits = slices.DeleteFunc(slices.Clone(found.Hits), func(h catalog.Hit) bool {
		return len(quiz.Must) > 0 && tells(h.Product, quiz.Must) == 0
	})
	return found
}

// wishesMet counts the single wishes that a product meets.
func (t *turn) wishesMet(p *catalog.Product, wishing []*catalog.QuizAnswer) int {
	n := 0
	for _, a := range wishing {
		n += tells(p, a.Wishes)
	}
	return n
}

// tells counts the wishes of which a product's features, name or description tell.
func tells(p *catalog.Product, wishes []string) int {
	text := strings.ToLower(strings.Join(append(slices.Clone(p.Features), p.Name.In("fi"), p.Description.In("fi")), " ; "))
	n := 0
	for _, wish := range wishes {
		if strings.Contains(text, strings.ToLower(wish)) {
			n++
		}
	}
	return n
}

// Texts is a list of the shop's texts, worded "a, b ja c" with small initials.
type Texts []catalog.Text
