package intents

import (
	"math"
	"testing"
)

func TestShares(t *testing.T) {
	t.Parallel()
	var examples []Example
	var langs []string
	add := func(lang, intent string, n int) {
		for range n {
			examples, langs = append(examples, Example{Intent: intent}), append(langs, lang)
		}
	}
	add("fi", OutOfScope, 60)
	add("fi", Greeting, 100)
	add("sv", OutOfScope, 12)
	add("sv", Greeting, 101)
	add("en", Greeting, 10)
	s := newShares(examples, langs)
	for lang, want := range map[string]float32{"fi": foreignOdds * 100 / 60, "sv": 1, "en": 1} {
		if got := s[lang]; math.Abs(float64(got-want)) > 1e-6 {
			t.Errorf("%s: %v, want %v", lang, got, want)
		}
	}
	p := []float32{0.5, 0.4, 0.1}
	labels := []string{OutOfScope, Greeting, Feedback}
	s.weigh(p, labels, "fi")
	if sum := p[0] + p[1] + p[2]; math.Abs(float64(sum)-1) > 1e-6 {
		t.Errorf("%v sums up to %v", p, sum)
	}
	if odds, want := p[0]/(p[1]+p[2]), s["fi"]; math.Abs(float64(odds-want)) > 1e-6 {
		t.Errorf("the odds are %v, want %v", odds, want)
	}
	if got := s.margin(Greeting, OutOfScope, "fi") + s.margin(OutOfScope, Greeting, "fi"); got != 0 {
		t.Errorf("the margins of both sides differ by %v", got)
	}
	p = []float32{0.5, 0.5}
	shares(nil).weigh(p, []string{OutOfScope, "other"}, "fi")
	if p[0] != 0.5 {
		t.Errorf("labels of somebody's own are weighed: %v", p)
	}
}

// TestExplainForeign checks that the reasons add up when one side is out of scope.
func TestExplainForeign(t *testing.T) {
	t.Parallel()
	m := model(t)
	checked := 0
	for _, text := range []string{"mikä on hyvä", "mikä on hyvä musiikki", "missä on lähin liike", "auta mua", "vem är bäst", "what is best"} {
		ranked := m.Read(text, Hint{}).Intents
		e := m.Explain(text, Hint{})
		if len(ranked) < 2 || e.Intent != OutOfScope && e.RunnerUp != OutOfScope {
			continue
		}
		checked++
		if want := math.Log(ranked[0].P / ranked[1].P); math.Abs(e.Margin-want) > 0.01 {
			t.Errorf("%q: the margin is %.3f, want %.3f", text, e.Margin, want)
		}
	}
	if checked == 0 {
		t.Error("no message is near the border")
	}
}
