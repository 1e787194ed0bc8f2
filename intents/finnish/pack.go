package finnish

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// packMark begins a packed lexicon; its last number is the format's.
const packMark = "tiski lexicon 1\n"

// mostPacked bounds the bytes of a packed lexicon, and of what comes out.
const mostPacked = 32 << 20

// ErrNotPacked says that a file is no packed lexicon of this format.
var ErrNotPacked = errors.New("not a packed lexicon of this version")

// Pack writes the lexicon so that Open reads it quickly: the mark, then,
// deflated, its patterns (tails with their slots) and its entries by headword,
// each told by what it shares with the one before.
func (x *Lexicon) Pack(w io.Writer) error {
	b := binary.AppendUvarint(nil, uint64(len(x.patterns)))
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for _, tails := range x.patterns {
		b = binary.AppendUvarint(b, uint64(len(tails)))
		for _, t := range tails {
			text(t.text)
			b = binary.AppendUvarint(b, uint64(t.slots))
		}
	}
	entries := slices.Clone(x.entries)
	slices.SortStableFunc(entries, func(a, b entry) int { return strings.Compare(a.lemma, b.lemma) })
	b = binary.AppendUvarint(b, uint64(len(entries)))
	before := ""
	for _, e := range entries {
		n := 0
		for n < min(len(before), len(e.lemma)) && before[n] == e.lemma[n] {
			n++
		}
		b = binary.AppendUvarint(b, uint64(n))
		text(e.lemma[n:])
		before = e.lemma
		kind := uint64(e.origin) << 2
		if e.adjective {
			kind |= 1
		}
		if strings.HasPrefix(e.lemma, e.root) {
			b = binary.AppendUvarint(b, kind)
			b = binary.AppendUvarint(b, uint64(len(e.root)))
		} else {
			b = binary.AppendUvarint(b, kind|2)
			text(e.root)
		}
		b = binary.AppendUvarint(b, uint64(e.pattern))
		b = binary.AppendUvarint(b, e.bounds)
	}
	if _, err := io.WriteString(w, packMark); err != nil {
		return fmt.Errorf("write the lexicon: %w", err)
	}
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return fmt.Errorf("write the lexicon: %w", err)
	}
	if _, err := z.Write(b); err != nil {
		return fmt.Errorf("write the lexicon: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the lexicon: %w", err)
	}
	return nil
}

// Open reads a lexicon that Pack wrote and joins the base lexicon to it. Its
// error is ErrNotPacked when the file is another, or of another version.
func Open(packed io.Reader) (*Lexicon, error) {
	mark := make([]byte, len(packMark))
	if _, err := io.ReadFull(packed, mark); err != nil || string(mark) != packMark {
		return nil, ErrNotPacked
	}
	var b bytes.Buffer
	if n, err := b.ReadFrom(io.LimitReader(flate.NewReader(packed), mostPacked+1)); err != nil {
		return nil, fmt.Errorf("inflate the lexicon: %w", err)
	} else if n > mostPacked {
		return nil, fmt.Errorf("inflate the lexicon: more than %d bytes", mostPacked)
	}
	d := unpacker{rest: b.Bytes()}
	x := d.lexicon()
	if d.broken {
		return nil, fmt.Errorf("unpack the lexicon: %w", io.ErrUnexpectedEOF)
	}
	x.joinBase()
	return x, nil
}

// unpacker takes a packed lexicon apart; broken is set when it makes no sense.
type unpacker struct {
	rest   []byte
	broken bool
}

// number takes a number, which must be under a limit.
func (d *unpacker) number(limit uint64) uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 || v >= limit {
		d.broken, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

// text takes the bytes of a text, short as words are.
func (d *unpacker) text() []byte {
	n := d.number(2 * longestWord)
	if n > uint64(len(d.rest)) {
		d.broken, d.rest = true, nil
		return nil
	}
	t := d.rest[:n]
	d.rest = d.rest[n:]
	return t
}

func (d *unpacker) lexicon() *Lexicon {
	patterns := make([][]stem, d.number(1<<16))
	for i := range patterns {
		patterns[i] = make([]stem, d.number(1<<8))
		for j := range patterns[i] {
			patterns[i][j].text = string(d.text())
			patterns[i][j].slots = slots(d.number(1 << 40))
		}
		if d.broken {
			return nil
		}
	}
	// An entry takes five bytes or more.
	count := d.number(uint64(len(d.rest))/5 + 1)
	x := newLexicon(int(count) + int(count)/8)
	for _, tails := range patterns {
		x.numberOf(tails)
	}
	if len(x.patterns) != len(patterns) {
		d.broken = true
	}
	var words strings.Builder // all headwords are one piece of memory
	words.Grow(len(d.rest))
	lemma := make([]byte, 0, longestWord)
	for range count {
		lemma = lemma[:d.number(uint64(len(lemma)+1))]
		lemma = append(lemma, d.text()...)
		kind := d.number(16)
		from := words.Len()
		words.Write(lemma)
		e := entry{lemma: words.String()[from:], origin: origin(kind >> 2), adjective: kind&1 != 0}
		if kind&2 == 0 {
			e.root = e.lemma[:d.number(uint64(len(lemma)+1))]
		} else {
			e.root = string(d.text())
		}
		e.pattern = uint16(d.number(uint64(len(patterns))))
		e.bounds = d.number(1<<64 - 1)
		if d.broken || e.root == "" || len(e.lemma) > longestWord || int(e.bounds>>min(63, len(e.lemma))) != 0 {
			d.broken = true
			return nil
		}
		x.put(e)
	}
	return x
}
