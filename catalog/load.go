package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Load reads a shop from its files, laid out as README.md says. Personas, replies and
// examples of utterances, which may lie beside them, are not read, nor are products and
// categories when there is a feed. A shop may have neither of them: [Shop.WithProducts] puts
// those from elsewhere in.
//
// All mistakes found in the files are returned together, as [Mistakes] in the
// order of file and line; the shop is nil then.
func Load(fsys fs.FS) (*Shop, error) {
	shop, mistakes := Read(fsys)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return shop, nil
}

// Read is [Load] with as much of the shop as could be read beside the mistakes.
func Read(fsys fs.FS) (*Shop, Mistakes) {
	l := loader{fsys: fsys, shop: &Shop{}}
	l.company()
	l.vat()
	l.words()
	l.synonyms()
	l.delivery()
	l.returns()
	l.payments()
	l.discounts()
	l.loyalty()
	l.answers()
	l.afar = l.shop.Feed != "" || l.lacks("categories.yaml") && l.lacks(ProductsFolder)
	if !l.afar {
		l.categories()
		l.products()
		l.shelvesOfDiscounts()
	}
	l.quizzes()
	l.pairs()
	l.reviews()
	l.service()
	l.images()
	l.mistakes.Sort()
	l.shop.index()
	return l.shop, l.mistakes
}

// loader is a shop while it is read, file by file.
type loader struct {
	fsys          fs.FS
	shop          *Shop
	mistakes      Mistakes
	afar          bool  // the goods are not in files
	written       bool  // by staff, who may write what they like
	discountLines []int // where each discount stands
	factNames     map[string]string
}

// open reads one file; the node is nil when there is nothing to read.
func (l *loader) open(name string) (*file, *yaml.Node) {
	f := &file{name: name, mistakes: &l.mistakes}
	return f, f.read(l.fsys)
}

// lacks reports whether the shop has no such file or folder.
func (l *loader) lacks(name string) bool {
	_, err := fs.Stat(l.fsys, name)
	return errors.Is(err, fs.ErrNotExist)
}

// folder returns the YAML files of a folder, in order.
func (l *loader) folder(name string) []string {
	f := &file{name: name, mistakes: &l.mistakes}
	entries, err := fs.ReadDir(l.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		f.wrong(0, "the folder is missing%s", companions(name))
	} else if err != nil {
		f.wrong(0, "cannot be read: %v", err)
	}
	var names []string
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir() || path.Ext(e.Name()) != ".yaml":
			f.wrong(0, "%s is not a .yaml file", e.Name())
		default:
			names = append(names, path.Join(name, e.Name()))
		}
	}
	return names
}

var businessID = regexp.MustCompile(`^\d{7}-\d$`)

// validBusinessID checks the form and the check digit of a Y-tunnus.
func validBusinessID(s string) bool {
	if !businessID.MatchString(s) {
		return false
	}
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * weight
	}
	check := (11 - sum%11) % 11
	return check < 10 && int(s[8]-'0') == check
}

// company reads shop.yaml.
func (l *loader) company() {
	f, n := l.open(ShopFile)
	e := f.entry(n)
	if e == nil {
		return
	}
	defer e.close()
	if c := f.entry(e.need("company")); c != nil {
		l.shop.Company = Company{
			Name:       c.needWord("name"),
			BusinessID: c.needWord("business_id"),
			Street:     c.needWord("street"),
			Postcode:   c.needWord("postcode"),
			City:       c.needWord("city"),
			Phone:      c.needWord("phone"),
			Email:      c.needWord("email"),
			URL:        c.address("url"),
			Privacy:    c.address("privacy"),
			Terms:      c.address("terms"),
			About:      c.text("about"),
		}
		company := l.shop.Company
		if company.BusinessID != "" && !validBusinessID(company.BusinessID) {
			f.wrong(c.line, "business_id %q is not a Y-tunnus such as 1234567-1", company.BusinessID)
		}
		if company.Postcode != "" && !ValidPostcode(company.Postcode) {
			f.wrong(c.line, "postcode %q is not five digits; it needs quotes when it begins with 0", company.Postcode)
		}
		if company.Email != "" && !strings.Contains(company.Email, "@") {
			f.wrong(c.line, "email %q has no @", company.Email)
		}
		c.close()
	}
	l.shop.Currency = "EUR"
	e.oneOf("currency", "EUR")
	if n := e.need("languages"); n != nil {
		l.shop.Languages = f.words(n)
		if !slices.Contains(l.shop.Languages, "fi") {
			f.wrong(n.Line, "fi must be among the languages")
		}
		l.shop.Languages = slices.DeleteFunc(l.shop.Languages, func(lang string) bool {
			why := noLanguage(lang)
			if why != "" {
				f.wrong(n.Line, "%s", why)
			}
			return why != ""
		})
	}
	l.shop.Reserve = defaultReserve
	if n := e.take("reserve"); n != nil {
		l.shop.Reserve = time.Duration(f.number(n, 5, 24*60)) * time.Minute
	}
	l.wrapping(f.entry(e.take("wrapping")))
	l.hours(f.entry(e.need("hours")))
	l.privacy(f.entry(e.take("privacy")))
	l.reminders(f.entry(e.take("reminders")))
	l.shop.Feed = e.word("feed")
	if n := e.take("review_feed"); n != nil {
		l.shop.ReviewFeed, _ = f.word(n)
		if u, err := url.Parse(l.shop.ReviewFeed); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			f.wrong(n.Line, "review_feed must be an address such as https://reviews.example/feed.xml")
		}
	}
}

