package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiski/bot/dialogue"
)

// TestWhomTheCustomerIsLike: staff see the persona with what helps and why it is
// believed, and take it back without a word to the customer.
func TestWhomTheCustomerIsLike(t *testing.T) {
	t.Parallel()
	c := openCounter(t)
	c.hire(t, "aino", "Aino")
	c.hear(t, dialogue.Said{Text: "hei"})
	b := c.at(t, "aino")
	b.get(t, talkPath)
	if strings.Contains(b.page, "Ostajatyyppi") {
		t.Error("nobody is like anybody yet")
	}
	c.hear(t, dialogue.Said{Text: "oon opiskelija, onks jotain halpaa ku rahat vähissä"})
	b.get(t, talkPath)
	for _, want := range []string{
		"Hintatietoinen opiskelija", "data:image/svg&#43;xml;base64,", "hinta, tyyli", "Tietää lopullinen hinta toimituksineen", "Yllättävät kulut kassalla",
		"edullisempi vaihtoehto, toimituskulut", "Kertoi itse", "Luento päättyy kahdelta",
	} {
		if !strings.Contains(b.page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	said := c.said(t)
	b.act(t, "persona", url.Values{"persona": {"laatu"}}) // of an older page
	b.expect(t, http.StatusSeeOther, "")
	if b.get(t, talkPath); !strings.Contains(b.page, "Hintatietoinen opiskelija") {
		t.Error("another persona than the one meant is taken back")
	}
	b.act(t, "persona", url.Values{"persona": {"opiskelija"}})
	b.expect(t, http.StatusSeeOther, "")
	if b.get(t, talkPath); strings.Contains(b.page, "Ostajatyyppi") {
		t.Error("the persona stays")
	}
	if c.said(t) != said {
		t.Errorf("the customer is told: %s", c.said(t))
	}
	if !strings.Contains(c.acts(t), "persona") {
		t.Errorf("nothing is written down: %s", c.acts(t))
	}
	c.hear(t, dialogue.Said{Text: "mikä on halvin reppu"})
	if b.get(t, talkPath); strings.Contains(b.page, "Ostajatyyppi") {
		t.Error("one word brings it back")
	}
}
