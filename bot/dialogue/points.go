package dialogue

import (
	"slices"

	"tiski/catalog"
)

// What a look-up of points is for.
const (
	purseTold   = "tell"   // how many there are
	purseUsed   = "use"    // in the order that is made
	purseShown  = "show"   // in the summary
	purseInvite = "invite" // the customer's own code for friends
)

// loyal reports whether points can be the customer's: the shop has them, and the
// customer lets themselves be remembered.
func (t *turn) loyal() bool { return t.w.Shop.Loyalty != nil && t.w.Remembers }

// aboutPoints answers how many points the customer has, or uses them. It reports
// whether the message was about that.
func (t *turn) aboutPoints(m *said) bool {
	rules := t.w.Shop.Loyalty
	switch {
	case rules == nil:
		return false
	case m.has(cueInvite) && rules.Referral.Friend > 0 && !m.has(cueNegation):
		t.askPurse(purseInvite)
	case !m.has(cuePoints):
		return false
	case m.has(cueUse) && (len(t.Cart) > 0 || t.Has(Buy)):
		if m.has(cueNegation) && t.Lang == "fi" {
			t.spend(0)
		} else {
			t.askPurse(purseUsed)
		}
	case m.has(cueMine) || m.has(cueUse) || len(m.words) <= 2:
		t.askPurse(purseTold)
	default:
		return false // what the points are, the shop's own answers tell
	}
	return true
}

// askPurse looks the customer's points up, if they may be kept.
func (t *turn) askPurse(why string) {
	t.lookFor(Look{Purse: why})
}

// invited takes a friend's code out of a message, and has it looked up. It
// reports whether there was one.
func (t *turn) invited(m *said) bool {
	rules := t.w.Shop.Loyalty
	if !t.loyal() || rules.Referral.Friend == 0 {
		return false
	}
	for word := range codeWords(m.Text) {
		if code, ok := rules.Referral.Invites(word); ok {
			t.lookFor(Look{Purse: purseInvite, Friend: code})
			return true
		}
	}
	return false
}

// lookedPurse takes the points that were looked up.
func (t *turn) lookedPurse(in Looked) {
	t.Purse = in.Purse
	switch {
	case in.Friend != "":
		t.takeFriend(in)
	case in.Why == purseShown:
		t.proceed()
	case !in.Purse.Known:
		t.say(part("purse.unknown"), button("button.on."+Service, "consent:"+Service+":ask"))
	case in.Why == purseInvite:
		t.tellInvite()
	case in.Why == purseUsed:
		t.usePoints()
	default:
		t.tellPoints()
	}
}

func (t *turn) tellPoints() {
	p, rules := t.Purse, t.w.Shop.Loyalty
	if p.Points == 0 {
		t.say(part("purse.none", "days", rules.Waits), t.nextButtons())
		return
	}
	parts := []Part{part("purse.have", "count", p.Points, "price", catalog.Cents(p.Points)*rules.Worth)}
	date := p.Until.In(catalog.Helsinki).Format("2.1.2006")
	if t.Lang == "en" {
		date = p.Until.In(catalog.Helsinki).Format("2 January 2006")
	}
	if p.First == p.Points {
		parts = append(parts, part("purse.until.all", "date", date).glued())
	} else {
		parts = append(parts, part("purse.until", "count", p.First, "date", date).glued())
	}
	if p.Points < rules.Least {
		parts = append(parts, part("purse.least", "count", rules.Least))
	}
	t.say(parts, t.nextButtons())
}

func (t *turn) tellInvite() {
	r := t.w.Shop.Loyalty.Referral
	if t.Purse.Invite == "" {
		t.say(part("invite.later", "days", t.w.Shop.Loyalty.Waits), t.nextButtons())
		return
	}
	t.say(part("invite.code", "code", t.Purse.Invite), part("invite.terms", "price", r.Friend, "minimum", r.Minimum, "count", r.Points))
}

// takeFriend takes the code of a friend that was looked up.
func (t *turn) takeFriend(in Looked) {
	r := t.w.Shop.Loyalty.Referral
	if in.Purse.Friend == "" {
		t.say(part("code.unknown", "code", in.Friend), t.afterTalk())
		return
	}
	if t.Order != nil {
		t.say(part("invite.new"), t.nextButtons())
		return
	}
	t.Code, t.Friend = in.Friend, in.Friend
	told := []Part{part("code.taken", "code", in.Friend, "name", r.Name), part("invite.minimum", "price", r.Minimum).glued()}
	if !t.Has(Buy) {
		t.say(told, t.nextButtons())
		return
	}
	t.changed()
	t.lead(told...)
	t.checkout()
}

// usable is how many points the order that is made can use: no more than its goods
// cost, and none when there are too few.
func (t *turn) usable() int {
	rules := t.w.Shop.Loyalty
	if !t.loyal() || t.Purse == nil || !t.Purse.Known || t.Purse.Points < rules.Least || !t.Purse.Until.After(t.w.Now) {
		return 0
	}
	quote, err := t.w.Shop.Using(t.Purse.Points, "").Quote(t.orderLines(), t.Delivery, t.Payment, t.w.Now)
	if err != nil {
		return 0
	}
	for _, d := range quote.Discounts {
		if d.ID == catalog.PointsDiscount && d.Points >= rules.Least {
			return d.Points
		}
	}
	return 0
}

func (t *turn) usePoints() {
	switch n := t.usable(); {
	case len(t.Cart) == 0:
		t.tellPoints()
	case n == 0:
		t.say(part("purse.few", "count", t.Purse.Points, "least", t.w.Shop.Loyalty.Least))
	default:
		t.spend(n)
	}
}

// spend uses so many points in the order that is made, and shows it anew.
func (t *turn) spend(n int) {
	t.Spend = n
	t.changed()
	t.checkout()
}

// tapPoints uses points by the button of a summary, or leaves them.
func (t *turn) tapPoints(rest string) bool {
	switch {
	case t.w.Shop.Loyalty == nil || len(t.Cart) == 0:
		return false
	case rest == "no":
		t.spend(0)
	default:
		t.askPurse(purseUsed)
	}
	return true
}

// lookPurse looks the points up before the summary is shown, once.
func (t *turn) lookPurse() (Look, bool) {
	return Look{Purse: purseShown}, t.loyal() && t.Purse == nil && t.allows(Service)
}

// pointButtons use points in the summary, or take them out of it.
func (t *turn) pointButtons() []Button {
	if t.Spend > 0 {
		return []Button{button("button.points.no", "points:no")}
	}
	if n := t.usable(); n > 0 {
		return []Button{button("button.points", "points:use", "count", n, "price", catalog.Cents(n)*t.w.Shop.Loyalty.Worth)}
	}
	return nil
}

// quote is what lines cost with what the customer uses.
func (t *turn) quote(lines []catalog.OrderLine, codes ...string) (catalog.Quote, error) {
	friend := ""
	if t.Friend != "" && slices.Contains(codes, t.Friend) {
		friend = t.Friend
	}
	return t.w.Shop.Using(t.Spend, friend).Quote(lines, t.Delivery, t.Payment, t.w.Now, codes...)
}

// forgetPoints forgets what was to be used of them.
func (t *turn) forgetPoints() { t.Spend, t.Purse = 0, nil }
