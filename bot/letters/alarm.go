package letters

import (
	"cmp"
	"time"
)

// Alarm calls staff to customers whom nobody has looked at. It tells nothing of
// who they are.
func (w Writer) Alarm(id string, waiting int, longest time.Duration) (Letter, error) {
	lang := w.Shop.Languages[0]
	d := &draft{w: w, lang: lang}
	d.add(para, "alarm.text", "count", waiting, "minutes", int(longest.Minutes()))
	d.blocks = append(d.blocks, block{Kind: link, Text: d.say("alarm.link"), Href: w.Base + "/console"})
	return write("alarm/"+id, cmp.Or(w.Shop.Service.Email, w.Shop.Company.Email), lang, d.say("alarm.subject", "count", waiting), d.blocks)
}
