package dialogue

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tiski/catalog"
	"tiski/intents"
)

// around are words around what customers tell of themselves, not of it.
var around = newFiller(`
	mun minun minä mä olen oon on onkin onki se siis no eli niin laita laittakaa pankaa joo juu moi hei eiku eikun hups sori korjaan oikea oikein tarkoitin ai
	nimi nimeni nimella nimelle nimeen nimeksi tilaaja osoite osoitteeni osoitteessa osoitteeseen osoitteeksi katuosoite asun postinumero postinumeroni paikka
	paikkakunta ja sekä kiitos kiitti kiitoksia etunimi sukunimi sähköposti sähköpostini sposti meili puhelin puhelinnumero puhelinnumeroni puh numero numeroni
	mitt min jag heter namn namnet ar adress adressen det tack my name is i i'm am the address it it's at thanks please
	och e-post epost mejl telefon telefonnummer and email e-mail mail phone number`)

// plainly is a text without the words around it: "mun nimi on Maija Virtanen
// kiitos" is "Maija Virtanen".
func plainly(text string) string {
	words := strings.Fields(text)
	word := func(i int) string { return strings.Join(folded(words[i]), "") }
	for len(words) > 1 && (word(0) == "" || around.has(word(0))) {
		words = words[1:]
	}
	for last := len(words) - 1; last > 0 && (word(last) == "" || around.has(word(last))); last-- {
		words = words[:last]
	}
	return strings.Join(words, " ")
}

// withoutReach is a message's text without the e-mail addresses and phone numbers in it.
func (m *said) withoutReach() string {
	text := m.Text
	for _, e := range m.Entities {
		if e.Kind == intents.Email || e.Kind == intents.Phone {
			text = strings.Replace(text, e.Text, "", 1)
		}
	}
	return text
}

// items are the details that a message lists, whether commas, lines or only an e-mail
// address and a phone number, which are left out, stand between them.
func (m *said) items() []string {
	text := strings.ReplaceAll(m.Text, "\n", ",")
	for _, e := range m.Entities {
		if e.Kind == intents.Email || e.Kind == intents.Phone {
			text = strings.Replace(text, e.Text, ",", 1)
		}
	}
	var all []string
	for item := range strings.SplitSeq(text, ",") {
		if item = plainly(strings.Trim(item, " .;")); slices.ContainsFunc(folded(item), func(w string) bool { return !around.has(w) }) {
			all = append(all, item)
		}
	}
	return all
}

// takeName takes a first and a last name; one of them alone waits for the other.
func (t *turn) takeName(m *said) answer {
	text := ""
	if items := m.items(); len(items) > 0 {
		text = items[max(0, slices.IndexFunc(items, isName))]
	}
	if k := t.top(); k.Asked == "name" && len(strings.Fields(text)) == 1 && !m.digresses() {
		given := k.Values["given"]
		if given == "" && isName(text+" "+text) {
			k.note("given", text)
			t.moved = true
			return finished
		}
		text = strings.TrimSpace(given + " " + text)
	}
	if !isName(text) || m.digresses() && m.Intents[0].P >= 0.85 || m.First(intents.Product) != "" && t.names(m.sought()) {
		return notMine
	}
	t.Contact.Name = text
	t.top().note("given", "")
	return taken
}

// askName asks for the other name when one of them was told.
func (t *turn) askName() ([]Part, []Button) {
	if given := t.top().Values["given"]; given != "" {
		return []Part{part("ask.name.other", "given", given)}, nil
	}
	return []Part{part("ask.name")}, nil
}

// remindName asks so a second time.
func (t *turn) remindName() ([]Part, []Button) {
	if t.top().Values["given"] != "" {
		return t.askName()
	}
	return []Part{part("again.name")}, nil
}

// noticeName takes a name from a list of details.
func (t *turn) noticeName(m *said) bool {
	told := m.toldOf(cueName)
	if named := m.afterNaming(cueName); told == nil && named != m {
		told = named // "nimi Ville Virtanen"
	}
	if told != nil {
		if name := t.wholeName(m, told.Text); isName(name) {
			t.Contact.Name = name
			return true
		}
	}
	if t.Contact.Name != "" || m.First(intents.Email)+m.First(intents.Phone) == "" && !hasPostcode(m.Text) {
		return false
	}
	items := m.items()
	at := slices.IndexFunc(items, isName)
	if at < 0 {
		return false
	}
	t.Contact.Name = items[at]
	return true
}

