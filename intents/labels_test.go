package intents

import (
	"os"
	"testing"
)

// TestOwnLabels trains on labels that are not a shop's and reads messages held
// out of them.
func TestOwnLabels(t *testing.T) {
	t.Parallel()
	learn := massive(t, "train")
	m, err := Train(learn, Data(), Vocabulary{})
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	dev := massive(t, "dev")
	for _, e := range dev {
		if m.Read(e.Text, Hint{}).Intents[0].Name == e.Intent {
			right++
		}
	}
	share := float64(right) / float64(len(dev))
	t.Logf("%.4f of %d", share, len(dev))
	if share < 0.84 {
		t.Errorf("%.4f of the messages are understood", share)
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
