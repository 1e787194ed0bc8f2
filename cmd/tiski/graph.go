package main

import (
	"context"
	"fmt"
	"io"

	"tiski/bot/dialogue"
)

// graph is `tiski graph`.
func graph(_ context.Context, args []string, _ io.Reader, out io.Writer) error {
	if err := parse(flags("graph"), args); err != nil {
		return err
	}
	if _, err := io.WriteString(out, dialogue.Graph()); err != nil {
		return fmt.Errorf("print the graph: %w", err)
	}
	return nil
}
