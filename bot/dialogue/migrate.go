package dialogue

import (
	"encoding/json"
	"fmt"
)

// first is what schema 1 had where tasks are now: one open question, and
// whether the customer was buying.
type first struct {
	Buying  bool `json:"buying"`
	Pending *struct {
		Slot    string            `json:"slot"`
		For     string            `json:"for"`
		Product string            `json:"product"`
		Options map[string]string `json:"options"`
		Qty     int               `json:"qty"`
		Order   string            `json:"order"`
		Tries   int               `json:"tries"`
	} `json:"pending"`
}

// migrate brings a state of schema 1 up to date; document is what it was read
// from. Schema 2 differs in the form of [persona.Belief], which reads both.
func (s *State) migrate(document []byte) error {
	var was first
	if err := json.Unmarshal(document, &was); err != nil {
		return fmt.Errorf("migrate state of schema %d: %w", s.Schema, err)
	}
	if was.Buying {
		s.Tasks = append(s.Tasks, Task{Kind: Buy})
	}
	p := was.Pending
	if p == nil {
		return nil
	}
	kind := p.For
	if kind == "recommend" {
		kind = Find
	}
	k := Task{Kind: kind, Values: p.Options, Asked: p.Slot, Tries: p.Tries, Product: p.Product, Qty: p.Qty, Order: p.Order}
	if at := len(s.Tasks) - 1; kind == Buy && at >= 0 {
		s.Tasks[at] = k
	} else {
		s.Tasks = append(s.Tasks, k)
	}
	return nil
}
