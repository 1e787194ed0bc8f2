package dialogue

import (
	"slices"
	"time"

	"tiski/catalog"
)

// OfCampaign is the kind of sendings of campaigns; their subject is the
// campaign's id.
const OfCampaign = "campaign"

// Offer is what a campaign sends.
type Offer struct {
	Text     catalog.Text `json:"text"`
	Products []string     `json:"products,omitempty"` // ids
	Code     string       `json:"code,omitempty"`
	Bought   []string     `json:"bought,omitempty"` // categories that the customer was chosen by, which they are told
	Most     int          `json:"most,omitempty"`   // how many customers get it; 0: any number
}

// campaign plans what a campaign sends to this customer, and sends it if now is
// the time.
func (t *turn) campaign(in CampaignRan) {
	t.speakAgain(in.Lang)
	s := Sending{Kind: OfCampaign, Subject: in.Campaign, Offer: &in.Offer}
	t.plan(s, t.w.Now, in.Until)
	t.laterDue()
}

// speakAgain takes the language that is known of the customer when the
// conversation has been forgotten; what was allowed has not.
func (t *turn) speakAgain(lang string) {
	if t.Heard.IsZero() && slices.Contains(t.w.Shop.Languages, lang) {
		t.Lang = lang
	}
}

// offers reports whether anything of an offer still holds, and is not unwanted.
func (t *turn) offers(o *Offer) bool {
	if o == nil || t.Consents[Reminders] != "" && !t.allows(Reminders) {
		return false
	}
	if o.Code != "" {
		d := t.w.Shop.Discount(o.Code)
		return d != nil && inForce(d, t.w.Now)
	}
	return len(o.Products) == 0 || len(t.offeredCards(o)) > 0
}

// offeredCards shows those of an offer's products that can be had now.
func (t *turn) offeredCards(o *Offer) []Card {
	var cards []Card
	for _, id := range o.Products {
		if p := t.w.Shop.Product(id); p != nil && !t.sold(p) {
			cards = append(cards, t.card(p, catalog.Query{Lang: t.Lang}))
		}
	}
	return cards
}

// tellOffer says an offer after a lead, its code with what it gives and until when, and why
// this customer gets it.
func (t *turn) tellOffer(lead Part, o *Offer, stop Button) {
	parts := []Part{lead}
	if d := t.w.Shop.Discount(o.Code); d != nil {
		parts = append(parts, part("offer.code", "code", d.Code, "name", d.Name))
		if d.Minimum > 0 {
			parts = append(parts, part("offer.minimum", "price", d.Minimum).glued())
		}
		if !d.Until.IsZero() {
			parts = append(parts, part("offer.until", "date", d.Until.Add(-time.Minute)).glued())
		}
	}
	var names Words
	for _, category := range o.Bought {
		names = append(names, t.shelfName(category).In(t.Lang))
	}
	if len(names) > 0 {
		parts = append(parts, part("offer.why.bought", "categories", names))
	} else {
		parts = append(parts, part("offer.why"))
	}
	cards := t.offeredCards(o)
	t.Shown = nil
	for _, c := range cards {
		t.Shown = append(t.Shown, c.Product.ID)
	}
	t.say(parts, cards, stop, t.byMail())
}
