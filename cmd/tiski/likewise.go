package main

import (
	"fmt"
	"regexp"
	"strings"

	"tiski/catalog"
)

// mostLikewise is how many faults of a kind are told in full.
const mostLikewise = 5

var (
	particular = regexp.MustCompile(`"[^"]*"|\([^()]*\)|\d+`) // of one fault among its like: what was read, and where
	place      = regexp.MustCompile(`\b(?:row|item) (\d+)|:(\d+):`)
)

// likewise leaves of faults, a line each, the first few of a kind, and tells where the
// others of that kind are.
func likewise(lines []string) []string {
	count, last := map[string]int{}, map[string]int{}
	places := map[string][]string{}
	var left []string
	for _, line := range lines {
		kind := particular.ReplaceAllString(line, "")
		if count[kind]++; count[kind] <= mostLikewise {
			last[kind] = len(left)
			left = append(left, line)
		} else if at := place.FindStringSubmatch(line); at != nil {
			places[kind] = append(places[kind], at[1]+at[2])
		}
	}
	for kind, n := range count {
		if n > mostLikewise {
			more := fmt.Sprintf("\n  … and %d more likewise", n-mostLikewise)
			if at := places[kind]; at != nil {
				more += ": " + catalog.Clip(strings.Join(at, ", "), 120)
			}
			left[last[kind]] += more
		}
	}
	return left
}
