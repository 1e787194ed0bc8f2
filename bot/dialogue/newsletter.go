package dialogue

import "tiski/intents"

// subscribing takes the address that the newsletter is to go to. It goes there
// only when whoever reads the letter sent there wants it.
var subscribing = task{
	kind:    Newsletter,
	slots:   []slot{{name: "email", key: "newsletter", take: (*turn).takeSubscriber}},
	finish:  (*turn).subscribe,
	passing: true,
}

// newsletter begins or ends it. It reports whether the message was about that.
func (t *turn) newsletter(m *said) bool {
	if !m.has(cueNewsletter) {
		return false
	}
	off := m.has(cueEnd) || m.has(cueRemove) || m.has(cueDelete)
	if !off && (m.has(cueNegation) || len(m.words) > 1 && !m.has(cueSend)) {
		return false
	}
	if off {
		t.want(Subscribe{})
		t.say(part("newsletter.ended"), t.nextButtons())
		return true
	}
	k := Task{Kind: Newsletter}
	k.note("email", m.First(intents.Email))
	if k.Values["email"] == "" {
		k.note("email", t.Contact.Email)
	}
	t.start(k)
	return true
}

func (t *turn) takeSubscriber(m *said) answer {
	email := m.First(intents.Email)
	if email == "" {
		return notMine
	}
	t.top().note("email", email)
	t.subscribe()
	return finished
}

func (t *turn) subscribe() {
	email := t.top().Values["email"]
	t.end(Newsletter)
	t.want(Subscribe{Email: email, Lang: t.Lang})
	t.say(part("newsletter.sent", "email", email), t.nextButtons())
}
