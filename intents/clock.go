package intents

import (
	"fmt"
	"regexp"
	"strings"

	"tiski/intents/language"
)

var (
	clockShape = regexp.MustCompile(`\b([01]?\d|2[0-3]):([0-5]\d)\b`)
	halfDay    = regexp.MustCompile(`(?i)\b(1[0-2]|[1-9])(?:[:.]([0-5]\d))?\s?([ap])\.?m\b`)
)

// clocks finds times of day: "klo 14", "14:30", "at 5 pm".
func (s *scan) clocks() {
	for _, at := range s.all(halfDay, s.lang == language.English) {
		hour, minute := numeral(s.text[at[2]:at[3]])%12, 0
		if at[4] >= 0 {
			minute = numeral(s.text[at[4]:at[5]])
		}
		if strings.EqualFold(s.text[at[6]:at[7]], "p") {
			hour += 12
		}
		s.addTime(hour, minute, at[0], at[1])
	}
	for _, at := range s.all(clockShape, strings.Contains(s.text, ":")) {
		s.addTime(numeral(s.text[at[2]:at[3]]), numeral(s.text[at[4]:at[5]]), at[0], at[1])
	}
	for i := 1; i < len(s.tokens); i++ {
		if s.lang == language.English || !s.free(i) {
			continue
		}
		if meaning, n := s.at(times, i-1); n != 1 || meaning != "clock" {
			continue
		}
		before, after, _ := strings.Cut(s.tokens[i].Text, ".")
		hour, minute := numeral(before), 0
		if after != "" {
			minute = numeral(after)
		}
		s.addTime(hour, minute, s.tokens[i].Start, s.tokens[i].End)
	}
}

// addTime notes a time of day if there is such a one.
func (s *scan) addTime(hour, minute, start, end int) {
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || s.takenAt(start) {
		return
	}
	s.addSpan(Time, fmt.Sprintf("%02d:%02d", hour, minute), start, end)
}
