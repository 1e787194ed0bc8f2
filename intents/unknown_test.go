package intents

import (
	"slices"
	"testing"

	"tiski/intents/finnish"
)

func TestUnknownWords(t *testing.T) {
	t.Parallel()
	texts := slices.Values([]string{"Missä Brumlin-takkini on?", "brumlin", "usb xqz 12kpl, hauduketta", "kengät ja kengissäni"})
	if got, want := UnknownWords(finnish.Base(), texts), []string{"brumlin", "hauduketta"}; !slices.Equal(got, want) {
		t.Errorf("%q instead of %q", got, want)
	}
	if got := UnknownWords(finnish.Base().With("brumlin", "hauduke"), texts); slices.Contains(got, "brumlin") || slices.Contains(got, "hauduketta") {
		t.Errorf("%q although they are known", got)
	}
}

// TestUnknownOfExamples looks that what is learnt lists the words of the Finnish
// examples alone.
func TestUnknownOfExamples(t *testing.T) {
	t.Parallel()
	l, err := Learn(append([]Example{{"where is my brumlax", OrderStatus, "en"}, {"missä hauduke on", OrderStatus, "fi"}}, few...), Data())
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"hauduke"}; !slices.Equal(l.Unknown(), want) {
		t.Errorf("%q instead of %q", l.Unknown(), want)
	}
}
