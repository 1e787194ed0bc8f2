package dialogue

import (
	"slices"
	"strings"
	"unicode"

	"tiski/intents"
)

// cue is a short reply or a command in words that means the same in every
// task: whole messages, or single words in them, lower case, without the dots
// of å ä ö. A word that ends in * is the beginning of a word.
type cue struct {
	whole []string // the message is exactly this
	words []string // or has one of these words
}

var (
	cueYes    = cue{whole: []string{"joo", "juu", "kylla", "kyl", "ok", "okei", "selva", "jep", "joo kiitos", "ja", "ja tack", "yes", "yep", "sure", "sopii", "ilman muuta"}}
	cueNo     = cue{whole: []string{"ei", "e", "en", "ei kiitos", "eipa", "nej", "nej tack", "no", "nope", "no thanks", "ei mitaan"}}
	cueCancel = cue{
		whole: []string{"peru", "peruuta", "keskeyta", "lopeta", "en haluakaan", "en halua", "en tilaakaan", "ei sittenkaan", "unohda", "unohda koko juttu", "anna olla", "avbryt", "sluta", "jag angrade mig", "cancel", "stop", "never mind", "forget it", "antaa olla", "perutaan", "perutaan koko homma", "peru tilaaminen", "keskeytetaan"},
	}
	cueCart     = cue{words: []string{"kori", "korin", "korissa", "korista", "koria", "ostoskori*", "kundvagn*", "varukorg*", "cart", "basket"}}
	cueCheckout = cue{
		whole: []string{"tilaa", "tilaan", "tilaan nama", "tilaan ne", "kassalle", "kassa", "mennaan kassalle", "valmis", "siina kaikki", "siina oli kaikki", "ei muuta", "maksamaan", "till kassan", "kassan", "checkout", "check out", "to the checkout", "thats all", "ostan nama", "tilataan", "tilataan nama", "haluan tilata", "haluan tilata nama", "jag vill bestalla", "bestall"},
	}
	cueCheckoutWord = cue{words: []string{"tilaan", "tilaa", "tilataan", "tilaaminen", "tilaamaan", "kassalle", "kassa", "kassan", "vahvistan", "vahvista", "hyvaksyn", "maksamaan", "ostan", "ostetaan", "bestall", "bestaller", "checkout", "order", "confirm"}}
	cueBuy          = cue{words: []string{"tilaan", "tilaisin", "tilata", "ostan", "ostaisin", "ostaa", "haluan", "haluaisin", "kop*", "bestall*", "buy", "order", "want"}}
	cueSuperlative  = cue{words: []string{"halvin*", "halvimma*", "edullisin*", "edullisimma*", "billigast*", "cheapest"}}
	cueRemove       = cue{words: []string{"poista", "poistetaan", "poistaisit*", "pois", "tyhjenna*", "bort", "remove", "delete", "empty", "tom"}}
	cueAdd          = cue{words: []string{"lisaa", "lisataan", "laita", "laitetaan", "pista", "lagg", "add", "put", "otan", "ota", "otetaan", "ostan", "tar", "take"}}
	cueEmpty        = cue{words: []string{"tyhjenna*", "kaikki", "kaiken", "allt", "empty", "everything", "all", "tom"}}
	cueBot          = cue{words: []string{"botti*", "robotti*", "tekoaly*", "bot", "robot", "chatgpt"}, whole: []string{"ootko ihminen", "oletko ihminen", "ookko ihminen", "onks siel ihminen", "ar du manniska", "ar du en manniska", "are you human", "are you a human", "are you a person", "are you real"}}
	cueForgot       = cue{words: []string{"muista*", "tieda", "tiia", "emt", "hukassa", "hukkunut", "loyda", "minns", "vet", "remember", "know"}, whole: []string{"ei ole", "ei oo", "ohita", "skip"}}
	cueNoNeed       = cue{whole: []string{"en tarvitse ihmista", "en tarvitse enaa ihmista", "kiitos en tarvitse enaa ihmista", "ei tarvii ihmista", "ei tarvi ihmista", "ei tarvitse ihmista", "ei tarvitsekaan", "ei tarviikaan", "behover ingen manniska", "no need", "no human needed"}}
	cueHelp         = cue{whole: []string{"apua", "help", "hjalp", "ohje", "ohjeet", "mita osaat", "mita sa osaat", "mita voit tehda", "vad kan du", "what can you do"}}
	cueAgain        = cue{whole: []string{"mita", "ha", "anteeksi mita", "toista", "sano uudestaan", "uudestaan", "va", "forlat", "repeat", "say again", "pardon"}}
)

