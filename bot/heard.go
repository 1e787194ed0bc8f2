package bot

import "tiski/bot/dialogue"

// heard is the customer's own message, for the log.
func heard(in Input) (Message, bool) {
	m := Message{From: dialogue.ByCustomer}
	switch what := in.What.(type) {
	case dialogue.Said:
		m.Text, m.Photo = what.Text, in.Photo
	case dialogue.Tapped:
		m.Text = what.Label
		if m.Text == "" {
			m.Text = what.Tap
		}
	case dialogue.Sent:
		m.Text, m.Photo = "["+what.Kind+"]", what.Photo
	case dialogue.Shared:
		m.Text = "[contact]"
	case dialogue.Commanded:
		m.Text = "/" + what.Command
	default:
		return m, false
	}
	m.Text = shortened(m.Text, dialogue.MaxText)
	return m, true
}

// shortened cuts a text to so many characters and shows that it was.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + " …"
	}
	return text
}
