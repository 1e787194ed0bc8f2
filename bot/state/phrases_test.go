package state

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"tiski/bot"
)

// spoken is a message as the log keeps it, before it is packed.
func spoken(t testing.TB) []byte {
	t.Helper()
	line, err := json.Marshal(bot.Message{From: "bot", Text: "Löysin 3 sopivaa. Tässä parhaat:", Cards: []bot.Card{{
		Product: "tunturi-reppu", Title: "Tunturi-reppu", Price: "79,90 €", Text: "Värit: musta, vihreä\nVarastossa",
		Buttons: []bot.Button{{Tap: "add:tunturi-reppu", Label: "Lisää koriin"}, {Tap: "more:tunturi-reppu", Label: "Kerro lisää"}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func packable(t testing.TB) map[string][]byte {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	lines := bytes.SplitAfter(phrasesText, []byte("\n"))
	return map[string][]byte{
		"nothing":              nil,
		"an object":            []byte("{}"),
		"a message":            spoken(t),
		"no JSON":              every,
		"all phrases":          phrasesText,
		"several lines":        bytes.Join(lines[3:9], nil),
		"the last line":        lines[len(lines)-2],
		"the first line":       bytes.TrimSpace(lines[0]),
		"the same byte":        bytes.Repeat([]byte("x"), MaxMessage),
		"a repetition":         bytes.Repeat([]byte("kolmetoista0"), 90),
		"one from far":         []byte("zaqwsxcderfv" + strings.Repeat("0123456789", 40)[:277] + "zaqwsxcderfv"),
		"plain, as it looks":   {plain, 'x'},
		"packed, as it looks":  {packed1, 8, 0, 0},
		"characters beyond":    []byte("\U0010ffff\u00ff\u007f"),
		"no text at all":       {0xff, 0xfe, 0xf5},
		"longer than any code": append([]byte("x"), phrasesText[100:900]...),
	}
}

func TestPacked(t *testing.T) {
	t.Parallel()
	for what, text := range packable(t) {
		packed := pack([]byte("at"), text)
		if len(packed) > len("at")+1+len(text) {
			t.Errorf("%s: %d bytes become %d", what, len(text), len(packed))
		}
		if got, err := unpack(packed[len("at"):]); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %q is %q, %v", what, text, got, err)
		}
	}
	if line := spoken(t); len(pack(nil, line))*3 > len(line) {
		t.Errorf("%d bytes of a message are packed into %d", len(line), len(pack(nil, line)))
	}
}

func FuzzPacked(f *testing.F) {
	for _, text := range packable(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > MaxMessage {
			t.Skip("longer than anything kept")
		}
		if got, err := unpack(pack(nil, text)); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%q is %q, %v", text, got, err)
		}
		if got, err := unpack(text); err == nil && len(got) > MaxMessage {
			t.Errorf("%d bytes are unpacked into %d", len(text), len(got))
		}
	})
}

// What was packed once must be readable for as long as conversations are kept.
func TestPhrasesStay(t *testing.T) {
	t.Parallel()
	const once = "9dacb5c0c7b421dc6162d6fb8eef9d47cf39370940b0199ca16c46e9f29c93cd"
	if digest := sha256.Sum256(phrasesText); hex.EncodeToString(digest[:]) != once {
		t.Errorf("phrases.txt is not what it was, but %x: what was packed by it cannot be read", digest)
	}
	if n := len(phrasesText); n > 1<<16-1 {
		t.Errorf("%d bytes of phrases: places have two bytes", n)
	}
	if n := len(phrases().lines); n > phraseCode<<8 {
		t.Errorf("%d lines of phrases: there are codes for %d", n, phraseCode<<8)
	}
}

func TestDamaged(t *testing.T) {
	t.Parallel()
	for what, packed := range map[string]string{
		"cut off":              "\x01\x10",
		"cut off in a length":  "\x01\x1f\x00\x00",
		"beyond the phrases":   "\x01\x08\xff\xff",
		"a line that is not":   "\x01\x07\xff",
		"before the beginning": "\x01ab\xf5\x02",
		"far before it":        "\x01ab\xff\x00\xff\xff",
		"too long":             "\x01a" + strings.Repeat("\xff\xff\x00\x00", MaxMessage/259+1),
	} {
		if got, err := unpack([]byte(packed)); err == nil {
			t.Errorf("%s: %d bytes", what, len(got))
		}
	}
}

func BenchmarkPack(b *testing.B) {
	line := spoken(b)
	packed, into := pack(nil, line), make([]byte, 0, 2*len(line))
	b.Run("pack", func(b *testing.B) {
		for b.Loop() {
			pack(into, line)
		}
		b.ReportMetric(float64(len(line)), "B")
		b.ReportMetric(float64(len(packed)), "B-packed")
	})
	b.Run("unpack", func(b *testing.B) {
		for b.Loop() {
			if _, err := unpack(packed); err != nil {
				b.Fatal(err)
			}
		}
	})
}
