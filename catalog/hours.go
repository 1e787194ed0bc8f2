package catalog

import "time"

// ServiceOpen reports whether customer service is open at t. Finnish holidays
// are closed days.
func (h Hours) ServiceOpen(t time.Time) bool {
	span := h.on(h.Service, t)
	return !t.Before(atMinute(t, span.Open)) && t.Before(atMinute(t, span.Close))
}

// NextOpen returns when customer service opens next: t itself when it is open,
// the zero time when it does not open within a year.
func (h Hours) NextOpen(t time.Time) time.Time {
	if h.ServiceOpen(t) {
		return t
	}
	day := midnight(t)
	for range 366 {
		if span := h.on(h.Service, day); span != (Span{}) {
			if opens := atMinute(day, span.Open); !opens.Before(t) {
				return opens
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}
}

// ClosedOn reports whether the whole day of t is closed that would be open in
// an ordinary week, and why if the shop's files say.
func (h Hours) ClosedOn(t time.Time) (why Text, closed bool) {
	local := t.In(Helsinki)
	weekday := (int(local.Weekday()) + 6) % 7
	if h.Service[weekday] == (Span{}) && h.Store[weekday] == (Span{}) {
		return nil, false
	}
	return h.Closed[local.Format(time.DateOnly)], h.on(h.Service, t) == (Span{}) && h.on(h.Store, t) == (Span{})
}

// ServiceEnd returns when customer service closes on a day, or on the next that it
// is open; the zero time when it does not open within a year.
func (h Hours) ServiceEnd(day time.Time) time.Time {
	opens := h.NextOpen(midnight(day))
	if opens.IsZero() {
		return opens
	}
	return atMinute(opens, h.on(h.Service, opens).Close)
}

// on returns the hours of the day of t; a zero Span is closed.
func (h Hours) on(week [7]Span, t time.Time) Span {
	local := t.In(Helsinki)
	if _, closed := h.Closed[local.Format(time.DateOnly)]; closed {
		return Span{}
	}
	if _, holiday, _ := workdays.IsHoliday(local); holiday {
		return Span{}
	}
	return week[(int(local.Weekday())+6)%7]
}
