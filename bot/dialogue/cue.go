package dialogue

import (
	"slices"
	"strings"
	"unicode"
)

// cue is something short that means the same in every task: a yes, a word of
// removing, "the first one". The words of a cue stand in a file per language.
type cue uint16

const (
	_ cue = iota // no cue

	// Answers.
	cueYes
	cueNo
	cueForgot
	cueSkip
	cueSame
	cueWhy
	cueMust
	cueAgain

	// Commands.
	cueDistress
	cueEmergency
	cueEater
	cueSwallowed
	cueISwallowed
	cueHarmful // to swallow
	cueInjured
	cueBot
	cueBeing
	cueAreYou
	cueWants
	cueHelp
	cueWait
	cueRecap
	cueCart
	cueCheckout
	cueCheckoutWord
	cueNoNeed
	cueReply
	cueBye
	cueSorry
	cueRestart
	cueBack
	cueSpeak // in a language
	cueFinnish
	cueSwedish
	cueEnglish

	// Repair.
	cueCancel
	cueCancelAll
	cueTheOrder
	cueAfterAll
	cueGoOn
	cueLater
	cueChange
	cueDetail
	cueSlip
	cueBut
	cueNot
	cueNegation

	// The cart.
	cueBuy
	cueAdd
	cueAdding // to what is to be ordered
	cueMore
	cueAnother
	cueAmount // of pieces
	cueSum
	cueNotify
	cueCompare
	cueRemove
	cueEmpty
	cueWithdraw
	cueUnwanted // of what was ordered
	cueTwice
	cueKeeps // goods that were bought
	cueNotMine
	cueWrap
	cueEnclosed // a card that goes with a gift
	cueGreeting

	// Pointing.
	cueThis
	cueFirst
	cueSecond
	cueThird
	cueLast
	cueCheap
	cueCheaper
	cueBigger
	cueSmaller
	cueBig
	cueSmall
	cueBiggest
	cueSmallest
	cueSuperlative
	cueWhichever
	cueMatter
	cueOfPrice
	cueOfColor
	cueOfSize
	cueWhichColor
	cueWhichSize
	cueMost // of a quality: "lämpimin"
	cueBest
	cueOthers

	// What is asked.
	cueQuality
	cueOrigin
	cueQuestion
	cueWhatOf
	cueNumber
	cueCare
	cueMaterial
	cueSizes
	cueSizing
	cueRoom
	cuePeople
	cueBattery
	cueCharging
	cueDegrees
	cueNoise
	cueAge
	cueMeasures
	cuePages
	cueWeight
	cueWidth
	cueDepth
	cueHeight
	cueLength
	cueTall // how long somebody is
	cueTell
	cuePopular
	cueChoose
	cueGoesWith
	cueAdvise
	cueAdvised
	cueUnadvised
	cueReviews
	cueOpine
	cueTopRated
	cueGood
	cueDiscount
	cueClearance
	cueTooDear
	cueTotal
	cueAbroad
	cueHours
	cueContact
	cueWhere
	cueBranch
	cueCompany
	cueCompanyID
	cueWould
	cueThither
	cueOr
	cueWarranty
	cueEarlier
	cueSoon
	cueGift
	cueAsGift
	cueSelf
	cueFormal

	// Details of the checkout, as customers call them.
	cueName
	cueSurname
	cueGivenName
	cueEmail
	cuePhone
	cueAddress
	cueDelivery
	cuePayment
	cueGiven // told by the customer

	// What is known.
	cueMemory
	cueReminder
	cuePoints
	cueInvite
	cueUse
	cueMine
	cueThese // several things
	cueNewsletter
	cueEnd
	cueSend
	cueMySize
	cueCallMe
	cuePolite
	cueFamiliar
	cueWhyGuess
	cueWhyConsent
	cueMyCopy
	cueJoin

	// Choices.
	cueHome
	cuePoint
	cueThePoint
	cueNear
	cueLocker
	cueStore
	cueBank
	cueCard
	cueInvoice
	cueAtStore
	cueMobilePay
	cueKlarna
	cuePayPal
	cueApplePay
	cueBitcoin
	cueWalley
	cueSwish

	// Paying the order.
	cuePaid
	cuePays
	cueLate
	cueCharged
	cueHowPay
	cueLink
	cueAnew

	// After the order.
	cueOrderNo
	cueTheNumber // of an order
	cueConfirmation
	cueReturning
	cueExchange
	cueWithout
	cueAsking
	cueBought
	cueCosts
	cueWhoPays
	cueUsed
	cueReturn // by any of its words
	cuePacking
	cueReduced
	cueFreight
	cueGoesBack
	cueTerms
	cueWonder
	cueAll
	cueAlso
	cueWhole
	cueBroken
	cueFaulty
	cueDeclare
	cueComplaint
	cueReceipt
	cueInvoiced
	cueOnceMore
	cueErase
	cueDelete
	cueOnFile
	cueUntrack
	cueAboutMe
	cueOfMe
	cueWell
	cueFair
	cueBadly

	// Mood.
	cueAngry
	cueBereaved

	cues // how many there are
)

// cueSet is a set of cues.
type cueSet [(cues + 63) / 64]uint64

func (s cueSet) has(c cue) bool { return s[c/64]&(1<<(c%64)) != 0 }
func (s *cueSet) add(c cue)     { s[c/64] |= 1 << (c % 64) }
func (s *cueSet) drop(c cue)    { s[c/64] &^= 1 << (c % 64) }

func (s *cueSet) join(others cueSet) {
	for i := range s {
		s[i] |= others[i]
	}
}

// cueTable finds the cues of a message in one pass over its words.
type cueTable struct {
	words      map[string]cueSet // of single words
	whole      map[string]cueSet // of messages that are nothing else
	beginnings map[string][]phrase
	phrases    map[string][]phrase
}

