package mydata

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/catalog"
)

//go:embed page.html
var layout string

var sheet = template.Must(template.New("page").Parse(layout))

// Page is a copy as its owner reads it.
type Page struct {
	Lang    string // fi, sv or en
	Shop    *catalog.Shop
	Persona func(id string) catalog.Text // the name of a persona
	File    string                       // address of the same as a file; "" without one
}

type (
	section struct {
		Title string
		Items []item
	}
	item struct {
		Title  string
		Lines  []string
		Photos []template.URL
	}
)

// Write writes the page of a copy as HTML.
func (p Page) Write(out io.Writer, c bot.Copy) error {
	w := wordsIn(p.Lang)
	r := reader{p, w}
	err := sheet.Execute(out, map[string]any{
		"Lang": w.lang, "Shop": p.Shop.Company.Name, "Title": w.t("title"), "About": w.t("about", "at", w.clock(c.At)), "Nothing": w.t("nothing"),
		"File": p.File, "FileLabel": w.t("file"), "FileAbout": w.t("file.about"),
		"Sections": []section{
			{w.t("profile"), r.profiles(c.Profiles)},
			{w.t("consents"), r.consents(c.Consents)},
			{w.t("orders"), r.orders(c.Orders)},
			{w.t("cases"), r.cases(c.Cases)},
			{w.t("sent"), r.sent(c.Sent)},
			{w.t("said"), r.said(c.Said, c.Reviews)},
			{w.t("newsletters"), r.newsletters(c.Newsletters)},
			{w.t("talks"), r.talks(c.Talks)},
		},
	})
	if err != nil {
		return fmt.Errorf("write the page of a customer's data: %w", err)
	}
	return nil
}

// reader puts what is kept into lines.
type reader struct {
	Page
	words
}

func (r reader) profiles(all []bot.Remembered) (items []item) {
	for _, one := range all {
		lines := r.profile(one.Profile)
		if one.Named {
			lines = append(lines, r.t("profile.named"))
		}
		items = append(items, item{Lines: append(lines, r.t("profile.seen", "day", r.day(one.Seen)))})
	}
	return items
}

func (r reader) profile(p persona.Profile) (lines []string) {
	fact := func(name string, f persona.Fact, value string) {
		if f.Since.IsZero() {
			return
		}
		why := r.t("why.order", "order", f.Why, "day", r.day(f.Since))
		if f.Why == persona.Told || f.Why == persona.Read {
			why = r.t("why."+f.Why, "day", r.day(f.Since))
		}
		lines = append(lines, name+": "+value+" ("+why+")")
	}
	fact(r.t("profile.name"), p.Name, p.Name.Value)
	fact(r.t("profile.formal"), p.Formal, r.t("profile.formal.yes"))
	fact(r.t("profile.lang"), p.Lang, p.Lang.Value)
	fact(r.t("profile.no_tips"), p.Unadvised, r.t("profile.no_tips.yes"))
	fact(r.t("profile.contact"), p.Reach, whoAndWhere(p.Contact, p.Address))
	for _, category := range slices.Sorted(maps.Keys(p.Sizes)) {
		fact(r.t("profile.size", "category", r.shelf(category)), p.Sizes[category], p.Sizes[category].Value)
	}
	for _, category := range slices.Sorted(maps.Keys(p.Likes)) {
		fact(r.t("profile.like", "category", r.shelf(category)), p.Likes[category], r.t("profile.pieces", "n", p.Likes[category].Value))
	}
	return append(lines, r.guess(p.Belief)...)
}

// guess tells whom the customer is taken to be like, and why.
func (r reader) guess(b persona.Belief) []string {
	if b.Persona() == persona.Neutral {
		return nil
	}
	var why []string
	for _, reason := range b.Why() {
		name := strings.TrimSuffix(reason.Name, "*")
		if reason.Kind == persona.Shelf {
			name = r.shelf(name)
		}
		why = append(why, r.of("because", string(reason.Kind), "name", name))
	}
	return []string{r.t("profile.guess") + ": " + r.Persona(b.Persona()).In(r.lang) + " (" + strings.Join(slices.Compact(why), "; ") + ")"}
}

func (r reader) shelf(category string) string {
	if c := r.Shop.Category(category); c != nil {
		return c.Name.In(r.lang)
	}
	return category
}

func (r reader) product(id string) string {
	if p := r.Shop.Product(id); p != nil {
		return p.Name.In(r.lang)
	}
	return id
}

func (r reader) consents(all []dialogue.Consent) (items []item) {
	for _, c := range all {
		items = append(items, item{Title: r.of("purpose", c.Purpose) + ": " + r.of("consent", c.Answer), Lines: []string{r.clock(c.At) + ": ”" + c.Wording + "”"}})
	}
	return items
}

