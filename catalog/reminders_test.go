package catalog

import (
	"strings"
	"testing"
	"time"
)

func TestReminderTerms(t *testing.T) {
	t.Parallel()
	if got := testShop(t).Reminders; got != DefaultReminders {
		t.Errorf("a shop that tells none has %+v", got)
	}
	const before = "currency: EUR\n"
	s, err := Load(changed(t, "shop.yaml", before, before+"reminders: {hours: 10:00-18:30, week: 1, cart: 336, ask: 60, review: 0}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Reminders{Hours: Span{600, 1110}, Week: 1, Cart: 336, Ask: 60}); s.Reminders != want {
		t.Errorf("read %+v, want %+v", s.Reminders, want)
	}
	for written, want := range map[string]string{
		"reminders: {week: 0}":           `"0" is not a whole number from 1 to 7`,
		"reminders: {week: 8}":           `"8" is not a whole number from 1 to 7`,
		"reminders: {cart: 337}":         `"337" is not a whole number from 1 to 336`,
		"reminders: {review: 61}":        `"61" is not a whole number from 0 to 60`,
		"reminders: {ask: 61}":           `"61" is not a whole number from 1 to 60`,
		"reminders: {hours: 20:00-9:00}": "hours end before they begin",
		"reminders: {hours: daytime}":    "write 9:00-20:00",
		"reminders: {birthday: 1}":       "unknown key birthday",
	} {
		_, err := Load(changed(t, "shop.yaml", before, before+written+"\n"))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "shop.yaml:") {
			t.Errorf("%s: %v", written, err)
		}
	}
}

func TestNextSending(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026-11-23 08:59": "2026-11-23 09:00",
		"2026-11-23 09:00": "2026-11-23 09:00",
		"2026-11-23 19:59": "2026-11-23 19:59",
		"2026-11-23 20:00": "2026-11-24 09:00",
		"2027-03-27 23:00": "2027-03-28 09:00", // the clocks go forward that night
		"2026-10-25 03:30": "2026-10-25 09:00",
	} {
		moment := func(text string) time.Time {
			at, err := time.ParseInLocation("2006-01-02 15:04", text, Helsinki)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		if got := DefaultReminders.Next(moment(at).UTC()); !got.Equal(moment(want)) {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}
