package widget

import (
	"strconv"
	"testing"
)

// fill opens as many streams as there are places, each of another conversation, and
// checks that one more is refused until one of them has ended.
func (s *streams) fill(t *testing.T, places int, address string) {
	t.Helper()
	var last *stream
	for i := range places {
		last = &stream{conversation: strconv.Itoa(i), address: address}
		if !s.enter(last) {
			t.Fatalf("stream %d is refused", i)
		}
	}
	more := &stream{conversation: "one more", address: address}
	if s.enter(more) {
		t.Error("one stream too many is let in")
	}
	s.leave(last)
	if !s.enter(more) {
		t.Error("the place of a stream that has ended is not given to another")
	}
}

func TestAllStreams(t *testing.T) {
	t.Parallel()
	var s streams
	s.fill(t, maxStreams, "")
	if len(s.own) != maxStreams {
		t.Errorf("%d conversations are remembered, want %d", len(s.own), maxStreams)
	}
}

// One address leaves places to the others, however many conversations it begins.
func TestStreamsOfOneAddress(t *testing.T) {
	t.Parallel()
	var s streams
	s.fill(t, maxHostStreams, "203.0.113.7")
	if !s.enter(&stream{conversation: "another's", address: "203.0.113.8"}) {
		t.Error("another address is refused")
	}
}

func TestAddressKey(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"203.0.113.7":        "203.0.113.7",
		"::ffff:203.0.113.7": "203.0.113.7",
		"2001:db8:1:2:3::4":  "2001:db8:1:2::/64",
		"fe80::1%eth0":       "",
		"172.18.0.1":         "",
		"::ffff:10.0.0.4":    "",
		"127.0.0.1":          "",
		"::1":                "",
		"":                   "",
		"shop.example":       "",
	} {
		if got := addressKey(address); got != want {
			t.Errorf("%q is counted as %q, want %q", address, got, want)
		}
	}
}
