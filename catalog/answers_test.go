package catalog

import (
	"bytes"
	"reflect"
	"testing"
	"testing/fstest"
)

// TestAnswersAreReadAsWritten also where YAML would take a text for something else.
func TestAnswersAreReadAsWritten(t *testing.T) {
	t.Parallel()
	all := []Answer{
		{ID: "a-1", Intent: "store_info", Ask: map[string][]string{"fi": {"on: ei # kyllä", "- 12", "null"}, "sv": {"ja"}}, Say: Text{"fi": "Kyllä: \"on\".\n\nTule käymään {täällä}.", "sv": "true"}},
		{ID: "b", Intent: "privacy", Ask: map[string][]string{"fi": {"'"}}, Say: Text{"fi": "0"}},
	}
	var b bytes.Buffer
	if err := WriteAnswers(&b, all); err != nil {
		t.Fatal(err)
	}
	got, err := ReadAnswers(fstest.MapFS{"answers/console.yaml": {Data: b.Bytes()}})
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	for i := range got {
		if got[i].At == "" {
			t.Error("where it stands is not told")
		}
		got[i].At = ""
	}
	if !reflect.DeepEqual(got, all) {
		t.Errorf("%+v is read of\n%s", got, b.String())
	}
	if _, err := ReadAnswers(fstest.MapFS{"answers/x.yaml": {Data: []byte("- {id: a}")}}); err == nil {
		t.Error("an answer that says nothing is read")
	}
}
