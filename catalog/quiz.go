package catalog

// Quiz helps to choose by a few questions about use, not about goods.
type Quiz struct {
	ID        string              // the name of its file
	Name      Text                // of what it helps to choose
	Category  string              // id of the shelf whose goods it is about
	Words     map[string][]string // beginnings of words by which customers mean it, by language
	Must      []string            // Finnish beginnings of words, one of which goods of it tell; empty: all of the shelf
	Questions []QuizQuestion
}

// QuizQuestion is one of its questions.
type QuizQuestion struct {
	ID      string
	Ask     Text
	Size    bool         // its answers are the sizes that can be bought; there are no others
	Answers []QuizAnswer // two to six
}

// QuizAnswer is an answer, and what it means for the goods.
type QuizAnswer struct {
	ID     string
	Say    Text                // on its button
	Words  map[string][]string // beginnings of words that say the same, by language
	Shelf  string              // id of a category below the quiz's; "" is all of it
	Whom   string              // audience; "" is everybody
	Min    Cents               // 0: no limit
	Max    Cents               // 0: no limit
	Wishes []string            // Finnish beginnings of words in features, names and descriptions: what has more of them comes first
	Line   int                 // of its file, to tell of a mistake
	Values []string            // what the answer shows that the customer values, as in personas
}

// Quiz returns the quiz with this id whose shelf the shop has, or nil.
func (s *Shop) Quiz(id string) *Quiz {
	for i := range s.Quizzes {
		if q := &s.Quizzes[i]; q.ID == id && s.Category(q.Category) != nil {
			return q
		}
	}
	return nil
}

// QuizOf returns the quiz about a shelf, or about one above it; nil without any.
func (s *Shop) QuizOf(category string) *Quiz {
	for i := range s.Quizzes {
		if s.Under(category, s.Quizzes[i].Category) {
			return &s.Quizzes[i]
		}
	}
	return nil
}

// Answer returns the answer with this id, or nil.
func (q *QuizQuestion) Answer(id string) *QuizAnswer {
	for i := range q.Answers {
		if q.Answers[i].ID == id {
			return &q.Answers[i]
		}
	}
	return nil
}
