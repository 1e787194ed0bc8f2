package dialogue

import "slices"

// NewGoods is the kind of sendings that tell of new goods on a shelf that the
// customer buys from; their subject is its category.
const NewGoods = "new"

// Limits of what is told of new goods.
const (
	NewGoodsRest = 30 // days, in which a customer hears of them once
	mostNewGoods = 3  // told of at once
)

// goodsCame plans to tell of new goods of one shelf, that can be had now. What
// was planned before and has not been told yet is among them.
func (t *turn) goodsCame(in GoodsCame) {
	t.speakAgain(in.Lang)
	t.Later = slices.DeleteFunc(slices.Clone(t.Later), func(l Later) bool { return l.Kind == NewGoods })
	for _, shelf := range in.Shelves {
		goods := slices.DeleteFunc(slices.Clone(in.Products), func(id string) bool {
			p := t.w.Shop.Product(id)
			return p == nil || !t.w.Shop.Under(p.Category, shelf) || t.sold(p)
		})
		if len(goods) > 0 {
			o := &Offer{Products: goods[:min(mostNewGoods, len(goods))], Bought: []string{shelf}}
			t.plan(Sending{Kind: NewGoods, Subject: shelf, Offer: o}, t.w.Now, in.Until)
			break
		}
	}
	t.laterDue()
}

// tellNewGoods tells of the goods that can still be had.
func (t *turn) tellNewGoods(l Later, stop Button) {
	var titles Words
	for _, c := range t.offeredCards(l.Offer) {
		titles = append(titles, c.Product.Name.In(t.Lang))
	}
	t.tellOffer(part("remind.new", "shelf", t.shelfName(l.Subject), "titles", titles), l.Offer, stop)
}
