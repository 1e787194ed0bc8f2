package dialogue

import (
	"maps"
	"slices"
	"time"

	"tiski/bot/persona"
	"tiski/catalog"
)

// Purposes for which something may be kept of a customer beyond the
// conversation, each asked for by itself.
const (
	Service   = "service"   // name, address, sizes and how to talk, for the next time
	Personal  = "personal"  // recommendations by what was bought
	Reminders = "reminders" // and offers
)

// Purposes are all of them, in the order in which they are shown.
var Purposes = []string{Service, Personal, Reminders}

// Answers to such a question.
const (
	Given     = "given"
	Refused   = "refused"
	Withdrawn = "withdrawn"
)

// Consent is what a customer answered about one purpose.
type Consent struct {
	Purpose string    `json:"purpose"`
	Answer  string    `json:"answer"`
	Reply   string    `json:"reply"` // key of the sentence that was answered
	Wording string    `json:"wording,omitempty"`
	Version int       `json:"version,omitempty"` // of the question, by [Wording]; 0: another sentence was answered
	Channel string    `json:"channel,omitempty"` // where it was answered
	Lang    string    `json:"lang"`
	At      time.Time `json:"at"`
}

// NewGoodsNamed is the version of the question of Reminders that first names new
// goods.
const NewGoodsNamed = 2

// Wording is the version of the question by which a purpose is asked for. It goes
// up when the question names more: who agreed to an earlier one has not allowed
// that, and is asked anew.
func Wording(purpose string) int {
	if purpose == Reminders {
		return NewGoodsNamed
	}
	return 1
}

// outworded reports whether the customer has agreed to an earlier question of a
// purpose. Answers from before versions were counted are of the first.
func (s State) outworded(purpose string) bool {
	return s.allows(purpose) && max(1, s.Worded[purpose]) < Wording(purpose)
}

// consenting asks for one purpose, by the way: who goes on to something else is
// not held up, and asked again another time. A refusal is never asked again.
var consenting = task{
	kind:    Consenting,
	slots:   []slot{{name: "consent", ask: (*turn).askedConsent, again: (*turn).askedConsent, take: (*turn).takeConsent}},
	finish:  (*turn).consentLater,
	lost:    (*turn).consentLater,
	cancel:  func(t *turn) { t.answerConsent(t.top().Values["purpose"], Refused) },
	passing: true,
}

// allows reports whether the customer has consented to a purpose.
func (s State) allows(purpose string) bool { return s.Consents[purpose] == Given }

// Named reports whether the customer has agreed to be known by name beyond the
// conversation.
func (s State) Named() bool { return s.allows(Service) }

// askConsent asks for a purpose once nothing else is under way, and not who has
// something to complain of. What is not needed for the next order is asked for
// once in a conversation.
func (t *turn) askConsent(purpose string) {
	if !t.w.Remembers || t.Consents[purpose] != "" && !t.outworded(purpose) || len(t.Tasks) > 0 || t.Handoff.Stage != "" || t.displeased() {
		return
	}
	if purpose != Service {
		if slices.Contains(t.Wondered, purpose) || t.Unadvised {
			return
		}
		t.Wondered = append(slices.Clone(t.Wondered), purpose)
	}
	t.start(Task{Kind: Consenting, Values: map[string]string{"purpose": purpose}})
}

// displeased reports whether the customer is annoyed or has a complaint: nothing
// is sold to them then, nor asked for.
func (t *turn) displeased() bool {
	return t.Angry > 0 || t.Unsolved != "" || t.Case != nil && t.Case.Kind == catalog.Complaint
}

func (t *turn) askedConsent() ([]Part, []Button) {
	purpose := t.top().Values["purpose"]
	parts := []Part{part("ask.consent." + purpose)}
	if t.outworded(purpose) {
		parts = []Part{part("consent.anew." + purpose), parts[0]}
	}
	return parts, []Button{
		button("button.consent.yes", "consent:"+purpose+":yes"), button("button.consent.no", "consent:"+purpose+":no"),
	}
}

func (t *turn) takeConsent(m *said) answer {
	purpose := t.top().Values["purpose"]
	switch {
	case m.asks || len(m.words) > 4:
		return notMine
	case m.has(cueNo), m.has(cueNegation) && m.has(cueMemory):
		t.answerConsent(purpose, Refused)
	case m.has(cueYes), m.has(cueMemory):
		t.answerConsent(purpose, Given)
	default:
		return notMine
	}
	return finished
}

// tapConsent takes the answer of a button, also of one shown long ago.
func (t *turn) tapConsent(purpose, answer string) bool {
	if !t.w.Remembers || !slices.Contains(Purposes, purpose) {
		return false
	}
	switch answer {
	case "ask":
		t.start(Task{Kind: Consenting, Values: map[string]string{"purpose": purpose}})
	case "yes":
		t.answerConsent(purpose, Given)
	case "no":
		t.answerConsent(purpose, Refused)
	default:
		return false
	}
	return true
}

// consentLater leaves the question for another time.
func (t *turn) consentLater() {
	t.end(Consenting)
	t.say(part("consent.later"))
}

// answerConsent takes the answer to a question of consent. A refusal of what was
// consented to before withdraws it.
func (t *turn) answerConsent(purpose, answer string) {
	t.end(Consenting)
	reply := "ask.consent." + purpose
	if answer == Refused && t.allows(purpose) {
		answer, reply = Withdrawn, "consent.withdrawn."+purpose
	}
	t.Consents = maps.Clone(t.Consents)
	if t.Consents == nil {
		t.Consents = map[string]string{}
	}
	t.Consents[purpose] = answer
	t.Worded = maps.Clone(t.Worded)
	if t.Worded == nil {
		t.Worded = map[string]int{}
	}
	t.Worded[purpose] = Wording(purpose)
	t.answers = append(t.answers, Consent{Purpose: purpose, Answer: answer, Reply: reply, Version: Wording(purpose), Lang: t.Lang, At: t.w.Now})
	switch answer {
	case Given:
		t.say(part("consent.given."+purpose), t.nextButtons())
	case Withdrawn:
		t.say(part("consent.withdrawn."+purpose), t.nextButtons())
	default:
		t.say(part("consent.refused"), t.nextButtons())
	}
}

// keep writes down what is to be remembered beyond the conversation, if this
// turn has changed it: the answers about it always, the rest by consent.
func (t *turn) keep() {
	if !t.w.Remembers || len(t.answers) == 0 && !t.allows(Service) && !t.allows(Personal) {
		return
	}
	if t.allows(Service) {
		t.learnLang()
	}
	if t.allows(Personal) && t.Profile.Belief.Used != t.Persona.Used {
		t.learnt, t.Profile.Belief.Used = true, t.Persona.Used
	}
	if len(t.answers) == 0 && !t.learnt {
		return
	}
	t.want(Learn{Consents: t.answers, Profile: t.remembered()})
}

// remembered is the profile as far as the customer consents.
func (t *turn) remembered() persona.Profile {
	p := t.Profile
	p.Belief = t.Persona.Own()
	return p.For(t.allows(Service), t.allows(Personal))
}
