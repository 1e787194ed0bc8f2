package intents

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLexiconsAreRefused(t *testing.T) {
	t.Parallel()
	examples := []Example{{"moi", Greeting, "fi"}}
	for _, c := range []struct{ file, text, want string }{
		{"fi/colours.yaml", "", "fi/colours.yaml"},
		{"fi/colours.yaml", "musta: [a, b]\nsininen: [b]\n", `fi/colours.yaml: "b" means both musta and sininen`},
		{"sv/colours.yaml", "musta: svart", "sv/colours.yaml: yaml: "},
		{"fi/numbers.yaml", "x: [kaksi]", `fi/numbers.yaml: "x" is no number`},
		{"places.yaml", "homonyms: [Salo]", "places.yaml: no places"},
		{"fi/moods.yaml", "annoyed: [hei]\njoyful: [hei]", `fi/moods.yaml: "hei" means both annoyed and joyful`},
		{"fi/markers.yaml", "siz: [koko]", `fi/markers.yaml: unknown kind "siz"`},
		{"fi/markers.yaml", "size: ['%']", `fi/markers.yaml: no word in "%"`},
		{"en/concepts.yaml", "a: [word]\nb: [word]", `en/concepts.yaml: "word" is about both a and b`},
		{"en/concepts.yaml", "a: [-ab]", `en/concepts.yaml: "-ab" is too short`},
	} {
		files := fstest.MapFS{}
		err := fs.WalkDir(Data(), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(Data(), name)
			files[name] = &fstest.MapFile{Data: text}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if files[c.file].Data = []byte(c.text); c.text == "" {
			delete(files, c.file)
		}
		if _, err := Train(examples, files, Vocabulary{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want %q", err, c.want)
		}
	}
	if _, err := Train(nil, Data(), Vocabulary{}); err == nil {
		t.Error("no examples are refused by nobody")
	}
}

func TestTrainingIsRepeatable(t *testing.T) {
	t.Parallel()
	examples := []Example{{"moi", Greeting, "fi"}, {"kiitos hei", ThanksBye, "fi"}, {"hello there", Greeting, "en"}, {"missä paketti", OrderStatus, "fi"}}
	var p [2]float64
	for i := range p {
		m, err := Train(examples, Data(), goods)
		if err != nil {
			t.Fatal(err)
		}
		p[i] = m.Read("missä mun paketti", Hint{}).Intents[0].P
	}
	if p[0] != p[1] {
		t.Errorf("%v at first, %v then", p[0], p[1])
	}
}
