package telegram

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Telegram takes 4096 UTF-16 units in a text and 1024 in a caption, counted
// after its own tidying; these keep a margin.
const (
	maxText    = 4000
	maxCaption = 1000
	maxAlbum   = 10
)

// parts lays a message out as calls of the Bot API: the words; a picture with
// one card's words as its caption; or an album of the cards and their list in
// words. The buttons stand under the last part.
func (d *Door) parts(chat int64, m bot.Message) []piece {
	words, keys := clean(m.Text), d.keys(chat, m)
	if m.Photo != "" && m.From == dialogue.ByStaff {
		return []piece{{photos: []photo{{image: m.Photo, caption: clean(m.Staff)}}, must: true}}
	}
	if m.From == dialogue.ByStaff && m.Staff != "" {
		words = clean(m.Staff) + ": " + words
	}
	photos := photosOf(m.Cards)
	words = paragraphs(words, list(m.Cards))
	if words == "" && len(keys) > 0 {
		words = "…" // buttons need something to stand under
	}
	if len(m.Cards) == 1 && len(photos) == 1 && units(words) <= maxCaption {
		return []piece{{photos: []photo{{image: photos[0].image}}, text: words, keys: keys}}
	}
	var all []piece
	if len(photos) > 0 {
		all = append(all, piece{photos: photos})
	}
	for _, text := range split(words, maxText) {
		all = append(all, piece{text: text})
	}
	if len(all) > 0 {
		all[len(all)-1].keys = keys
	}
	if m.Invoice != nil {
		all = append(all, piece{invoice: m.Invoice})
	}
	return all
}

// photosOf are the pictures of cards, captioned "2. Title" where there are
// several cards.
func photosOf(cards []bot.Card) []photo {
	var photos []photo
	for i, c := range cards {
		if c.Image != "" && len(photos) < maxAlbum {
			photos = append(photos, photo{image: c.Image, caption: split(numbered(i, len(cards))+clean(c.Title), maxCaption)[0]})
		}
	}
	return photos
}

// list tells cards in words, numbered where there are several.
func list(cards []bot.Card) string {
	var lines []string
	for i, c := range cards {
		var card []string
		for _, line := range []string{numbered(i, len(cards)) + clean(c.Title), clean(c.Price), clean(c.Text)} {
			if line != "" {
				card = append(card, line)
			}
		}
		lines = append(lines, strings.Join(card, "\n"))
	}
	return paragraphs(lines...)
}

// numbered is "2. " for the second of several, and nothing for an only one.
func numbered(i, of int) string {
	if of == 1 {
		return ""
	}
	return strconv.Itoa(i+1) + ". "
}

func paragraphs(texts ...string) string {
	var full []string
	for _, t := range texts {
		if t != "" {
			full = append(full, t)
		}
	}
	return strings.Join(full, "\n\n")
}

func clean(s string) string { return strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD")) }

// units is the length of a text as Telegram counts it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// split cuts a text into pieces of at most most units: between paragraphs, else
// lines, else words, else anywhere.
func split(s string, most int) []string {
	var pieces []string
	for s = strings.TrimSpace(s); units(s) > most; {
		end, n := 0, 0
		for i, r := range s {
			if n += utf16.RuneLen(r); n > most {
				end = i
				break
			}
		}
		cut := end
		for _, border := range []string{"\n\n", "\n", " "} {
			if at := strings.LastIndex(s[:end], border); at >= end/2 {
				cut = at
				break
			}
		}
		pieces = append(pieces, strings.TrimSpace(s[:cut]))
		s = strings.TrimSpace(s[cut:])
	}
	if s != "" {
		pieces = append(pieces, s)
	}
	return pieces
}