// in reports whether the words of a message are or hold the cue.
func (c cue) in(words []string) bool {
	if len(c.whole) > 0 && slices.Contains(c.whole, strings.Join(words, " ")) {
		return true
	}
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.ContainsFunc(c.words, func(word string) bool {
			beginning, open := strings.CutSuffix(word, "*")
			return w == word || open && strings.HasPrefix(w, beginning)
		})
	})
}

var withoutDots = strings.NewReplacer("ä", "a", "å", "a", "ö", "o", "é", "e", "'", "", "’", "")

// folded splits a message into words, lower case, å ä ö without their dots.
func folded(text string) []string {
	return strings.FieldsFunc(withoutDots.Replace(strings.ToLower(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// spoken splits a message into words, lower case, otherwise as they were said.
func spoken(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
}

func hasLetterOrDigit(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// distress are words of somebody who needs other help than a shop's.
var distress = []string{"tapan itseni", "tapan itteni", "haluan kuolla", "haluun kuolla", "en jaksa elaa", "en jaksa enaa elaa", "itsemurha", "ta livet av mig", "jag vill do", "sjalvmord", "kill myself", "want to die", "suicide"}

func inDistress(words []string) bool {
	said := strings.Join(words, " ")
	return slices.ContainsFunc(distress, func(d string) bool { return strings.Contains(said, d) })
}

// inWords handles what is a command in every task, also while something is
// asked: "are you a bot", help, the cart, the way to the checkout.
func (t *turn) inWords(text string, r intents.Reading) bool {
	words := folded(text)
	question := strings.Contains(text, "?")
	switch {
	case inDistress(words):
		t.say(part("distress"), button("button.human", "human"))
	case cueBot.in(words) && len(words) <= 8:
		t.say(part("am_bot"), button("button.human", "human"))
	case cueHelp.in(words):
		t.help()
	case cueCart.in(words) && !cueAdd.in(words) && (!cueRemove.in(words) || len(t.Cart) == 0) && len(words) <= 5:
		t.showCart()
	case t.because(words):
	case len(t.Cart) > 0 && (cueCheckout.in(words) || len(words) <= 4 && cueCheckoutWord.in(words) && content(text) == "" && !question && !constrained(Query(r)) && r.First(intents.Quantity) == ""):
		if t.Summary != nil {
			t.say(part("order.use_button"))
		}
		t.checkout()
	case t.Handoff.Stage == Requested && cueNoNeed.in(words):
		t.want(DropTimer{Name: waitingTimer})
		t.Handoff = Handoff{}
		t.say(part("human.dropped"), t.nextButtons())
	case len(t.Shown) > 1 && cueSuperlative.in(words) && content(text) == "":
		t.describe(t.cheapest())
	case t.pointed(words) != nil && !cueAdd.in(words) && !cueRemove.in(words) && !cueCheap.in(words) && (cueTell.in(words) || len(words) <= 5 && !question):
		t.describe(t.pointed(words))
	default:
		return false
	}
	t.Misses = 0
	return true
}

// react handles a short reaction that no open question took: cancelling,
// removing, yes and no.
func (t *turn) react(text string, r intents.Reading) bool {
	words := folded(text)
	switch {
	case t.Buying && (cueCancel.in(words) || len(words) <= 4 && cueWithdraw.in(words)):
		t.stopBuying()
	case t.Pending != nil && t.Pending.For == "buy" && cueNo.in(words):
		t.stopBuying()
	case t.Pending != nil && (cueCancel.in(words) || cueNo.in(words)):
		t.Pending = nil
		t.say(part("cancelled"), t.nextButtons())
	case cueAgain.in(words) && t.Pending != nil:
		t.repeat()
	case len(t.Cart) > 0 && cueRemove.in(words) && !strings.Contains(text, "?"):
		t.removeInWords(words, r)
	case len(t.Cart) == 0 && len(words) <= 3 && cueRemove.in(words):
		t.showCart()
	case t.Summary != nil && cueYes.in(words):
		t.say(part("order.use_button"))
		t.proceed()
	case cueYes.in(words) && t.Handoff.Stage == Offered:
		t.human("accepted")
	case cueYes.in(words), cueNo.in(words):
		t.say(part("what_else"), t.nextButtons())
	default:
		return false
	}
	t.Misses = 0
	return true
}
