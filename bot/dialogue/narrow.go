package dialogue

import (
	"slices"
	"strconv"

	"tiski/catalog"
	"tiski/intents"
)

// mostValues is how many different values a question that narrows has at most.
const mostValues = 40

// easy is how many answers are chosen from at ease; more cost the customer effort.
const easy = 3

// question is one that narrows a search: how many of the hits each answer
// leaves, in the order met.
type question struct {
	option string
	values []string
	counts []int
}

func (q *question) count(value string) {
	if i := slices.Index(q.values, value); i >= 0 {
		q.counts[i]++
		return
	}
	q.values, q.counts = append(q.values, value), append(q.counts, 1)
}

// left is how many of n hits an answer is expected to leave.
func (q *question) left(n int) float64 {
	sum, squares := 0, 0
	for _, c := range q.counts {
		sum += c
		squares += c * c
	}
	if len(q.values) < 2 || len(q.values) > mostValues || sum == 0 {
		return float64(n)
	}
	return float64(squares) / float64(sum)
}

// narrowButtons offers the answers to the question that splits the hits best.
// Each is asked once in a search, and none when all hits are seen.
func (t *turn) narrowButtons(q catalog.Query, found catalog.Found) []Button {
	if !t.served().Narrow || found.Total <= t.served().Cards || found.Nearest || q.Text == "" && q.Category == "" {
		return nil
	}
	n := len(found.Hits)
	best, least := question{}, 0.0
	for _, ask := range t.questions(q, found.Hits) {
		left := ask.left(n)
		if left > 0.9*float64(n) || slices.Contains(t.Narrowed, ask.option) {
			continue
		}
		if effort := left * (1 + float64(len(ask.values))/easy); best.option == "" || effort < least {
			best, least = ask, effort
		}
	}
	if best.option == "" {
		return nil
	}
	t.Narrowed = append(t.Narrowed, best.option)
	if len(t.Tasks) == 0 {
		t.begin(Task{Kind: Find, Asked: best.option})
		t.asked = true
	}
	values := best.values
	if best.option == intents.Size {
		sortValues(values)
	}
	var buttons []Button
	for _, v := range values[:min(len(values), 8)] {
		if v == "" { // dearer than that: no button
			continue
		}
		tap := "narrow:" + best.option + ":" + v
		switch best.option {
		case intents.Audience:
			buttons = append(buttons, button("button.audience."+v, tap))
		case intents.PriceMax:
			buttons = append(buttons, button("button.under", tap, "price", cents(v)))
		default:
			buttons = append(buttons, button("button.value", tap, "value", OptionValue{best.option, v}))
		}
	}
	return buttons
}

// questions are those that a search leaves open.
func (t *turn) questions(q catalog.Query, hits []catalog.Hit) []question {
	var all []question
	if q.Audience == "" {
		whom := question{option: intents.Audience}
		for _, h := range hits {
			if slices.Contains(audiences, h.Product.Audience) {
				whom.count(h.Product.Audience)
			}
		}
		all = append(all, whom)
	}
	for _, option := range []string{intents.Size, intents.Color} {
		if option == intents.Size && q.Size != "" || option == intents.Color && q.Color != "" {
			continue
		}
		by := question{option: option}
		for _, h := range hits {
			for _, v := range t.inStock(h.Product, option) {
				by.count(v)
			}
		}
		all = append(all, by)
	}
	if q.Max == 0 && q.Min == 0 {
		all = append(all, byPrice(hits))
	}
	return all
}

// audiences are the answers to whom goods are for.
var audiences = []string{"women", "men", "child", "baby"}

// limits are the sums that a price is asked to stay under, in cents.
var limits = []catalog.Cents{1000, 2000, 3000, 5000, 7500, 10000, 15000, 20000, 30000, 50000}

// byPrice asks for the sum under which about half of the hits cost.
func byPrice(hits []catalog.Hit) question {
	var by question
	nearest := len(hits)
	for _, limit := range limits {
		under := 0
		for _, h := range hits {
			if lowest(h.Product) <= limit {
				under++
			}
		}
		if off := max(under-len(hits)/2, len(hits)/2-under); under > 0 && under < len(hits) && off < nearest {
			nearest = off
			by = question{intents.PriceMax, []string{strconv.Itoa(int(limit)), ""}, []int{under, len(hits) - under}}
		}
	}
	return by
}
