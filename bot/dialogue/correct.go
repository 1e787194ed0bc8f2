package dialogue

import (
	"slices"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// cueChange says that something told before is to be otherwise.
var cueChange = cue{words: []string{"vaihda", "vaihdetaan", "vaihtaa", "muuta", "muutetaan", "muuttaa", "vaara", "vaarin", "onkin", "onki", "oliskin", "sittenkin", "eiku", "eikun", "korjaa", "korjataan", "pitaisi", "haluankin", "otankin", "parempi", "andra", "fel", "byt", "istallet", "change", "wrong", "actually", "instead", "rather"}}

// detail is something of the checkout that a customer may name to change it.
type detail struct {
	slot string
	cue  cue
}

var details = []detail{
	{"email", cue{words: []string{"sahkoposti*", "sposti*", "meili*", "email*", "epost*", "mail*"}}},
	{"phone", cue{words: []string{"puhelin*", "puhelimen", "numero*", "puh", "telefon*", "phone*"}}},
	{"name", cue{words: []string{"nimi", "nimen", "nimeksi", "nimea", "namn*", "name"}}},
	{"address", cue{words: []string{"osoite", "osoitteen", "osoitetta", "osoitteeksi", "osote", "adress*", "address*"}}},
	{"delivery", cue{words: []string{"toimitustap*", "toimitus", "toimituksen", "leverans*", "delivery"}}},
	{"payment", cue{words: []string{"maksutap*", "maksu", "maksun", "betalning*", "payment"}}},
}

// correct takes what a message changes of the checkout while something else is
// asked: a new address or delivery told outright, or the name of a detail.
func (t *turn) correct(text string, r intents.Reading) bool {
	if !t.Buying || strings.Contains(text, "?") {
		return false
	}
	words := folded(text)
	asked := ""
	if t.Pending != nil && t.Pending.For == "buy" {
		asked = t.Pending.Slot
	}
	change := cueChange.in(words)
	switch {
	case asked == "payment" && !change && t.fillPayment(text, r): // "paikan päällä" may be how to pay
	case asked != "address" && asked != "postal_code" && asked != "name" && postcode.MatchString(text) && t.fillAddress(afterCopula(text), r):
	case asked != "delivery" && (change || len(words) <= 3) && t.fillDelivery(text, r):
	case asked != "payment" && asked != "delivery" && (change || len(words) <= 3) && t.payment() != nil && t.fillPayment(text, r):
	default:
		return (change || len(words) <= 2) && t.reopen(text, words, asked, r)
	}
	t.resume()
	return true
}

// reopen takes a new value for the detail named, or asks for it.
func (t *turn) reopen(text string, words []string, asked string, r intents.Reading) bool {
	at := slices.IndexFunc(details, func(d detail) bool { return d.cue.in(words) })
	if at < 0 || details[at].slot == asked {
		return false
	}
	slot := details[at].slot
	value := afterCopula(text)
	filled := false
	switch slot {
	case "name":
		filled = t.fillName(value, r)
	case "email":
		filled = t.fillEmail(value, r)
	case "phone":
		filled = t.fillPhone(value, r)
	}
	if !filled {
		return t.edit(slot)
	}
	t.resume()
	return true
}

// afterCopula keeps what comes after "osoite onkin", "vaihda nimeksi".
func afterCopula(text string) string {
	for _, word := range []string{" onkin ", " onki ", " on ", " nimeksi ", " osoitteeksi ", " är ", " to ", " is ", " till "} {
		if i := strings.Index(strings.ToLower(" "+text), word); i >= 0 {
			return strings.TrimSpace(text[min(len(text), i+len(word)-1):])
		}
	}
	return text
}

// because tells why something is asked.
func (t *turn) because(words []string) bool {
	if t.Pending == nil || t.Pending.For != "buy" || !cueWhy.in(words) {
		return false
	}
	switch t.Pending.Slot {
	case "name", "email", "phone", "address", "postal_code":
		t.say(part("why." + t.Pending.Slot))
		return true
	}
	return false
}

var cueWhy = cue{words: []string{"miksi", "miks", "mihin", "varfor", "why"}}

// gather takes name, e-mail, phone and address from one message that tells
// several of them.
func (t *turn) gather(text string, r intents.Reading) bool {
	if !t.Buying || t.Pending == nil || t.Pending.For != "buy" || !strings.Contains(text, ",") {
		return false
	}
	before := t.Contact
	var rest []string
	for _, piece := range strings.Split(text, ",") {
		switch piece = strings.TrimSpace(piece); {
		case t.Contact.Name == "" && isName(piece):
			t.Contact.Name = piece
		case strings.Contains(piece, "@") || r.First(intents.Phone) != "" && !strings.ContainsFunc(piece, isLetter):
		default:
			rest = append(rest, piece)
		}
	}
	address := false
	if joined := strings.Join(rest, ", "); t.Address.Street == "" && strings.ContainsFunc(joined, isLetter) {
		address = postcode.MatchString(joined) && t.fillAddress(joined, r)
	}
	if t.Contact == before && !address || t.Contact.Name == "" && !address {
		return false
	}
	t.resume()
	return true
}

// collects reports whether the customer will fetch the goods from the store.
func (t *turn) collects(words []string) bool {
	return kindCue[catalog.StorePickup].in(words) && !slices.ContainsFunc(words, func(w string) bool { return w == "en" || w == "ei" })
}
