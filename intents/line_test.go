package intents

import (
	"slices"
	"testing"
)

func TestLines(t *testing.T) {
	t.Parallel()
	m := model(t)
	for text, want := range map[string][]Line{
		"moi":                                    nil,
		"kaks mustaa ja yks valkonen":            {{Qty: 2, Color: "musta"}, {Qty: 1, Color: "valkoinen"}},
		"kaksi M-kokoista ja yksi L":             {{Qty: 2, Size: "M"}, {Qty: 1, Size: "L"}},
		"kengät 42 mustana":                      {{Category: "kengat", Size: "42", Color: "musta"}},
		"kengät musta 42":                        {{Category: "kengat", Size: "42", Color: "musta"}},
		"takkeja: kaks mustaa ja yks valkonen":   {{Qty: 2, Category: "takit", Color: "musta"}, {Qty: 1, Category: "takit", Color: "valkoinen"}},
		"kolme mustaa takkia ja yksi sininen":    {{Qty: 3, Category: "takit", Color: "musta"}, {Qty: 1, Category: "takit", Color: "sininen"}},
		"musta takki 2 kpl ja valkoinen 1 kpl":   {{Qty: 2, Category: "takit", Color: "musta"}, {Qty: 1, Category: "takit", Color: "valkoinen"}},
		"kahdet kengät ja takki":                 {{Qty: 2, Category: "kengat"}, {Category: "takit"}},
		"ei mustaa vaan kaks valkoista":          {{Qty: 2, Color: "valkoinen"}},
		"otan kaksi ensimmäistä ja yhden toisen": {{Qty: 2, Ref: RefFirst}, {Qty: 1}},
		"two black and one white":                {{Qty: 2, Color: "musta"}, {Qty: 1, Color: "valkoinen"}},
	} {
		if got := m.Read(text, Hint{Now: now}).Lines(); !slices.Equal(got, want) {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}
