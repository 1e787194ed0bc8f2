package telegram

import (
	"errors"
	"strings"
	"testing"

	"tiski/catalog"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	good := catalog.Charge{
		ID: strings.Repeat("x", maxCharge), Total: 790, Currency: "EUR",
		Lines: []catalog.ChargeLine{{Code: "A", Title: "Sukat", Unit: 1290, Qty: 1}, {Code: "discount", Title: "Sukat", Unit: -500, Qty: 1}},
	}
	p, err := Provider{}.Ask(t.Context(), good)
	if err != nil || p.State != catalog.PaymentOpen || p.Charge != good.ID || p.Amount != 790 || p.ID != "" {
		t.Errorf("%+v, %v", p, err)
	}
	for name, spoil := range map[string]func(*catalog.Charge){
		"no id":                    func(c *catalog.Charge) { c.ID = "" },
		"an id too long":           func(c *catalog.Charge) { c.ID += "x" },
		"lines that do not add up": func(c *catalog.Charge) { c.Total++ },
		"crowns":                   func(c *catalog.Charge) { c.Currency = "SEK" },
		"nothing":                  func(c *catalog.Charge) { c.Total, c.Lines = 0, nil },
	} {
		c := good
		spoil(&c)
		if _, err := (Provider{}).Ask(t.Context(), c); err == nil {
			t.Errorf("%s is asked", name)
		}
	}
	var refused *catalog.PaymentRefused
	if _, err := (Provider{}).Refund(t.Context(), catalog.Refund{ID: "1", Payment: "2", Amount: 3}); !errors.As(err, &refused) {
		t.Errorf("a refund: %v", err)
	}
	if _, err := (Provider{}).Look(t.Context(), "1"); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a look: %v", err)
	}
}
