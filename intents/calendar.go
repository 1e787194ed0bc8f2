package intents

import "time"

// stretch is some days, both ends included, at noon.
type stretch struct{ from, to time.Time }

// day returns noon of a day, where the clock stands.
func (s *scan) day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, s.hint.Now.Location())
}

// today returns noon of today.
func (s *scan) today() time.Time {
	return s.day(s.hint.Now.Year(), s.hint.Now.Month(), s.hint.Now.Day())
}

// monday returns the Monday of the week that is so many weeks from this one.
func (s *scan) monday(weeks int) time.Time {
	today := s.today()
	return today.AddDate(0, 0, 7*weeks-(int(today.Weekday())+6)%7)
}

// holiday returns the next days of a holiday by its name in times.yaml, a
// holiday that is going on included.
func (s *scan) holiday(name string) (stretch, bool) {
	today := s.today()
	for year := today.Year(); year <= today.Year()+1; year++ {
		days, ok := s.holidayIn(name, year)
		if !ok || !days.to.Before(today) {
			return days, ok
		}
	}
	return stretch{}, false
}

func (s *scan) holidayIn(name string, year int) (stretch, bool) {
	one := func(day time.Time) (stretch, bool) { return stretch{day, day}, true }
	switch name {
	case "christmas":
		return stretch{s.day(year, time.December, 24), s.day(year, time.December, 26)}, true
	case "christmas-eve":
		return one(s.day(year, time.December, 24))
	case "christmas-day":
		return one(s.day(year, time.December, 25))
	case "boxing-day":
		return one(s.day(year, time.December, 26))
	case "new-year":
		return stretch{s.day(year, time.December, 31), s.day(year+1, time.January, 1)}, true
	case "epiphany":
		return one(s.day(year, time.January, 6))
	case "easter":
		sunday := s.easter(year)
		return stretch{sunday.AddDate(0, 0, -2), sunday.AddDate(0, 0, 1)}, true
	case "may-day":
		return one(s.day(year, time.May, 1))
	case "midsummer":
		eve := s.onOrAfter(s.day(year, time.June, 19), time.Friday)
		return stretch{eve, eve.AddDate(0, 0, 1)}, true
	case "independence":
		return one(s.day(year, time.December, 6))
	case "mothers-day":
		return one(s.onOrAfter(s.day(year, time.May, 8), time.Sunday))
	case "fathers-day":
		return one(s.onOrAfter(s.day(year, time.November, 8), time.Sunday))
	}
	return stretch{}, false
}

// onOrAfter returns the first such weekday from a day on.
func (s *scan) onOrAfter(day time.Time, weekday time.Weekday) time.Time {
	return day.AddDate(0, 0, (int(weekday-day.Weekday())+7)%7)
}

// easter returns Easter Sunday: the first Sunday after the full moon of the
// church, which is told by the year's place in the moon's cycle of 19 years.
func (s *scan) easter(year int) time.Time {
	century := year / 100
	skipped := century - century/4                     // leap days that the calendar left out
	drift := (8*century + 13) / 25                     // of the moon
	moon := (15 - drift + skipped + 19*(year%19)) % 30 // days from 21 March to the full moon
	if moon == 29 || moon == 28 && year%19 > 10 {
		moon--
	}
	full := s.day(year, time.March, 21+moon)
	return s.onOrAfter(full.AddDate(0, 0, 1), time.Sunday)
}
