package catalog

import (
	"strings"
	"testing"
	"testing/fstest"
)

// aQuiz is a quiz of so many questions about a category, the last of them as told.
func aQuiz(category string, questions int, last string) string {
	var b strings.Builder
	b.WriteString("name: {fi: Valinta}\ncategory: " + category + "\nquestions:\n")
	for i := range questions - 1 {
		b.WriteString("  - {id: q" + string(rune('a'+i)) + ", ask: {fi: Mihin}, answers: [{id: a, say: {fi: A}, wishes: [kevyt]}, {id: b, say: {fi: B}, max: 50}]}\n")
	}
	return b.String() + "  - " + last + "\n"
}

func TestLoadQuizzes(t *testing.T) {
	t.Parallel()
	category := testShop(t).Categories[0].ID
	const size = "{id: koko, ask: {fi: Mikä koko}, size: true}"
	for _, c := range []struct{ name, file, text, want string }{
		{"a quiz", "reppu", aQuiz(category, 4, size), ""},
		{"of six questions", "reppu", aQuiz(category, 6, size), ""},
		{"too few", "reppu", aQuiz(category, 3, size), "quizzes/reppu.yaml:4: 3 questions: a quiz has 4 to 6"},
		{"too many", "reppu", aQuiz(category, 7, size), "quizzes/reppu.yaml:4: 7 questions"},
		{"unknown shelf", "reppu", aQuiz("gone", 4, size), "quizzes/reppu.yaml:1: unknown category gone"},
		{"no answers", "reppu", aQuiz(category, 4, "{id: x, ask: {fi: X}}"), "quizzes/reppu.yaml:7: 0 answers: a question has 2 to 6"},
		{"one answer", "reppu", aQuiz(category, 4, "{id: x, ask: {fi: X}, answers: [{id: a, say: {fi: A}}]}"), "quizzes/reppu.yaml:7: 1 answers"},
		{"sizes with answers", "reppu", aQuiz(category, 4, "{id: x, ask: {fi: X}, size: true, answers: [{id: a, say: {fi: A}}]}"), "quizzes/reppu.yaml:7: a question of sizes has no answers"},
		{"the same question twice", "reppu", aQuiz(category, 4, "{id: qa, ask: {fi: X}, size: true}"), "quizzes/reppu.yaml:7: the id qa stands here twice"},
		{"an id too long for a button", "reppu", aQuiz(category, 4, "{id: abcdefghijklmnopq, ask: {fi: X}, size: true}"), "is longer than 16 characters"},
		{"a file's name too long", "abcdefghijklmnopq", aQuiz(category, 4, size), "quizzes/abcdefghijklmnopq.yaml: the file's name"},
		{"limits the wrong way round", "reppu", aQuiz(category, 4, "{id: x, ask: {fi: X}, answers: [{id: a, say: {fi: A}, min: 9, max: 8}, {id: b, say: {fi: B}}]}"), "quizzes/reppu.yaml:7: max is less than min"},
		{"unknown key", "reppu", aQuiz(category, 4, "{id: x, ask: {fi: X}, size: true, color: x}"), "quizzes/reppu.yaml:7: unknown key color"},
		{"unknown audience", "reppu", aQuiz(category, 4, "{id: x, ask: {fi: X}, answers: [{id: a, say: {fi: A}, audience: elves}, {id: b, say: {fi: B}}]}"), "audience is"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := changed(t, "words.yaml", "musta", "musta")
			files["quizzes/"+c.file+".yaml"] = &fstest.MapFile{Data: []byte(c.text)}
			s, err := Load(files)
			switch {
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v, want %s", err, c.want)
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want == "" && (s.Quiz("reppu") == nil || s.QuizOf(category) != s.Quiz("reppu") || !s.Quizzes[0].Questions[len(s.Quizzes[0].Questions)-1].Size):
				t.Errorf("read %+v", s.Quizzes)
			}
		})
	}
}

// A quiz that is read has what it must, and every mistake is told with its place.
func FuzzQuizzes(f *testing.F) {
	const category = "kengat"
	for _, seed := range []string{
		aQuiz(category, 4, "{id: koko, ask: {fi: Mikä koko}, size: true}"), aQuiz(category, 7, "{id: x, ask: {fi: X}}"), aQuiz("gone", 4, "- &a [*a]"),
		"questions: {a: b}", "name: &a {fi: x}\nquestions: [*a, *a, *a, *a]", "? {a: b}\n: c", "--- a\n--- b", "",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l := &loader{fsys: fstest.MapFS{"quizzes/a.yaml": {Data: data}}, shop: &Shop{Languages: []string{"fi"}, Categories: []Category{{ID: category}}}}
		l.quizzes()
		for _, m := range l.mistakes {
			if m.File != "quizzes/a.yaml" || m.Reason == "" {
				t.Errorf("%q: the mistake is %+v", data, m)
			}
		}
		if len(l.mistakes) > 0 {
			return
		}
		for _, q := range l.shop.Quizzes {
			if n := len(q.Questions); n < fewestQuestions || n > mostQuestions || q.Category != category || q.Name["fi"] == "" {
				t.Errorf("%q is read as %+v", data, q)
			}
			for _, asked := range q.Questions {
				if n := len(asked.Answers); asked.ID == "" || len(asked.ID) > longestQuizID || !asked.Size && (n < fewestAnswers || n > mostAnswers) {
					t.Errorf("%q asks %+v", data, asked)
				}
			}
		}
	})
}
