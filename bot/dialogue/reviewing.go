package dialogue

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tiski/catalog"
	"tiski/intents"
)

// reviewing takes a review of goods that were bought: of which, how many stars
// and, if the customer likes, words and a name. Others are told of it once staff
// have read it.
var reviewing = task{
	kind: Review,
	slots: []slot{orderSlot, ownerSlot,
		{name: "product", key: "review_product", value: func(t *turn) string { return t.top().Product }, ask: (*turn).askReviewed, take: (*turn).takeReviewed},
		{name: "stars", ask: (*turn).askStars, take: (*turn).takeStars},
		{name: "by", when: func(t *turn) bool { return t.firstName() != "" }, ask: (*turn).askBy, take: (*turn).takeBy},
		{name: "words", ask: (*turn).askWords, take: (*turn).takeWords, skip: true, verbatim: true},
	},
	check:   (*turn).checkReview,
	finish:  (*turn).thankReview,
	passing: true,
	leads:   []string{Track},
}

// reviewable reports whether goods of an order have come, and can be reviewed.
func (o *Known) reviewable() bool { return !o.Delivered.IsZero() && len(o.Lines) > 0 }

// line is the number of the first line with a product.
func (o *Known) line(product string) int {
	return slices.IndexFunc(o.Lines, func(l KnownLine) bool { return l.Product == product })
}

// reviewable are the products of the order of the task on top, without the
// wrapping of gifts.
func (t *turn) reviewable() []string {
	var all []string
	o := t.known(t.top().Order)
	if o == nil {
		return nil
	}
	for _, l := range o.Lines {
		if t.w.Shop.Product(l.Product) != nil && !t.w.Shop.IsWrapping(l.SKU) && !slices.Contains(all, l.Product) {
			all = append(all, l.Product)
		}
	}
	return all
}

// opine begins a review of goods that the customer bought.
func (t *turn) opine(m *said) {
	k := Task{Kind: Review, Order: m.First(intents.OrderNo)}
	if k.Order == "" && len(t.numbers()) == 1 {
		k.Order = t.numbers()[0]
	}
	if p := t.w.Shop.Product(m.First(intents.Product)); p != nil {
		k.note("wanted", p.ID)
	}
	t.begin(k)
	t.takeOrderEmail(m)
	t.proceed()
}

// askReview asks for a review unasked.
func (t *turn) askReview(order string) {
	t.start(Task{Kind: Review, Order: order, Values: map[string]string{"unasked": "yes"}})
}

// tapReview begins a review of an order by its button: "T-123456", or with the
// number of one of its lines and the stars given, "T-123456:0:5".
func (t *turn) tapReview(rest string) bool {
	number, rest, _ := strings.Cut(rest, ":")
	line, given, _ := strings.Cut(rest, ":")
	o := t.known(number)
	if o == nil || !o.reviewable() {
		return false
	}
	k := Task{Kind: Review, Order: number}
	if i, err := strconv.Atoi(line); err == nil && i >= 0 && i < len(o.Lines) {
		k.Product = o.Lines[i].Product
	}
	t.begin(k)
	if given != "" {
		return t.starsAs(given)
	}
	t.proceed()
	return true
}

// checkReview looks that the goods are the customer's and have come. With one
// product there is no question which. Who reviews by themselves is not asked for
// a review of the order later.
func (t *turn) checkReview() bool {
	if !t.checkOrder() {
		return false
	}
	k := t.top()
	o := t.known(k.Order)
	if o == nil { // not told yet, or whose it is
		return true
	}
	all := t.reviewable()
	switch {
	case !o.reviewable():
		t.end(Review)
		t.say(part("review.early", "number", o.Number), button("button.track", "track:"+o.Number))
		return false
	case len(all) == 0:
		t.end(Review)
		t.say(part("review.gone"), t.nextButtons())
		return false
	case len(all) == 1:
		k.Product = all[0]
	case slices.Contains(all, k.Values["wanted"]):
		k.Product = k.Values["wanted"]
	case !slices.Contains(all, k.Product):
		k.Product = ""
	}
	t.Later = slices.DeleteFunc(slices.Clone(t.Later), func(l Later) bool { return l.Kind == AskReview && l.Subject == o.Number })
	return true
}

func (t *turn) askReviewed() ([]Part, []Button) {
	var buttons []Button
	for _, id := range t.reviewable() {
		buttons = append(buttons, button("button.text", t.choice("product", id), "text", t.w.Shop.Product(id).Name))
	}
	return []Part{part("ask.review_product", "number", t.top().Order)}, append(buttons, t.unaskedButtons()...)
}

// unaskedButtons end reminders, under a question that was not asked for.
func (t *turn) unaskedButtons() []Button {
	if t.top().Values["unasked"] == "" {
		return nil
	}
	return []Button{button("button.stop_reminders", "consent:"+Reminders+":no")}
}

// takeReviewed takes the only product of the order whose name a message has a
// word of.
func (t *turn) takeReviewed(m *said) answer {
	var named []string
	for _, id := range t.reviewable() {
		name := folded(t.w.Shop.Product(id).Name.In(t.Lang))
		if slices.ContainsFunc(m.words, func(w string) bool { return slices.ContainsFunc(name, func(own string) bool { return akin(own, w) }) }) {
			named = append(named, id)
		}
	}
	if len(named) != 1 || m.asks {
		return notMine
	}
	t.top().Product = named[0]
	return taken
}

