package intents

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"tiski/intents/language"
)

const dateLayout = time.DateOnly

var (
	isoDate   = regexp.MustCompile(`\b(\d{4})-(\d\d)-(\d\d)\b`)
	dayRange  = regexp.MustCompile(`\b(\d{1,2})\.\s?[-–]\s?(\d{1,2})\.(\d{1,2})\.(\d{4})?`)
	pointDate = regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})?`)
	weekdays  = map[string]time.Weekday{"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 0}
)

// dates finds days and times: "24.12.", "huomenna", "ens perjantaina klo 14",
// "24 december", "ensi viikolla". A date without a year is the nearest one; a
// day of the week is the coming one.
func (s *scan) dates() {
	if s.digits() > 0 {
		s.clocks()
	}
	if s.hint.Now.IsZero() {
		return
	}
	if s.digits() > 0 {
		s.numberedDays()
	}
	s.periods()
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
	s.joinDays()
}

func (s *scan) numberedDays() {
	number := func(at []int, n int) int {
		if at[2*n] < 0 {
			return 0
		}
		return numeral(s.text[at[2*n]:at[2*n+1]])
	}
	points, dashes := strings.Contains(s.text, "."), strings.ContainsAny(s.text, "-–")
	for _, at := range s.all(isoDate, dashes) {
		s.addDate(Date, number(at, 1), number(at, 2), number(at, 3), at[0], at[1])
	}
	for _, at := range s.all(dayRange, points && dashes) {
		if at[0] > 0 && s.text[at[0]-1] == '.' { // the month of the first day: "24.12.–26.12."
			continue
		}
		s.addDate(Date, number(at, 4), number(at, 3), number(at, 1), at[2], at[3]+1)
		s.addDate(DateTo, number(at, 4), number(at, 3), number(at, 2), at[4], at[1])
	}
	for _, at := range s.all(pointDate, points) {
		s.addDate(Date, number(at, 3), number(at, 2), number(at, 1), at[0], at[1])
	}
	for i, t := range s.tokens {
		day, month, ok := strings.Cut(t.Text, ".")
		if ok && len(t.Text) >= 4 && len(month) <= 2 && s.free(i) && s.is(otherUnit, i+1) == 0 {
			s.addDate(Date, 0, numeral(month), numeral(day), t.Start, t.End)
		}
	}
}

// all returns where a shape is found in the text, if it can be there at all.
func (s *scan) all(shape *regexp.Regexp, possible bool) [][]int {
	if !possible {
		return nil
	}
	return shape.FindAllStringSubmatchIndex(s.text, -1)
}

// addDate notes a date if there is such a day; year 0 is the nearest.
func (s *scan) addDate(kind string, year, month, day, start, end int) {
	if s.takenAt(start) {
		return
	}
	date, ok := s.nearest(year, month, day)
	if !ok {
		return
	}
	if kind == Date && s.lang == language.Finnish {
		if side, n := s.at(times, s.tokenAt(end)); n == 1 && side == "after" {
			date, end = date.AddDate(0, 0, 1), s.tokens[s.tokenAt(end)].End
		}
	}
	s.addSpan(kind, date.Format(dateLayout), start, end)
}

func (s *scan) nearest(year, month, day int) (time.Time, bool) {
	date := s.day(year, time.Month(month), day)
	if year == 0 {
		date = s.day(s.hint.Now.Year(), time.Month(month), day)
		for _, other := range [...]int{s.hint.Now.Year() - 1, s.hint.Now.Year() + 1} {
			if near := s.day(other, time.Month(month), day); near.Sub(s.hint.Now).Abs() < date.Sub(s.hint.Now).Abs() {
				date = near
			}
		}
	}
	return date, date.Day() == day && int(date.Month()) == month
}

// monthDay reads the day beside the name of a month, "24. joulukuuta",
// "december 24th", or the whole month.
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
	if day == 0 {
		if len(s.tokens[i].Text) > shortestMonth {
			date, _ := s.nearest(0, month, 1)
			s.addStretch(stretch{date, date.AddDate(0, 1, -1)}, i, i+n)
		}
		return
	}
	if date, ok := s.nearest(0, month, day); ok {
		s.add(Date, date.Format(dateLayout), first, last)
	}
}

// shortestMonth is the length of the names that are other words, too: "may", "mars".
const shortestMonth = 4

func (s *scan) namedDay(i, n int, day string) {
	date := s.today()
	first := i
	weekday, named := weekdays[day]
	if !named {
		away, err := strconv.Atoi(day)
		if err != nil {
			return
		}
		date = date.AddDate(0, 0, away)
	} else {
		ahead := (int(weekday-date.Weekday())+6)%7 + 1
		switch {
		case s.is(lastOne, i-1) == 1, strings.HasSuffix(s.tokens[i].fold, "s") && strings.EqualFold(s.before(i), "i"):
			if ahead -= 7; ahead == 0 {
				ahead = -7
			}
			first = i - 1
		case s.is(nextOne, i-1) == 1:
			first = i - 1
		}
		date = date.AddDate(0, 0, ahead)
	}
	s.add(Date, date.Format(dateLayout), first, i+n)
}

// joinDays makes the second of two days the end of a period: "maanantaista
// keskiviikkoon", "ti–to", "24.12.–26.12.".
func (s *scan) joinDays() {
	last := -1
	for k := range s.found {
		e := &s.found[k]
		if e.Kind != Date {
			continue
		}
		if last >= 0 && s.found[last].End <= e.Start {
			between := strings.TrimSpace(s.text[s.found[last].End:e.Start])
			if between == "-" || between == "–" || between == "" && strings.HasSuffix(s.found[last].Text, "sta") {
				e.Kind = DateTo
				if from := s.found[last].Value; e.Value < from {
					e.Value = weekLater(e.Value)
				}
			}
		}
		last = k
	}
}

// weekLater returns the same day of the week after.
func weekLater(day string) string {
	date, err := time.Parse(dateLayout, day)
	if err != nil {
		return day
	}
	return date.AddDate(0, 0, 7).Format(dateLayout)
}

// before returns the word before the i-th, or "".
func (s *scan) before(i int) string {
	if i == 0 {
		return ""
	}
	return s.tokens[i-1].Text
}
