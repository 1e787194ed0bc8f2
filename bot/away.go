package bot

import (
	"context"
	"fmt"
)

// RefreshStaff looks whether anybody of the staff is here, when that can be known.
func (b *Bot) RefreshStaff(ctx context.Context) error {
	if b.Staffed == nil {
		return nil
	}
	staffed, err := b.Staffed(ctx)
	if err != nil {
		return fmt.Errorf("look who of the staff is here: %w", err)
	}
	b.away.Store(!staffed)
	return nil
}
