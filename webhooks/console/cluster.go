package console

import (
	"cmp"
	"maps"
	"slices"

	"tiski/bot/staff"
)

// cluster is what customers said of one topic.
type cluster struct {
	Topic string // a headword
	Lang  string // of most of it
	Times int
	Said  []string // each once, in their order
}

// clusters gathers questions by the headword that most of them share, the largest
// first, at most so many.
func clusters(questions []staff.Question, topics func(lang, text string) []string, most int) []cluster {
	of := make([][]string, len(questions))
	shared := map[string]int{}
	for i, q := range questions {
		of[i] = topics(q.Lang, q.Text)
		for _, topic := range of[i] {
			shared[topic]++
		}
	}
	about := map[string][]staff.Question{}
	for i, q := range questions {
		if len(of[i]) == 0 {
			continue
		}
		topic := slices.MaxFunc(of[i], func(a, b string) int { return cmp.Or(cmp.Compare(shared[a], shared[b]), cmp.Compare(len(a), len(b))) })
		about[topic] = append(about[topic], q)
	}
	names := slices.SortedFunc(maps.Keys(about), func(a, b string) int { return cmp.Or(cmp.Compare(len(about[b]), len(about[a])), cmp.Compare(a, b)) })
	var all []cluster
	for _, name := range names[:min(len(names), most)] {
		c := cluster{Topic: name, Times: len(about[name])}
		spoken := map[string]int{}
		for _, q := range about[name] {
			if spoken[q.Lang]++; spoken[q.Lang] > spoken[c.Lang] {
				c.Lang = q.Lang
			}
			if !slices.Contains(c.Said, q.Text) {
				c.Said = append(c.Said, q.Text)
			}
		}
		all = append(all, c)
	}
	return all
}
