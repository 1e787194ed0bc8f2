package catalog

import "strings"

const discountsFile = "discounts.yaml"

// discounts reads discounts.yaml, which a shop need not have.
func (l *loader) discounts() {
	if l.lacks(discountsFile) {
		return
	}
	f, n := l.open(discountsFile)
	ids, codes := map[string]bool{}, map[string]bool{}
	for _, e := range f.entries(n) {
		d := Discount{
			ID:           e.id("id"),
			Code:         e.word("code"),
			Name:         e.needText("name"),
			Percent:      e.number("percent", 1, 100),
			Amount:       e.cents("amount"),
			FreeDelivery: e.flag("free_delivery"),
			Take:         e.number("take", 2, 100),
			Pay:          e.number("pay", 1, 99),
			Category:     e.word("category"),
			Minimum:      e.cents("minimum"),
			Uses:         e.number("uses", 1, 1_000_000),
			PerCustomer:  e.number("per_customer", 1, 1000),
		}
		if n := e.take("from"); n != nil {
			d.From = f.date(n.Line, n.Value)
		}
		if n := e.take("until"); n != nil {
			d.Until = f.date(n.Line, n.Value).AddDate(0, 0, 1)
		}
		e.close()
		for _, wrong := range d.mistakes() {
			f.wrong(e.line, "%s", wrong)
		}
		key := codeKey(d.Code)
		if ids[d.ID] || key != "" && codes[key] {
			f.wrong(e.line, "the id or code of discount %s stands here twice", d.ID)
		}
		ids[d.ID], codes[key] = true, true
		l.discountLines = append(l.discountLines, e.line)
		l.shop.Discounts = append(l.shop.Discounts, d)
	}
}

// mistakes are what does not go together in a discount.
func (d *Discount) mistakes() []string {
	var wrong []string
	kinds := 0
	for _, set := range []bool{d.Percent > 0, d.Amount > 0, d.FreeDelivery, d.Take > 0 || d.Pay > 0} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		wrong = append(wrong, "exactly one of percent, amount, free_delivery and take with pay is wanted")
	}
	if (d.Take > 0 || d.Pay > 0) && (d.Pay < 1 || d.Take <= d.Pay) {
		wrong = append(wrong, "take must be more than pay: take 3, pay 2")
	}
	if d.Code != "" && (len(codeKey(d.Code)) < 3 || len(d.Code) > 40) {
		wrong = append(wrong, "a code has at least 3 letters or digits, and at most 40 characters")
	}
	if d.ID == PointsDiscount || d.ID == ReferralDiscount {
		wrong = append(wrong, "the ids "+PointsDiscount+" and "+ReferralDiscount+" are those of loyalty.yaml")
	}
	if d.Code == "" && (d.Uses > 0 || d.PerCustomer > 0) {
		wrong = append(wrong, "uses and per_customer need a code: without one the price shown would not hold for everybody")
	}
	if !d.Until.IsZero() && !d.From.Before(d.Until) {
		wrong = append(wrong, "until is before from")
	}
	if d.Code == "" && percentage(d.Name) {
		wrong = append(wrong, "the name of a discount for everybody must not say a percentage: it would need the lowest price of 30 days beside it (KSL 2:11)")
	}
	return wrong
}

func percentage(t Text) bool {
	for _, said := range t {
		if strings.Contains(said, "%") || strings.Contains(strings.ToLower(said), "prosent") {
			return true
		}
	}
	return false
}

// shelvesOfDiscounts looks that the categories of discounts are there.
func (l *loader) shelvesOfDiscounts() {
	f := &file{name: discountsFile, mistakes: &l.mistakes}
	known := l.shelves()
	for i, d := range l.shop.Discounts {
		if d.Category != "" && !known[d.Category] {
			f.wrong(l.discountLines[i], "unknown category %s", d.Category)
		}
	}
}
