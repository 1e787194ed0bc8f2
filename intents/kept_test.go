package intents

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"reflect"
	"testing"
)

// TestBuiltInIsFresh fails where CI is set when examples, ideas or the reading
// of words have changed after learnt.bin was packed.
func TestBuiltInIsFresh(t *testing.T) {
	t.Parallel()
	examples, err := Examples(Data())
	if err != nil {
		t.Fatal(err)
	}
	source, err := SourceOf(examples, Data())
	if err != nil {
		t.Fatal(err)
	}
	l, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case l.From(source):
	case os.Getenv("CI") == "":
		t.Skip("learnt.bin is stale, models learn at start: go generate ./intents")
	default:
		t.Error("learnt.bin is stale: go generate ./intents")
	}
}

var few = []Example{
	{"missä pakettini on", OrderStatus, "fi"}, {"mis mun paketti viipyy", OrderStatus, "fi"}, {"haluan palauttaa kengät", ReturnHow, "fi"},
	{"miten palautan tuotteen", ReturnHow, "fi"}, {"var är mitt paket", OrderStatus, "sv"}, {"mitä kuuluu", OutOfScope, "fi"},
}

func TestSourceOf(t *testing.T) {
	t.Parallel()
	first, err := SourceOf(few, Data())
	if err != nil {
		t.Fatal(err)
	}
	for i := range few {
		for _, other := range []Example{{few[i].Text + "?", few[i].Intent, few[i].Lang}, {few[i].Text, Greeting, few[i].Lang}, {few[i].Text, few[i].Intent, "en"}} {
			changed := append([]Example{}, few...)
			changed[i] = other
			if source, err := SourceOf(changed, Data()); err != nil || source == first {
				t.Errorf("%v is taken for %v, %v", other, few[i], err)
			}
		}
	}
}

func TestPackAndOpen(t *testing.T) {
	t.Parallel()
	for _, examples := range [][]Example{few, {{"päälle", "on", "fi"}, {"pois päältä", "off", "fi"}}} {
		l, err := Learn(examples, Data())
		if err != nil {
			t.Fatal(err)
		}
		again, err := Learn(examples, Data())
		if err != nil {
			t.Fatal(err)
		}
		var one, other bytes.Buffer
		if err := l.Pack(&one); err != nil {
			t.Fatal(err)
		}
		if err := again.Pack(&other); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), other.Bytes()) {
			t.Error("the same examples teach different bytes")
		}
		opened, err := OpenLearning(&other)
		if err != nil {
			t.Fatal(err)
		}
		if len(opened.classifier.output) == 0 {
			opened.classifier.output = l.classifier.output // nil or empty
		}
		if !maps.Equal(maps.Collect(opened.classifier.known.all()), maps.Collect(l.classifier.known.all())) {
			t.Error("the opened one knows other features")
		}
		opened.classifier.known = l.classifier.known // of another size
		if one, other := l.usages.pack(), opened.usages.pack(); !reflect.DeepEqual(one, other) {
			t.Errorf("packed %+v, opened %+v", one, other)
		}
		opened.usages = l.usages // without the words of one example
		if !reflect.DeepEqual(opened, l) {
			t.Errorf("packed %+v, opened %+v", l, opened)
		}
	}
}

func FuzzOpenLearning(f *testing.F) {
	l, err := Learn(few, Data())
	if err != nil {
		f.Fatal(err)
	}
	var kept bytes.Buffer
	if err := l.Pack(&kept); err != nil {
		f.Fatal(err)
	}
	f.Add(kept.Bytes())
	f.Add(kept.Bytes()[:kept.Len()/2])
	f.Add([]byte("learnt"))
	f.Fuzz(func(t *testing.T, file []byte) {
		l, err := OpenLearning(bytes.NewReader(file))
		if err != nil {
			if !errors.Is(err, ErrNotLearning) {
				t.Errorf("%v is not ErrNotLearning", err)
			}
			return
		}
		m, err := NewModel(l, Data(), Vocabulary{})
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Read("missä pakettini on", Hint{}).Intents) == 0 {
			t.Error("no intent")
		}
	})
}
