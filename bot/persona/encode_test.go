package persona

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

func TestBeliefIsKept(t *testing.T) {
	t.Parallel()
	b := Belief{
		Leans:   []Lean{{"kiire", 0.118, 0}, {"laatu", -0.4, 2.5}, {"opiskelija", 0, 0}},
		Used:    "kiire",
		Reasons: []Reason{{"kiire", Word, `"äkki*"`}, {"kiire", Phrase, "heti tänään jos vain"}, {"laatu", Asked, ""}},
		Learnt:  time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC),
	}
	document, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var kept Belief
	if err := json.Unmarshal(document, &kept); err != nil || !reflect.DeepEqual(kept, b) {
		t.Errorf("%s is read as %+v, %v", document, kept, err)
	}
	const older = `{"leans":[{"for":"kiire","own":0.118},{"for":"laatu","own":-0.4,"gift":2.5},{"for":"opiskelija"}],"used":"kiire",` +
		`"why":[{"for":"kiire","kind":"word","name":"\"äkki*\""},{"for":"kiire","kind":"phrase","name":"heti tänään jos vain"},{"for":"laatu","kind":"asked","name":""}],"learnt":"2026-11-23T10:00:00Z"}`
	var old Belief
	if err := json.Unmarshal([]byte(older), &old); err != nil || !reflect.DeepEqual(old, b) {
		t.Errorf("an older document is read as %+v, %v", old, err)
	}
	for _, wrong := range []string{`{"leans":["kiire"]}`, `{"leans":["kiire x"]}`, `{"leans":["kiire 1 x"]}`, `{"leans":[1]}`, `{"why":["kiire word"]}`, `{"why":[true]}`} {
		if err := json.Unmarshal([]byte(wrong), new(Belief)); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
}
