package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

func TestByNumber(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		for number, contact := range map[string]catalog.Contact{
			"T-482913": {Email: " Aino.Virtanen@Example.fi", Phone: "040 123 4567"},
			"T-482914": {Email: "matti@example.fi"},
			"#A-77/b":  {Phone: "+46 70 123 45 67"},
			"T-482915": {},
		} {
			o := anOrder("", "A")
			o.Number, o.Status, o.Contact = number, catalog.Paid, contact
			if err := s.Put(t.Context(), o); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct{ number, email, phone, want string }{
			{"T-482913", "aino.virtanen@example.fi", "", "T-482913"},
			{" t 482913 ", "AINO.virtanen@example.fi ", "", "T-482913"},
			{"482913", "", "+358401234567", "T-482913"},
			{"T-482913", "", "00358 40 1234567", "T-482913"},
			{"T-482913", "other@example.fi", "0401234567", "T-482913"},
			{"T-482913", "aino.virtanen@example.fi", "0500000000", "T-482913"},
			{"a77B", "", "+46701234567", "#A-77/b"},
			{"T-482913", "", "", ""},
			{"T-482913", "aino@example.fi", "", ""},
			{"T-482913", "", "0401234568", ""},
			{"T-482913", "matti@example.fi", "", ""},
			{"T-482914", "matti@example.fi", "", "T-482914"},
			{"T-482914", "", "", ""},
			{"T-482914", "", "ei ole", ""},
			{"T-482915", "", "", ""},
			{"T-482916", "aino.virtanen@example.fi", "", ""},
			{"T-482916", "", "", ""},
			{"", "aino.virtanen@example.fi", "", ""},
			{"T-48291%", "aino.virtanen@example.fi", "", ""},
			{"\x00\xff", "\x00\xff", "\x00\xff", ""},
		} {
			found, err := s.ByNumber(t.Context(), c.number, c.email, c.phone)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if len(found) > 0 {
				got = found[0].Number
			}
			if got != c.want {
				t.Errorf("%q %q %q: got %q, want %q", c.number, c.email, c.phone, got, c.want)
			}
		}
	})
}

// TestALookUpTellsNothingByItsTime compares medians, which a busy machine
// disturbs little.
func TestALookUpTellsNothingByItsTime(t *testing.T) {
	t.Parallel()
	s := open(t, Memory)
	o := anOrder("1", "A")
	o.Lines[0].Title = strings.Repeat("talvikenkä ", 2000)
	o = place(t, s, o)
	numbers := []string{o.Number, "T-1"}
	times := make([][]time.Duration, 2)
	for i := range 1000 {
		start := time.Now()
		if found, err := s.ByNumber(t.Context(), numbers[i%2], "wrong@example.fi", ""); err != nil || found != nil {
			t.Fatal(found, err)
		}
		times[i%2] = append(times[i%2], time.Since(start))
	}
	slices.Sort(times[0])
	slices.Sort(times[1])
	known, unknown := times[0][250], times[1][250]
	if known > 2*unknown || unknown > 2*known {
		t.Errorf("a known number takes %s, an unknown one %s", known, unknown)
	}
}

func TestFoldPhone(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{
		"040 123 4567":         "+358401234567",
		"040-1234567":          "+358401234567",
		"00358401234567":       "+358401234567",
		"+358 (0)40 123 4567":  "+358401234567",
		"00 358 (0)40 1234567": "+358401234567",
		"358401234567":         "+358401234567",
		" +358401234567":       "+358401234567",
		"09 123 456":           "+3589123456",
		"+46 70 123 45 67":     "+46701234567",
		"":                     "",
		"ei ole":               "",
	} {
		if got := foldPhone(phone); got != want {
			t.Errorf("%q: got %q, want %q", phone, got, want)
		}
	}
}

func TestNumberKey(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"T-482913":  "482913",
		"t 482 913": "482913",
		"#482913":   "482913",
		"T":         "T",
		"TB-12":     "TB12",
		"tilaus":    "TILAUS",
		" - ":       "",
		"\xff\x00":  "",
	} {
		if got := numberKey(number); got != want {
			t.Errorf("%q: got %q, want %q", number, got, want)
		}
	}
}

func TestNumbersGrowLongerWhenTheyRunOut(t *testing.T) {
	t.Parallel()
	for try, want := range map[int]int{0: 6, 9: 6, 10: 7, 39: 9} {
		if got := len(newNumber(orderLetter, try)) - len("T-"); got != want {
			t.Errorf("try %d has %d digits, want %d", try, got, want)
		}
	}
}

func TestByToken(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		one, other := place(t, s, anOrder("1", "A")), place(t, s, anOrder("2", "A"))
		if one.Token == other.Token {
			t.Fatal("two orders have one page")
		}
		if found, ok, err := s.ByToken(t.Context(), one.Token); err != nil || !ok || found.Number != one.Number {
			t.Errorf("found %+v, %v", found, err)
		}
		for _, none := range []string{"", "x", strings.ToLower(one.Token), one.Token + " ", one.Token[1:], "\x00\xff", hash(one.Token)} {
			if _, ok, err := s.ByToken(t.Context(), none); err != nil || ok {
				t.Errorf("%q: %v, %v", none, ok, err)
			}
		}
	})
}
