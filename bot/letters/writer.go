package letters

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tiski/bot/voice"
	"tiski/catalog"
)

// Words says a sentence of the replies' files: *voice.Voice.
type Words interface {
	Sentence(lang, key string, with ...any) string
}

// Writer writes the letters of one shop.
type Writer struct {
	Shop  *catalog.Shop
	Words Words
	Base  string // address of this program, for links, without a slash at the end
}

// draft is a letter in the making.
type draft struct {
	w      Writer
	order  catalog.Order
	lang   string
	blocks []block
}

func (w Writer) draft(o catalog.Order) *draft {
	d := &draft{w: w, order: o, lang: o.Lang}
	d.add(para, "hello", "name", strings.TrimSpace(o.Contact.Name))
	return d
}

// say words a key under "letter.". What is last may be empty, as no shop need tell.
func (d *draft) say(key string, with ...any) string {
	return strings.TrimSpace(d.w.Words.Sentence(d.lang, "letter."+key, with...))
}

func (d *draft) add(kind, key string, with ...any) {
	d.blocks = append(d.blocks, block{Kind: kind, Text: d.say(key, with...)})
}

// letter ends a draft: who sends it, and how to reach them.
func (d *draft) letter(id, to, subject string, with ...any) (Letter, error) {
	d.add(small, "sender", d.seller()...)
	return write(id, to, d.lang, d.say(subject, append(with, "number", d.order.Number)...), d.blocks)
}

// seller is who sells, to fill sentences with.
func (d *draft) seller() []any {
	c := d.w.Shop.Company
	return []any{"name", c.Name, "id", c.BusinessID, "street", c.Street, "postcode", c.Postcode, "city", c.City, "email", c.Email, "phone", c.Phone}
}

// page links to the order's own page.
func (d *draft) page() {
	d.blocks = append(d.blocks, block{Kind: link, Text: d.say("page"), Href: d.w.Base + "/o/" + d.order.Token})
}

// Confirmation tells what was ordered, as the law asks: who sells, what, at
// what price, when it comes, how to withdraw, with the form for it (KSL 6:9 and
// 6:13).
func (w Writer) Confirmation(o catalog.Order) (Letter, error) {
	d := w.draft(o)
	d.add(para, "confirmation.intro", "number", o.Number)
	d.content()
	d.page()
	d.rights()
	return d.letter(o.ID+"/confirmation", o.Contact.Email, "confirmation.subject")
}

// content lists what was bought, what it costs and where it goes.
func (d *draft) content() {
	o := d.order
	d.add(heading, "order")
	var list [][2]string
	row := func(name, value string) { list = append(list, [2]string{name, value}) }
	for _, l := range o.Lines {
		what := d.say("line", "count", l.Qty, "title", l.Title)
		if options := d.options(l); options != "" {
			what += " (" + options + ")"
		}
		row(what, d.money(l.Unit*catalog.Cents(l.Qty)))
	}
	for _, off := range o.Discounts {
		row(off.Name.In(d.lang), d.money(-off.Amount))
	}
	if o.Delivery.Price > 0 {
		row(o.Delivery.Name, d.money(o.Delivery.Price))
	} else {
		row(o.Delivery.Name, d.say("free"))
	}
	if o.PaymentFee > 0 {
		row(d.say("fee"), d.money(o.PaymentFee))
	}
	row(d.say("total"), d.money(o.Total))
	for _, v := range o.VAT {
		row(d.say("vat", "rate", voice.Rate(v.Tenths)), d.money(v.Tax))
	}
	d.blocks = append(d.blocks, block{Kind: rows, Rows: list})

	d.add(heading, "delivery")
	d.add(para, "arrives", "name", o.Delivery.Name, "window", o.Delivery.Window)
	if o.Address != (catalog.Address{}) {
		d.add(para, "to", "name", o.Contact.Name, "street", o.Address.Street, "postcode", o.Address.Postcode, "city", o.Address.City)
	} else {
		d.add(para, "from", "street", d.w.Shop.Company.Street, "city", d.w.Shop.Company.City)
	}
	switch at := o.Delivery.Point; {
	case at.Address != (catalog.Address{}):
		d.add(para, "point", "name", at.Name, "street", at.Address.Street, "postcode", at.Address.Postcode, "city", at.Address.City)
	case at.Name != "":
		d.add(para, "point.wish", "name", at.Name)
	}
	if o.Greeting != "" {
		d.add(para, "greeting", "text", o.Greeting)
	}
	if p := d.w.Shop.PaymentMethod(o.Payment); p != nil {
		d.add(heading, "payment")
		d.add(para, "paying", "name", p.Name, "info", p.Info)
	}
}

// rights tells how to withdraw, of defects and of disputes.
func (d *draft) rights() {
	shop := d.w.Shop
	c := shop.Company
	d.add(heading, "withdrawal")
	d.add(para, "withdrawal.right", "days", shop.Returns.Days)
	if shop.Returns.CostPaid {
		d.add(para, "withdrawal.free")
	} else {
		d.add(para, "withdrawal.cost")
	}
	for _, l := range d.order.Lines {
		if p := shop.Product(l.Product); p != nil && p.Withdrawal != "" {
			d.add(para, "withdrawal."+p.Withdrawal, "title", l.Title)
		}
	}
	d.add(small, "withdrawal.instruction", d.seller()...)
	d.add(small, "withdrawal.form", d.seller()...)
	d.add(heading, "defect")
	d.add(para, "defect.text")
	d.add(small, "dispute", "email", c.Email)
	d.add(small, "terms", "terms", c.Terms)
}

func (d *draft) options(l catalog.OrderLine) string {
	var values []string
	p := d.w.Shop.Product(l.Product)
	if p == nil {
		return ""
	}
	for _, option := range p.OptionNames() {
		if value := l.Options[option]; value != "" {
			values = append(values, d.w.Shop.Translate(option, value, d.lang))
		}
	}
	return strings.Join(values, ", ")
}

