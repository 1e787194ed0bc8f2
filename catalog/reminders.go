package catalog

import (
	"strings"
	"time"
)

// Reminders are the shop's terms of what customers are sent unasked.
type Reminders struct {
	Hours  Span // when something is sent, local time
	Week   int  // how much one customer is sent in seven days at most
	Cart   int  // hours after which one is reminded of goods left in the cart
	Ask    int  // days after the delivery when one is asked how it went
	Review int  // days after the delivery when one who wants reminders is asked for a review; 0: nobody is
}

// DefaultReminders are the terms of a shop that tells none.
var DefaultReminders = Reminders{Hours: Span{9 * 60, 20 * 60}, Week: 2, Cart: 24, Ask: 7, Review: 14}

// Limits of these terms.
const (
	mostWeekly  = 7
	longestCart = 14 * 24 // hours
	longestAsk  = 60      // days
)

// Next is the first moment from at on at which something may be sent.
func (r Reminders) Next(at time.Time) time.Time {
	at = at.In(Helsinki)
	opens := func(days int) time.Time {
		return time.Date(at.Year(), at.Month(), at.Day()+days, 0, r.Hours.Open, 0, 0, Helsinki)
	}
	switch minute := at.Hour()*60 + at.Minute(); {
	case minute < r.Hours.Open:
		return opens(0)
	case minute >= r.Hours.Close:
		return opens(1)
	}
	return at
}

// reminders reads the terms of shop.yaml; those left out are the default.
func (l *loader) reminders(e *entry) {
	r := DefaultReminders
	l.shop.Reminders = r
	if e == nil {
		return
	}
	if n := e.take("hours"); n != nil {
		s, _ := e.file.word(n)
		open, end, found := strings.Cut(hyphened.Replace(s), "-")
		if !found {
			e.file.wrong(n.Line, "%q are no hours; write 9:00-20:00", s)
		} else if r.Hours = (Span{e.file.minutes(n.Line, open), e.file.minutes(n.Line, end)}); r.Hours.backward() {
			e.file.wrong(n.Line, "hours end before they begin")
		}
	}
	for _, t := range []struct {
		key  string
		into *int
		low  int
		high int
	}{{"week", &r.Week, 1, mostWeekly}, {"cart", &r.Cart, 1, longestCart}, {"ask", &r.Ask, 1, longestAsk}, {"review", &r.Review, 0, longestAsk}} {
		if n := e.take(t.key); n != nil {
			*t.into = e.file.number(n, t.low, t.high)
		}
	}
	e.close()
	l.shop.Reminders = r
}
