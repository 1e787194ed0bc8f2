package staff

import (
	"context"
	"time"

	"tiski/catalog"
)

// Limits of an answer.
const (
	MaxWays   = 30   // ways to ask, in a language
	MaxAnswer = 1500 // characters said
)

// Answer is what staff have written that the bot says to a question. Once
// accepted it stands beside the answers of the shop's files.
type Answer struct {
	catalog.Answer
	Written  time.Time
	Staff    string // who wrote it last
	Accepted bool
}

// Answers keeps answers (package store keeps them in SQL).
type Answers interface {
	// SetAnswer writes an answer, over that of the same id.
	SetAnswer(ctx context.Context, a Answer) error
	// Answers returns the answers, the oldest first, at most so many.
	Answers(ctx context.Context, most int) ([]Answer, error)
	// RemoveAnswer removes one, or returns ErrUnknown.
	RemoveAnswer(ctx context.Context, id string) error
}