// defaultReserve is long enough for a bank's pages, short enough for who waits
// for the last piece.
const defaultReserve = 30 * time.Minute

var weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

func (l *loader) hours(e *entry) {
	if e == nil {
		return
	}
	defer e.close()
	l.shop.Hours.Service = e.week("service", true)
	l.shop.Hours.Store = e.week("store", false)
	l.shop.Hours.Closed = map[string]Text{}
	if days := e.file.entry(e.take("closed")); days != nil {
		for _, day := range days.keys {
			n := days.values[day]
			e.file.date(n.Line, day)
			l.shop.Hours.Closed[day] = e.file.text(n, true)
		}
	}
}

// week reads opening hours by day of the week; each day must be told.
func (e *entry) week(key string, must bool) (week [7]Span) {
	n := e.take(key)
	days := e.file.entry(n)
	if days == nil {
		if must && n == nil {
			e.file.wrong(e.line, "%s is missing", key)
		}
		return week
	}
	defer days.close()
	for i, day := range weekdays {
		n := days.need(day)
		if n == nil {
			continue
		}
		s, ok := e.file.word(n)
		if !ok || s == "closed" {
			continue
		}
		open, close, found := strings.Cut(hyphened.Replace(s), "-")
		if !found {
			e.file.wrong(n.Line, "%q are not opening hours; write 9:00-17:00 or closed", s)
			continue
		}
		week[i] = Span{e.file.minutes(n.Line, open), e.file.minutes(n.Line, close)}
		if week[i].backward() {
			e.file.wrong(n.Line, "%s closes before it opens", day)
		}
	}
	return week
}

var percent = regexp.MustCompile(`^(\d{1,2})(?:\.(\d))?$`)

// vat reads vat.yaml.
func (l *loader) vat() {
	l.shop.VAT = map[string][]Rate{}
	f, n := l.open("vat.yaml")
	e := f.entry(n)
	if e == nil {
		return
	}
	if e.values[GeneralVAT] == nil {
		f.wrong(e.line, "the class %s is missing", GeneralVAT)
	}
	for _, class := range e.keys {
		value := e.values[class]
		var rates []Rate
		for _, r := range f.entries(value) {
			line := r.line
			from := r.needWord("from")
			rate := r.needWord("rate")
			r.close()
			if from == "" || rate == "" {
				continue
			}
			m := percent.FindStringSubmatch(rate)
			if m == nil {
				f.wrong(line, "rate %q is not a percentage; write 25.5", rate)
				continue
			}
			tenths := 0
			for _, digit := range m[1] + (m[2] + "0")[:1] {
				tenths = tenths*10 + int(digit-'0')
			}
			next := Rate{From: f.date(line, from), Tenths: tenths}
			if len(rates) > 0 && !rates[len(rates)-1].From.Before(next.From) {
				f.wrong(line, "the rates of %s must stand in order of their dates", class)
			}
			rates = append(rates, next)
		}
		if len(rates) == 0 && value.Kind == yaml.SequenceNode && len(value.Content) == 0 {
			f.wrong(value.Line, "%s has no rate", class)
		}
		l.shop.VAT[class] = rates
	}
}

// categories reads categories.yaml.
func (l *loader) categories() {
	f, n := l.open("categories.yaml")
	parents := map[string]string{}
	lines := map[string]int{}
	for _, e := range f.entries(n) {
		c := Category{ID: e.id("id"), Parent: e.word("parent"), Name: e.needText("name")}
		if lines[c.ID] > 0 {
			f.wrong(e.line, "category %s is already in line %d", c.ID, lines[c.ID])
		}
		lines[c.ID], parents[c.ID] = e.line, c.Parent
		c.Words = e.wordsByLanguage("words")
		e.close()
		l.shop.Categories = append(l.shop.Categories, c)
	}
	for _, c := range l.shop.Categories {
		if c.Parent != "" && lines[c.Parent] == 0 {
			f.wrong(lines[c.ID], "unknown parent %s", c.Parent)
		}
		seen := map[string]bool{}
		for id := c.ID; id != ""; id = parents[id] {
			if seen[id] {
				f.wrong(lines[c.ID], "category %s is its own parent", c.ID)
				break
			}
			seen[id] = true
		}
	}
}

