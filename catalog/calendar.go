package catalog

import (
	"sync"
	"time"
	_ "time/tzdata" // Helsinki must be known on every machine

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/fi"
)

// Helsinki is the time zone of every date and opening hour.
var Helsinki = mustLoad("Europe/Helsinki")

func mustLoad(zone string) *time.Location {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		panic(err) // the zones are compiled in
	}
	return loc
}

// workdays knows Finnish holidays. Midsummer's and Christmas Eve are among
// them: no parcels move then, though the law calls them ordinary days.
var workdays = func() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(fi.Holidays...)
	return c
}()

// worked keeps for each year asked about which of its days are worked, since the
// reckoning of movable feasts takes longer than all the rest of a reply.
var worked sync.Map // year -> *[367]bool, by the day of the year

// workday reports whether the day of t in Helsinki is Monday to Friday and no
// Finnish holiday.
func workday(t time.Time) bool {
	t = t.In(Helsinki)
	year, known := worked.Load(t.Year())
	if !known {
		var days [367]bool
		for day := time.Date(t.Year(), 1, 1, 12, 0, 0, 0, Helsinki); day.Year() == t.Year(); day = day.AddDate(0, 0, 1) {
			days[day.YearDay()] = workdays.IsWorkday(day)
		}
		year, _ = worked.LoadOrStore(t.Year(), &days)
	}
	return year.(*[367]bool)[t.YearDay()]
}

// addWorkdays returns the first moment of the day that is n working days after
// the day of t in Helsinki; with 0, of the day itself, working or not.
func addWorkdays(t time.Time, n int) time.Time {
	day := midnight(t)
	for n > 0 {
		if day = day.AddDate(0, 0, 1); workday(day) {
			n--
		}
	}
	return day
}

// workdayFrom returns the first working day that is t's day or later.
func workdayFrom(t time.Time) time.Time {
	day := midnight(t)
	for !workday(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(Helsinki).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Helsinki)
}

// atMinute returns the time of day on the day of t; clocks that are moved that
// night make no difference.
func atMinute(day time.Time, minutes int) time.Time {
	y, m, d := day.In(Helsinki).Date()
	return time.Date(y, m, d, minutes/60, minutes%60, 0, 0, Helsinki)
}
