package intents

import (
	"math"
	"testing"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	m := model(t)
	for _, text := range []string{
		"mis mun paketti viipyy", "Onko tätä sinisenä?", "hej, var är mitt paket", "is this a gift card", "ÄÄÄ 😀 12", "", "takki takki takki",
	} {
		e := m.Explain(text, Hint{})
		cut := m.cutters[m.Read(text, Hint{}).Lang]
		if got, want := len(e.Words), len(cut.tokens(text)); got != want {
			t.Errorf("%q: %d words, want %d", text, got, want)
		}
		if e.Intent == "" || e.RunnerUp == "" || e.Intent == e.RunnerUp || e.Margin < 0 {
			t.Errorf("%q: %+v", text, e)
		}
		for i, r := range e.Reasons {
			if r.Kind == "" || r.Trait == "" && r.Kind != "bias" {
				t.Errorf("%q: a reason without a name: %+v", text, r)
			}
			if i > 0 && math.Abs(r.Weight) > math.Abs(e.Reasons[i-1].Weight) {
				t.Errorf("%q: %+v stands after a lighter reason", text, r)
			}
		}
	}
	e := m.Explain("mis mun paketti viipyy", Hint{})
	if e.Intent != OrderStatus || len(e.Reasons) != mostReasons {
		t.Errorf("%+v", e)
	}
	ranked := m.Read("voinko vaihtaa osoitteen", Hint{}).Intents
	e = m.Explain("voinko vaihtaa osoitteen", Hint{})
	if want := math.Log(ranked[0].P / ranked[1].P); math.Abs(e.Margin-want) > 0.01 {
		t.Errorf("the margin is %.3f, want %.3f", e.Margin, want)
	}
}
