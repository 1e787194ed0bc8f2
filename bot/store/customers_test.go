package store

import (
	"strings"
	"testing"
	"time"

	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
)

// aProfile is what a customer's order has told.
func aProfile() persona.Profile {
	told := persona.Fact{Value: "42", Since: noon, Why: "T-1"}
	return persona.Profile{
		Contact: catalog.Contact{Name: "Aino Virtanen", Email: "aino@example.fi"}, Reach: persona.Fact{Since: noon, Why: "T-1"},
		Sizes: map[string]persona.Fact{"kengat": told}, Likes: map[string]persona.Fact{"kengat": told},
	}
}

// answered is a customer's answer about a purpose.
func answered(purpose, answer string, at time.Time) dialogue.Learn {
	return dialogue.Learn{Profile: aProfile(), Consents: []dialogue.Consent{
		{Purpose: purpose, Answer: answer, Wording: "Muistanko?", Version: dialogue.Wording(purpose), Lang: "fi", At: at},
	}}
}

func learn(t *testing.T, s *Store, id, conversation string, l dialogue.Learn) {
	t.Helper()
	if err := s.Learn(t.Context(), id, conversation, l); err != nil {
		t.Fatal(err)
	}
}

func recognised(t *testing.T, s *Store, conversation string) (dialogue.Recognised, bool) {
	t.Helper()
	known, found, err := s.Recognise(t.Context(), conversation)
	if err != nil {
		t.Fatal(err)
	}
	return known, found
}

// answerOf is the last answer about a purpose, "" for none.
func answerOf(known dialogue.Recognised, purpose string) string {
	for _, c := range known.Consents {
		if c.Purpose == purpose {
			return c.Answer
		}
	}
	return ""
}

func TestAProfileIsKeptByConsentAlone(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		s.Now = func() time.Time { return noon }
		if _, found := recognised(t, s, "telegram:1"); found {
			t.Error("a stranger is known")
		}
		learn(t, s, "a", "telegram:1", answered(dialogue.Service, dialogue.Refused, noon))
		known, found := recognised(t, s, "telegram:1")
		if !found || answerOf(known, dialogue.Service) != dialogue.Refused || known.Profile.Sizes != nil {
			t.Errorf("after a refusal: %+v", known)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM customers`); n != 0 {
			t.Errorf("%d customers who refused", n)
		}
		learn(t, s, "b", "telegram:1", answered(dialogue.Service, dialogue.Given, noon.Add(time.Hour)))
		known, _ = recognised(t, s, "telegram:1")
		if known.Profile.Sizes["kengat"].Value != "42" || known.Profile.Contact.Name != "Aino Virtanen" {
			t.Errorf("after consent: %+v", known)
		}
		if known.Profile.Likes != nil {
			t.Errorf("recommendations were not allowed, but %v is kept", known.Profile.Likes)
		}
		learn(t, s, "c", "telegram:1", answered(dialogue.Personal, dialogue.Given, noon.Add(2*time.Hour)))
		learn(t, s, "d", "telegram:1", answered(dialogue.Service, dialogue.Withdrawn, noon.Add(3*time.Hour)))
		known, _ = recognised(t, s, "telegram:1")
		if known.Profile.Sizes != nil || known.Profile.Contact.Name != "" || known.Profile.Likes == nil {
			t.Errorf("after service is withdrawn: %+v", known.Profile)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM consents WHERE wording = 'Muistanko?' AND lang = 'fi'`); n != 4 {
			t.Errorf("%d answers are kept, want 4", n)
		}
	})
}

func TestTheSameLearningTwiceChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		learn(t, s, "a", "telegram:1", answered(dialogue.Service, dialogue.Given, noon))
		learn(t, s, "b", "telegram:1", answered(dialogue.Service, dialogue.Withdrawn, noon.Add(time.Hour)))
		learn(t, s, "a", "telegram:1", answered(dialogue.Service, dialogue.Given, noon))
		known, _ := recognised(t, s, "telegram:1")
		if answerOf(known, dialogue.Service) != dialogue.Withdrawn || known.Profile.Sizes != nil {
			t.Errorf("known: %+v", known)
		}
	})
}

// TestNobodySeesAnother: a conversation is recognised by its whole name alone.
func TestNobodySeesAnother(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		learn(t, s, "a", "telegram:11", answered(dialogue.Service, dialogue.Given, noon))
		for _, other := range []string{"telegram:1", "telegram:111", "telegram:1%", "widget:11", "", "TELEGRAM:11"} {
			if known, found := recognised(t, s, other); found {
				t.Errorf("%q is shown %+v", other, known)
			}
		}
	})
}

func TestProfilesEnd(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		at := noon
		s.Now = func() time.Time { return at }
		learn(t, s, "a", "telegram:1", answered(dialogue.Service, dialogue.Given, noon))
		learn(t, s, "b", "telegram:2", answered(dialogue.Service, dialogue.Refused, noon))
		at = noon.AddDate(0, 0, 10)
		recognised(t, s, "telegram:1") // they were here
		kept := catalog.DefaultPrivacy.Profiles
		sweep(t, s, noon.AddDate(0, 0, kept+1))
		if _, found := recognised(t, s, "telegram:2"); found {
			t.Error("an old refusal is kept")
		}
		at = noon.AddDate(0, 0, kept+1) // looking is a visit, too, so the other is only counted
		if n := number1(t, s, `SELECT COUNT(*) FROM customers`); n != 1 {
			t.Error("who was here in time is forgotten")
		}
		sweep(t, s, noon.AddDate(0, 0, 10+kept+1))
		if known, found := recognised(t, s, "telegram:1"); found || strings.Contains(known.Profile.Contact.Name, "Aino") {
			t.Errorf("who was not here is still known: %+v", known)
		}
	})
}
