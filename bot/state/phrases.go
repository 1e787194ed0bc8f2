package state

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"sync"
)

// Conversations are short texts of JSON, in phrases that the bot says again and
// again. They are kept packed: what stands in phrases.txt, or earlier in the
// text itself, is referred to. With the same phrases as their dictionary zstd and S2
// take a third more room, and zstd six times as long.
//
// A packed text begins with a byte that tells how the rest is to be read, plain
// or packed1. A text that begins with none of them is as it stands: so it was
// kept before there was packing. In what follows packed1 a byte of JSON is
// itself; bytes that no JSON has are
//
//	00 … 07  n       line n of phrases.txt, whose higher bits are in the first byte
//	08 … 1e  at      4 … 26 bytes of it from at, two bytes, the low one first
//	1f       at n    27+n bytes of it
//	f5 … fe  d       4 … 13 bytes of the text itself from d+1 bytes back
//	ff       n d     4+n bytes of it from d+1 bytes back, d of two bytes
const (
	plain   = 0
	packed1 = 1
)

const (
	shortest = 4 // bytes referred to

	phraseCode = 0x08
	longPhrase = 0x1f
	firstJSON  = 0x20
	repeatCode = 0xf5
	anyRepeat  = 0xff

	longestPhrase = shortest + longPhrase - phraseCode + 255
	longestRepeat = shortest + 255
	nearRepeat    = shortest + anyRepeat - repeatCode - 1
)

// phrasesText is what packed1 refers to: pieces of bot/voice/replies as they were
// once, and what states and messages look like as JSON, the most usual last. It must
// never change as long as a conversation is kept that refers to it. Better
// phrases are another file, of another first byte.
//
//go:embed phrases.txt
var phrasesText []byte

// phrasebook finds places in phrasesText.
type phrasebook struct {
	heads  [1 << phraseBits]uint16 // the last place by the hash of four bytes, plus one
	before []uint16                // by place, the one before of the same hash, plus one
	lines  []uint16                // where each line begins
}

var phrases = sync.OnceValue(func() *phrasebook {
	p := &phrasebook{before: make([]uint16, len(phrasesText)), lines: []uint16{0}}
	for at := range len(phrasesText) - shortest {
		h := hash(phrasesText[at:]) >> (32 - phraseBits)
		p.before[at], p.heads[h] = p.heads[h], uint16(at+1)
		if phrasesText[at] == '\n' {
			p.lines = append(p.lines, uint16(at+1))
		}
	}
	return p
})

const (
	phraseBits = 15
	repeatBits = 9
	phraseTry  = 6 // places that are compared
)

func hash(b []byte) uint32 { return binary.LittleEndian.Uint32(b) * 2654435761 }

// pack appends text packed to b: at most one byte more than text has. At most 64 KiB.
func pack(b, text []byte) []byte {
	begun := len(b)
	b = append(slices.Grow(b, len(text)+1), packed1)
	p := phrases()
	var own [1 << repeatBits]uint16 // places in text by hash, plus one
	for at := 0; at < len(text); {
		phrase, inPhrases, repeat, back := 0, 0, 0, 0
		if at+shortest <= len(text) {
			h := hash(text[at:])
			rest := text[at:]
			next := p.heads[h>>(32-phraseBits)]
			for range phraseTry {
				if next == 0 {
					break
				}
				if there := phrasesText[next-1:]; phrase == 0 || phrase < len(rest) && phrase < len(there) && there[phrase] == rest[phrase] {
					if n := common(there, rest); n > phrase {
						phrase, inPhrases = n, int(next-1)
					}
				}
				next = p.before[next-1]
			}
			last := &own[h>>(32-repeatBits)]
			if *last != 0 {
				back = at - int(*last-1)
				repeat = common(text[*last-1:], rest)
			}
			*last = uint16(at + 1)
		}
		switch {
		case repeat >= shortest && repeat+1 >= phrase:
			at += min(repeat, longestRepeat)
			b = putRepeat(b, min(repeat, longestRepeat), back)
		case phrase >= shortest:
			at += min(phrase, longestPhrase)
			b = p.put(b, min(phrase, longestPhrase), inPhrases)
		case text[at] < firstJSON || text[at] >= repeatCode: // no JSON
			return append(append(b[:begun], plain), text...)
		default:
			b = append(b, text[at])
			at++
		}
	}
	return b
}

