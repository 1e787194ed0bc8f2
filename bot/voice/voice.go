package voice

import (
	"cmp"
	"hash/fnv"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
	"tiski/intents/finnish"
)

// Voice words what a dialogue says, for one shop. It is immutable and may be
// used from any number of goroutines.
type Voice struct {
	shop    *catalog.Shop
	replies map[string]replies
	formats map[string]*format
	lexicon *finnish.Lexicon
	goods   map[string]*catalog.Product // by name in any language
	nouns   map[string]noun             // by category
	said    *sayings
	tones   map[string]string // by persona
}

// New reads the built-in replies and over them replies/<lang>/*.yaml of the shop's files,
// which may say the same in other words. Every gap – a key missing in a language, a variant
// for an unknown persona, a {name} that nothing fills – is one of [catalog.Mistakes].
func New(shop *catalog.Shop, files fs.FS, personas persona.Set, lexicon *finnish.Lexicon) (*Voice, error) {
	v := &Voice{shop: shop, lexicon: lexicon, replies: map[string]replies{}, formats: map[string]*format{}, tones: map[string]string{}}
	who := persona.Tones
	for _, p := range personas.All() {
		who = append(slices.Clip(who), p.ID)
		v.tones[p.ID] = p.Tone
	}
	base := map[string]replies{}
	if _, err := load(builtIn, base); err != nil {
		return nil, err
	}
	for lang := range base {
		v.replies[lang] = maps.Clone(base[lang])
	}
	at, err := load(files, v.replies)
	if err != nil {
		return nil, err
	}
	if missing := gaps(v.replies, base, at, shop.Languages, who); len(missing) > 0 {
		return nil, missing
	}
	for _, lang := range shop.Languages {
		v.formats[lang] = newFormat(lang)
	}
	return v.With(shop), nil
}

// With is v for another shop of the same files: after its products changed.
func (v *Voice) With(shop *catalog.Shop) *Voice {
	w := *v
	w.shop, w.said = shop, &sayings{}
	w.goods = make(map[string]*catalog.Product, len(shop.Products))
	for i := range shop.Products {
		for _, name := range shop.Products[i].Name {
			w.goods[name] = &shop.Products[i]
		}
	}
	w.nouns = nounsOf(shop.Categories, v.lexicon)
	return &w
}

// Tone is how a bubble is said: the language, the persona, and a seed that
// picks among variants, the same seed always the same.
type Tone struct {
	Lang    string
	Persona string
	Formal  bool // the customer wishes to be addressed formally
	Seed    string
}

// Render words one Say.
func (v *Voice) Render(s dialogue.Say, tone Tone) Message {
	if v.formats[tone.Lang] == nil {
		tone.Lang = v.shop.Languages[0]
	}
	m := Message{Text: v.parts(s.Parts, tone)}
	for _, b := range s.Buttons {
		m.Buttons = append(m.Buttons, v.button(b, tone))
	}
	if s.Invoice != nil {
		m.Invoice = v.invoice(*s.Invoice, tone)
	}
	for _, c := range s.Cards {
		m.Cards = append(m.Cards, v.card(c, tone))
	}
	return m
}

// Sentence words one reply outside a conversation: in a letter, on a page; with
// are names and values in turn, as in dialogue.Args.
func (v *Voice) Sentence(lang, key string, with ...any) string {
	if v.formats[lang] == nil {
		lang = v.shop.Languages[0]
	}
	return v.sentence(key, with, Tone{Lang: lang})
}

// Rate is a rate in tenths of a percent, worded "25,5 %".
type Rate = dialogue.Rate

func (v *Voice) parts(parts []dialogue.Part, tone Tone) string {
	if len(parts) == 1 {
		return v.sentence(parts[0].Key, parts[0].With, tone)
	}
	var b strings.Builder
	for i, p := range parts {
		switch {
		case i == 0:
		case p.Glue:
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(v.sentence(p.Key, p.With, tone))
	}
	return b.String()
}

func (v *Voice) invoice(i dialogue.Invoice, tone Tone) *Invoice {
	w := &Invoice{
		Charge: i.Charge, Currency: i.Currency,
		Title: v.sentence(i.Title.Key, i.Title.With, tone), About: v.sentence(i.About.Key, i.About.With, tone),
	}
	for _, l := range i.Lines {
		label := l.Title
		if l.Qty > 1 {
			label = strconv.Itoa(l.Qty) + " × " + label
		}
		w.Lines = append(w.Lines, InvoiceLine{label, l.Unit * catalog.Cents(l.Qty)})
	}
	return w
}

func (v *Voice) button(b dialogue.Button, tone Tone) Button {
	return Button{Tap: b.Tap, Label: v.sentence(b.Label, b.With, tone), URL: b.URL}
}

func (v *Voice) card(c dialogue.Card, tone Tone) Card {
	card := Card{Product: c.Product.ID, Title: c.Product.Name.In(tone.Lang), Image: v.image(c)}
	if len(c.Parts) > 0 {
		card.Price = v.parts(c.Parts[:1], tone)
		card.Text = v.parts(c.Parts[1:], tone)
	}
	for _, b := range c.Buttons {
		card.Buttons = append(card.Buttons, v.button(b, tone))
	}
	return card
}

// image is where the picture of a card is served: drawings of the shop's files
// painted in the variant's colour, other pictures at their own address.
func (v *Voice) image(c dialogue.Card) string {
	image, color := c.Product.Image, ""
	for i := range c.Product.Variants {
		if variant := &c.Product.Variants[i]; variant.SKU == c.SKU || c.SKU == "" && i == 0 {
			color = variant.Color
			if variant.Image != "" {
				image = variant.Image
			}
		}
	}
	image = cmp.Or(c.Image, image)
	switch {
	case image == "" || strings.HasPrefix(image, "http://") || strings.HasPrefix(image, "https://"):
		return image
	case color == "":
		return "/images/" + image
	}
	return "/images/" + image + "?color=" + strings.TrimPrefix(color, "#")
}

// formal ends the keys of what is said to who wishes to be addressed formally.
const formal = "@te"

// sentence picks the variant of a reply and fills it.
func (v *Voice) sentence(key string, with dialogue.Args, tone Tone) string {
	if key == "" {
		return "" // an empty line
	}
	all := v.replies[tone.Lang]
	var variants []template
	if tone.Formal {
		variants = all[key+formal]
	}
	if len(variants) == 0 && tone.Persona != "" && tone.Persona != persona.Neutral {
		if variants = all[key+"@"+tone.Persona]; len(variants) == 0 {
			variants = all[key+"@"+v.tones[tone.Persona]]
		}
	}
	if len(variants) == 0 {
		variants = all[key]
	}
	if len(variants) == 0 {
		return key
	}
	t := variants[0]
	if len(variants) > 1 {
		h := fnv.New64a()
		h.Write([]byte(tone.Seed + key))
		t = variants[int(h.Sum64()>>33)%len(variants)]
	}
	if len(t) == 1 {
		return t[0] // it has no names
	}
	var b strings.Builder
	for i, piece := range t {
		if i%2 == 0 {
			if strings.HasSuffix(b.String(), ".") && strings.HasPrefix(piece, ".") {
				piece = piece[1:] // "ma 30.11." ends a sentence by itself
			}
			b.WriteString(piece)
		} else {
			b.WriteString(v.filled(piece, with, tone))
		}
	}
	return b.String()
}
