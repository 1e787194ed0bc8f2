package catalog

import (
	"strings"
	"testing"
)

func TestStoriesOfAProduct(t *testing.T) {
	t.Parallel()
	const at = "  price: "
	with := func(stories string) (*Shop, error) {
		files := changed(t, "products/kengat.yaml", at, "  stories: ["+stories+"]\n"+at)
		return Load(files)
	}
	s, err := with(`{value: speed, say: {fi: Tarrat., sv: Kardborre.}}, {value: quality, say: {fi: Nahkaa.}, image: "https://shop.example/nahka.jpg"}`)
	if err != nil {
		t.Fatal(err)
	}
	var told []Story
	for i := range s.Products {
		told = append(told, s.Products[i].Stories...)
	}
	if len(told) != 2 || told[0].Value != "speed" || told[0].Say["sv"] != "Kardborre." || told[1].Image != "https://shop.example/nahka.jpg" || told[1].File != "products/kengat.yaml" || told[1].Line == 0 {
		t.Errorf("read %+v", told)
	}
	for wrong, reason := range map[string]string{
		`{say: {fi: Tarrat.}}`: "value is missing",
		`{value: speed}`:       "say is missing",
		`{value: speed, say: {fi: A.}}, {value: speed, say: {fi: B.}}`:                   "two stories for speed",
		`{value: speed, say: {fi: A.}, image: ei-ole.svg}`:                               "there is no images/ei-ole.svg",
		`{value: speed, say: {fi: ` + strings.Repeat("ä", longestStory+1) + `}}`:         "at most 140 characters",
		`{value: speed, say: {fi: A., sv: ` + strings.Repeat("ä", longestStory+1) + `}}`: "at most 140 characters",
		`{value: speed, say: {fi: A.}, when: always}`:                                    "unknown key when",
	} {
		if _, err := with(wrong); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v, want %q", wrong, err, reason)
		}
	}
	if _, err := with(`{value: speed, say: {fi: ` + strings.Repeat("ä", longestStory) + `}}`); err != nil {
		t.Errorf("a story of %d characters: %v", longestStory, err)
	}
}
