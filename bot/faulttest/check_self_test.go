//go:build linux

package faulttest

import (
	"strings"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// What the checker is to find is found: logs and sendings with a fault each.
func TestTheCheckerSees(t *testing.T) {
	t.Parallel()
	log := func(lines ...string) (all []bot.Message) {
		for i, l := range lines {
			who, text, _ := strings.Cut(l, ":")
			all = append(all, bot.Message{Seq: int64(i) + 1, From: map[string]dialogue.Speaker{"c": dialogue.ByCustomer, "b": dialogue.ByBot}[who], Text: text})
		}
		return all
	}
	api := &botAPI{chats: map[int64][]sending{}}
	for name, c := range map[string]struct {
		said, log, sent, queue []string
		want                   verdict
	}{
		"nothing":           {[]string{"1", "2"}, []string{"c:1", "b:a", "c:2", "b:b"}, []string{"a", "b"}, nil, verdict{}},
		"replies that wait": {[]string{"1", "2"}, []string{"c:1", "b:a", "c:2", "b:b"}, []string{"a"}, []string{"a", "b"}, verdict{}},
		"a lost message":    {[]string{"1", "2"}, []string{"c:1", "b:a"}, []string{"a"}, nil, verdict{lost: 1}},
		"one handled twice": {[]string{"1"}, []string{"c:1", "b:a", "c:1", "b:b"}, []string{"a", "b"}, nil, verdict{twice: 1}},
		"another order":     {[]string{"1", "2"}, []string{"c:2", "b:a", "c:1", "b:b"}, []string{"a", "b"}, nil, verdict{misordered: 1}},
		"a reply repeated":  {[]string{"1"}, []string{"c:1", "b:a", "b:a"}, []string{"a", "a"}, nil, verdict{repeated: 1}},
		"a reply sent twice": {[]string{"1", "2"}, []string{"c:1", "b:a", "c:2", "b:b"}, []string{"a", "a", "b"}, nil,
			verdict{doubled: 1, worst: 1}},
		"a reply never sent":  {[]string{"1", "2"}, []string{"c:1", "b:a", "c:2", "b:b"}, []string{"b"}, nil, verdict{silent: 1}},
		"the last never sent": {[]string{"1", "2"}, []string{"c:1", "b:a", "c:2", "b:b"}, []string{"a"}, nil, verdict{silent: 1}},
		"replies in wrong order": {[]string{"1", "2", "3"}, []string{"c:1", "b:a", "c:2", "b:b", "c:3", "b:c"}, []string{"a", "b", "c", "a"}, nil,
			verdict{jumbled: 1}},
	} {
		api.chats[1] = nil
		for _, text := range c.sent {
			api.chats[1] = append(api.chats[1], sending{text: text})
		}
		k := &talk{line: &chat{&site{api: api}, 1}, said: c.said}
		var v verdict
		v.heard(k, log(c.log...))
		v.replies(k, log(c.log...), c.queue)
		if (len(v.complaints) > 0) != (v.lost+v.twice+v.misordered+v.repeated+v.silent+v.jumbled > 0) {
			t.Errorf("%s: complained %q", name, v.complaints)
		}
		v.messages, v.complaints = 0, nil
		if got, want := v.row(), c.want.row(); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
