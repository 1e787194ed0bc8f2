package dialogue

import (
	"slices"
	"time"

	"tiski/catalog"
)

// Wish is a variant that the customer wants to hear of when it is back in stock.
type Wish struct {
	SKU   string    `json:"sku"`
	Until time.Time `json:"until"` // then it is forgotten
}

// Limits of wishes.
const (
	MaxWishes   = 24
	wishesEvery = 6 * time.Hour // how often the stock is looked at
)

// wishTimer wakes the conversation to look whether a wish has come true.
const wishTimer = "wishes"

// wish keeps what is out of stock and wanted, or forgets all such wishes. More than are
// remembered are not kept in part.
func (t *turn) wish(m *said) {
	if m.has(cueNegation) {
		t.dropWishes()
		t.say(part("wish.dropped"), t.nextButtons())
		return
	}
	p := t.target(m)
	if p == nil {
		t.say(part("wish.which"), t.shelfButtons())
		return
	}
	wanted := t.suited(p, m)
	var out []*catalog.Variant
	known := false
	for i := range p.Variants {
		if v := &p.Variants[i]; fits(v, wanted) {
			known = true
			if !t.has(v) {
				out = append(out, v)
			}
		}
	}
	if !known {
		t.say(t.lacking(p, wanted), t.productButtons(p))
		return
	}
	if len(out) == 0 {
		t.lead(part("wish.here"))
		t.availability(m)
		return
	}
	wishes := t.Wishes
	for _, v := range out {
		if !slices.ContainsFunc(wishes, func(w Wish) bool { return w.SKU == v.SKU }) {
			wishes = append(wishes, Wish{v.SKU, t.w.Now.AddDate(0, 0, t.w.Shop.Privacy.Wishes)})
		}
	}
	if len(wishes) > MaxWishes {
		t.say(part("wish.full", "count", MaxWishes), t.nextButtons())
		return
	}
	t.Wishes = wishes
	t.want(SetTimer{Name: wishTimer, At: t.w.Now.Add(wishesEvery)})
	if len(out) == 1 {
		t.say(part("wish.noted", "item", Item{p, out[0]}), part("wish.terms", "days", t.w.Shop.Privacy.Wishes))
		return
	}
	t.say(part("wish.noted.product", "title", p.Name), part("wish.terms", "days", t.w.Shop.Privacy.Wishes))
}

func (t *turn) dropWishes() {
	t.Wishes = nil
	t.want(DropTimer{Name: wishTimer})
}

// wishesDue tells of each wish that has come true, once, and sleeps on while
// others are left.
func (t *turn) wishesDue() {
	if opens := t.w.Shop.Reminders.Next(t.w.Now); opens.After(t.w.Now) { // nobody is woken
		t.want(SetTimer{Name: wishTimer, At: opens})
		return
	}
	var left []Wish
	for _, w := range t.Wishes {
		p, v := t.w.Shop.Variant(w.SKU)
		switch {
		case v == nil || t.w.Now.After(w.Until):
		case t.has(v):
			t.Focus = p.ID
			t.say(part("wish.back", "item", Item{p, v}), button("button.add", "sku:"+v.SKU), button("button.more", "more:"+p.ID))
		default:
			left = append(left, w)
		}
	}
	t.Wishes = left
	if len(left) > 0 {
		t.want(SetTimer{Name: wishTimer, At: t.w.Now.Add(wishesEvery)})
	}
}
