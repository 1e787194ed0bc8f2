package intents

import (
	"cmp"
	"strings"
	"unicode"

	"tiski/intents/finnish"
)

// Mood is how the customer seems to feel, as far as this message shows.
type Mood struct {
	Annoyed  bool `json:"annoyed,omitempty"`
	Urgent   bool `json:"urgent,omitempty"`
	Joyful   bool `json:"joyful,omitempty"`
	Confused bool `json:"confused,omitempty"`
}

// String names the moods that are shown, "-" when there is none.
func (m Mood) String() string {
	var shown []string
	for _, mood := range []struct {
		name  string
		shown bool
	}{{"annoyed", m.Annoyed}, {"urgent", m.Urgent}, {"joyful", m.Joyful}, {"confused", m.Confused}} {
		if mood.shown {
			shown = append(shown, mood.name)
		}
	}
	return cmp.Or(strings.Join(shown, " "), "-")
}

// mood reads words and emoji, capitals and repeated marks. Who is annoyed is
// not joyful: "hienoa, paketti taas hukassa".
func (s *scan) mood() Mood {
	var m Mood
	for i := 0; i < len(s.tokens); i++ {
		meaning, n := s.at(moods, i)
		if n == 0 {
			continue
		}
		if !s.unfelt(i) && (meaning != "joyful" || s.exclaimed(i, n)) {
			m.add(meaning)
		}
		i += n - 1
	}
	m.Annoyed = m.Annoyed || s.shouts() && !m.Joyful && !m.Urgent || s.impatient() && !m.Joyful
	m.Confused = m.Confused || len(s.tokens) <= 1 && strings.Contains(s.text, "??")
	m.Joyful = m.Joyful && !m.Annoyed
	return m
}

// unfelt reports whether a feeling is denied: "en ole vihainen".
func (s *scan) unfelt(i int) bool {
	if i > 1 && s.tokens[i-1].word.Lemma == "olla" {
		i--
	}
	return i > 0 && s.is(negation, i-1) > 0 && s.sign(i-1) == ""
}

// exclaimed reports whether words of joy stand by themselves: "hienoa!" does,
// "etsin hienoa takkia" does not.
func (s *scan) exclaimed(i, n int) bool {
	next := i + n
	return i == 0 || n > 1 || next == len(s.tokens) || strings.ContainsAny(s.sign(next-1), ".,!?:;") || !s.tokens[i].letters()
}

func (m *Mood) add(meaning string) {
	switch meaning {
	case "annoyed":
		m.Annoyed = true
	case "urgent":
		m.Urgent = true
	case "joyful":
		m.Joyful = true
	case "confused":
		m.Confused = true
	}
}

// A message in capitals shouts when it has so many letters and says something:
// the name of a product in capitals does not.
const leastShouted = 8

// shouts reports whether the message is a sentence in capitals.
func (s *scan) shouts() bool {
	letters, capitals := 0, 0
	for _, r := range s.text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return letters >= leastShouted && capitals*10 >= letters*9 && len(s.tokens) > 1 && (strings.Contains(s.text, "!") || s.states())
}

// states reports whether the message has a verb of its own or a denial.
func (s *scan) states() bool {
	for i := range s.tokens {
		switch s.tokens[i].word.Form.Verb {
		case finnish.Present, finnish.Past, finnish.Conditional:
			if !s.tokens[i].word.Guess {
				return true
			}
		}
		if s.is(negation, i) > 0 {
			return true
		}
	}
	return false
}

// impatient reports whether more than two marks end what is said: "missä se
// on???".
func (s *scan) impatient() bool {
	return len(s.tokens) > 1 && (strings.Contains(s.text, "???") || strings.Contains(s.text, "!!!") || strings.Contains(s.text, "?!?"))
}
