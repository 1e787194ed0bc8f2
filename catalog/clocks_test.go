package catalog

import (
	"testing"
	"time"
)

// The nights on which clocks are moved: 29.3.2026 has 23 hours, 25.10.2026 has 25.
// Both are Sundays.

func TestDeliveryOverTheNightOfTheClocks(t *testing.T) {
	t.Parallel()
	m := &DeliveryMethod{Handling: Days{1, 1}, Transit: Days{1, 2}, Cutoff: 14 * 60}
	for _, c := range []struct {
		from             time.Time
		earliest, latest string
	}{
		{moment("2026-03-27 14:00"), "2026-03-31", "2026-04-01"}, // Friday, in time
		{moment("2026-03-27 14:01"), "2026-04-01", "2026-04-02"}, // counts from Monday
		{moment("2026-03-29 00:00"), "2026-04-01", "2026-04-02"}, // the day of 23 hours
		{moment("2026-03-29 02:59"), "2026-04-01", "2026-04-02"},
		{moment("2026-03-29 02:59").Add(time.Minute), "2026-04-01", "2026-04-02"}, // is 4.00
		{moment("2026-03-29 23:59"), "2026-04-01", "2026-04-02"},
		{moment("2026-03-30 14:00"), "2026-04-01", "2026-04-02"},
		{moment("2026-03-30 14:00").Add(time.Second), "2026-04-02", "2026-04-07"}, // Easter is between
		{moment("2026-10-23 14:00"), "2026-10-27", "2026-10-28"},
		{moment("2026-10-23 14:01"), "2026-10-28", "2026-10-29"},
		{moment("2026-10-25 03:59").Add(-time.Hour), "2026-10-28", "2026-10-29"}, // the day of 25 hours
		{moment("2026-10-25 03:59").Add(time.Hour), "2026-10-28", "2026-10-29"},
		{moment("2026-10-25 23:59"), "2026-10-28", "2026-10-29"},
		{moment("2026-10-26 14:00"), "2026-10-28", "2026-10-29"},
		{moment("2026-10-26 14:00").Add(time.Second), "2026-10-29", "2026-10-30"},
	} {
		want := Window{day(c.earliest), day(c.latest)}
		for _, from := range []time.Time{c.from, c.from.UTC()} {
			if got := m.Arrives(from); !got.Earliest.Equal(want.Earliest) || !got.Latest.Equal(want.Latest) {
				t.Errorf("ordered at %v: %v, want %v", from, got, want)
			}
		}
	}
}

// What was received can be withdrawn from until the last moment of the last
// day, however many hours there were until then.
func TestDeadlinesOverTheNightOfTheClocks(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	other := *s
	other.Returns.Days, other.Returns.RefundDays = 14, 14
	for received, last := range map[string]string{
		"2026-03-15 12:00": "2026-03-30", // the 29th is a Sunday
		"2026-03-16 00:00": "2026-03-30",
		"2026-03-16 23:59": "2026-03-30",
		"2026-03-29 12:00": "2026-04-13", // the 12th is a Sunday
		"2026-10-11 23:59": "2026-10-26", // the 25th is a Sunday
		"2026-10-12 00:00": "2026-10-26",
		"2026-10-25 00:00": "2026-11-09", // the 8th is a Sunday
	} {
		o := Order{Status: Delivered, Delivered: moment(received).UTC(), Lines: []OrderLine{{SKU: "X", Qty: 1, Unit: 1000}}}
		if got := other.Returns.Deadline(o.Delivered); !got.Equal(day(last)) {
			t.Errorf("received %s: until %v, want %s", received, got, last)
		}
		end := day(last).AddDate(0, 0, 1)
		for at, want := range map[time.Time]bool{end.Add(-time.Millisecond): true, end: false} {
			if ok, why := other.Eligible(o, 0, "", at.UTC()); ok != want {
				t.Errorf("received %s, withdrawn from at %v: %v %s", received, at, ok, why)
			}
		}
	}
	for given, by := range map[string]string{"2026-03-20 12:00": "2026-04-03", "2026-10-20 23:30": "2026-11-03", "2026-10-25 03:30": "2026-11-08"} {
		o := Order{Status: Delivered, Delivered: moment(given), Lines: []OrderLine{{SKU: "X", Qty: 1, Unit: 1000}}}
		c, err := other.NewCase(Case{Kind: Withdrawal, Lines: []CaseLine{{Qty: 1}}}, o, nil, moment(given).UTC())
		if err != nil || !c.RefundBy.Equal(day(by)) {
			t.Errorf("notice of %s: refunded by %v, want %s: %v", given, c.RefundBy, by, err)
		}
	}
}

// Working days are counted by dates, not by hours.
func TestWorkingDaysOverTheNightOfTheClocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-03-27 23:59", 1, "2026-03-30"}, {"2026-03-28 00:30", 1, "2026-03-30"}, {"2026-03-29 04:30", 2, "2026-03-31"},
		{"2026-10-23 23:59", 1, "2026-10-26"}, {"2026-10-25 03:30", 1, "2026-10-26"}, {"2026-10-25 23:59", 2, "2026-10-27"},
	} {
		if got := addWorkdays(moment(c.from).UTC(), c.n); !got.Equal(day(c.want)) {
			t.Errorf("%d working days from %s: %v, want %s", c.n, c.from, got, c.want)
		}
	}
	var week [7]Span
	week[6] = Span{Open: 12 * 60, Close: 16 * 60} // Sundays
	h := Hours{Service: week}
	for _, sunday := range []string{"2026-03-29", "2026-10-25"} {
		if !h.ServiceOpen(moment(sunday+" 12:00")) || h.ServiceOpen(moment(sunday+" 11:59")) || h.ServiceOpen(moment(sunday+" 16:00")) {
			t.Errorf("%s: the hours are moved with the clocks", sunday)
		}
		if got := h.NextOpen(moment(sunday + " 00:30")); !got.Equal(moment(sunday + " 12:00")) {
			t.Errorf("%s: opens %v", sunday, got)
		}
	}
}