// wholeName is a name that was told, with the other one as it is known when only the
// first or the last was.
func (t *turn) wholeName(m *said, told string) string {
	known := strings.Fields(t.Contact.Name)
	switch {
	case len(known) < 2 || strings.Contains(told, " "):
	case m.has(cueSurname):
		return strings.Join(known[:len(known)-1], " ") + " " + told
	case m.has(cueGivenName):
		return told + " " + known[len(known)-1]
	}
	return told
}

// isName: letters, two to four words, at most 60 characters.
func isName(text string) bool {
	n := len(strings.Fields(text))
	words := folded(unmistakable(text))
	if n < 2 || n > 4 || len([]rune(text)) > 60 {
		return false
	}
	if isTalk(words) || anyCue(words, cueQuestion, cueRemove, cueWithdraw, cueCheckoutWord, cueNumber, cueAngry, cueNegation, cueAdd, cueLater, cueGoOn, cueName, cueEmail, cuePhone, cueAddress, cuePoint, cueLocker, cueHome, cueInvoice, cueBank, cueCard) || slices.ContainsFunc(words, filler.has) {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !isLetter(r) && !strings.ContainsRune(" -'’.", r)
	})
}

// namesakes are names that look like words which say something, when these lose their
// dots or are longer: "Mika" like "mikä", "Kuusisto" like "kuusi".
var namesakes = []string{"asko", "bill", "emma", "into", "kuusisto", "lahja", "max", "mika", "tiia", "tom", "urpo"}

// unmistakable is a text without what is surely part of a name in it: all of it when
// every word begins with a capital letter, else the namesakes.
func unmistakable(text string) string {
	words := strings.Fields(text)
	if !slices.ContainsFunc(words, func(w string) bool { return !isCapital(w) }) {
		return ""
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(namesakes, strings.ToLower(w)) }), " ")
}

func (t *turn) takeEmail(m *said) answer {
	if v := m.First(intents.Email); v != "" {
		if t.doubtEmail(v) {
			return taken
		}
		t.top().note("meant", "")
		t.Contact.Email = v
		return taken
	}
	if t.top().Asked == "email" && t.answersEmail(m) {
		return taken
	}
	if t.top().Asked == "email" && domain.MatchString(m.Text) {
		return refused(part("bad.email.again"))
	}
	return notMine
}

// domain is the end of an e-mail address, written or said aloud: one without its @.
var domain = regexp.MustCompile(`(?i)\S(\.| piste | punkt | dot )(com|fi|net|org|se|eu|io)\s*$`)

func (t *turn) noticeEmail(m *said) bool {
	v := m.First(intents.Email)
	return v != "" && v != t.Contact.Email && t.takeEmail(m).taken
}

func (t *turn) takePhone(m *said) answer {
	if v := m.First(intents.Phone); v != "" {
		t.Contact.Phone = v
		return taken
	}
	return notMine
}

func (t *turn) noticePhone(m *said) bool {
	v := m.First(intents.Phone)
	return v != "" && v != t.Contact.Phone && t.takePhone(m).taken
}

// postcode is looked for only where there are as many digits as it has.
var postcode = regexp.MustCompile(`(?:^|[\s,])(?:FI-?)?(\d{5})(?:$|[\s,.])`)

func hasPostcode(text string) bool {
	run := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			run = 0
		} else if run++; run == 5 {
			return postcode.MatchString(text)
		}
	}
	return false
}

// miscounted is where a postal code should be, with a digit too few or too many.
var miscounted = regexp.MustCompile(`(?:^|,)\s*(\d{3,4}|\d{6})(?:\s+|$)`)

// askAddress offers the store to who needs no address.
func (t *turn) askAddress() ([]Part, []Button) {
	for _, m := range t.w.Shop.DeliveryFor("") {
		if m.Kind == catalog.StorePickup {
			return []Part{part("ask.address")}, []Button{button("button.text", "del:"+m.ID, "text", m.Name)}
		}
	}
	return []Part{part("ask.address")}, nil
}

func (t *turn) askPostalCode() ([]Part, []Button) {
	switch {
	case t.Address.City != "":
		return []Part{part("ask.postal_code.only")}, nil
	case t.Address.Postcode != "":
		return []Part{part("ask.postal_code.city", "postcode", t.Address.Postcode)}, nil
	}
	return []Part{part("ask.postal_code")}, nil
}

// place is the postal code with its place, when both are known.
func (t *turn) place() string {
	if t.Address.City == "" {
		return ""
	}
	return t.Address.Postcode
}

// shortestTown tells a town from the letter of a stairway: Salo, Pori.
const shortestTown = 4

