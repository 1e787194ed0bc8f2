package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

const (
	archivePause = 2 * time.Second
	archiveBatch = 100
)

// Archivist copies new messages from the log to the transcripts, and only then
// lets the log be trimmed.
type Archivist struct {
	Archive     Archive
	Transcripts Transcripts
	Trace       *slog.Logger
}

// Run archives until ctx ends.
func (a *Archivist) Run(ctx context.Context) error {
	return repeat(ctx, archivePause, a.Once, a.Trace, "cannot archive")
}

// Once archives what has changed since the last time. A conversation that
// cannot be archived does not keep the others from it.
func (a *Archivist) Once(ctx context.Context) error {
	changed, err := a.Archive.Changed(ctx, archiveBatch)
	if err != nil {
		return fmt.Errorf("list changed conversations: %w", err)
	}
	var faults []error
	for _, conversation := range changed {
		if err := a.copy(ctx, conversation); err != nil {
			faults = append(faults, fmt.Errorf("archive %s: %w", conversation, err))
		}
	}
	return errors.Join(faults...)
}

// copy archives one conversation.
func (a *Archivist) copy(ctx context.Context, conversation string) error {
	messages, err := a.Archive.Unarchived(ctx, conversation)
	if err != nil {
		return err
	}
	var last int64
	if len(messages) > 0 {
		last = messages[len(messages)-1].Seq
		if err := a.Transcripts.SaveMessages(ctx, conversation, messages); err != nil {
			return err
		}
	}
	return a.Archive.Archived(ctx, conversation, last)
}
