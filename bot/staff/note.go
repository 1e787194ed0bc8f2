package staff

import (
	"context"
	"time"
)

// MaxRemark is the longest note, in characters.
const MaxRemark = 1000

// Note is what a member of staff writes of a conversation for the others. Its
// customer never sees it in the conversation.
type Note struct {
	ID           string // the same id again is the same note
	Conversation string
	At           time.Time
	Staff        string // account
	Name         string // as shown
	Text         string
}

// Notes keeps notes (package store keeps them in SQL).
type Notes interface {
	AddNote(ctx context.Context, n Note) error
	// NotesOf returns the notes of a conversation, oldest first.
	NotesOf(ctx context.Context, conversation string) ([]Note, error)
}
