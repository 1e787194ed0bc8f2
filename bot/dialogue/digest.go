package dialogue

import (
	"fmt"
	"slices"
	"strings"

	"tiski/catalog"
)

// digest tells bubbles apart: it is the same for the same words.
type digest uint64

const (
	digestStart digest = 14695981039346656037 // FNV-1a, 64 bits
	digestPrime digest = 1099511628211
)

func (d *digest) add(s string) {
	for i := 0; i < len(s); i++ {
		*d = (*d ^ digest(s[i])) * digestPrime
	}
	*d = (*d ^ 0xff) * digestPrime
}

func (d *digest) number(n int64) {
	for range 8 {
		*d = (*d ^ digest(n&0xff)) * digestPrime
		n >>= 8
	}
}

// value adds what fills a {name}. The kinds that are common go without fmt.
func (d *digest) value(v any) {
	switch v := v.(type) {
	case string:
		d.add(v)
	case int:
		d.number(int64(v))
	case catalog.Cents:
		d.number(int64(v))
	case Fee:
		d.number(int64(v))
	case Moment, Clock:
		d.number(0) // the clock goes on, the sentence stays the same
	case Item:
		d.add(v.Variant.SKU)
	case catalog.Text:
		d.add(v.In("fi"))
	case OptionName:
		d.add(string(v))
	case OptionValue:
		d.add(v.Value)
	case OptionValues:
		for _, one := range v {
			d.add(one.Value)
		}
	case catalog.Window:
		d.number(v.Earliest.Unix())
		d.number(v.Latest.Unix())
	default:
		d.add(fmt.Sprint(v))
	}
}

// digest is that of a bubble.
func (s Say) digest() digest {
	d := digestStart
	d.add(string(s.As))
	for _, p := range s.Parts {
		d.part(p)
	}
	for _, c := range s.Cards {
		d.add(c.Product.ID)
		d.add(c.SKU)
	}
	for _, b := range s.Buttons {
		d.add(b.Tap)
	}
	return d
}

func (d *digest) part(p Part) {
	d.add(p.Key)
	for _, v := range p.With {
		d.value(v)
	}
}

// otherwise are the replies that have other words for the second time in a row,
// under the key with ".again".
var otherwise = []string{
	"emoji", "wordless", "photo", "unknown_tap", "human.noted", "human.still", "what_else", "am_bot", "help", "empty", "cart.empty", "feedback", "too_long", "order.working", "corrected", "waits", "find.none",
}

// statements are the words of open slots that are no questions.
var statements = []string{"ask.picture", "ask.order_email", "ask.confirm", "again.confirm", "again.sure"}

// questioning reports whether a reply asks something.
func questioning(key string) bool {
	return (strings.HasPrefix(key, "ask.") || strings.HasPrefix(key, "again.")) && !slices.Contains(statements, key)
}

// unlike keeps the bot from giving the same reply twice in a row: the second is
// said in other words, or begins with a word that it is the same.
func (t *turn) unlike() {
	all, first := digestStart, -1
	for i, e := range t.effects {
		if s, ok := e.(Say); ok && s.As == ByBot {
			all.number(int64(s.digest()))
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return
	}
	if uint64(all) != t.Said {
		t.Said = uint64(all)
		return
	}
	s := t.effects[first].(Say)
	s.Parts = slices.Clone(s.Parts)
	if len(s.Parts) > 0 && slices.Contains(otherwise, s.Parts[0].Key) {
		s.Parts[0].Key += ".again"
	} else {
		key := "same"
		if len(s.Parts) > 0 && questioning(s.Parts[0].Key) {
			key = "same.question"
		}
		s.Parts = slices.Insert(s.Parts, 0, part(key))
	}
	t.effects[first] = s
	t.Said = 0
}
