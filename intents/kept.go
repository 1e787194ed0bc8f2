package intents

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// learnt.bin is what the examples of [Data] teach, packed.
//
//go:generate go run tiski/cmd/tiski learn learnt.bin
//go:embed learnt.bin
var learnt []byte

// BuiltIn returns what the built-in examples teach. Whoever needs it fresh asks
// [Learning.From], since examples may have changed after it was packed.
var BuiltIn = sync.OnceValues(func() (*Learning, error) {
	return OpenLearning(bytes.NewReader(learnt))
})

// ErrNotLearning is the error of a file that holds no [Learning] of this version.
var ErrNotLearning = errors.New("not what a model has learnt, or of another version")

// packed is a Learning as it is written. Numbers of many bytes are little-endian.
type packed struct {
	Source  []byte
	Labels  []string
	Shop    bool
	Mostly  string
	Langs   []string
	Shares  []float32 // by language
	Usages  []packedUsage
	Common  []string
	Used    []string
	Unknown []string
	Bias    []float32
	Output  []float32
	Keys    []byte // uint32 by row
	Rarity  []byte // float32 by row
	Step    []byte // float32 by row
	Rows    []byte
}

// Pack writes what was learnt. The same Learning gives the same bytes.
func (l *Learning) Pack(w io.Writer) error {
	c := l.classifier
	p := packed{
		Source: l.source[:], Labels: c.labels, Shop: l.shop, Mostly: l.mostly, Common: slices.Sorted(maps.Keys(l.common)),
		Used: l.used, Unknown: l.unknown, Usages: l.usages.pack(), Bias: c.bias, Output: c.output, Rows: make([]byte, len(c.rows)),
	}
	p.Langs = slices.Sorted(maps.Keys(l.shares))
	for _, lang := range p.Langs {
		p.Shares = append(p.Shares, l.shares[lang])
	}
	for i, w := range c.rows {
		p.Rows[i] = byte(w)
	}
	keys := make([]uint32, len(c.rarity))
	for key, row := range c.known.all() {
		keys[row] = key
	}
	for into, numbers := range map[*[]byte]any{&p.Keys: keys, &p.Rarity: c.rarity, &p.Step: c.step} {
		var err error
		if *into, err = binary.Append(nil, binary.LittleEndian, numbers); err != nil {
			return fmt.Errorf("pack what was learnt: %w", err)
		}
	}
	if err := gob.NewEncoder(w).Encode(p); err != nil {
		return fmt.Errorf("pack what was learnt: %w", err)
	}
	return nil
}

// OpenLearning reads what Pack has written.
func OpenLearning(r io.Reader) (*Learning, error) {
	var p packed
	if err := gob.NewDecoder(r).Decode(&p); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotLearning, err)
	}
	c := &classifier{labels: p.Labels, bias: p.Bias, output: p.Output, known: newRowIndex(len(p.Keys) / 4)}
	n, labels := len(p.Keys)/4, len(p.Labels)
	if labels == 0 || len(p.Bias) != labels || len(p.Output)%labels != 0 || len(p.Source) != len(Source{}) ||
		len(p.Keys) != 4*n || len(p.Rarity) != 4*n || len(p.Step) != 4*n || len(p.Rows) != n*c.width() || len(p.Langs) != len(p.Shares) {
		return nil, ErrNotLearning
	}
	keys := make([]uint32, n)
	c.rarity, c.step, c.rows = make([]float32, n), make([]float32, n), make([]int8, len(p.Rows))
	for _, column := range []struct {
		bytes []byte
		into  any
	}{{p.Keys, keys}, {p.Rarity, c.rarity}, {p.Step, c.step}, {p.Rows, c.rows}} {
		if _, err := binary.Decode(column.bytes, binary.LittleEndian, column.into); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotLearning, err)
		}
	}
	for row, key := range keys {
		c.known.put(key, int32(row))
	}
	words, ok := unpacked(p.Usages)
	if !ok {
		return nil, ErrNotLearning
	}
	l := &Learning{source: Source(p.Source), usages: words, classifier: c, common: map[string]bool{}, shop: p.Shop, mostly: p.Mostly, used: p.Used, unknown: p.Unknown}
	for _, lemma := range p.Common {
		l.common[lemma] = true
	}
	if p.Shop {
		l.shares = shares{}
	}
	for i, lang := range p.Langs {
		l.shares[lang] = p.Shares[i]
	}
	return l, nil
}
