package intents

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryIntentHasExamples(t *testing.T) {
	t.Parallel()
	examples, err := Examples(Data())
	if err != nil {
		t.Fatal(err)
	}
	type shelf struct{ lang, intent string }
	count := map[shelf]int{}
	under := map[string]string{}
	for _, e := range examples {
		count[shelf{e.Lang, e.Intent}]++
		key := e.Lang + " " + strings.ToLower(e.Text)
		if other, ok := under[key]; ok && other != e.Intent {
			t.Errorf("%q stands under %s and %s", e.Text, other, e.Intent)
		}
		under[key] = e.Intent
	}
	for lang, least := range map[string]int{"fi": 60, "sv": 25, "en": 25} {
		for _, intent := range Names {
			if n := count[shelf{lang, intent}]; n < least {
				t.Errorf("%s/intents/%s.txt has %d examples, at least %d are wanted", lang, intent, n, least)
			}
		}
	}
}

func TestExamplesAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{"de/intents/greeting.txt": "hallo"}, `de/intents/greeting.txt: unknown language "de"`},
		{map[string]string{"fi/intents/hello.txt": "moi"}, `fi/intents/hello.txt: unknown intent "hello"`},
		{map[string]string{"fi/intents/feedback.txt": "# moi\n\nMoi\n", "fi/intents/greeting.txt": "hei\nmoi"},
			`fi/intents/greeting.txt:2: "moi" stands at fi/intents/feedback.txt:3 too`},
		{map[string]string{"fi/intents/greeting.txt": "\ufeff# moi\nhyv\xe4\xe4 p\xe4iv\xe4\xe4"}, "fi/intents/greeting.txt:2: not UTF-8: save the file as UTF-8"},
		{map[string]string{"fi/intents/greeting.txt": "hei\n" + strings.Repeat("x", MaxExample+1)}, "fi/intents/greeting.txt:2: longer than"},
	} {
		fsys := fstest.MapFS{}
		for name, text := range c.files {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := Examples(fsys); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want %q", err, c.want)
		}
	}
}

func TestReadExamples(t *testing.T) {
	t.Parallel()
	got, err := ReadExamples(strings.NewReader("{\"text\":\"moi\",\"intent\":\"a\"}\n\n{\"text\":\"hej\",\"intent\":\"b\",\"lang\":\"sv\",\"more\":1}\n"))
	if err != nil || len(got) != 2 || got[1] != (Example{"hej", "b", "sv"}) {
		t.Errorf("%v, %v", got, err)
	}
	for text, want := range map[string]string{
		"{\"text\":\"moi\",\"intent\":\"a\"}\n{\"text\":":                           "line 2",
		"{\"text\":\"moi\"}":                                                        "line 1: no intent",
		"\n{\"intent\":\"a\",\"text\":\"" + strings.Repeat("x", MaxExample) + "\"}": "line 2: longer than",
	} {
		if _, err := ReadExamples(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: error is %v, want %q", text, err, want)
		}
	}
}