func (t *turn) askStars() ([]Part, []Button) {
	var buttons []Button
	k := t.top()
	tap := "review:" + k.Order + ":" + strconv.Itoa(t.known(k.Order).line(k.Product)) + ":"
	for n := catalog.MostStars; n >= 1; n-- {
		buttons = append(buttons, button("button.text", tap+strconv.Itoa(n), "text", stars(n)))
	}
	title := t.w.Shop.Product(k.Product).Name
	return []Part{part("ask.stars", "title", title), part("ask.stars.shown").glued()}, append(buttons, t.unaskedButtons()...)
}

func (t *turn) takeStars(m *said) answer {
	n := m.number()
	if drawn := strings.Count(m.Text, "★") + strings.Count(m.Text, "⭐"); drawn > 0 {
		n = drawn
	}
	if m.asks || len(m.words) > fewWords || !t.starsAs(strconv.Itoa(n)) {
		return notMine
	}
	return finished
}

// starsAs takes a number of stars, and keeps the review at once: who gives stars
// need not write.
func (t *turn) starsAs(told string) bool {
	n, err := strconv.Atoi(told)
	k := t.top()
	if err != nil || n < 1 || n > catalog.MostStars || !slices.Contains(t.reviewable(), k.Product) {
		return false
	}
	k.note("stars", strconv.Itoa(n))
	t.writeReview("")
	t.proceed()
	return true
}

// writeReview keeps the review of the task on top.
func (t *turn) writeReview(words string) {
	k := t.top()
	r := catalog.Review{Product: k.Product, Lang: t.Lang, Text: words, At: t.w.Now}
	r.Stars, _ = strconv.Atoi(k.Values["stars"])
	if k.Values["by"] == "yes" {
		r.By = t.firstName()
	}
	t.want(WriteReview{Order: k.Order, Review: r})
}

// firstName is what a review may be signed with, "" when no name is known.
func (t *turn) firstName() string {
	if called := t.Profile.Name.Value; called != "" {
		return called
	}
	first, _, _ := strings.Cut(t.Contact.Name, " ")
	return first
}

func (t *turn) askBy() ([]Part, []Button) {
	name := t.firstName()
	return []Part{part("ask.by", "name", name)}, []Button{
		button("button.text", t.choice("by", "yes"), "text", name), button("button.nameless", t.choice("by", "no")),
	}
}

func (t *turn) takeBy(m *said) answer {
	own := folded(t.firstName())
	switch {
	case m.asks || len(m.words) > 4:
		return notMine
	case m.has(cueNo), m.has(cueNegation), strings.Contains(strings.Join(m.words, " "), "nimet"):
		t.top().note("by", "no")
	case m.has(cueYes), len(own) > 0 && slices.Contains(m.words, own[0]):
		t.top().note("by", "yes")
	default:
		return notMine
	}
	return taken
}

func (t *turn) askWords() ([]Part, []Button) {
	return []Part{part("ask.words")}, t.skipButton()
}

// takeWords takes any words as they stand. Only a question, the wish for a person
// or a short command is something else.
func (t *turn) takeWords(m *said) answer {
	few := len(m.words) <= fewWords
	switch {
	case m.asks && few, m.Has(intents.HumanAgent) && few, m.First(intents.OrderNo) != "",
		few && (m.has(cueCart) || m.has(cueCheckout) || m.has(cueHelp) || m.has(cueRestart) || m.has(cueBot)):
		return notMine
	case m.has(cueSkip), len(m.words) <= 2 && (m.has(cueNo) || m.has(cueBye)), m.givesUp(cueCancel):
	case utf8.RuneCountInString(m.Text) > catalog.MostReview:
		return refused(part("review.long", "count", catalog.MostReview))
	default:
		t.top().note("written", "yes")
		t.writeReview(strings.TrimSpace(m.Text))
	}
	t.thankReview()
	return finished
}

// dictates takes a message as it stands where any words are the answer.
func (t *turn) dictates(m *said) bool {
	s := t.open()
	if s == nil || !s.verbatim || t.Working != "" {
		return false
	}
	a := s.take(t, m)
	if a.why.Key != "" {
		t.missed(s, a.why)
	}
	return a.ended || a.why.Key != ""
}

// thankReview tells what becomes of a review, and offers the other goods of the
// order.
func (t *turn) thankReview() {
	k := t.top().clone()
	if k.Values["written"] == "" && k.Values["by"] == "yes" {
		t.writeReview("")
	}
	var buttons []Button
	all := t.reviewable()
	for _, id := range all[slices.Index(all, k.Product)+1:] { // the others have been offered before
		i := t.known(k.Order).line(id)
		buttons = append(buttons, button("button.review.also", "review:"+k.Order+":"+strconv.Itoa(i), "title", t.w.Shop.Product(id).Name))
	}
	if n, err := strconv.Atoi(k.Values["stars"]); err == nil && n <= catalog.CriticalStars {
		buttons = append(buttons, button("button.human", "human"))
	}
	t.end(Review)
	t.say(part("review.thanks"), buttons)
}