func (r reader) orders(all []bot.Purchase) (items []item) {
	for _, o := range all {
		one := item{Title: o.Number + ", " + r.day(o.Placed)}
		for _, l := range o.Lines {
			one.Lines = append(one.Lines, fmt.Sprintf("%d × %s, %s", l.Qty, l.Title, r.euros(l.Amount())))
		}
		one.Lines = append(one.Lines, r.t("order.total", "sum", r.euros(o.Total)))
		if to := whoAndWhere(o.Contact, o.Address); to != "" {
			one.Lines = append(one.Lines, r.t("order.to")+": "+to)
		}
		if o.Greeting != "" {
			one.Lines = append(one.Lines, "”"+o.Greeting+"”")
		}
		for _, e := range o.Events {
			one.Lines = append(one.Lines, r.clock(e.At)+": "+r.of("event", string(e.To)))
		}
		for _, p := range o.Payments {
			one.Lines = append(one.Lines, r.t("order.paid", "sum", r.euros(p.Amount), "state", r.of("payment", string(p.State))))
		}
		for _, back := range o.Returned {
			one.Lines = append(one.Lines, r.clock(back.At)+": "+r.t("order.back", "sum", r.euros(back.Amount), "state", r.of("refund", string(back.State))))
		}
		var letters []string
		for _, at := range o.Letters {
			letters = append(letters, r.clock(at))
		}
		if len(letters) > 0 {
			one.Lines = append(one.Lines, r.t("order.letters", "at", strings.Join(letters, "; ")))
		}
		items = append(items, one)
	}
	return items
}

func (r reader) cases(all []bot.Claim) (items []item) {
	for _, c := range all {
		one := item{Title: r.of("case", string(c.Kind)) + " " + c.Number + ", " + c.Order}
		if c.Reason != "" {
			one.Lines = append(one.Lines, "”"+c.Reason+"”")
		}
		for _, e := range c.Events {
			one.Lines = append(one.Lines, r.clock(e.At)+": "+r.of("state", string(e.To)))
		}
		items = append(items, one)
	}
	return items
}

func (r reader) sent(all []bot.Sent) []item {
	var lines []string
	for _, s := range all {
		lines = append(lines, r.clock(s.At)+": "+r.of("sent", s.Kind)+", "+s.Subject)
	}
	return listed(lines)
}

func (r reader) said(all []bot.Opinion, reviews []catalog.Review) []item {
	var lines []string
	for _, v := range reviews {
		all = append(all, bot.Opinion{At: v.At, Kind: "review", Subject: r.product(v.Product), Value: v.Stars, Words: v.Text})
	}
	for _, o := range all {
		line := r.clock(o.At) + ": " + r.of("said", o.Kind, "value", o.Value)
		if o.Subject != "" {
			line += ", " + o.Subject
		}
		if o.Words != "" {
			line += ": ”" + o.Words + "”"
		}
		lines = append(lines, line)
	}
	return listed(lines)
}

func (r reader) newsletters(all []bot.Newsletter) []item {
	var lines []string
	for _, n := range all {
		stands := r.t("newsletter.asked", "day", r.day(n.Asked))
		if !n.Confirmed.IsZero() {
			stands = r.t("newsletter.on", "day", r.day(n.Confirmed))
		}
		lines = append(lines, n.Email+": "+stands)
	}
	return listed(lines)
}

// listed is one item of lines, none without any.
func listed(lines []string) []item {
	if len(lines) == 0 {
		return nil
	}
	return []item{{Lines: lines}}
}

func (r reader) talks(all []bot.Talk) (items []item) {
	for _, t := range all {
		one := item{Title: t.Conversation}
		if !t.Since.IsZero() {
			one.Lines = append(one.Lines, r.t("talk.since", "day", r.day(t.Since)))
		}
		if state, err := dialogue.Decode(t.State); err == nil {
			one.Lines = append(one.Lines, r.remembers(state)...)
		}
		if len(t.Labels) > 0 {
			one.Lines = append(one.Lines, r.t("talk.labels")+": "+strings.Join(t.Labels, ", "))
		}
		for _, note := range t.Notes {
			one.Lines = append(one.Lines, r.t("talk.notes")+": ”"+note+"”")
		}
		for _, e := range t.Read {
			one.Lines = append(one.Lines, r.clock(e.At)+": "+r.t("talk.read")+": ”"+e.Text+"”")
		}
		for _, m := range t.Messages {
			line := r.clock(m.At) + " " + r.of("by", string(m.From)) + ": " + m.Text
			if slices.Contains(t.Missed, m.Seq) {
				line += " (" + r.t("talk.missed") + ")"
			}
			one.Lines = append(one.Lines, line)
		}
		for _, p := range t.Photos {
			one.Photos = append(one.Photos, template.URL("data:image/jpeg;base64,"+base64.StdEncoding.EncodeToString(p.JPEG)))
		}
		items = append(items, one)
	}
	return items
}

// remembers is what a conversation itself remembers.
func (r reader) remembers(s dialogue.State) (lines []string) {
	if to := whoAndWhere(s.Contact, s.Address); to != "" {
		lines = append(lines, r.t("talk.told")+": "+to)
	}
	var goods []string
	for _, l := range s.Cart {
		title := l.SKU
		if p, _ := r.Shop.Variant(l.SKU); p != nil {
			title = p.Name.In(r.lang)
		}
		goods = append(goods, fmt.Sprintf("%d × %s", l.Qty, title))
	}
	if len(goods) > 0 {
		lines = append(lines, r.t("talk.cart", "goods", strings.Join(goods, "; ")))
	}
	return append(lines, r.guess(s.Persona)...)
}

// whoAndWhere is a contact and an address in one line, "" when nothing is known.
func whoAndWhere(c catalog.Contact, a catalog.Address) string {
	all := []string{c.Name, c.Email, c.Phone, a.Street, strings.TrimSpace(a.Postcode + " " + a.City)}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), ", ")
}
