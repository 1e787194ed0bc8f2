package persona

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tiski/catalog/demo"
	"tiski/intents"
)

func demoSet(t *testing.T) Set {
	t.Helper()
	set, err := Load(demo.FS, intents.Names)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestBeliefStaysSound(t *testing.T) {
	t.Parallel()
	set := demoSet(t)
	pool := []string{"moi", "kengät", ""}
	for _, p := range set {
		pool = append(pool, p.Words...)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	some := func(of []string, most int) []string {
		var picked []string
		for range chance.IntN(most + 1) {
			picked = append(picked, of[chance.IntN(len(of))])
		}
		return picked
	}
	for range 50 {
		var b Belief
		for range 200 {
			words, named := some(pool, 12), some(intents.Names, 3)
			before := Belief{maps.Clone(b.P), b.Used, slices.Clone(b.Reasons)}
			next := Learn(b, set, words, named)
			if !reflect.DeepEqual(b, before) {
				t.Fatalf("Learn changed what it was given: %+v, was %+v", b, before)
			}
			if again := Learn(b, set, words, named); !reflect.DeepEqual(again, next) {
				t.Fatalf("the same evidence gives %+v and %+v", again, next)
			}
			sound(t, set, next)
			b = next
		}
	}
}

func sound(t *testing.T, set Set, b Belief) {
	t.Helper()
	var sum float64
	for id, p := range b.P {
		if math.IsNaN(p) || p <= 0 || p > 1 {
			t.Fatalf("%s has probability %v", id, p)
		}
		sum += p
	}
	if math.Abs(sum-1) > 1e-9 || len(b.P) != len(set) {
		t.Fatalf("%d probabilities sum up to %v", len(b.P), sum)
	}
	if len(b.Reasons) > 8 {
		t.Fatalf("%d reasons are kept", len(b.Reasons))
	}
	if set.Get(b.Persona()).ID != b.Persona() {
		t.Fatalf("%q is used and is no persona", b.Persona())
	}
}

func TestOneWordNeverDecides(t *testing.T) {
	t.Parallel()
	set := demoSet(t)
	for _, p := range set {
		for _, word := range p.Words {
			for _, said := range [][]string{{word}, {word + "sta"}, {word, word}} {
				b := Learn(Belief{}, set, said, nil)
				if b.Persona() != Neutral {
					t.Errorf("%q alone makes a customer %s: %v", said, b.Used, b.Reasons)
				}
				if len(b.Reasons) != 1 || !strings.HasSuffix(b.Reasons[0], " → "+p.ID) {
					t.Errorf("%q: the reasons are %v, want one for %s", said, b.Reasons, p.ID)
				}
			}
		}
	}
}

func TestTwoWordsDecide(t *testing.T) {
	t.Parallel()
	set := demoSet(t)
	for _, words := range [][][]string{{{"halvin", "tarjous"}}, {{"halvin"}, {"tarjous"}}, {{"halvin"}, {"kengät"}, {"halvin"}}} {
		var b Belief
		for _, message := range words {
			b = Learn(b, set, message, nil)
		}
		if b.Persona() != "saver" {
			t.Errorf("%q make a customer %s: %v", words, b.Persona(), b.P)
		}
	}
}

func TestBeliefFades(t *testing.T) {
	t.Parallel()
	set := demoSet(t)
	b := Learn(Belief{}, set, []string{"halvin", "tarjous"}, nil)
	messages := 0
	for ; b.Persona() == "saver" && messages < 200; messages++ {
		next := Learn(b, set, []string{"kengät"}, nil)
		if next.P["saver"] >= b.P["saver"] {
			t.Fatalf("after %d neutral messages it has grown from %v to %v", messages, b.P["saver"], next.P["saver"])
		}
		b = next
	}
	if messages < 10 || messages == 200 || b.Persona() != Neutral {
		t.Errorf("after %d neutral messages the persona is %s", messages, b.Persona())
	}
}

func TestEvidenceOfAnotherTurnsTheBelief(t *testing.T) {
	t.Parallel()
	set := demoSet(t)
	b := Learn(Belief{}, set, []string{"halvin", "tarjous"}, nil)
	if b = Learn(b, set, []string{"kestävä"}, nil); b.Persona() != "saver" {
		t.Errorf("one word took it back: %v", b.P)
	}
	b = Learn(b, set, []string{"laatu", "kotimainen", "materiaali"}, nil)
	if b.Persona() != "careful" {
		t.Errorf("it is still %s: %v", b.Persona(), b.P)
	}
}

func TestReasonsAreTheLatest(t *testing.T) {
	t.Parallel()
	set := Set{{ID: Neutral}, {ID: "saver", Words: []string{"aaa", "bbb"}, Intent: map[string]float64{"price_discount": 0.5}}}
	var b Belief
	for i := range 9 {
		b = Learn(b, set, []string{[]string{"aaa", "bbb"}[i%2]}, nil)
	}
	b = Learn(b, set, nil, []string{"price_discount"})
	if len(b.Reasons) != 8 || b.Reasons[7] != "intent:price_discount → saver" || b.Reasons[6] != "word:aaa → saver" {
		t.Errorf("reasons: %q", b.Reasons)
	}
}

func TestWithoutPersonas(t *testing.T) {
	t.Parallel()
	if b := Learn(Belief{Used: "saver"}, nil, []string{"halpa"}, nil); b.Used != "saver" || b.P != nil {
		t.Errorf("no personas: %+v", b)
	}
	alone := Set{{ID: Neutral}}
	if b := Learn(Belief{}, alone, []string{"halpa"}, nil); b.P[Neutral] != 1 || b.Persona() != Neutral {
		t.Errorf("only the neutral one: %+v", b)
	}
	gone := Learn(Belief{P: map[string]float64{"gone": 1}, Used: "gone"}, demoSet(t), nil, nil)
	sound(t, demoSet(t), Belief{P: gone.P})
	if _, kept := gone.P["gone"]; kept || demoSet(t).Get(gone.Persona()).ID != Neutral {
		t.Errorf("a persona that is no more: %+v", gone)
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values, qualities map[string]float64
		want              float64
	}{
		{nil, map[string]float64{"price": 1}, 0},
		{map[string]float64{"price": 0}, map[string]float64{"price": 1}, 0},
		{map[string]float64{"price": 1}, nil, 0},
		{map[string]float64{"price": 1}, map[string]float64{"price": 1}, 1},
		{map[string]float64{"price": 1, "quality": 1}, map[string]float64{"price": 1, "speed": 1}, 0.5},
		{map[string]float64{"price": 1, "quality": 0.5}, map[string]float64{"quality": 0.6}, 0.2},
	} {
		t.Run(fmt.Sprint(c.values, c.qualities), func(t *testing.T) {
			t.Parallel()
			if got := (Persona{Values: c.values}).Fit(c.qualities); math.Abs(got-c.want) > 1e-9 {
				t.Errorf("fits %v, want %v", got, c.want)
			}
		})
	}
}
