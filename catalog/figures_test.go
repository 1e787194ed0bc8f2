package catalog

import "testing"

func TestParseEuros(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cents{
		"8,90": 890, "8,90 €": 890, "8.90": 890, "8,90 EUR": 890, "1 290,00 €": 129000, "1\u00a0290,00\u00a0€": 129000, "1.290,00": 129000, "13": 1300,
		"15.00 EUR": 1500, "15,5 EUR": 1550, "EUR 15": 1500, "15 eur": 1500, "15.00EUR": 1500, "19,90€": 1990, "€ 19.90": 1990,
		"1 299,00 EUR": 129900, "1,299.00 EUR": 129900, "1000000.00 EUR": 100000000, "7.936508": 794,
	} {
		if got, err := ParseEuros(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "EUR", "0,00", "-3,90", "15.000 EUR", "1.290", "15 USD", "1.2.3 EUR", "12 90", "99999999999999999999 EUR", "1000000.01"} {
		if got, err := ParseEuros(text); err == nil {
			t.Errorf("%s: %d", text, got)
		}
	}
}

func TestParseStock(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"4": 4, "0": 0, "-2": 0, "12.0000": 12, "3,5": 3, "7 kpl": 7, "loppu": 0, "Ei varastossa": 0, "slut": 0, "out_of_stock": 0, "Out of stock": 0,
		"in_stock": StockUnknown, "varastossa": StockUnknown,
	} {
		if got, err := ParseStock(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "monta", "NaN", "Inf", "2 pakkausta"} {
		if got, err := ParseStock(text); err == nil {
			t.Errorf("%s: %d", text, got)
		}
	}
}
