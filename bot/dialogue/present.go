package dialogue

import (
	"regexp"
	"strings"

	"tiski/catalog"
)

// seeksPresent reports whether a message looks for a present for somebody, whatever it
// be: "ja sit viel lahja mutsille". Goods that are one, "lahjaksi", are named before.
func (m *said) seeksPresent() bool {
	q := m.sought()
	return q.Text == "" && q.Audience != "" && m.has(cueGift) && !m.has(cueAsGift) && !m.has(cueThis)
}

// likes is what a message tells that somebody likes, and nothing else: "hon tycker om
// att sticka", "se tykkää neuloa".
var likes = regexp.MustCompile(`^(?i:(?:ja|no|och|and)\s+)?(?i:hän|se|hon|han|she|he|they)\s+` +
	`(?i:tykkää|rakastaa|harrastaa|diggaa|gillar(?:\s+att)?|tycker\s+om(?:\s+att)?|älskar(?:\s+att)?|likes(?:\s+to)?|loves(?:\s+to)?|enjoys|is\s+into)\s+(\pL[^.;:!?]*)[.!]*$`)

// joined stands between several things liked.
var joined = regexp.MustCompile(`,|\b(?:ja|och|and)\b`)

// suggestsLiked suggests other goods for whom a present is looked for, when a message
// tells what they like. It reports whether it does.
func (t *turn) suggestsLiked(m *said) bool {
	if t.Query == nil || t.Query.Audience == "" || t.Query.Text+t.Query.Category+t.Query.Product != "" {
		return false
	}
	told := likes.FindStringSubmatch(m.Text)
	if told == nil {
		return false
	}
	q := *t.Query
	for _, liked := range append([]string{told[1]}, joined.Split(told[1], -1)...) {
		if q.Of = "likes " + strings.TrimSpace(liked); t.asTold(q).Text != "" {
			if liked != told[1] {
				t.lead(part("recommended.rest"))
			}
			break
		}
	}
	t.show(q, "recommended")
	return true
}

// forWhom keeps whom something is looked for, and for how much, when the goods are told
// next: "jotain isälle", "joku lämmin vaate".
func (t *turn) forWhom(q catalog.Query) catalog.Query {
	last := t.Query
	if last == nil || last.Audience == "" || last.Text != "" || last.Category != "" || last.Product != "" || q.Audience != "" || q.Product != "" {
		return q
	}
	meant := q
	if meant.Audience, meant.Age = last.Audience, last.Age; q.Max == 0 && q.Min == 0 {
		meant.Max, meant.Min = last.Max, last.Min
	}
	if found := t.look(meant); len(found.Hits) == 0 || found.Nearest {
		return q
	}
	return meant
}

// asTold is a search in which what is told of whom it is for counts as far as goods
// are called so, other than what they do: who loves running gets running shoes, who
// fishes no salmon soup.
func (t *turn) asTold(q catalog.Query) catalog.Query {
	_, object, _ := strings.Cut(q.Of, " ")
	with := q
	with.Text, with.Of, q.Of = strings.TrimSpace(q.Text+" "+content(object)), "", ""
	whoever := with // goods for anybody are called so as well
	whoever.Audience = ""
	if t.finds(whoever, near) && !t.look(with).Nearest {
		return with
	}
	return q
}
