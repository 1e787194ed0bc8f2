package main

import (
	"strings"
	"testing"

	"tiski/catalog"
)

// TestValuesAreThoseOfPersonas: in answers of quizzes and in stories of products.
func TestValuesAreThoseOfPersonas(t *testing.T) {
	t.Parallel()
	shop := &catalog.Shop{
		Quizzes:  []catalog.Quiz{{ID: "reppu", Questions: []catalog.QuizQuestion{{Answers: []catalog.QuizAnswer{{Values: []string{"price", "halpa"}, Line: 7}}}}}},
		Products: []catalog.Product{{Stories: []catalog.Story{{Value: "speed"}, {Value: "nopea", File: "products/reput.yaml", Line: 9}}}},
	}
	err := checkReferences(shop)
	for _, want := range []string{`quizzes/reppu.yaml:7: value "halpa" is none of price`, `products/reput.yaml:9: value "nopea" is none of price`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("told %v, want %q", err, want)
		}
	}
	if err != nil && strings.Count(err.Error(), "none of") != 2 {
		t.Errorf("told %v", err)
	}
}