func (d *draft) money(c catalog.Cents) string {
	if c < 0 {
		return "−" + d.money(-c)
	}
	return d.say("money", "price", c)
}

// Update tells that an order is paid, on its way, ready to be fetched,
// delivered, cancelled, expired or refunded. ok is false for a status of which
// customers are told nothing.
func (w Writer) Update(o catalog.Order, to catalog.Status) (l Letter, ok bool, err error) {
	switch to {
	case catalog.Paid, catalog.Shipped, catalog.Ready, catalog.Delivered, catalog.Cancelled, catalog.Expired, catalog.Refused, catalog.Refunded:
	default:
		return Letter{}, false, nil
	}
	d := w.draft(o)
	kind := string(to)
	d.add(para, kind+".text", "number", o.Number, "name", o.Delivery.Name, "days", w.Shop.Returns.Days)
	if to == catalog.Shipped && o.Tracking != "" {
		d.add(para, "tracking", "code", o.Tracking)
	}
	d.page()
	l, err = d.letter(o.ID+"/"+kind, o.Contact.Email, kind+".subject")
	return l, err == nil, err
}

// Receipt tells that a withdrawal or another case was received, with its
// content and its time (KSL 6:13, directive 2011/83/EU art. 11 a(4)).
func (w Writer) Receipt(o catalog.Order, c catalog.Case) (Letter, error) {
	d := w.draft(o)
	kind := string(c.Kind)
	d.add(para, "case."+kind, "case", c.Number, "number", o.Number, "date", d.day(c.Opened), "time", d.clock(c.Opened))
	var list [][2]string
	for _, l := range c.Lines {
		if l.Line < 0 || l.Line >= len(o.Lines) {
			return Letter{}, fmt.Errorf("case %s is about line %d of an order with %d", c.Number, l.Line, len(o.Lines))
		}
		line := o.Lines[l.Line]
		list = append(list, [2]string{line.Title, d.say("pieces", "count", l.Qty)})
	}
	d.blocks = append(d.blocks, block{Kind: rows, Rows: list})
	if c.Kind != catalog.Complaint && c.State != catalog.CaseCancelled { // else nothing comes back
		d.blocks = append(d.blocks, block{Kind: para, Text: w.Shop.Returns.How.In(d.lang)})
		d.date("case.send_by", c.SendBy)
	}
	d.date("case.refund_by", c.RefundBy)
	d.page()
	return d.letter(c.ID+"/receipt", cmp.Or(c.Contact.Email, o.Contact.Email), "case."+kind+".subject", "case", c.Number)
}

// Refund tells what was given back of a case.
func (w Writer) Refund(o catalog.Order, c catalog.Case) (Letter, error) {
	d := w.draft(o)
	if o.Paid.IsZero() { // an invoice: whether it is paid by now, the shop's bookkeeping knows
		d.add(para, "credited.case", "case", c.Number, "number", o.Number, "price", c.Refund.Total)
		d.page()
		return d.letter(c.ID+"/refunded", o.Contact.Email, "credited.subject")
	}
	d.add(para, "refunded.case", "case", c.Number, "number", o.Number, "price", c.Refund.Total)
	d.page()
	return d.letter(c.ID+"/refunded", o.Contact.Email, "refunded.subject")
}

func (d *draft) date(key string, at time.Time) {
	if !at.IsZero() {
		d.add(para, key, "date", d.day(at))
	}
}

// day is a date with its year: letters are kept.
func (d *draft) day(at time.Time) string {
	if d.lang == "en" {
		return at.In(catalog.Helsinki).Format("2 January 2006")
	}
	return at.In(catalog.Helsinki).Format("2.1.2006")
}

func (d *draft) clock(at time.Time) string {
	if d.lang == "en" {
		return at.In(catalog.Helsinki).Format("15:04")
	}
	return at.In(catalog.Helsinki).Format("15.04")
}

// Newsletter asks whoever reads it to confirm that they want the newsletter.
func (w Writer) Newsletter(n Notice) (Letter, error) {
	d := &draft{w: w, lang: n.Lang}
	d.add(para, "newsletter.text", "shop", w.Shop.Company.Name)
	d.blocks = append(d.blocks, block{Kind: link, Text: d.say("newsletter.link"), Href: w.Base + "/newsletter/" + n.Token})
	d.add(small, "newsletter.not")
	return d.letter(n.ID, n.Email, "newsletter.subject")
}

// Reminder tells a reminder or an offer that was said unasked, with the link that
// stops them at the end.
func (w Writer) Reminder(n Notice) (Letter, error) {
	d := &draft{w: w, lang: n.Lang}
	for _, line := range strings.Split(n.Reminder, "\n") {
		d.blocks = append(d.blocks, block{Kind: para, Text: line})
	}
	stop := w.Base + "/reminders/" + n.Token
	d.blocks = append(d.blocks, block{Kind: link, Text: d.say("reminder.shop"), Href: w.Shop.Company.URL})
	d.add(small, "reminder.why")
	d.blocks = append(d.blocks, block{Kind: link, Text: d.say("reminder.stop"), Href: stop})
	l, err := d.letter(n.ID, n.Email, "reminder.subject", "shop", w.Shop.Company.Name)
	l.Stop = stop
	return l, err
}

// Surplus tells that a payment was given back which the order did not need.
func (w Writer) Surplus(o catalog.Order, id string, sum catalog.Cents) (Letter, error) {
	d := w.draft(o)
	d.add(para, "refunded.payment", "number", o.Number, "price", sum)
	d.page()
	return d.letter(id, o.Contact.Email, "refunded.subject")
}
