package intents

import (
	"math"
	"testing"
)

func TestKinds(t *testing.T) {
	t.Parallel()
	var lines []Example
	for _, text := range []string{"ehtiikö huomiseksi", "mulla on kiire", "äkkiä yksi pipo", "saako heti"} {
		lines = append(lines, Example{Text: text, Intent: "hurried", Lang: "fi"})
	}
	for _, text := range []string{"Missä tämä on valmistettu?", "onko villa luomua"} {
		lines = append(lines, Example{Text: text, Intent: "responsible", Lang: "fi"})
	}
	kinds, err := LearnKinds(lines, Data())
	if err != nil {
		t.Fatal(err)
	}
	learning, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewModel(learning, Data(), Vocabulary{Kinds: map[string]*Learning{"fi": kinds}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, kind, word string }{
		{"Onko paita luomua?", "responsible", "luomua"},
		{"on kiire", "hurried", "kiire"},
	} {
		told := m.Read(c.text, Hint{Lang: "fi"}).Kinds
		if len(told) != 2 || told[0].Name != "hurried" || told[1].Name != "responsible" {
			t.Fatalf("%q: %+v", c.text, told)
		}
		if sum := math.Exp(told[0].LogP) + math.Exp(told[1].LogP); math.Abs(sum-1) > 1e-6 {
			t.Errorf("%q: the probabilities sum up to %v", c.text, sum)
		}
		best := told[0]
		if told[1].LogP > best.LogP {
			best = told[1]
		}
		if best.Name != c.kind || best.Word != c.word {
			t.Errorf("%q: %+v", c.text, told)
		}
	}
	if told := m.Read("I am in a hurry, do you have any hats", Hint{}).Kinds; told != nil {
		t.Errorf("lines in Finnish tell the kinds of others: %+v", told)
	}
	if m.Read("", Hint{Lang: "fi"}).Kinds == nil {
		t.Error("an empty message has no kinds at all")
	}
	if _, err := LearnKinds(nil, Data()); err == nil {
		t.Error("kinds are learnt from nothing")
	}
	if model(t).Read("moi", Hint{}).Kinds != nil {
		t.Error("a model without kinds tells some")
	}
}
