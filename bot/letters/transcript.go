package letters

import (
	"strings"
	"time"
)

// Said is one message of a conversation.
type Said struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`             // "customer", "bot", "staff" or "system"
	Name  string    `json:"name,omitempty"` // of the person, when By is staff
	Text  string    `json:"text"`
	Goods []string  `json:"goods,omitempty"` // shown with it
}

// Transcript is a conversation for the customer to keep.
func (w Writer) Transcript(n Notice) (Letter, error) {
	d := &draft{w: w, lang: n.Lang}
	d.add(para, "transcript.text", "shop", w.Shop.Company.Name)
	for _, s := range n.Said {
		head := d.day(s.At) + " " + d.clock(s.At)
		switch s.By {
		case "customer", "bot":
			head += " " + d.say("transcript."+s.By)
		case "staff":
			head += " " + s.Name
		}
		d.blocks = append(d.blocks, block{Kind: para, Text: strings.Join(append([]string{head, s.Text}, s.Goods...), "\n")})
	}
	d.add(small, "transcript.not")
	return d.letter(n.ID, n.Email, "transcript.subject", "shop", w.Shop.Company.Name)
}
