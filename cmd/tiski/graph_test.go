package main

import (
	"os"
	"strings"
	"testing"
)

// The README shows the tasks as they are.
func TestReadmeShowsTheTasks(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := graph(t.Context(), nil, nil, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```mermaid\n"+out.String()+"```\n") {
		t.Errorf("README.md draws other tasks than `tiski graph`, which prints\n%s", out.String())
	}
}
