package telegram

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"tiski/bot"
)

const (
	maxTap   = 64  // bytes of a tap, as Telegram limits them
	maxKeys  = 100 // buttons under a message, as Telegram limits them
	rowKeys  = 3   // buttons in a row
	rowWidth = 32  // characters that the labels of a row may have together
)

// keyboard is the buttons under a message, in rows.
type keyboard [][]key

type key struct {
	Text string `json:"text"`
	Tap  string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// markup is the keyboard as the Bot API wants it; nil without keys.
func (k keyboard) markup() any {
	if len(k) == 0 {
		return nil
	}
	return map[string]keyboard{"inline_keyboard": k}
}

// keys are the buttons of the cards, a new row for each card and numbered as
// the cards are, and then those of the message itself.
func (d *Door) keys(chat int64, m bot.Message) keyboard {
	var all keyboard
	left := maxKeys
	add := func(number string, buttons []bot.Button) {
		var good []key
		for _, b := range buttons {
			k := key{Text: clean(b.Label), Tap: b.Tap, URL: b.URL}
			if k.URL != "" {
				k.Tap = ""
			}
			if !k.fits() || left == 0 {
				d.Log.Warn("a button is left out", "conversation", conversation(chat), "channel", Channel, "bytes", len(b.Tap))
				continue
			}
			k.Text = number + k.Text
			good = append(good, k)
			left--
		}
		all = append(all, rows(good)...)
	}
	for i, c := range m.Cards {
		add(numbered(i, len(m.Cards)), c.Buttons)
	}
	add("", m.Buttons)
	return all
}

// fits tells whether Telegram takes a button: it must say something, and either
// tap with at most 64 bytes or open an address of the public web.
func (k key) fits() bool {
	if k.Text == "" {
		return false
	}
	if k.URL == "" {
		return k.Tap != "" && len(k.Tap) <= maxTap
	}
	u, err := url.Parse(k.URL)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".")
}

// rows puts short labels side by side and long ones on rows of their own.
func rows(keys []key) keyboard {
	var all keyboard
	used := 0
	for _, k := range keys {
		w := utf8.RuneCountInString(k.Text)
		if last := len(all) - 1; last >= 0 && len(all[last]) < rowKeys && used+w <= rowWidth {
			all[last] = append(all[last], k)
			used += w
			continue
		}
		all = append(all, []key{k})
		used = w
	}
	return all
}
