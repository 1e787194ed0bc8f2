package dialogue

import "strings"

// mistypedDomains are ends of e-mail addresses that hardly anybody means, and what
// is meant by them.
var mistypedDomains = map[string]string{
	"gmial.com": "gmail.com", "gmai.com": "gmail.com", "gmil.com": "gmail.com", "gamil.com": "gmail.com", "gnail.com": "gmail.com",
	"gmaill.com": "gmail.com", "gmail.con": "gmail.com", "gmail.cm": "gmail.com", "gmail.comm": "gmail.com", "gmail.fi": "gmail.com",
	"hotmial.com": "hotmail.com", "hotmil.com": "hotmail.com", "hotmai.com": "hotmail.com", "hotmaill.com": "hotmail.com", "hotmail.con": "hotmail.com",
	"outlok.com": "outlook.com", "outloo.com": "outlook.com", "outlook.con": "outlook.com",
	"yaho.com": "yahoo.com", "yahoo.con": "yahoo.com", "icloud.con": "icloud.com", "iclod.com": "icloud.com",
}

// doubtEmail keeps an address that looks mistyped until the customer has said, once,
// whether another is meant. It reports whether it is to be asked.
func (t *turn) doubtEmail(address string) bool {
	name, end, _ := strings.Cut(address, "@")
	meant := mistypedDomains[strings.ToLower(end)]
	k := t.top()
	if meant == "" || k.Values["typed"] == address || len(address) > maxNote {
		return false
	}
	k.note("typed", address)
	k.note("meant", name+"@"+meant)
	t.Contact.Email = ""
	return true
}

// settleEmail takes the address that is meant, or the one typed. It reports false
// when neither waits for it.
func (t *turn) settleEmail(meant bool) bool {
	k := t.top()
	address := k.Values["typed"]
	if k.Values["meant"] == "" {
		return false
	}
	if meant {
		address = k.Values["meant"]
	}
	k.note("meant", "")
	t.Contact.Email = address
	return true
}

// answersEmail takes a yes or a no to whether another address is meant.
func (t *turn) answersEmail(m *said) bool {
	first := cueWords.whole[m.words[0]]
	switch {
	case t.top().Values["meant"] == "" || m.asks:
		return false
	case m.has(cueYes), first.has(cueYes):
		return t.settleEmail(true)
	case m.has(cueNo), first.has(cueNo), m.has(cueNegation):
		return t.settleEmail(false)
	}
	return false
}

func (t *turn) askEmail() ([]Part, []Button) {
	k := t.top()
	if meant := k.Values["meant"]; meant != "" {
		return []Part{part("ask.email.meant", "email", meant)},
			[]Button{button("button.text", t.choice("email", "meant"), "text", meant), button("button.text", t.choice("email", "typed"), "text", k.Values["typed"])}
	}
	return []Part{part("ask.email")}, nil
}

func (t *turn) remindEmail() ([]Part, []Button) {
	if t.top().Values["meant"] != "" {
		return t.askEmail()
	}
	return []Part{part("again.email")}, nil
}
