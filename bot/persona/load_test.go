package persona

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const neutral = "name: Neutraali\ntone: warm\n"

func TestLoad(t *testing.T) {
	t.Parallel()
	set, err := Load(fstest.MapFS{
		"personas/neutral.yaml": {Data: []byte(neutral)},
		"personas/hurried.yaml": {Data: []byte("name: Kiireinen\ntone: brisk\nvalues: {speed: 1, price: 0}\nwords: [kiire, äkki]\nintents: {delivery_time: 1}\n")},
		"personas/notes.txt":    {Data: []byte("not a persona")},
	}, []string{"delivery_time"})
	if err != nil {
		t.Fatal(err)
	}
	p := set.Get("hurried")
	if len(set) != 2 || p.Name != "Kiireinen" || p.Tone != "brisk" || p.Values["speed"] != 1 || !slices.Equal(p.Words, []string{"kiire", "äkki"}) || p.Intent["delivery_time"] != 1 {
		t.Errorf("read %+v", set)
	}
	if other := set.Get("nobody"); other.ID != Neutral {
		t.Errorf("an unknown persona is %+v", other)
	}
}

func TestLoadTellsMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "EOF"},
		{"no YAML", "name: [", "yaml: line 1"},
		{"unknown key", neutral + "colour: red\n", "line 3: field colour not found"},
		{"no name", "tone: warm\n", "name is missing"},
		{"no tone", "name: Kiireinen\n", `tone "" is none of plain, warm, brisk, thorough`},
		{"unknown tone", "name: Kiireinen\ntone: rude\n", `tone "rude" is none of`},
		{"unknown value", neutral + "values: {beauty: 1}\n", `value "beauty" is none of`},
		{"value too great", neutral + "values: {price: 1.01}\n", `value "price" must be between 0 and 1`},
		{"value below nothing", neutral + "values: {price: -0.01}\n", `value "price" must be between 0 and 1`},
		{"value is no number", neutral + "values: {price: .nan}\n", `value "price" must be between 0 and 1`},
		{"value without end", neutral + "values: {price: .inf}\n", `value "price" must be between 0 and 1`},
		{"value in words", neutral + "values: {price: much}\n", "cannot unmarshal"},
		{"word with a capital", neutral + "words: [Halpa]\n", `word "Halpa" must be lower case`},
		{"short word", neutral + "words: [äö]\n", `word "äö" must be lower case and at least 3 letters`},
		{"unknown intent", neutral + "intents: {haggle: 0.5}\n", `intent "haggle" is unknown`},
		{"intent weighs too much", neutral + "intents: {greeting: 1.5}\n", `intent "greeting" must weigh between 0 and 1`},
		{"intent is no number", neutral + "intents: {greeting: .nan}\n", `intent "greeting" must weigh between 0 and 1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Load(fstest.MapFS{
				"personas/neutral.yaml": {Data: []byte(neutral)},
				"personas/other.yaml":   {Data: []byte(c.file)},
			}, []string{"greeting"})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "personas/other.yaml: ") {
				t.Errorf("%v; want personas/other.yaml: … %s", err, c.want)
			}
		})
	}
	_, err := Load(fstest.MapFS{"personas/other.yaml": {Data: []byte(neutral)}}, nil)
	if err == nil || err.Error() != "personas/neutral.yaml is missing" {
		t.Errorf("without the neutral one: %v", err)
	}
}