// takeAddress takes "Katu 5 A 2, 00100 Helsinki", or the street or the postal
// code and place alone; or that the goods are fetched from the store.
func (t *turn) takeAddress(m *said) answer {
	if t.collects(m) && t.takeDelivery(m).taken {
		return taken
	}
	a, k := t.Address, t.top()
	text := plainly(m.withoutReach())
	code := postcode.FindStringSubmatchIndex(text)
	street, city := text, ""
	wrong := miscounted.FindStringSubmatchIndex(text)
	switch {
	case code == nil && wrong != nil:
		street, city = text[:wrong[0]], text[wrong[1]:]
		a.Postcode = ""
	case code != nil:
		street, city = text[:code[0]], text[code[1]:]
		a.Postcode = text[code[2]:code[3]]
	case a.Street != "" && k.Asked != "address" && !isStreet(text):
		street, city = "", text
	}
	street = strings.Trim(strings.TrimSpace(street), ",.;")
	if isTalk(folded(street)) {
		street = m.First(intents.Address)
	}
	city = strings.Trim(strings.TrimSpace(city), ",.;!")
	if city == "" { // "Pihatie 3, Kemi 94100" has it before the code
		if i := strings.LastIndex(street, ","); i >= 0 && !strings.ContainsAny(street[i:], "0123456789") {
			street, city = strings.TrimSpace(street[:i]), strings.TrimSpace(street[i+1:])
		} else if i := strings.LastIndexByte(street, ' '); i >= 0 && strings.ContainsFunc(street[:i], unicode.IsDigit) && len([]rune(street[i+1:])) >= shortestTown && isCity(street[i+1:]) {
			street, city = strings.TrimSpace(street[:i]), street[i+1:] // "Hämeenkatu 3 as 4 tampere"
		}
	}
	filled := code != nil
	if isStreet(street) {
		a.Street, filled = street, true
		if code == nil && k.Anew { // another street: the old place is not taken for granted
			a.Postcode, a.City = "", ""
		}
	}
	if isCity(city) && (m.First(intents.Place) != "" || !strings.Contains(city, " ") || city != strings.ToLower(city)) && (code != nil || wrong != nil || k.Asked == "address" || k.Asked == "postal_code") {
		if city = titleCase(city); code == nil && isStreet(street) && a.City != "" && city != a.City {
			a.Postcode = "" // it was the other town's
		}
		a.City, filled = city, true
	}
	if code == nil && wrong != nil {
		digits := part("postal_code.digits", "postcode", text[wrong[2]:wrong[3]])
		if !filled {
			return refused(digits)
		}
		t.lead(digits)
	}
	if filled {
		t.Address = a
	}
	return took(filled)
}

// noticeAddress takes an address from a message of several details, or one that
// comes unasked, when it has a postal code.
func (t *turn) noticeAddress(m *said) bool {
	if !hasPostcode(m.Text) {
		return false
	}
	was := t.Address
	address := *m
	address.Text = strings.Join(slices.DeleteFunc(m.afterCopula().afterNaming(cueAddress).items(), isName), ", ")
	if !t.takeAddress(&address).taken {
		return false
	}
	if t.Address == was && t.moved { // taken just now
		return false
	}
	if t.Address == was {
		t.lead(part("address.known"))
	}
	return true
}

// moveHouse drops a delivery that does not serve the new address, and the
// pick-up point chosen for the old one.
func (t *turn) moveHouse() {
	if t.Delivery != "" && t.method() == nil {
		t.Delivery = ""
		t.lead(part("delivery.dropped"))
	}
	t.forgetPoint()
}

// isStreet: no talk, letters, then a number somewhere, or a PO box; at most 100 characters.
func isStreet(text string) bool {
	return len([]rune(text)) <= 100 && !isTalk(folded(text)) && strings.ContainsFunc(text, unicode.IsDigit) && strings.ContainsFunc(text, unicode.IsLetter) && !strings.Contains(text, "?")
}

// isCity: letters, hyphens and spaces, at most 40 characters and three words.
func isCity(text string) bool {
	words := folded(text)
	return text != "" && len([]rune(text)) <= 40 && len(strings.Fields(text)) <= 3 && !anyCue(words, cueQuestion, cueHome, cuePoint, cueNear, cueLocker, cueStore, cueInvoice, cueBank, cueCard, cueChange, cueAddress, cueNegation, cueAreYou, cueRemove, cueAdd, cueAngry) &&
		!slices.ContainsFunc(words, filler.has) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !isLetter(r) && r != ' ' && r != '-' })
}

func titleCase(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		r := []rune(w)
		r[0] = unicode.ToUpper(r[0])
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}
