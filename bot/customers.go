package bot

import (
	"context"
	"fmt"
	"time"

	"tiski/bot/dialogue"
)

// recognise tells a conversation what is known of its customer, when they
// arrive.
func (b *Bot) recognise(ctx context.Context, s dialogue.State, what dialogue.Input, w dialogue.World) (dialogue.State, error) {
	if b.Customers == nil || !s.Arrives(what, w.Now) {
		return s, nil
	}
	known, found, err := b.Customers.Recognise(ctx, w.Conversation)
	if err != nil {
		return s, fmt.Errorf("recognise the customer of %s: %w", w.Conversation, err)
	}
	if found {
		s, _ = dialogue.Step(s, known, w)
	}
	return s, nil
}

// consents looks up what the customer answered about what may be remembered.
func (b *Bot) consents(ctx context.Context, conversation string) (dialogue.Input, error) {
	found := dialogue.Looked{Consents: []dialogue.Consent{}}
	if b.Customers == nil {
		return found, nil
	}
	known, _, err := b.Customers.Recognise(ctx, conversation)
	if err != nil {
		return found, fmt.Errorf("look up the consents of %s: %w", conversation, err)
	}
	found.Consents = append(found.Consents, known.Consents...)
	return found, nil
}

// Joint is what joins two conversations.
type Joint struct {
	ID       string // of the work
	From, To string // the conversations: where the pass was made, and where it was given
	Pass     string // its signature, good once
	Until    time.Time
	Consent  dialogue.Consent
}

// join carries out JoinTalks.
func (b *Bot) join(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	done := dialogue.Done{Effect: w.ID, Work: w.Kind}
	e, err := wanted[dialogue.JoinTalks](w)
	if err != nil {
		return done, err
	}
	if b.Customers == nil || b.Passes == nil {
		return result(done, &Refused{Reason: "used"})
	}
	from, until, ok := b.Passes.Open(dialogue.PassJoin, e.Pass)
	switch {
	case !ok:
		return result(done, &Refused{Reason: "used"})
	case from == conversation:
		return result(done, &Refused{Reason: "same"})
	}
	e.Consent.Wording = b.shelf.Load().Voice.Sentence(e.Consent.Lang, e.Consent.Reply, nil)
	err = b.Customers.Join(ctx, Joint{ID: w.ID, From: from, To: conversation, Pass: e.Pass, Until: until, Consent: e.Consent})
	return b.known(ctx, conversation, done, err)
}

// identify carries out IdentifyCustomer.
func (b *Bot) identify(ctx context.Context, conversation string, w Work) (dialogue.Done, error) {
	done := dialogue.Done{Effect: w.ID, Work: w.Kind}
	e, err := wanted[dialogue.IdentifyCustomer](w)
	if err != nil {
		return done, err
	}
	if b.Customers == nil {
		return done, nil
	}
	return b.known(ctx, conversation, done, b.Customers.Identify(ctx, conversation, e.Subject))
}

// known adds what is known of the customer by now, unless it was refused.
func (b *Bot) known(ctx context.Context, conversation string, done dialogue.Done, err error) (dialogue.Done, error) {
	if err != nil {
		return result(done, err)
	}
	known, _, err := b.Customers.Recognise(ctx, conversation)
	done.Known = &known
	return done, err
}

// learn keeps what is to be remembered, with the questions of consent as they
// were worded.
func (b *Bot) learn(ctx context.Context, conversation string, w Work) error {
	l, err := wanted[dialogue.Learn](w)
	if err != nil {
		return err
	}
	if b.Customers == nil {
		return nil
	}
	voice := b.shelf.Load().Voice
	for i, c := range l.Consents {
		l.Consents[i].Wording = voice.Sentence(c.Lang, c.Reply, nil)
	}
	return b.Customers.Learn(ctx, w.ID, conversation, l)
}
