package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// The runbook explains every metric and names no other, and the commands it and
// the files beside it give are commands.
func TestRunbook(t *testing.T) {
	t.Parallel()
	var text string
	for _, name := range []string{"README.md", "deploy/Containerfile", "deploy/tiski.service"} {
		part, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text += string(part)
	}
	m := newMetrics()
	described := make(chan *prometheus.Desc, 100)
	for _, c := range []prometheus.Collector{m.inputs, m.intents, m.missed, m.conflicts, m.failures, m.faults, m.stages, gauges{}} {
		c.Describe(described)
	}
	close(described)
	var real []string
	for d := range described {
		real = append(real, regexp.MustCompile(`tiski_\w+`).FindString(d.String()))
	}
	var told []string
	for _, name := range regexp.MustCompile(`tiski_[a-z_]+`).FindAllString(text, -1) {
		told = append(told, strings.TrimSuffix(name, "_bucket"))
	}
	slices.Sort(real)
	slices.Sort(told)
	if told = slices.Compact(told); !slices.Equal(told, real) {
		t.Errorf("the runbook explains %q, the program has %q", told, real)
	}
	for _, found := range regexp.MustCompile("(?m)(?:^|[`; =]|bin/)tiski ([a-z]+)").FindAllStringSubmatch(text, -1) {
		known := slices.ContainsFunc(commands, func(c command) bool { return c.name == found[1] })
		if !known {
			t.Errorf("%q is no command", found[0])
		}
	}
}
