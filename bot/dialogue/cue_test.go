package dialogue

import (
	"strings"
	"testing"

	"tiski/intents"
)

func TestCues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		cue  cue
		want bool
	}{
		{"joo", cueYes, true},
		{"No joo kiitos!", cueYes, true},
		{"joo mutta paljonko se maksaa", cueYes, false},
		{"ei", cueNo, true},
		{"ei sinistä", cueNo, false},
		{"ei sinistä", cueNegation, true},
		{"tai no anna olla", cueCancel, true},
		{"anna olla tuo punainen", cueCancel, false},
		{"Unohda koko juttu.", cueCancelAll, true},
		{"tai no joo", cueAfterAll, true},
		{"glöm det", cueCancel, true},
		{"never mind then", cueCancel, true},
		{"vaihdetaan osoite", cueChange, true},
		{"se valkonen vois olla M", cueChange, true},
		{"vois ollakin", cueChange, false},
		{"ostoskorissa", cueCart, true},
		{"korillinen", cueCart, false},
		{"en tiiä", cueSkip, true},
		{"en tiiä onko teillä kenkiä", cueSkip, false},
		{"oon kysyny tätä jo kolmatta kertaa", cueAngry, true},
		{"debt collection invoice", cueCharged, true},
		{"koppla ihop konversationen", cueJoin, true},
		{"", cueYes, false},
		{"!!!", cueYes, false},
	} {
		if got := cueWords.of(folded(c.text)).has(c.cue); got != c.want {
			t.Errorf("%q: cue %d is heard: %v", c.text, c.cue, got)
		}
	}
}

// Every cue has words in Finnish; what is only a beginning is long enough.
func TestEveryCueHasWords(t *testing.T) {
	t.Parallel()
	for c := cue(1); c < cues; c++ {
		if finnishCues[c] == "" {
			t.Errorf("cue %d has no words in Finnish", c)
		}
		for _, language := range []map[cue]string{finnishCues, swedishCues, englishCues} {
			for word := range strings.FieldsSeq(language[c]) {
				if beginning, open := strings.CutSuffix(word, "*"); open && len(folded(beginning)[0]) < shortestBeginning {
					t.Errorf("%s of cue %d is shorter than %d letters", word, c, shortestBeginning)
				}
			}
		}
	}
}

func TestContrast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, wanted, not string }{
		{"en halua postiin vaan kotiin", "kotiin", "en halua postiin"},
		{"ei M vaan L", "L", "ei M"},
		{"L eikä M", "L", "M"},
		{"inte M utan L", "L", "inte M"},
		{"kotiin", "kotiin", ""},
		{"laita vaan kotiin", "laita vaan kotiin", ""},
	} {
		m := &said{}
		m.Text = c.text
		m = heard(m.Reading)
		wanted, not := m.contrast()
		got := ""
		if not != nil {
			got = not.Text
		}
		if wanted.Text != c.wanted || got != c.not {
			t.Errorf("%q: wanted %q, not %q", c.text, wanted.Text, got)
		}
	}
}

// Who asks whether a person answers is told the truth; who asks for a person
// gets one.
func TestAsksBot(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"ootko sä oikee ihminen?", "oletko ihminen", "ootko ihminen vai botti", "Oletko robotti?", "ootko botti", "oletko tekoäly?",
		"oot kyllä ihan varmasti botti", "onks tää joku botti", "onko tämä chatbot vai ihminen", "onko siellä oikeaa ihmistä", "onks siel ketään ihmistä",
		"puhunko mä ihmiselle vai koneelle", "puhunks mä robotille", "juttelenko ihmisen kanssa?", "juttelenks mä nyt botin kaa", "vastaako tässä ihminen",
		"ookko nää ihminen", "oletteko te ihmisiä vai botteja", "ootko kone", "oletko sinä elävä ihminen", "kuka sä oot", "kenen kanssa juttelen?",
		"ooksä botti", "oot sä botti vai mikä", "ootsä oikeesti ihminen", "oletkohan sinä robotti", "ootko chatgpt",
		"är du en människa?", "är du en riktig människa eller en bot", "pratar jag med en bot?", "är du en robot", "vem är du", "är det en människa som svarar",
		"are you human?", "are you a real person", "am I talking to a bot?", "are you a robot or a human", "is this a bot?", "am i chatting with a real person?",
	} {
		if !heard(intents.Reading{Text: text}).asksBot() {
			t.Errorf("%q does not ask who answers", text)
		}
	}
	for _, text := range []string{
		"haluan puhua ihmiselle", "saisko ihmisen", "onko tämä kone äänekäs", "onks tää automaatti", "oletko varma", "is this for one person",
		"ai oot kiinni sunnuntaina", "ootteko auki", "onko siellä kahvimukeja", "ihminen kiitos", "robotti-imuri", "jag vill prata med en människa",
	} {
		if heard(intents.Reading{Text: text}).asksBot() {
			t.Errorf("%q asks who answers", text)
		}
	}
}
