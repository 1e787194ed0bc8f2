package telegram

import (
	"strconv"
	"strings"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// groupWords are what staff read in their group.
var groupWords = map[string]string{
	"waiting":  "⏳ Asiakas odottaa ihmistä.",
	"held":     " hoitaa keskustelua. Hänen viestinsä tässä aiheessa menevät asiakkaalle.",
	"bot":      "Botti hoitaa keskustelua.",
	"customer": "Asiakas",
	"bot.name": "Botti",
	"photo":    "(lähetti kuvan, katso se konsolissa)",
	"voice":    "(lähetti ääniviestin)",
	"video":    "(lähetti videon)",
	"sticker":  "(lähetti tarran)",
	"location": "(lähetti sijainnin)",
	"contact":  "(jakoi yhteystietonsa)",
	"file":     "(lähetti tiedoston)",

	"wordless": "Asiakkaalle menevät vain tekstiviestit. Tätä ei lähetetty.",
	"command":  "Vinoviivalla alkavaa viestiä ei lähetetä asiakkaalle.",
	"long":     "Viesti on liian pitkä, eikä sitä lähetetty. Enimmäispituus on " + strconv.Itoa(dialogue.MaxText) + " merkkiä.",
	"edited":   "Muokkaus ei muuta asiakkaalle jo lähetettyä viestiä. Kirjoita oikaisu uutena viestinä.",
	"over":     "Tätä keskustelua ei enää ole.",
	"untaken":  "Viestiä ei lähetetty, koska botti hoitaa keskustelua. Ota keskustelu ensin.",
	"waits":    "Asiakas odottaa ihmistä. Ota keskustelu ensin.",
	"lost":     "⚠️ Viesti ei mennyt asiakkaalle perille.",
	"unsent":   "Viestiä ei lähetetty: asiakas odottaa ihmistä. Ota keskustelu ensin.",
	"other":    " hoitaa keskustelua.",
	"away":     "Olet nyt poissa. Sinua ei hälytetä ennen kuin painat tätä uudelleen.",
	"here":     "Olet taas paikalla.",
	"stranger": "Asiakkaille vastaavat tässä ne, joiden Telegram on yhdistetty Tiskin tunnukseen. Hae koodi konsolin omalta sivultasi ja kirjoita tänne: " + linkCommand + " KOODI",
	"linked":   ", Telegramisi on nyt yhdistetty.",
	"unlinked": "Koodi ei kelpaa. Hae uusi koodi konsolin omalta sivultasi.",
}

// Acts that buttons stand for; they are written down by these names.
const (
	actTake  = "take"
	actBack  = "hand_back"
	actClose = "close"
	actAway  = "away"
)

// actKeys are the buttons for who may do what in a conversation now.
func actKeys(thread int, h dialogue.Handoff) keyboard {
	button := func(act, label string) key { return key{Text: label, Tap: act + ":" + strconv.Itoa(thread)} }
	if h.Stage == dialogue.Held {
		return rows([]key{button(actBack, "Palauta botille"), button(actClose, "Sulje")})
	}
	return rows([]key{button(actTake, "Ota keskustelu"), button(actAway, "Poissa / paikalla")})
}

// readAct reads what actKeys wrote.
func readAct(tap string) (act string, thread int, ok bool) {
	act, number, _ := strings.Cut(tap, ":")
	thread, err := strconv.Atoi(number)
	return act, thread, err == nil && (act == actTake || act == actBack || act == actClose || act == actAway)
}

// standing tells who has a conversation, or that what they said did not arrive.
func standing(h dialogue.Handoff) string {
	switch h.Stage {
	case dialogue.Requested:
		return groupWords["waiting"]
	case dialogue.Held:
		if len(h.Unsent) > 0 {
			return groupWords["lost"]
		}
		return h.Name + groupWords["held"]
	}
	return groupWords["bot"]
}

// unheard tells why nobody heard what a member of staff wrote.
func unheard(h dialogue.Handoff, who Member) string {
	switch h.With(who.Name) {
	case dialogue.WithOther:
		return "Viestiä ei lähetetty: " + h.Name + groupWords["other"]
	case dialogue.IsWaiting:
		return groupWords["unsent"]
	}
	return groupWords["untaken"]
}

// customerName is what the group calls a customer: by name only who has agreed to
// be known by it, anybody else as the console does whose name is not known.
func customerName(conversation string, s dialogue.State) string {
	if name := clean(s.Contact.Name); name != "" && s.Named() {
		return name
	}
	id := []rune(conversation)
	return groupWords["customer"] + " " + strings.ToUpper(string(id[max(0, len(id)-4):]))
}

// groupLine is a message as the group reads it.
func groupLine(m bot.Message, s dialogue.State) string {
	text := clean(m.Text)
	for _, c := range m.Cards {
		text = strings.TrimSpace(text + "\n• " + clean(c.Title))
	}
	switch m.From {
	case dialogue.ByCustomer:
		if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
			if word, known := groupWords[text[1:len(text)-1]]; known {
				text = word
			}
		}
		return groupWords["customer"] + ": " + text
	case dialogue.ByBot:
		return groupWords["bot.name"] + ": " + text
	case dialogue.ByStaff:
		if m.Photo != "" {
			text = groupWords["photo"]
		}
		return clean(m.Staff) + ": " + text
	}
	return text
}
