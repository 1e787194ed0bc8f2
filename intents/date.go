package intents

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	isoDate    = regexp.MustCompile(`\b(\d{4})-(\d\d)-(\d\d)\b`)
	pointDate  = regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})?`)
	weekdayOf  = map[string]time.Weekday{"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 0}
	dateLayout = "2006-01-02"
)

// dates finds days: "24.12.", "huomenna", "ens perjantaina", "24 december".
// A date without a year is the nearest one; a day of the week is the coming one.
func (s *scan) dates() {
	if s.hint.Now.IsZero() {
		return
	}
	if s.digits() > 0 {
		s.numberedDays()
	}
	for i := 0; i < len(s.tokens); i++ {
		if s.taken[i] {
			continue
		}
		if month, n := s.at(months, i); n > 0 {
			s.monthDay(i, n, numeral(month))
			continue
		}
		if day, n := s.at(days, i); n > 0 {
			s.namedDay(i, n, day)
			i += n - 1
		}
	}
}

func (s *scan) numberedDays() {
	for _, at := range isoDate.FindAllStringSubmatchIndex(s.text, -1) {
		s.addDate(numeral(s.text[at[2]:at[3]]), numeral(s.text[at[4]:at[5]]), numeral(s.text[at[6]:at[7]]), at[0], at[1])
	}
	for _, at := range pointDate.FindAllStringSubmatchIndex(s.text, -1) {
		year := 0
		if at[6] >= 0 {
			year = numeral(s.text[at[6]:at[7]])
		}
		s.addDate(year, numeral(s.text[at[4]:at[5]]), numeral(s.text[at[2]:at[3]]), at[0], at[1])
	}
}

// addDate notes a date if there is such a day; year 0 is the nearest.
func (s *scan) addDate(year, month, day, start, end int) {
	if s.takenAt(start) {
		return
	}
	date, ok := s.nearest(year, month, day)
	if ok {
		s.addSpan(Date, date.Format(dateLayout), start, end)
	}
}

func (s *scan) nearest(year, month, day int) (time.Time, bool) {
	make := func(year int) time.Time {
		return time.Date(year, time.Month(month), day, 12, 0, 0, 0, s.hint.Now.Location())
	}
	date := make(year)
	if year == 0 {
		date = make(s.hint.Now.Year())
		for _, other := range []time.Time{make(date.Year() - 1), make(date.Year() + 1)} {
			if other.Sub(s.hint.Now).Abs() < date.Sub(s.hint.Now).Abs() {
				date = other
			}
		}
	}
	return date, date.Day() == day && int(date.Month()) == month
}

// monthDay reads the day beside the name of a month: "24. joulukuuta",
// "december 24th".
func (s *scan) monthDay(i, n, month int) {
	first, last, day := i, i+n, 0
	switch {
	case s.free(i-1) && s.tokens[i-1].number() > 0:
		first, day = i-1, s.tokens[i-1].number()
	case s.free(i-2) && s.tokens[i-2].number() > 0 && len(s.tokens[i-1].fold) == 2:
		first, day = i-2, s.tokens[i-2].number()
	case s.free(i+n) && s.tokens[i+n].number() > 0:
		last, day = i+n+1, s.tokens[i+n].number()
	}
	if date, ok := s.nearest(0, month, day); ok {
		s.add(Date, date.Format(dateLayout), first, last)
	}
}

func (s *scan) namedDay(i, n int, day string) {
	date := s.hint.Now
	first := i
	weekday, named := weekdayOf[day]
	if !named {
		days, err := strconv.Atoi(day)
		if err != nil {
			return
		}
		date = date.AddDate(0, 0, days)
	} else {
		ahead := (int(weekday-date.Weekday())+6)%7 + 1
		switch {
		case s.is(lastOne, i-1) == 1, s.tokens[i].fold[len(s.tokens[i].fold)-1] == 's' && strings.EqualFold(s.before(i), "i"):
			ahead -= 7
			if ahead == 0 {
				ahead = -7
			}
			first = i - 1
		case s.is(aboutWeek, i-1) == 1 && s.is(nextOne, i-2) == 1:
			monday := (int(time.Monday-date.Weekday())+6)%7 + 1
			ahead = monday + (int(weekday)+6)%7
			first = i - 2
		case s.is(nextOne, i-1) == 1:
			first = i - 1
		}
		date = date.AddDate(0, 0, ahead)
	}
	s.add(Date, date.Format(dateLayout), first, i+n)
}

// before returns the word before the i-th, or "".
func (s *scan) before(i int) string {
	if i == 0 {
		return ""
	}
	return s.tokens[i-1].Text
}
