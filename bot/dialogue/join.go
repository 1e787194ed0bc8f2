package dialogue

import (
	"strings"
	"time"
	"unicode"
)

// PassJoin joins another conversation to the one that it is of.
const PassJoin = "join"

// joinLife is how long the code for another conversation works; it works once.
const joinLife = 15 * time.Minute

// shortestPass is the least length of what may be such a code, characters.
const shortestPass = 24

// joining makes two conversations those of one customer, once they are sure: who
// sends them a code of somebody else's would see what is theirs.
var joining = task{
	kind:    Join,
	slots:   []slot{{name: "join", ask: (*turn).askJoin, again: (*turn).askJoin, take: (*turn).takeJoin}},
	finish:  (*turn).join,
	passing: true,
}

// giveJoin gives a code that joins another conversation to this one.
func (t *turn) giveJoin() {
	if !t.w.Remembers || t.w.Pass == nil {
		t.say(part("join.none"), t.nextButtons())
		return
	}
	pass := t.w.Pass(PassJoin, t.w.Now.Add(joinLife))
	if pass == "" {
		t.say(part("join.none"), t.nextButtons())
		return
	}
	t.say(part("join.code", "code", pass))
}

// joins takes a code of another conversation, or gives one. It reports whether
// the message was about that.
func (t *turn) joins(m *said) bool {
	if pass := passIn(m.Text); pass != "" && t.w.Remembers {
		t.start(Task{Kind: Join, Values: map[string]string{"pass": pass}})
		return true
	}
	if !m.has(cueJoin) {
		return false
	}
	t.giveJoin()
	return true
}

// passIn is what looks like a code among the words of a message, "" for none.
func passIn(text string) string {
	if len(text) < shortestPass {
		return ""
	}
	for word := range strings.FieldsSeq(text) {
		strange := strings.ContainsFunc(word, func(r rune) bool {
			return r > unicode.MaxASCII || !isLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
		})
		if len(word) >= shortestPass && len(word) <= maxNote && !strange && strings.ContainsAny(word, "0123456789") && strings.ToLower(word) != word && strings.ToUpper(word) != word {
			return word
		}
	}
	return ""
}

func (t *turn) askJoin() ([]Part, []Button) {
	return []Part{part("ask.join")}, []Button{button("button.join", t.choice("join", "yes")), button("button.join.not", "drop:"+Join)}
}

func (t *turn) takeJoin(m *said) answer {
	if !m.has(cueYes) {
		return notMine
	}
	t.join()
	return finished
}

func (t *turn) join() {
	pass := t.top().Values["pass"]
	t.end(Join)
	t.Working = t.want(JoinTalks{Pass: pass, Consent: Consent{Purpose: Service, Answer: Given, Reply: "ask.join", Lang: t.Lang, At: t.w.Now}})
}

// joined tells what came of joining or identifying. Reasons: "used" for a code
// that does not hold or was used, "same" for one of this conversation, "other"
// when the conversation is another customer's.
func (t *turn) joined(in Done) {
	switch {
	case in.Reason != "":
		t.say(part("join.failed."+in.Reason), t.nextButtons())
	case in.Known == nil:
	default:
		t.recognise(*in.Known)
		if in.Work == Joining {
			t.say(part("join.done"), t.nextButtons())
		}
	}
}
