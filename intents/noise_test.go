package intents

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tiski/intents/language"
)

func TestNoise(t *testing.T) {
	t.Parallel()
	const line = "minun pitäisi saada uudet vedenpitävät kengät Tampereelle tilauksesta T-100234, onnistuuko?"
	words := strings.Fields(line)
	changed, bare, same := 0, 0, 0
	n, again := NewNoise(7), NewNoise(7)
	for range 400 {
		noisy := n.Line(line, language.Finnish)
		if noisy != again.Line(line, language.Finnish) {
			t.Fatal("the same seed makes other slips")
		}
		if !utf8.ValidString(noisy) {
			t.Fatalf("%q", noisy)
		}
		got := strings.Fields(noisy)
		if len(got) != len(words) {
			t.Fatalf("%q has %d words, want %d", noisy, len(got), len(words))
		}
		if got[8] != "T-100234," {
			t.Errorf("an order's number has become %q", got[8])
		}
		if !strings.ContainsAny(noisy, "äö") {
			bare++
		}
		if noisy == line {
			same++
		}
		for i := range words {
			if withoutDots.Replace(got[i]) != withoutDots.Replace(words[i]) {
				changed++
			}
		}
	}
	if bare < 160 || bare > 240 {
		t.Errorf("%d of 400 messages have no dots, want half", bare)
	}
	if share := float64(changed) / float64(400*len(words)); share < 0.2 || share > 0.45 {
		t.Errorf("%.2f of the words are slips or spoken", share)
	}
	if same > 40 {
		t.Errorf("%d messages have not changed", same)
	}
}

func TestNoiseLeavesShortWords(t *testing.T) {
	t.Parallel()
	n := NewNoise(1)
	for range 200 {
		for _, word := range []string{"", "å", "jag", "12345", "a@b.fi"} {
			if got := n.Line(word, language.Swedish); got != word && got != withoutDots.Replace(word) {
				t.Errorf("%q has become %q", word, got)
			}
		}
	}
}

func TestSpokenAloud(t *testing.T) {
	t.Parallel()
	n := NewNoise(1)
	for word, want := range map[string]string{
		"kaupassa": "kaupas", "kengillä": "kengil", "tilannut": "tilannu", "punainen": "punanen", "haluaisin": "haluisin", "korkea": "korkee",
		"lähde": "lähe", "katso": "katto", "auto": "auto", "minun": "mun",
	} {
		if got := n.spoken(word); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}
