package catalog

import (
	"strings"
	"testing"
)

func TestPrivacyTimes(t *testing.T) {
	t.Parallel()
	if got := testShop(t).Privacy; got != DefaultPrivacy {
		t.Errorf("a shop that tells none has %+v", got)
	}
	const before = "currency: EUR\n"
	s, err := Load(changed(t, "shop.yaml", before, before+"privacy: {transcripts: 30, profiles: 365, wishes: 90}\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := DefaultPrivacy
	want.Transcripts, want.Profiles, want.Wishes = 30, 365, 90
	if s.Privacy != want {
		t.Errorf("read %+v, want %+v", s.Privacy, want)
	}
	for written, want := range map[string]string{
		"privacy: {transcripts: 0}":                         `"0" is not a whole number from 1 to 3653`,
		"privacy: {profiles: 3654}":                         `"3654" is not a whole number from 1 to 3653`,
		"privacy: {orders: 89}":                             `"89" is not a whole number from 90 to 3653`,
		"privacy: {wishes: 91}":                             `"91" is not a whole number from 1 to 90`,
		"privacy: {letters: month}":                         `"month" is not a whole number`,
		"privacy: {transcripts: 91, order_transcripts: 90}": "order_transcripts must not be shorter than transcripts",
		"privacy: {carts: 3}":                               "unknown key carts",
		"privacy: 90":                                       "pairs are wanted",
	} {
		_, err := Load(changed(t, "shop.yaml", before, before+written+"\n"))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "shop.yaml:") {
			t.Errorf("%s: %v", written, err)
		}
	}
}