// loose is a text that is not packed, as unpack reads it.
func loose(text []byte) []byte {
	if len(text) > 0 && text[0] <= packed1 {
		return append([]byte{plain}, text...)
	}
	return text
}

// repack packs what loose gave.
func repack(text string) string {
	if text == "" || text[0] <= packed1 {
		return text
	}
	return string(pack(nil, []byte(text)))
}

// common is how many bytes two texts have in common at their beginnings.
func common(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if differ := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); differ != 0 {
			return i + bits.TrailingZeros64(differ)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// put refers to n bytes from at.
func (p *phrasebook) put(b []byte, n, at int) []byte {
	if at+n < len(phrasesText) && phrasesText[at+n] == '\n' {
		if line, begins := slices.BinarySearch(p.lines, uint16(at)); begins && len(p.line(line)) == n {
			return append(b, byte(line>>8), byte(line))
		}
	}
	code := min(n-shortest+phraseCode, longPhrase)
	b = append(b, byte(code), byte(at), byte(at>>8))
	if code == longPhrase {
		b = append(b, byte(n-shortest+phraseCode-longPhrase))
	}
	return b
}

func putRepeat(b []byte, n, back int) []byte {
	back--
	if n <= nearRepeat && back < 256 {
		return append(b, byte(repeatCode+n-shortest), byte(back))
	}
	return append(b, anyRepeat, byte(n-shortest), byte(back), byte(back>>8))
}

var errDamaged = errors.New("packed text is damaged")

// unpack is what pack was given. A text of any length that pack did not make is
// an error, or something else than text.
func unpack(b []byte) ([]byte, error) {
	if len(b) == 0 || b[0] != plain && b[0] != packed1 {
		return b, nil
	}
	how, b := b[0], b[1:]
	if how == plain {
		return b, nil
	}
	p, text := phrases(), make([]byte, 0, 4*len(b))
	for len(b) > 0 {
		code := b[0]
		if code >= firstJSON && code < repeatCode {
			text, b = append(text, code), b[1:]
			continue
		}
		long := code == longPhrase || code == anyRepeat
		used := 2
		switch {
		case long:
			used = 4
		case code >= phraseCode && code < longPhrase:
			used = 3
		}
		if len(b) < used {
			return nil, errDamaged
		}
		var from []byte
		switch n := shortest + int(code); {
		case code < phraseCode:
			from = p.line(int(code)<<8 | int(b[1]))
		case code <= longPhrase:
			if n -= phraseCode; long {
				n += int(b[3])
			}
			if at := int(b[1]) | int(b[2])<<8; at+n <= len(phrasesText) {
				from = phrasesText[at : at+n]
			}
		default:
			n, back := n-repeatCode, int(b[1])+1
			if long {
				n, back = shortest+int(b[1]), int(b[2])|int(b[3])<<8+1
			}
			for ; back <= len(text) && n > back; n -= back { // it reaches into the repetition
				text = append(text, text[len(text)-back:]...)
			}
			if back <= len(text) {
				from = text[len(text)-back:][:n]
			}
		}
		if text, b = append(text, from...), b[used:]; from == nil || len(text) > MaxMessage {
			return nil, errDamaged
		}
	}
	return text, nil
}

// line is a line of phrasesText, nil when there is none of this number.
func (p *phrasebook) line(n int) []byte {
	if n >= len(p.lines) {
		return nil
	}
	end := len(phrasesText)
	if n+1 < len(p.lines) {
		end = int(p.lines[n+1])
	}
	return phrasesText[p.lines[n] : end-1]
}
