package catalog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	dayRange = regexp.MustCompile(`^(\d{1,3})(?:-(\d{1,3}))?$`)
	prefix   = regexp.MustCompile(`^\d{1,5}$`)
)

// delivery reads delivery.yaml.
func (l *loader) delivery() {
	f, n := l.open("delivery.yaml")
	for _, e := range f.entries(n) {
		m := DeliveryMethod{
			ID:       e.id("id"),
			Kind:     e.needOneOf("kind", deliveryKinds...),
			Name:     e.needText("name"),
			Info:     e.text("info"),
			FreeFrom: e.cents("free_from"),
			Areas:    e.prefixes("areas"),
			Except:   e.prefixes("except"),
			Handling: e.days("handling"),
			Transit:  e.days("transit"),
			Most:     Bulk{Weight: e.kilos("max_weight"), Length: e.number("max_length", 1, longest)},
		}
		if n := e.need("price"); n != nil {
			m.Price = f.cents(n)
		}
		if n := e.take("cutoff"); n != nil {
			if s, ok := f.word(n); ok {
				m.Cutoff = f.minutes(n.Line, s)
			}
		}
		e.close()
		if l.shop.DeliveryMethod(m.ID) != nil {
			f.wrong(e.line, "delivery %s stands here twice", m.ID)
		}
		l.shop.Delivery = append(l.shop.Delivery, m)
	}
	if n != nil && len(l.shop.Delivery) == 0 {
		f.wrong(n.Line, "there is no way of delivery")
	}
}

func (e *entry) days(key string) Days {
	n := e.need(key)
	if n == nil {
		return Days{}
	}
	s, ok := e.file.word(n)
	if !ok {
		return Days{}
	}
	m := dayRange.FindStringSubmatch(hyphened.Replace(s))
	if m == nil {
		e.file.wrong(n.Line, "%q are not working days; write 1-3", s)
		return Days{}
	}
	first, _ := strconv.Atoi(m[1])
	last := first
	if m[2] != "" {
		last, _ = strconv.Atoi(m[2])
	}
	if last < first || last > 250 {
		e.file.wrong(n.Line, "%q is not a range of at most 250 days, smaller number first", s)
	}
	return Days{first, last}
}

var kilos = regexp.MustCompile(`^(\d{1,3})(?:,(\d))?$`)

// kilos reads a weight in kilos, such as 35 or 2,5, as grams.
func (e *entry) kilos(key string) int {
	n := e.take(key)
	if n == nil {
		return 0
	}
	s, ok := e.file.word(n)
	if !ok {
		return 0
	}
	m := kilos.FindStringSubmatch(s)
	if m == nil {
		e.file.wrong(n.Line, "%q is not a weight in kilos; write 35 or 2,5", s)
		return 0
	}
	whole, _ := strconv.Atoi(m[1])
	tenths, _ := strconv.Atoi(m[2])
	grams := whole*1_000 + tenths*100
	if grams == 0 {
		e.file.wrong(n.Line, "%s must be more than nothing; left out it is no limit", key)
	}
	return grams
}

func (e *entry) prefixes(key string) []string {
	n := e.take(key)
	if n == nil {
		return nil
	}
	list := e.file.words(n)
	for _, p := range list {
		if !prefix.MatchString(p) {
			e.file.wrong(n.Line, "%q is not the beginning of a postal code", p)
		}
	}
	return list
}

// returns reads returns.yaml.
func (l *loader) returns() {
	f, n := l.open("returns.yaml")
	e := f.entry(n)
	if e == nil {
		return
	}
	defer e.close()
	r := Returns{
		CostPaid: e.flag("cost_paid"),
		Cost:     e.cents("cost"),
		How:      e.needText("how"),
		Exchange: e.text("exchange"),
		Warranty: e.text("warranty"),
	}
	if n := e.need("days"); n != nil {
		if r.Days = f.number(n, 0, 3650); r.Days < 14 {
			f.wrong(n.Line, "the law gives at least 14 days (KSL 6:14)")
		}
	}
	if n := e.need("refund_days"); n != nil {
		if r.RefundDays = f.number(n, 1, 3650); r.RefundDays > 14 {
			f.wrong(n.Line, "the law gives at most 14 days to refund (KSL 6:17)")
		}
	}
	if r.CostPaid && r.Cost > 0 {
		f.wrong(e.line, "cost must be left out when the shop pays (cost_paid)")
	}
	l.shop.Returns = r
}

// credits are how much credit a way of paying means, in the order in which KSL
// 6:12 b shows them.
var credits = []string{NoCredit, PerhapsCredit, Credit}

const longestPayment = 40 // bytes of an id: a button carries it

// shopKept are the ways of paying without a provider.
var shopKept = map[string]string{AtStore: NoCredit, Invoice: Credit}

// payments reads payments.yaml.
func (l *loader) payments() {
	f, n := l.open("payments.yaml")
	last := 0
	for _, e := range f.entries(n) {
		p := PaymentMethod{
			ID:       e.needWord("id"),
			Provider: e.word("provider"),
			Credit:   e.oneOf("credit", credits...),
			Name:     e.needText("name"),
			Info:     e.text("info"),
			Fee:      e.cents("fee"),
			For:      e.words("for"),
		}
		e.close()
		for _, kind := range p.For {
			if !slices.Contains(deliveryKinds, kind) {
				f.wrong(e.line, "unknown kind of delivery %s: the kinds are %s", kind, strings.Join(deliveryKinds, ", "))
			}
		}
		credit, ours := shopKept[p.ID]
		switch {
		case p.ID == "":
		case len(p.ID) > longestPayment:
			f.wrong(e.line, "the id is longer than %d characters", longestPayment)
		case ours && p.Provider+p.Credit != "":
			f.wrong(e.line, "payment %s is kept by the shop: it has no provider and no credit", p.ID)
		case ours:
			p.Credit = credit
		case p.Provider == "":
			f.wrong(e.line, "payment %s needs a provider; without one go %s and %s", p.ID, AtStore, Invoice)
		case p.Credit == "":
			f.wrong(e.line, "payment %s needs credit: %s", p.ID, strings.Join(credits, ", "))
		}
		place := slices.Index(credits, p.Credit)
		if l.shop.PaymentMethod(p.ID) != nil {
			f.wrong(e.line, "payment %s stands here twice", p.ID)
		} else if 0 <= place && place < last {
			f.wrong(e.line, "%s must stand before %s: no credit before credit (KSL 6:12 b)", p.ID, l.shop.Payments[len(l.shop.Payments)-1].ID)
		}
		last = max(last, place)
		l.shop.Payments = append(l.shop.Payments, p)
	}
	if n != nil && len(l.shop.Payments) == 0 {
		f.wrong(n.Line, "there is no way of paying")
	}
}
