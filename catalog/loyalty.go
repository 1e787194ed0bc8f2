package catalog

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

const loyaltyFile = "loyalty.yaml"

// Loyalty are the rules of the shop's points, which customers have who let
// themselves be remembered. Nobody gets more or fewer by what they seem to be like.
type Loyalty struct {
	PerEuro  int   // points for each whole euro paid for goods
	Worth    Cents // of a point, when it is used
	Least    int   // points used in one order at least
	Lasts    int   // days from which a point runs out
	Waits    int   // days after the delivery before points are earned
	Referral Referral
}

// Referral is what both get when a customer brings a friend; the zero Referral
// gives nothing.
type Referral struct {
	Code    string // that the codes of customers begin with
	Name    Text   // of the discount
	Friend  Cents  // off the first order of the friend
	Minimum Cents  // what its goods must be worth
	Points  int    // for who brought them, once that order has earned points
}

// The ids of the discounts that points and referrals give.
const (
	PointsDiscount   = "points"
	ReferralDiscount = "referral"
)

// referralTail is how many letters and digits of its own a customer's code has.
const referralTail = 6

// ReferralCode is the code with these letters of its own.
func (r Referral) ReferralCode(own string) string { return r.Code + "-" + own[:referralTail] }

// Invites reports whether a word looks like a customer's code, and how it is written.
func (r Referral) Invites(word string) (code string, ok bool) {
	if r.Code == "" || len(word) <= referralTail { // as most words are
		return "", false
	}
	own, found := strings.CutPrefix(codeKey(word), codeKey(r.Code))
	if !found || len(own) != referralTail {
		return "", false
	}
	return r.ReferralCode(own), true
}

// pointsName is what points are called as a discount.
var pointsName = Text{"fi": "Pisteet", "sv": "Poäng", "en": "Points"}

// Using is a shop in which so many points and a friend's code, "" for none, can
// be used in an order.
func (s *Shop) Using(points int, code string) *Shop {
	if s.Loyalty == nil || points <= 0 && code == "" {
		return s
	}
	with := *s
	with.Discounts = slices.Clip(s.Discounts)
	if points > 0 {
		with.Discounts = append(with.Discounts, Discount{ID: PointsDiscount, Name: pointsName, Amount: Cents(points) * s.Loyalty.Worth})
	}
	if r := s.Loyalty.Referral; code != "" && r.Friend > 0 {
		with.Discounts = append(with.Discounts, Discount{ID: ReferralDiscount, Code: code, Name: r.Name, Amount: r.Friend, Minimum: r.Minimum, PerCustomer: 1})
	}
	return &with
}

// Points are how many points an amount takes.
func (l Loyalty) Points(amount Cents) int { return int((amount + l.Worth - 1) / l.Worth) }

// Earned are the points for so much paid for goods.
func (l Loyalty) Earned(goods Cents) int { return int(goods/100) * l.PerEuro }

// Kept is what was paid for the goods of an order that were not given back, and
// how many of the points that it used were for them, as its cases stand; kept is
// false when nothing is left. Points are whole: what is less than one comes back
// with the goods that make it whole, and at the latest with the last.
func (o Order) Kept(cases []Case) (goods Cents, points int, kept bool) {
	refunded := slices.DeleteFunc(slices.Clone(cases), func(c Case) bool { return c.State != CaseRefunded })
	back := taken(o, refunded)
	if o.Status == Returned || o.Status == Refunded || o.all(back) {
		return 0, 0, false
	}
	var used, left Cents
	for i, l := range o.Lines {
		goods += l.Amount() - part(l, back[i]).Gross
		used += l.Points
		left += l.Points - l.Points*Cents(back[i])/Cents(l.Qty)
	}
	for _, d := range o.Discounts {
		points += d.Points
	}
	if used > 0 { // else no line tells which of them it took
		points = int((Cents(points)*left + used - 1) / used)
	}
	return goods, points, true
}

// PointEvent is points that a customer got, or lost.
type PointEvent struct {
	At     time.Time
	Points int       // negative: used, or taken back
	Until  time.Time // when those got run out
	Order  string    // number
}

// Purse are the points that a customer has.
type Purse struct {
	Points int       `json:"points"`
	Until  time.Time `json:"until,omitzero"`   // when the first of them run out
	First  int       `json:"first,omitempty"`  // how many do then
	Invite string    `json:"invite,omitempty"` // their code for friends; "" without one
	Known  bool      `json:"known,omitempty"`  // whose it is; nobody else has points
	Friend string    `json:"friend,omitempty"` // the friend's code that was asked about, if it holds
}

// Count is what is left at a moment of points got and lost, in order of time.
// Those that run out first are used first. It is never negative.
func Count(events []PointEvent, now time.Time) Purse {
	type lot struct {
		points int
		until  time.Time
	}
	var lots []lot
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b PointEvent) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(b.Points, a.Points)) })
	for _, e := range events {
		if e.At.After(now) {
			break
		}
		if e.Points > 0 {
			at, _ := slices.BinarySearchFunc(lots, e.Until, func(l lot, until time.Time) int { return l.until.Compare(until) })
			lots = slices.Insert(lots, at, lot{e.Points, e.Until})
			continue
		}
		left := -e.Points
		for i := range lots {
			if lots[i].until.After(e.At) {
				took := min(left, lots[i].points)
				lots[i].points -= took
				left -= took
			}
		}
	}
	var p Purse
	for _, l := range lots {
		if l.points == 0 || !l.until.After(now) {
			continue
		}
		if p.Until.IsZero() {
			p.Until = l.until
		}
		if l.until.Equal(p.Until) {
			p.First += l.points
		}
		p.Points += l.points
	}
	return p
}

// loyalty reads loyalty.yaml, which a shop need not have.
func (l *loader) loyalty() {
	if l.lacks(loyaltyFile) {
		return
	}
	f, n := l.open(loyaltyFile)
	e := f.entry(n)
	if e == nil {
		return
	}
	defer e.close()
	r := Loyalty{
		PerEuro: e.number("points", 1, 1000), Worth: e.cents("worth"), Least: e.number("least", 1, 1_000_000),
		Lasts: e.number("lasts", 30, 3650), Waits: l.shop.Returns.Days,
	}
	if n := e.take("waits"); n != nil {
		r.Waits = f.number(n, 0, 365)
	}
	for key, missing := range map[string]bool{"points": r.PerEuro == 0, "worth": r.Worth <= 0, "lasts": r.Lasts == 0} {
		if missing {
			f.wrong(e.line, "%s is missing", key)
		}
	}
	r.Least = max(1, r.Least)
	if friends := f.entry(e.take("referral")); friends != nil {
		r.Referral = Referral{
			Code: friends.needWord("code"), Name: friends.needText("name"), Friend: friends.cents("friend"), Minimum: friends.cents("minimum"), Points: friends.number("points", 1, 1_000_000),
		}
		switch {
		case len(codeKey(r.Referral.Code)) < 3 || len(r.Referral.Code) > 20:
			f.wrong(friends.line, "code has at least 3 letters or digits, and at most 20 characters")
		case r.Referral.Friend <= 0 || r.Referral.Points == 0:
			f.wrong(friends.line, "friend and points are what both get; neither may be missing")
		case r.Referral.Minimum <= r.Referral.Friend:
			f.wrong(friends.line, "minimum must be more than friend: nobody gets goods for nothing")
		}
		friends.close()
	}
	l.shop.Loyalty = &r
}
