package catalog

import (
	"path"
	"strings"
)

const quizzesFolder = "quizzes"

// Limits of a quiz.
const (
	fewestQuestions, mostQuestions = 4, 6
	fewestAnswers, mostAnswers     = 2, 6
	longestQuizID                  = 16 // characters of the id of a quiz, a question or an answer: buttons carry them
)

// quizzes reads quizzes/*.yaml, which a shop need not have: a quiz a file, its id
// is the file's name. Whether the shelves are there can only be told when the
// goods are in files too.
func (l *loader) quizzes() {
	if l.lacks(quizzesFolder) {
		return
	}
	known := l.shelves()
	for _, name := range l.folder(quizzesFolder) {
		f, n := l.open(name)
		e := f.entry(n)
		if e == nil {
			continue
		}
		q := Quiz{ID: strings.TrimSuffix(path.Base(name), ".yaml"), Name: e.needText("name"), Category: e.needWord("category"), Words: e.wordsByLanguage("words"), Must: e.words("must")}
		if !identifier.MatchString(q.ID) || len(q.ID) > longestQuizID {
			f.wrong(0, "the file's name must be at most %d of a–z, 0–9 and hyphens", longestQuizID)
		}
		shelf := func(line int, id string) {
			if !l.afar && id != "" && !known[id] {
				f.wrong(line, "unknown category %s", id)
			}
		}
		shelf(e.line, q.Category)
		questions := e.need("questions")
		seen := map[string]bool{}
		for _, e := range f.entries(questions) {
			q.Questions = append(q.Questions, quizQuestion(e, seen, shelf))
		}
		if questions != nil && (len(q.Questions) < fewestQuestions || len(q.Questions) > mostQuestions) {
			f.wrong(questions.Line, "%d questions: a quiz has %d to %d", len(q.Questions), fewestQuestions, mostQuestions)
		}
		e.close()
		l.shop.Quizzes = append(l.shop.Quizzes, q)
	}
}

func quizQuestion(e *entry, seen map[string]bool, shelf func(line int, id string)) QuizQuestion {
	f := e.file
	q := QuizQuestion{ID: quizID(e, seen), Ask: e.needText("ask"), Size: e.flag("size")}
	own := map[string]bool{}
	line := e.line
	if n := e.take("answers"); n != nil {
		line = n.Line
		for _, e := range f.entries(n) {
			a := QuizAnswer{
				ID: quizID(e, own), Say: e.needText("say"), Words: e.wordsByLanguage("words"), Shelf: e.word("category"),
				Whom: e.oneOf("audience", "women", "men", "child", "baby", "adult", "pet"), Min: e.cents("min"), Max: e.cents("max"),
				Wishes: e.words("wishes"), Line: e.line, Values: e.words("values"),
			}
			shelf(e.line, a.Shelf)
			if a.Max > 0 && a.Max < a.Min {
				f.wrong(e.line, "max is less than min")
			}
			e.close()
			q.Answers = append(q.Answers, a)
		}
	}
	switch n := len(q.Answers); {
	case q.Size && n > 0:
		f.wrong(line, "a question of sizes has no answers of its own")
	case !q.Size && (n < fewestAnswers || n > mostAnswers):
		f.wrong(line, "%d answers: a question has %d to %d", n, fewestAnswers, mostAnswers)
	}
	e.close()
	return q
}

func quizID(e *entry, seen map[string]bool) string {
	id := e.id("id")
	switch {
	case len(id) > longestQuizID:
		e.file.wrong(e.line, "the id %s is longer than %d characters", id, longestQuizID)
	case id != "" && seen[id]:
		e.file.wrong(e.line, "the id %s stands here twice", id)
	}
	seen[id] = true
	return id
}
