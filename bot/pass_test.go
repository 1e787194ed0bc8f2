package bot_test

import (
	"strings"
	"testing"
	"time"

	"tiski/bot"
)

func TestAPassIsGoodForOneThingOneConversationAndAWhile(t *testing.T) {
	t.Parallel()
	now := opening
	passes := bot.Passes{Key: []byte(strings.Repeat("k", 32)), Clock: func() time.Time { return now }}
	const name = "widget:0123456789abcdefghijkl"
	until := now.Add(15 * time.Minute)
	pass := passes.Sign("copy", name, until)
	if whose, ends, ok := passes.Open("copy", pass); !ok || whose != name || !ends.Equal(until) {
		t.Fatalf("%q opens %q until %v, %v", pass, whose, ends, ok)
	}
	if len(pass) > bot.MaxPass {
		t.Errorf("a pass has %d characters", len(pass))
	}
	other := bot.Passes{Key: []byte(strings.Repeat("l", 32)), Clock: passes.Clock}
	for what, opens := range map[string]bool{
		"another kind": func() bool { _, _, ok := passes.Open("link", pass); return ok }(),
		"another shop": func() bool { _, _, ok := other.Open("copy", pass); return ok }(),
		"nothing":      func() bool { _, _, ok := passes.Open("copy", ""); return ok }(),
		"more":         func() bool { _, _, ok := passes.Open("copy", pass+"A"); return ok }(),
	} {
		if opens {
			t.Errorf("it opens for %s", what)
		}
	}
	for i := range pass { // each character counts
		changed := []byte(pass)
		changed[i] = 'A' + (changed[i]-'A'+1)%26
		if whose, _, ok := passes.Open("copy", string(changed)); ok && string(changed) != pass {
			t.Errorf("changed at %d it opens %q", i, whose)
		}
	}
	if passes.Sign("copy", "widget:"+strings.Repeat("x", 40), until) != "" {
		t.Error("a conversation of a longer name has a pass")
	}
	now = until
	if _, _, ok := passes.Open("copy", pass); ok {
		t.Error("it opens when it has run out")
	}
}