// shelves are the ids of the categories that were read.
func (l *loader) shelves() map[string]bool {
	ids := map[string]bool{}
	for _, c := range l.shop.Categories {
		ids[c.ID] = true
	}
	return ids
}

var hexColor = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// words reads words.yaml.
func (l *loader) words() {
	f, n := l.open("words.yaml")
	lines := map[optionValue]int{}
	for _, e := range f.entries(n) {
		w := OptionWord{Option: e.needWord("option"), Value: e.needWord("value"), Hex: e.word("hex")}
		if n := e.need("name"); n != nil {
			w.Name = f.text(n, false)
		}
		if w.Hex != "" && !hexColor.MatchString(w.Hex) {
			f.wrong(e.line, "hex %q is not a colour; write \"#1f2f55\"", w.Hex)
		}
		key := optionValue{w.Option, w.Value}
		if lines[key] > 0 {
			f.wrong(e.line, "%s %s is already in line %d", w.Option, w.Value, lines[key])
		}
		lines[key] = e.line
		e.close()
		l.shop.Words = append(l.shop.Words, w)
	}
	l.factNames = factNames(l.shop.Words)
}

// synonyms reads synonyms.yaml, which a shop need not have.
func (l *loader) synonyms() {
	if l.lacks("synonyms.yaml") {
		return
	}
	f, n := l.open("synonyms.yaml")
	for _, e := range f.entries(n) {
		s := Synonym{Words: e.wordsByLanguage("words"), Mean: e.words("mean"), Near: e.words("near")}
		if len(s.Words) == 0 {
			f.wrong(e.line, "words is missing")
		}
		if len(s.Mean)+len(s.Near) == 0 {
			f.wrong(e.line, "mean or near is missing")
		}
		for _, list := range s.Words {
			for _, word := range list {
				if strings.ContainsRune(word, ' ') {
					f.wrong(e.line, "%q is more than one word", word)
				}
			}
		}
		e.close()
		l.shop.Synonyms = append(l.shop.Synonyms, s)
	}
}

// answers reads answers/*.yaml, which a shop need not have. Which intents there are is not known here.
func (l *loader) answers() {
	if l.lacks("answers") {
		return
	}
	seen := map[string]string{}
	for _, name := range l.folder("answers") {
		f, n := l.open(name)
		for _, e := range f.entries(n) {
			a := Answer{ID: e.id("id"), Intent: e.needWord("intent"), At: fmt.Sprintf("%s:%d", name, e.line)}
			f.anything = l.written
			if n := e.need("ask"); n != nil {
				if a.Ask = f.wordsByLanguage(n); a.Ask != nil && len(a.Ask["fi"]) == 0 {
					f.wrong(n.Line, "Finnish examples (fi) are missing")
				}
			}
			a.Say = e.needText("say")
			e.close()
			if first, twice := seen[a.ID]; twice {
				f.wrong(e.line, "answer %s is already at %s", a.ID, first)
			}
			seen[a.ID] = a.At
			l.shop.Answers = append(l.shop.Answers, a)
		}
	}
}

// index makes the shop's look-ups.
func (s *Shop) index() {
	s.products = make(map[string]*Product, len(s.Products))
	s.skus = map[string]sku{}
	for i := range s.Products {
		p := &s.Products[i]
		s.products[p.ID] = p
		for j := range p.Variants {
			s.skus[p.Variants[j].SKU] = sku{p, &p.Variants[j]}
		}
	}
	if p := s.Wrapping; p != nil {
		s.products[p.ID], s.skus[p.ID] = p, sku{p, &p.Variants[0]}
	}
	s.categories = make(map[string]*Category, len(s.Categories))
	for i := range s.Categories {
		s.categories[s.Categories[i].ID] = &s.Categories[i]
	}
	s.words = make(map[optionValue]*OptionWord, len(s.Words))
	for i := range s.Words {
		s.words[optionValue{s.Words[i].Option, s.Words[i].Value}] = &s.Words[i]
	}
	s.factWords = make(map[string][]string, len(s.Languages))
	for _, w := range s.Words {
		if w.Option != "fact" {
			continue
		}
		for _, lang := range s.Languages {
			s.factWords[lang] = append(s.factWords[lang], strings.Fields(plain(w.Value+" "+w.Name.In(lang)))...)
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
