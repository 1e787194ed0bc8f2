package intents

import (
	"strconv"
	"strings"
	"time"

	"tiski/intents/language"
)

// periods finds stretches of days: "ensi viikolla", "joulun jälkeen", "parin
// päivän päästä". One of several days is a Date and a DateTo; what has no end
// ("joulun jälkeen") is a Date alone, what has no beginning ("ennen joulua") a
// DateTo alone.
func (s *scan) periods() {
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		if n := s.daysAway(i); n > 0 {
			i += n - 1
			continue
		}
		meaning, n := s.at(times, i)
		if n == 0 {
			continue
		}
		if days, ok := s.stretch(meaning); ok && !s.weekdayOf(meaning, i, n) {
			s.addStretch(days, i, i+n)
		}
		i += n - 1
	}
}

// stretch returns the days that a word for them means.
func (s *scan) stretch(meaning string) (stretch, bool) {
	at := strings.LastIndexAny(meaning, "+-")
	if at < 0 {
		return s.holiday(meaning)
	}
	count, err := strconv.Atoi(meaning[at:])
	if err != nil {
		return s.holiday(meaning) // christmas-eve
	}
	switch meaning[:at] {
	case "week":
		monday := s.monday(count)
		return stretch{monday, monday.AddDate(0, 0, 6)}, true
	case "weekend":
		monday := s.monday(count)
		return stretch{monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6)}, true
	case "month":
		first := s.day(s.hint.Now.Year(), s.hint.Now.Month()+time.Month(count), 1)
		return stretch{first, first.AddDate(0, 1, -1)}, true
	}
	return stretch{}, false
}

// weekdayOf reads "ensi viikon maanantaina": a day of the week that is told
// just before.
func (s *scan) weekdayOf(meaning string, i, n int) bool {
	weeks, ok := strings.CutPrefix(meaning, "week")
	count, err := strconv.Atoi(weeks)
	name, m := s.at(days, i+n)
	weekday, named := weekdays[name]
	if !ok || err != nil || m == 0 || !named {
		return false
	}
	s.add(Date, s.monday(count).AddDate(0, 0, (int(weekday)+6)%7).Format(dateLayout), i, i+n+m)
	return true
}

// addStretch notes days in the words from i up to j, changed by "jälkeen" and
// "ennen" beside them.
func (s *scan) addStretch(days stretch, i, j int) {
	side, n := s.at(times, j)
	if n > 0 && side == "after" && s.lang == language.Finnish {
		s.add(Date, days.to.AddDate(0, 0, 1).Format(dateLayout), i, j+n)
		return
	}
	switch side, n := s.at(times, i-1); {
	case n == 1 && side == "after":
		s.add(Date, days.to.AddDate(0, 0, 1).Format(dateLayout), i-1, j)
	case n == 1 && side == "before":
		s.add(DateTo, days.from.AddDate(0, 0, -1).Format(dateLayout), i-1, j)
	case days.from.Equal(days.to):
		s.add(Date, days.from.Format(dateLayout), i, j)
	default:
		s.add(Date, days.from.Format(dateLayout), i, j)
		s.add(DateTo, days.to.Format(dateLayout), i, j)
	}
}

// daysAway reads a number of days, weeks or months from today, with the word
// that says in which direction: "kolmen päivän päästä", "viikko sitten", "in 2
// weeks". It returns how many words that took from the i-th on.
func (s *scan) daysAway(i int) int {
	first := i
	ahead := false
	if side, n := s.at(times, i); n == 1 && side == "ahead" {
		ahead = true
		i++
	}
	count, n := 1, 0
	if i < len(s.tokens) {
		var value int
		if value, n = s.measured(i); n > 0 {
			count = value / one
		}
	}
	unit, m := s.at(times, i+n)
	end := i + n + m
	if m == 0 || count < 1 || count > 1000 {
		return 0
	}
	sign := 1
	if !ahead {
		side, k := s.at(times, end)
		if k != 1 || side != "ahead" && side != "ago" {
			return 0
		}
		if side == "ago" {
			sign = -1
		}
		end++
	}
	day := s.today()
	switch unit {
	case "days":
		day = day.AddDate(0, 0, sign*count)
	case "weeks":
		day = day.AddDate(0, 0, 7*sign*count)
	case "months":
		day = day.AddDate(0, sign*count, 0)
	default:
		return 0
	}
	s.add(Date, day.Format(dateLayout), first, end)
	return end - first
}
