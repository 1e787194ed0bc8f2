package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// shownSettings are the settings that an environment has, a line each: of
// addresses the host alone, and of secrets how long they are.
func shownSettings(environ []string) []string {
	var lines []string
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if value != "" && slices.Contains(settingNames, name) {
			lines = append(lines, name+" = "+asTold(name, value))
		}
	}
	slices.Sort(lines)
	return lines
}

// asTold is the value of a setting as it may be read by anybody.
func asTold(name, value string) string {
	switch {
	case strings.HasSuffix(name, "_URL"), strings.HasSuffix(name, "_ENDPOINT"):
		if u, err := url.Parse(value); err == nil && u.Host != "" {
			return u.Scheme + "://" + u.Host
		}
		return "an address"
	case strings.Contains(name, "PUBLIC"):
		return value
	case strings.Contains(name, "SECRET"), strings.Contains(name, "TOKEN"), strings.HasSuffix(name, "_KEY"), strings.HasSuffix(name, "_KEYS"):
		return fmt.Sprintf("a secret of %d characters", len(value))
	}
	return value
}
