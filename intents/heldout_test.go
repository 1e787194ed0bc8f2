package intents

import (
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/intents/language"
)

// What is held out is only counted: whoever reads what is missed will sooner or
// later write examples of it.

// heldOut reports whether a message is one of the fifth that nothing is tuned on.
func heldOut(text string) bool {
	h := fnv.New32a()
	h.Write([]byte(text))
	return h.Sum32()%5 == 0
}

// counted counts what is right.
type counted struct{ right, all int }

func (c *counted) add(right bool) {
	c.all++
	if right {
		c.right++
	}
}

func (c counted) share() float64 { return float64(c.right) / float64(max(1, c.all)) }

// TestHeldOut learns from four fifths of the examples and reads the fifth.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	examples, err := Examples(Data())
	if err != nil {
		t.Fatal(err)
	}
	var learn, held []Example
	for _, e := range examples {
		if heldOut(e.Text) {
			held = append(held, e)
		} else {
			learn = append(learn, e)
		}
	}
	start := time.Now()
	m, err := Train(learn, Data(), Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d examples learnt in %v", len(learn), time.Since(start))
	first, alone, told := map[string]*counted{}, map[string]*counted{}, map[string]*counted{}
	for _, lang := range language.Codes {
		first[lang], alone[lang], told[lang] = &counted{}, &counted{}, &counted{}
	}
	var foreign, lost counted
	for _, e := range held {
		r := m.Read(e.Text, Hint{})
		first[e.Lang].add(r.Intents[0].Name == e.Intent)
		alone[e.Lang].add(slices.Equal(r.Acted, []string{e.Intent}))
		told[e.Lang].add(r.Lang == e.Lang)
		if refused := slices.Equal(r.Acted, []string{OutOfScope}); e.Intent == OutOfScope {
			foreign.add(refused)
		} else {
			lost.add(refused)
		}
	}
	for _, lang := range language.Codes {
		t.Logf("%s: %.3f of %d right, %.3f acted on alone, language %.3f", lang, first[lang].share(), first[lang].all, alone[lang].share(), told[lang].share())
	}
	t.Logf("out of scope: %.3f of %d recognised, %.3f of %d shop questions lost", foreign.share(), foreign.all, lost.share(), lost.all)
	for lang, least := range map[string]float64{language.Finnish: 0.84, language.Swedish: 0.83, language.English: 0.83} {
		if got := first[lang].share(); got < least {
			t.Errorf("%s: %.3f of the messages held out are understood, at least %.2f are wanted", lang, got, least)
		}
	}
	if foreign.share() < 0.8 || lost.share() > 0.06 {
		t.Errorf("%.3f of what is out of scope is recognised, and %.3f of what is not", foreign.share(), lost.share())
	}
	held, learn = several(t)
	exact := counted{}
	for _, e := range held {
		exact.add(asWanted(m, e))
	}
	known := counted{}
	for _, e := range learn {
		known.add(asWanted(m, e))
		if !asWanted(m, e) {
			t.Logf("%q: %v, want %s", e.Text, m.Read(e.Text, Hint{}).Acted, e.Intent)
		}
	}
	t.Logf("several requests: %.3f of %d held out are told exactly, %.3f of the other %d", exact.share(), exact.all, known.share(), known.all)
	if exact.share() < 0.55 {
		t.Errorf("%.3f of the messages with several requests are told exactly", exact.share())
	}
}

// asWanted reports whether exactly the intents of an example are acted on.
func asWanted(m *Model, e Example) bool {
	return slices.Equal(slices.Sorted(slices.Values(m.Read(e.Text, Hint{}).Acted)), slices.Sorted(slices.Values(strings.Fields(e.Intent))))
}

// several reads testdata/several.txt: messages with several requests, their
// intents before a tab. Half of them are held out.
func several(t *testing.T) (held, others []Example) {
	text, err := os.ReadFile("testdata/several.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		intents, message, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			t.Fatalf("testdata/several.txt: no tab in %q", line)
		}
		h := fnv.New32a()
		h.Write([]byte(message))
		if e := (Example{Text: message, Intent: intents}); h.Sum32()%2 == 0 {
			held = append(held, e)
		} else {
			others = append(others, e)
		}
	}
	return held, others
}

// TestHeldOutLabels learns labels that are not a shop's, and reads messages held
// out of them.
func TestHeldOutLabels(t *testing.T) {
	t.Parallel()
	m, err := Train(massive(t, "train"), Data(), Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	var right counted
	for _, e := range massive(t, "dev") {
		right.add(m.Read(e.Text, Hint{}).Intents[0].Name == e.Intent)
	}
	t.Logf("%.4f of %d", right.share(), right.all)
	if right.share() < 0.85 {
		t.Errorf("%.4f of the messages are understood", right.share())
	}
}

func massive(t *testing.T, part string) []Example {
	f, err := os.Open("../../shared/data/massive-fi-" + part + ".jsonl")
	if err != nil {
		t.Skipf("no data to measure with: %v", err)
	}
	defer f.Close()
	examples, err := ReadExamples(f)
	if err != nil {
		t.Fatal(err)
	}
	return examples
}