// phrase is more than a word: the beginning of one, or several.
type phrase struct {
	text string
	cues cueSet
}

// shortestBeginning is how many letters of a beginning at least are written
// before its *.
const shortestBeginning = 3

// cueWords are all languages' words: a word alone; a word* by its beginning; =word when
// the message is nothing else; several words of a phrase joined by _, the last of which
// may be a beginning.
var cueWords = newCueTable(finnishCues, swedishCues, englishCues)

func newCueTable(languages ...map[cue]string) *cueTable {
	t := &cueTable{map[string]cueSet{}, map[string]cueSet{}, map[string][]phrase{}, map[string][]phrase{}}
	for _, language := range languages {
		for c, text := range language {
			for _, word := range strings.Fields(text) {
				t.add(c, word)
			}
		}
	}
	return t
}

func (t *cueTable) add(c cue, written string) {
	words := folded(strings.ReplaceAll(written, "_", " "))
	text := strings.Join(words, " ")
	set := func(m map[string]cueSet) {
		s := m[text]
		s.add(c)
		m[text] = s
	}
	p := phrase{text: text}
	p.cues.add(c)
	switch {
	case written[0] == '=':
		set(t.whole)
	case len(words) > 1:
		if !strings.HasSuffix(written, "*") {
			p.text += " "
		}
		t.phrases[words[0]] = append(t.phrases[words[0]], p)
	case strings.HasSuffix(written, "*"):
		t.beginnings[text[:shortestBeginning]] = append(t.beginnings[text[:shortestBeginning]], p)
	default:
		set(t.words)
	}
}

// of returns the cues of a message, given as folded words.
func (t *cueTable) of(words []string) cueSet {
	var found cueSet
	if len(words) == 0 {
		return found
	}
	said := strings.Join(words, " ")
	found.join(t.whole[said])
	if core := bare(words); len(core) < len(words) {
		found.join(t.whole[strings.Join(core, " ")])
	}
	rest := said + " "
	for _, w := range words {
		found.join(t.word(w))
		for _, p := range t.phrases[w] {
			if strings.HasPrefix(rest, p.text) {
				found.join(p.cues)
			}
		}
		rest = rest[len(w)+1:]
	}
	return found
}

// Words that soften the beginning and the end of a short message.
var (
	softly   = []string{"eiku", "eikun", "no", "tai", "siis", "hei", "mut", "mutta", "ok", "okei", "okej", "ah", "ai", "aa", "eh", "noh", "sori", "anteeksi", "men", "nej", "na", "nja", "well", "oh", "okay", "but"}
	politely = []string{"kiitos", "kiitti", "vaan", "nyt", "sitten", "sit", "hei", "pliis", "tack", "nu", "da", "please", "thanks", "then", "now"}
)

// bare leaves out what only softens a message: "no anna olla sitten" is "anna olla".
func bare(words []string) []string {
	for len(words) > 1 && slices.Contains(softly, words[0]) {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(politely, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// word returns the cues of a single folded word.
func (t *cueTable) word(w string) cueSet {
	found := t.words[w]
	if len(w) >= shortestBeginning {
		for _, p := range t.beginnings[w[:shortestBeginning]] {
			if strings.HasPrefix(w, p.text) {
				found.join(p.cues)
			}
		}
	}
	return found
}

// fold is a letter in lower case and without its dots; false when it joins
// words together or is no letter at all.
func fold(r rune) (rune, bool) {
	if 'a' <= r && r <= 'z' {
		return r, true
	}
	switch r {
	case 'ä', 'å', 'Ä', 'Å':
		return 'a', true
	case 'ö', 'Ö':
		return 'o', true
	case 'é', 'É':
		return 'e', true
	}
	return unicode.ToLower(r), unicode.IsLetter(r) || unicode.IsDigit(r)
}

// folded splits a message into words, lower case, å ä ö without their dots. A number with
// decimals is one word, with a comma: "2.5" is "2,5".
func folded(text string) []string {
	words := make([]string, 0, 1+strings.Count(text, " "))
	eachFolded(text, func(word string, _ int) { words = append(words, word) })
	return words
}

// foldedAt also tells at which byte of the text each word begins.
func foldedAt(text string) (words []string, starts []int) {
	most := 1 + strings.Count(text, " ")
	words, starts = make([]string, 0, most), make([]int, 0, most)
	eachFolded(text, func(word string, start int) { words, starts = append(words, word), append(starts, start) })
	return words, starts
}

func eachFolded(text string, take func(word string, start int)) {
	var b strings.Builder
	b.Grow(len(text))
	from, start := 0, 0
	end := func() {
		if b.Len() > from {
			take(b.String()[from:], start)
			from = b.Len()
		}
	}
	for i, r := range text {
		letter, ok := fold(r)
		switch {
		case (r == ',' || r == '.') && digitAt(text, i-1) && digitAt(text, i+1):
			b.WriteByte(',')
		case ok:
			if b.Len() == from {
				start = i
			}
			b.WriteRune(letter)
		case r == '\'' || r == '’': // within a word
		default:
			end()
		}
	}
	end()
}

func digitAt(text string, i int) bool {
	return i >= 0 && i < len(text) && '0' <= text[i] && text[i] <= '9'
}

// afterWord is what stands after the only word of a text.
func afterWord(text string) string {
	return text[len(strings.TrimRightFunc(text, func(r rune) bool { _, ok := fold(r); return !ok })):]
}

func isLetter(r rune) bool { return unicode.IsLetter(r) }

func hasLetterOrDigit(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// anyCue reports whether one of the words is one of these cues by itself.
func anyCue(words []string, of ...cue) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		set := cueWords.word(w)
		return slices.ContainsFunc(of, set.has)
	})
}
