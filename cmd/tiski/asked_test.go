package main

import (
	"slices"
	"testing"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
	"tiski/intents/finnish"
)

// TestQuestionsInOtherWords asks the demo shop's fixed questions in each of their ways
// while the bot knows only the others.
func TestQuestionsInOtherWords(t *testing.T) {
	t.Parallel()
	shop, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	shelf, err := stock(demo.FS, shop, finnish.Base(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range shop.Languages {
		right, wrong, all := 0, 0, 0
		questions := fixedQuestions(shop)
		for i := range shop.Answers {
			a := &shop.Answers[i]
			for _, way := range a.Ask[lang] {
				others := slices.Clone(questions)
				others[i].Ways = slices.DeleteFunc(slices.Clone(others[i].Ways), func(w string) bool { return w == way })
				r := shelf.Model.Asking(others).Read(way, intents.Hint{Lang: lang})
				all++
				switch r.First(intents.Answer) {
				case a.ID:
					right++
				case "":
				default:
					wrong++
					t.Logf("%s: %q is read as %s", a.ID, way, r.First(intents.Answer))
				}
			}
		}
		t.Logf("%s: %d of %d right, %d wrong", lang, right, all, wrong)
		if right*10 < all || wrong*20 > all {
			t.Errorf("%s: only %d of %d right, and %d wrong", lang, right, all, wrong)
		}
	}
}
