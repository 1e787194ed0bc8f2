package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"tiski/intents"
	"tiski/intents/language"
)

// explained is one answer of `tiski understand -explain`.
type explained struct {
	intents.Reading
	Why intents.Explanation `json:"why"`
}

// confusion is one line of `tiski understand -confusions`: messages of one
// intent that are taken for another.
type confusion struct {
	Intent   string   `json:"intent"`
	TakenFor string   `json:"taken_for"`
	Count    int      `json:"count"`
	Second   int      `json:"second"` // of these the right intent was the runner-up
	Texts    []string `json:"texts"`
}

// score is the last line of `tiski understand -confusions`. Calibration is how
// far off the probabilities told are on average, in tenths of the scale.
type score struct {
	Right       int     `json:"right"`
	Of          int     `json:"of"`
	Calibration float64 `json:"calibration_error"`
}

// noisySeed makes other slips than those that models learn from.
const noisySeed = 2026

// confusions prints what messages of a file, or noisy copies of them, are
// taken for, the most frequent confusion first, and in the end how many are
// right.
func confusions(model *intents.Model, file string, noisy bool, out io.Writer) error {
	examples, err := readExamples(file)
	if err != nil {
		return err
	}
	total := score{Of: len(examples)}
	var off [10]float64 // by tenth of the probability: told less right
	found := map[[2]string]*confusion{}
	noise := intents.NewNoise(noisySeed)
	for _, e := range examples {
		if noisy {
			e.Text = noise.Line(e.Text, cmp.Or(e.Lang, language.Detect(e.Text, "")))
		}
		ranked := model.Read(e.Text, intents.Hint{}).Intents
		taken := ranked[0]
		tenth := min(int(taken.P*10), 9)
		off[tenth] += taken.P
		if taken.Name == e.Intent {
			total.Right++
			off[tenth]--
			continue
		}
		names := [2]string{e.Intent, taken.Name}
		c := found[names]
		if c == nil {
			c = &confusion{Intent: e.Intent, TakenFor: taken.Name}
			found[names] = c
		}
		c.Count++
		if len(ranked) > 1 && ranked[1].Name == e.Intent {
			c.Second++
		}
		c.Texts = append(c.Texts, e.Text)
	}
	for _, o := range off {
		total.Calibration += math.Abs(o) / float64(max(1, total.Of))
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, c := range slices.SortedFunc(maps.Values(found), func(a, b *confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Intent, b.Intent), cmp.Compare(a.TakenFor, b.TakenFor))
	}) {
		if err := encoder.Encode(c); err != nil {
			return fmt.Errorf("print confusions: %w", err)
		}
	}
	if err := encoder.Encode(total); err != nil {
		return fmt.Errorf("print confusions: %w", err)
	}
	return nil
}
