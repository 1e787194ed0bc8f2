package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

const (
	archivePause = time.Second
	archiveBatch = 100

	archiveTogether = 4                     // conversations in one transaction
	archiveBreath   = 20 * time.Millisecond // between those, so that messages need not wait for them
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
	for i, some := range slices.Collect(slices.Chunk(changed, archiveTogether)) {
		if i > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(archiveBreath):
			}
		}
		faults = append(faults, a.copy(ctx, some))
	}
	return errors.Join(faults...)
}

// copy archives conversations, saving them in one transaction where that works.
func (a *Archivist) copy(ctx context.Context, conversations []string) error {
	var faults []error
	fault := func(conversation string, err error) {
		faults = append(faults, fmt.Errorf("archive %s: %w", conversation, err))
	}
	var excerpts []Excerpt
	for _, conversation := range conversations {
		messages, err := a.Archive.Unarchived(ctx, conversation)
		if err != nil {
			fault(conversation, err)
			continue
		}
		excerpts = append(excerpts, Excerpt{conversation, messages})
	}
	saved := a.Transcripts.SaveMessages(ctx, excerpts...) == nil
	for _, e := range excerpts {
		if err := a.note(ctx, e, saved); err != nil {
			fault(e.Conversation, err)
		}
	}
	return errors.Join(faults...)
}

// note lets the log of one conversation be trimmed, which is saved by itself
// unless it is saved already.
func (a *Archivist) note(ctx context.Context, e Excerpt, saved bool) error {
	if !saved {
		if err := a.Transcripts.SaveMessages(ctx, e); err != nil {
			return err
		}
	}
	var last int64
	if len(e.Messages) > 0 {
		last = e.Messages[len(e.Messages)-1].Seq
	}
	return a.Archive.Archived(ctx, e.Conversation, last)
}
