package dialogue

import (
	"strconv"
	"strings"

	"tiski/catalog"
)

// Points are where a parcel to a postal code can be fetched.
type Points struct {
	Postcode string          `json:"postcode"`
	All      []catalog.Point `json:"all,omitempty"`
}

// maxPoints is how many points are offered.
const maxPoints = 5

// toPoint reports whether the parcel is fetched from a carrier's point or locker.
func (t *turn) toPoint() bool {
	m := t.method()
	return m != nil && (m.Kind == catalog.PickupPoint || m.Kind == catalog.Locker)
}

// anyPoint leaves the point to the carrier.
var anyPoint = catalog.Point{}

// point is what the customer chose or wished for.
func (t *turn) point() string {
	switch {
	case t.Point == nil:
		return ""
	case *t.Point == anyPoint:
		return "any"
	}
	return t.Point.Name
}

// chosenPoint is the point that the customer chose or wished for, nil if none.
func (t *turn) chosenPoint() *catalog.Point {
	if t.Point == nil || *t.Point == anyPoint || !t.toPoint() {
		return nil
	}
	return t.Point
}

// forgetPoint forgets the points of another address; the nearest is still the
// nearest.
func (t *turn) forgetPoint() {
	t.Points = nil
	if t.Point != nil && *t.Point != anyPoint {
		t.Point = nil
	}
}

func (t *turn) pointsKnown() bool { return t.Points != nil && t.Points.Postcode == t.Address.Postcode }

// lookPoints asks for the points near the address once.
func (t *turn) lookPoints() (Look, bool) {
	return Look{Near: t.Address.Postcode}, t.w.Points && t.Address.Postcode != "" && !t.pointsKnown()
}

// lookedNear takes the points that were looked up.
func (t *turn) lookedNear(in Looked) {
	t.Points = &Points{Postcode: in.Near, All: in.Points[:min(len(in.Points), 2*maxPoints)]}
	if len(in.Points) == 0 {
		t.lead(part("points.none"))
	}
	t.moved = true
}

// points are those that go with the delivery chosen: for a locker lockers
// alone, when the carrier tells which they are.
func (t *turn) points() []catalog.Point {
	if t.Points == nil {
		return nil
	}
	all := t.Points.All
	if m := t.method(); m != nil && m.Kind == catalog.Locker {
		var lockers []catalog.Point
		for _, p := range all {
			if p.Locker {
				lockers = append(lockers, p)
			}
		}
		if len(lockers) > 0 {
			all = lockers
		}
	}
	return all[:min(len(all), maxPoints)]
}

// askPoint offers the nearest points; without any, it asks for a wish.
func (t *turn) askPoint() ([]Part, []Button) {
	all := t.points()
	if len(all) == 0 {
		return []Part{part("ask.point.wish")}, []Button{button("button.any_point", "point:any")}
	}
	parts := []Part{part("ask.point", "postcode", t.Points.Postcode)}
	var buttons []Button
	for i, p := range all {
		parts = append(parts, part("point", "name", p.Name, "street", p.Address.Street, "postcode", p.Address.Postcode, "city", p.Address.City))
		buttons = append(buttons, button("button.text", "point:"+t.Points.Postcode+":"+strconv.Itoa(i), "text", p.Name))
	}
	return parts, append(buttons, button("button.any_point", "point:"+t.Points.Postcode+":0"))
}

// summaryPoint words the point in the summary; a customer's wish has no address.
func summaryPoint(p catalog.Point) Part {
	if p.Address == (catalog.Address{}) {
		return part("summary.point.wish", "name", p.Name)
	}
	return part("summary.point", "name", p.Name, "street", p.Address.Street, "postcode", p.Address.Postcode, "city", p.Address.City)
}

// tapPoint takes the point of a button of the list shown last, or takes a wish
// back.
func (t *turn) tapPoint(rest string) bool {
	postcode, at, _ := strings.Cut(rest, ":")
	if rest == "any" {
		return t.tapBuying("point", func() bool {
			if !t.toPoint() || len(t.points()) > 0 {
				return false
			}
			t.Point = &anyPoint
			return true
		})
	}
	i, err := strconv.Atoi(at)
	return t.tapBuying("point", func() bool {
		all := t.points()
		if err != nil || !t.toPoint() || !t.pointsKnown() || postcode != t.Points.Postcode || i < 0 || i >= len(all) {
			return false
		}
		t.Point = &all[i]
		return true
	})
}

// takePoint takes a point by its place in the list, its name or its street.
// Without a list any words are the customer's wish.
func (t *turn) takePoint(m *said) answer {
	all := t.points()
	switch {
	case m.asks || m.has(cueNo):
		return notMine
	case len(all) == 0 && (m.has(cueNear) || m.anyDoes() || m.has(cueYes) && t.wishes(m)):
		t.Point = &anyPoint
		return taken
	case len(all) == 0 && !t.wishes(m):
		return notMine
	case len(all) == 0 && m.onlyCues(cuePoint, cueThePoint, cueLocker):
		return refused(part("point.which"))
	case len(all) == 0:
		wish := strings.TrimSpace(plainly(m.afterCopula().Text))
		if wish == "" || len(wish) > maxNote {
			return notMine
		}
		t.Point = &catalog.Point{Name: wish}
		return taken
	}
	at := namedPoint(all, m.words)
	switch place := m.place(len(all)); {
	case at >= 0:
	case place >= 0:
		at = place
	case m.has(cueNear) || m.anyDoes():
		at = 0
	case len(m.words) == 1 && isNumber(m.words[0]):
		at, _ = strconv.Atoi(m.words[0])
		at--
	}
	if at < 0 || at >= len(all) {
		return notMine
	}
	t.Point = &all[at]
	return taken
}

// noticePoint takes it that the nearest will do: "lähimpään noutopisteeseen".
func (t *turn) noticePoint(m *said) bool {
	if t.Point != nil || !m.has(cueNear) || !t.toPoint() || t.w.Points {
		return false
	}
	t.Point = &anyPoint
	return true
}

// wishes reports whether a message can be the customer's wish for a point: it
// answers that question or names it, and is about nothing else.
func (t *turn) wishes(m *said) bool {
	return (t.top().Asked == "point" || m.has(cuePoint) || m.has(cueThePoint)) && (m.renames() || !m.digresses()) &&
		!anyCue(m.words, cueHome, cueStore, cueInvoice, cueBank, cueCard, cueNegation, cueAfterAll, cueRemove, cueAdd, cueWithdraw, cueGoOn, cueLater, cueName, cueEmail, cuePhone)
}

// akin reports whether two words share enough of their beginnings to be forms
// of one name.
func akin(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= max(4, len(a)*2/3)
}

// namedPoint is the only point of which a message says the most words; -1 when
// there is none.
func namedPoint(all []catalog.Point, words []string) int {
	best, most := -1, 0
	for i, p := range all {
		n := 0
		for _, own := range folded(p.Name + " " + p.Address.Street) {
			for _, w := range words {
				if akin(own, w) {
					n++
					break
				}
			}
		}
		switch {
		case n > most:
			best, most = i, n
		case n == most:
			best = -1
		}
	}
	return best
}
