package voice

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"tiski/bot/dialogue"
)

// TestWordingsOfConsent: a question of consent is worded as testdata/suostumukset.txt
// has its present version. Who changes what a question names adds a version there
// and in [dialogue.Wording]: those who agreed before are asked anew.
func TestWordingsOfConsent(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/suostumukset.txt")
	if err != nil {
		t.Fatal(err)
	}
	kept, latest := map[string]string{}, map[string]int{}
	for line := range strings.Lines(string(text)) {
		fields := strings.SplitN(strings.TrimSpace(line), " ", 4) // purpose, version, language, question
		version, err := strconv.Atoi(fields[1])
		if err != nil || len(fields) != 4 {
			t.Fatalf("%q: %v", line, err)
		}
		kept[strings.Join(fields[:3], " ")] = fields[3]
		latest[fields[0]] = max(version, latest[fields[0]])
	}
	v := demoVoice(t)
	for _, purpose := range dialogue.Purposes {
		version := dialogue.Wording(purpose)
		if latest[purpose] != version {
			t.Errorf("%s: version %d is asked, %d is the latest kept", purpose, version, latest[purpose])
		}
		for _, lang := range []string{"fi", "sv", "en"} {
			if asked, want := v.Sentence(lang, "ask.consent."+purpose), kept[purpose+" "+strconv.Itoa(version)+" "+lang]; asked != want {
				t.Errorf("%s %d %s asks %q, kept is %q", purpose, version, lang, asked, want)
			}
		}
	}
}
