package call

import (
	"encoding/json"
	"testing"
)

func TestWord(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]Word{`356`: "356", `"05410"`: "05410", `null`: "", `""`: "", `1e3`: "1e3", `"ä"`: "ä"} {
		var got struct{ ID Word }
		if err := json.Unmarshal([]byte(`{"id":`+sent+`}`), &got); err != nil || got.ID != want {
			t.Errorf("%s: %q, %v", sent, got.ID, err)
		}
	}
	for _, sent := range []string{`{}`, `[1]`, `true`} {
		var got struct{ ID Word }
		if err := json.Unmarshal([]byte(`{"id":`+sent+`}`), &got); err == nil {
			t.Errorf("%s is read as %q", sent, got.ID)
		}
	}
}
