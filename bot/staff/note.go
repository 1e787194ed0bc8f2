package staff

import (
	"context"
	"regexp"
	"strings"
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

// mention is a name after "@" that stands at the beginning of a word.
var mention = regexp.MustCompile(`(?:^|[^\pL\pN@._+-])@([\pL\pN@._+-]+)`)

// Mentions reports whether a note is meant for a member of staff: their name is in
// it after "@".
func (n Note) Mentions(name string) bool {
	for _, found := range mention.FindAllStringSubmatch(n.Text, -1) {
		if foldName(found[1]) == name || foldName(strings.TrimRight(found[1], ".-_+")) == name {
			return true
		}
	}
	return false
}

// Notes keeps notes (package store keeps them in SQL).
type Notes interface {
	AddNote(ctx context.Context, n Note) error
	// MentionsOf returns the notes since a moment that mention a member of staff and
	// were written by another, of conversations that they have not opened since, the latest first.
	MentionsOf(ctx context.Context, name string, since time.Time) ([]Note, error)
	// NotesOf returns the notes of a conversation, oldest first.
	NotesOf(ctx context.Context, conversation string) ([]Note, error)
}
