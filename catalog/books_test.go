package catalog

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestTheBooksBalance tells histories, and adds up every entry.
func TestTheBooksBalance(t *testing.T) {
	t.Parallel()
	s := testShop(t)
	o := delivered(moment("2026-12-01 10:00"))
	for _, r := range o.Receipt() {
		o.VAT = append(o.VAT, VATLine{r.VAT, r.Net, r.Tax})
	}
	refund := func(kind CaseKind, lines ...CaseLine) Case {
		c, err := s.NewCase(Case{Kind: kind, Lines: lines}, o, nil, moment("2026-12-03 15:00"))
		if err != nil {
			t.Fatal(err)
		}
		c.Number = "P-111111"
		return c
	}
	shoesBack, allBack := refund(Withdrawal, CaseLine{Line: 0, Qty: 2}), refund(Complaint, CaseLine{Line: 0, Qty: 2}, CaseLine{Line: 1, Qty: 1})
	for name, c := range map[string]struct {
		life  string
		of    Case
		case_ string
		kinds string
		want  Cents
	}{
		"by invoice":             {"summary_shown placed shipped delivered closed", Case{}, "", "sale×4", o.Total},
		"paid later":             {"summary_shown placed shipped shipped delivered", Case{}, "", "sale×4", o.Total},
		"reserved":               {"summary_shown placed awaiting_payment", Case{}, "", "", 0},
		"paid first":             {"summary_shown placed awaiting_payment paid handed", Case{}, "", "sale×4", o.Total},
		"expired":                {"summary_shown placed awaiting_payment expired", Case{}, "", "", 0},
		"paid too late":          {"summary_shown placed awaiting_payment expired refunded", Case{}, "", "", 0},
		"paid late":              {"summary_shown placed awaiting_payment expired paid", Case{}, "", "sale×4", o.Total},
		"cancelled, not paid":    {"summary_shown placed awaiting_payment cancelled", Case{}, "", "", 0},
		"cancelled":              {"summary_shown placed cancelled", Case{}, "", "sale×4 cancel×4", 0},
		"cancelled and paid":     {"summary_shown placed awaiting_payment paid cancelled refunded", Case{}, "", "sale×4 cancel×4", 0},
		"refused":                {"summary_shown placed paid refused refunded", Case{}, "", "sale×4 cancel×4", 0},
		"sold elsewhere":         {"shipped delivered", Case{}, "", "", 0},
		"a case open":            {"summary_shown placed delivered", shoesBack, "open", "sale×4", o.Total},
		"a case refused":         {"summary_shown placed delivered", shoesBack, "open refused", "sale×4", o.Total},
		"shoes refunded":         {"summary_shown placed delivered partly_returned", shoesBack, "open received refunded", "sale×4 refund×1", o.Total - 12980},
		"everything refunded":    {"summary_shown placed delivered returned refunded", allBack, "open received refunded", "sale×4 refund×4", 0},
		"replaced, not refunded": {"summary_shown placed delivered", allBack, "open replaced", "sale×4", o.Total},
	} {
		h := History{Order: o}
		at, from := moment("2026-12-01 10:00"), Status("")
		for _, to := range strings.Fields(c.life) {
			at = at.Add(time.Minute)
			if Status(to) != Shown {
				h.Events = append(h.Events, OrderEvent{From: from, To: Status(to), At: at})
			}
			from = Status(to)
		}
		if c.case_ != "" {
			events := CaseHistory{Case: c.of}
			for _, to := range strings.Fields(c.case_) {
				at = at.Add(time.Minute)
				events.Events = append(events.Events, CaseEvent{To: CaseState(to), At: at})
			}
			h.Cases = append(h.Cases, events)
		}
		var sum, net, tax Cents
		var kinds []string
		count := map[string]int{}
		for _, e := range h.Entries() {
			if count[e.Kind]++; count[e.Kind] == 1 {
				kinds = append(kinds, e.Kind)
			}
			if e.Gross != e.Net+e.Tax || (e.Gross < 0) != (e.Kind != EntrySale) || (e.Case != "") != (e.Kind == EntryRefund) {
				t.Errorf("%s: %+v", name, e)
			}
			sum, net, tax = sum+e.Gross, net+e.Net, tax+e.Tax
		}
		for i, k := range kinds {
			kinds[i] = fmt.Sprintf("%s×%d", k, count[k])
		}
		if strings.Join(kinds, " ") != c.kinds || sum != c.want || net+tax != sum {
			t.Errorf("%s: %v, %d = %d + %d, want %s, %d", name, kinds, sum, net, tax, c.kinds, c.want)
		}
		if c.want == 0 && (net != 0 || tax != 0) {
			t.Errorf("%s: %d of net and %d of tax stay", name, net, tax)
		}
	}
}
